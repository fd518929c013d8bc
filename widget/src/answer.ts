import type { Button, Citation, Contact, Point, Reply, Review, Words } from "./contract";
import { h, link, uniqueId, type Child } from "./dom";
import { ENGLISH, LANGUAGE, S, WELSH } from "./strings";

/** Contacts of the widget's own, where no answer could be had, are in English. */
const OWN: WordsOfWays = { form: "Referral form", or_: "or" };
type WordsOfWays = Pick<Words, "form" | "or_">;

/** An answer as headings, lists and links. `choose` is called with the button that is pressed. */
export function answerView(reply: Reply, choose: (choice: Button) => void): HTMLElement {
  const show = new Markers(reply.citations);
  return h(
    "div.answer",
    { lang: reply.language === WELSH ? WELSH : ENGLISH },
    ...(reply.lead === null ? plain(reply, show) : structured(reply, reply.lead, show)),
    reply.buttons.length > 0 && choices(reply, choose),
    reply.limits && h("p.small", {}, reply.limits),
    reply.changed && h("p.small", {}, reply.changed),
  );
}

/** What a screen reader says when the answer arrives: enough to know what came, said once. */
export function announcement(reply: Reply): string {
  if (reply.lead === null) return reply.text;
  const said = [`${reply.title}.`, reply.lead, reply.other_reader];
  return said.filter(Boolean).join(" ") + S.announceSources(reply.citations.length);
}

/** The answer to copy: the text of every channel, and each source in full. */
export function answerText(reply: Reply): string {
  const sources = reply.citations.map((c) =>
    [`[${c.number}] ${c.label} (${c.edition}; ${c.territory})`, c.superseded_by, c.url]
      .filter(Boolean)
      .join(" "),
  );
  return [reply.title, reply.text, ...sources].filter(Boolean).join("\n");
}

function structured(reply: Reply, lead: string, show: Markers): Child[] {
  const urgent = reply.kind === "urgent";
  const words = reply.words;
  const head = urgent
    ? urgentHead(reply, lead, show)
    : [h("h4", {}, reply.title ?? ""), h("p.lead", {}, lead)];
  return [
    ...head,
    points(reply.points, show),
    !urgent &&
      reply.contacts.length > 0 &&
      h("section", {}, h("h5", {}, words.who_to_contact), contactList(reply.contacts, "", words)),
    ...reply.review.map(review),
    reply.more.length > 0 &&
      h("details", {}, h("summary", {}, words.more), points(reply.more, show)),
    reply.citations.length > 0 && sources(reply.citations),
  ];
}

/** Contacts that stand above whom to tell: FIRST_CONTACTS of assistant/answers/answer.py. */
const FIRST_CONTACTS = 3;

/**
 * The emergency card: what to do first, a line for the other reader, whom to call; and below it
 * whom to tell, a line for each possible reader, and the other contacts.
 */
function urgentHead(reply: Reply, lead: string, show: Markers): Child[] {
  const others = reply.contacts.slice(FIRST_CONTACTS);
  return [
    h(
      "section.emergency",
      {},
      h("h4", {}, reply.title ?? ""),
      h("p.first", {}, lead),
      reply.other_reader && h("p", {}, reply.other_reader),
      contactList(reply.contacts.slice(0, FIRST_CONTACTS), `${reply.words.call} `, reply.words),
    ),
    reply.tell && h("p.lead", {}, ...show.point(reply.tell)),
    reply.lines.length > 0 && h("ul", {}, ...reply.lines.map((line) => h("li", {}, line))),
    others.length > 0 && contactList(others, "", reply.words),
  ];
}

function points(list: Point[], show: Markers): HTMLElement | null {
  return list.length
    ? h("ul", {}, ...list.map((point) => h("li", {}, ...show.point(point))))
    : null;
}

/** What the review says, apart from the sources of the points. */
function review({ heading, says, place, url }: Review): HTMLElement {
  const where = url ? link(url, place) : place;
  return h("p.review", {}, h("strong", {}, `${heading}:`), ` ${says} (`, where, ")");
}

/** A reply that has no structure: one paragraph a line, dashes as a list, contacts as contacts. */
function plain(reply: Reply, show: Markers): Child[] {
  const blocks: HTMLElement[] = [];
  for (const line of reply.text.split("\n")) {
    const text = line.trim();
    if (!text || (/^ {2}\S/.test(line) && reply.contacts.length)) continue; // a contact's line
    if (text.startsWith("- ")) {
      let list = blocks[blocks.length - 1];
      if (list?.tagName !== "UL") blocks.push((list = h("ul")));
      list.append(h("li", {}, ...show.marked(text.slice(2))));
    } else {
      const address = text.startsWith("https://");
      blocks.push(h("p", {}, ...(address ? [link(text, text)] : show.marked(text))));
    }
  }
  return [...blocks, reply.contacts.length > 0 && contactList(reply.contacts, "", reply.words)];
}

/**
 * Official contacts with every way to reach them; numbers can be dialled.
 *
 * @param call stands before the number of the first contact, which then is a button
 */
export function contactList(contacts: Contact[], call = "", words: WordsOfWays = OWN): HTMLElement {
  return h(
    "ul.contacts",
    {},
    ...contacts.map((contact, at) =>
      h("li", {}, h("strong", {}, contact.name), ways(contact, at === 0 ? call : "", words)),
    ),
  );
}

function ways(contact: Contact, call: string, words: WordsOfWays): HTMLElement {
  const shown: Child[] = [
    contact.phone && link(contact.tel, call + contact.phone, call ? "call" : "phone"),
    contact.teams && link(contact.teams, contact.teams_label ?? S.teams),
    contact.form && link(contact.form, words.form),
    contact.sms,
    contact.email && link(contact.mail, contact.email),
    contact.url && link(contact.url, contact.url.replace(/^https:\/\/(www\.)?|\/$/g, "")),
  ].filter(Boolean);
  const joined = shown.flatMap((way, at) => (at ? [` ${words.or_} `, way] : [way]));
  const when = contact.service || !joined.length;
  return h(
    "span.ways",
    {},
    ...joined,
    contact.hours && h("span.small", {}, ` (${contact.hours})`),
    when && h("span.when", {}, contact.when),
  );
}

function choices(reply: Reply, choose: (choice: Button) => void): HTMLElement {
  const buttons = reply.buttons.map((choice) =>
    h(
      "li",
      { lang: choice.payload.includes('"language"') ? WELSH : ENGLISH },
      h("button.choice", { type: "button", click: () => choose(choice) }, choice.title),
    ),
  );
  return h(
    "section.choices",
    {},
    reply.lead !== null && h("h5", { lang: LANGUAGE }, S.nextTopics),
    h("ul", {}, ...buttons),
  );
}

function sources(citations: Citation[]): HTMLElement {
  const items = citations.map((citation) =>
    h("li", { value: `${citation.number}` }, ...source(citation)),
  );
  return h(
    "details",
    {},
    h("summary", {}, S.sources(citations.length)),
    h("ol.sources", {}, ...items),
  );
}

/** A source: where it stands, whether a newer edition is in force, and how we know. */
function source(citation: Citation): Child[] {
  return [
    link(citation.url, citation.label),
    h("span.small", {}, `${citation.edition}; ${citation.territory}`),
    citation.superseded_by && h("span.small", {}, citation.superseded_by),
    h("span.small", {}, citation.evidence),
  ];
}

/** Numbered markers: each is a button that opens its source below the text it stands in. */
class Markers {
  constructor(private readonly citations: Citation[]) {}

  /** A point with its duty: the law's "Must:" before it, "(should)" and "(may)" behind it. */
  point({ text, numbers, before, after }: Point): Child[] {
    return [
      before && h("strong.must", {}, before),
      before && " ",
      text,
      after && " ",
      after && h("span.duty", {}, after),
      " ",
      ...numbers.flatMap((n) => this.marker(n)),
    ];
  }

  /** A text with its "[3]" made into markers. */
  marked(text: string): Child[] {
    return text
      .split(/\[(\d+)\]/)
      .flatMap((part, at) => (at % 2 ? this.marker(Number(part)) : [part]));
  }

  private marker(number: number): Child[] {
    const citation = this.citations.find((one) => one.number === number);
    if (!citation) return [`[${number}]`];
    const id = uniqueId();
    const marker = h(
      "button.marker",
      {
        type: "button",
        "aria-label": S.source(number, citation.label),
        "aria-expanded": "false",
        click: () => {
          const open = marker.getAttribute("aria-expanded") === "false";
          const block = marker.parentElement!;
          block.querySelectorAll(".marker").forEach((other) => closeMarker(other));
          block.querySelector(".source")?.remove();
          if (!open) return;
          marker.setAttribute("aria-expanded", "true");
          marker.setAttribute("aria-controls", id);
          const opened = h("span.source", { id }, ...source(citation));
          block.append(opened);
          opened.scrollIntoView({ block: "nearest" });
        },
      },
      `${number}`,
    );
    return [marker];
  }
}

function closeMarker(marker: Element): void {
  marker.setAttribute("aria-expanded", "false");
  marker.removeAttribute("aria-controls");
}
