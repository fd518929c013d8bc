/**
 * Whether a question seems to tell who a child or a family is. It only leads to a warning, so
 * it is kept simple: the server masks what it finds, by better means, before it stores anything.
 */

export type Kind = "name" | "nhs" | "insurance" | "address" | "phone" | "email" | "date";

const MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";

const PATTERNS: [Kind, RegExp][] = [
  // A title or "called", then a capital; or two words with capitals side by side.
  ["name", /\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][a-z]+/],
  ["name", /\b(?:called|named|[Nn]ame is|[Nn]ame's) [A-Z][a-z]+/],
  ["insurance", /\b[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]\b/i],
  // A postcode, or a house number before a street.
  ["address", /\b[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}\b/i],
  [
    "address",
    /\b\d{1,4}[a-z]? (?:[a-z']+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|close|drive|crescent|terrace|court|way|grove|gardens|place)\b/i,
  ],
  // Geographic and mobile numbers; helplines begin with 03 or 08 and are no one's own.
  ["phone", /(?:\+44 ?|\b0)[127](?:[ -]?\d){8,9}\b/],
  ["email", /\S@\S+\.[a-z]{2}/i],
  ["date", /\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}\b/],
  ["date", new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)? (?:${MONTHS})[a-z]*,? (?:19|20)\\d{2}\\b`, "i")],
];

// Words with capitals that practitioners write side by side and that are no one's name.
const NOT_NAMES = new Set(
  (
    "A About Abuse Act Adult Adults After Am An And Are As Assessment Assistant At Authority Barnahus Board Can " +
    "Care Carer Case Centre Centres Child Childhood Childline Children Childrens Chief Clare's Code Commission " +
    "Commissioner Conference Constable Council Court Courts Crime Criminal Crown Department Designated Director " +
    "Disclosure Do Doctor Does Domestic Duty Early Education Emergency England English Family Female For From " +
    "General Genital Government Guidance Guide Has Have Head Health Help Her His Home Hospital House How I If In " +
    "Independent Inquiry Inspection Internet Is It Keeping King's Law Lead Legal Local London Looked Mandatory " +
    "March Marie Minister Ministry Missing Multi Mutilation My National New NHS Nurse Of Office Officer On Online " +
    "Operation Order Our Panel Parent Part Partnership People Person Plan Police Policy Practice Prime Procedures " +
    "Protection Protocol Public Queen's Rape Recommendation Red Referral Report Reporting Review Royal Safe " +
    "Safeguarding Samaritans Sarah's School Scheme Secretary Section Serious Service Services Sexual She Should " +
    "Social South State Statutory Stop Strategy Support Survivors Teacher Team The Their Thematic They Threshold " +
    "To Together Trust Union United University Victim Victims Violence Visitor Wales Was Watch We Welsh West What When " +
    "Where Which Who Why Will With Women's Worker Working Young Youth Your"
  ).split(" "),
);

/** The kinds of identifying detail that a text seems to hold, each once; none is usual. */
export function identifying(text: string): Kind[] {
  const found = new Set<Kind>();
  for (const [kind, pattern] of PATTERNS) if (pattern.test(text)) found.add(kind);
  if (holdsTwoCapitals(text)) found.add("name");
  if (holdsNhsNumber(text)) found.add("nhs");
  return [...found];
}

function holdsTwoCapitals(text: string): boolean {
  const pairs = text.matchAll(/(?=\b([A-Z][a-z]+(?:['-][A-Za-z]+)?) ([A-Z][a-z']+)\b)/g);
  return [...pairs].some(([, first, second]) => !NOT_NAMES.has(first!) && !NOT_NAMES.has(second!));
}

function holdsNhsNumber(text: string): boolean {
  const numbers = text.matchAll(/(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g);
  return [...numbers].some(([number]) => isNhsNumber(number.replace(/\D/g, "")));
}

/** Ten digits whose last is the check digit: weights 10 to 2, modulus 11 (NHS Data Dictionary). */
function isNhsNumber(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < 9; at++) sum += Number(digits[at]) * (10 - at);
  return (11 - (sum % 11)) % 11 === Number(digits[9]);
}
