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
  ["address", /\b\d{1,4}[a-z]? (?:[a-z']+ ){1,2}(?:street|road|avenue|lane|crescent)\b/i],
  [
    "address",
    /\b\d{1,4}[A-Za-z]? (?:[A-Z][a-z']+ ){1,2}(?:St|Rd|Ave|Close|Drive|Court|Way|Place|Gardens)\b/,
  ],
  // Geographic and mobile numbers; helplines begin with 03 or 08 and are no one's own.
  ["phone", /(?:\+44 ?|\b0)[127](?:[ -]?\d){8,9}\b/],
  ["email", /\S@\S+\.[a-z]{2}/i],
  ["date", /\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}\b/],
  ["date", new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)? (?:${MONTHS})[a-z]*,? (?:19|20)\\d{2}\\b`, "i")],
];

// Words that practitioners write with capitals, side by side, and that are no one's name. Names
// of services are among them ("Lucy Faithfull Foundation"): such a first name alone is let pass.
const NOT_NAMES = new Set(
  `
  About Abuse Achieving Act Acts Adult Adults African After Am An And Ann Are Assessment
  Assistant At Authority Barking Barnahus Best Black Board Bonfire Boxing Brave British
  Camden Can Care Caribbean Case Centre Centres Chief Child Childhood Childline Children
  Christmas Clare Close Code Commission Commissioner Conference Constable Council Court
  Covid Craft Credit Crescent Crime Criminal Crown Cymru Day Department Designated Did
  Director Disclosure Do Doctor Does Domestic Drive Duty Ealing Early Education Emergency
  England English European Evidence Faithfull Families Family Fast Fear Female Festival
  First For Forward Foundation Free Friday From Futures Gardens General Genital Government
  Greater Group Guidance Guide Hackney Has Have He Head Health Help Helping Helpline Her Hi
  His Home Hospital House How If In Independent Indicators Inn Inquiry Inspection Institute
  Internet Ireland Is It Karma Keeping King Lane Language Law Lead Leads Learning Legal
  Lighthouse Live Local London Looked Lucy Male Management Manchester Mandatory Marie
  Merthyr Minister Ministry Missing Monday Multi Mutilation My National New Night Nirvana
  North Northern Nurse Of Offender Office Officer On Online Operation Order Our Panel Parent
  Part Partnership Pathway People Perhaps Person Plan Police Policy Practice Premier Prime
  Procedures Project Protection Protocol Public Queen Rape Recommendation Red Referral
  Reformed Report Reporting Response Review Rights Risk Road Royal Safe Safeguarding
  Samaritans Sarah Saturday Scheme School Schools Scotland Secretary Section Serious Service
  Services Sex Sexual She Should Sign Signs Sisters Social South Southall State Statutory
  Stepping Stones Stop Strategy Street Sunday Support Survivor Survivors System Talking
  Teacher Team Template The Their Thematic They Threshold Thrive Thursday To Together Trust
  Truth Tuesday Tydfil Union United Universal University Victim Victims Violence Visitor
  Wales Was Watch We Wednesday Wellbeing Welsh West What When Where Which Who Why Will With
  Witness Women Worker Working Young Your Youth
`.split(/\s+/),
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
  const pairs = text.matchAll(/(?=\b([A-Z][a-z]+(?:['-][A-Z][a-z]+)?)(?:'s)? ([A-Z][a-z]+)\b)/g);
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
