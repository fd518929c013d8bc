import type { Choice, Citation, Contact, Point, Reply } from "./contract";
import { h, link, uniqueId, type Child } from "./dom";
import { S } from "./strings";

/** An answer as headings, lists and links. `choose` is called with the button that is pressed. */
export function answerView(reply: Reply, choose: (choice: Choice) => void): HTMLElement {
  const show = new Markers(reply.citations);
  return h(
    "div.answer",
    {},
    ...(reply.lead === null ? plain(reply, show) : structured(reply, reply.lead, show)),
    reply.buttons.length > 0 && choices(reply, choose),
    reply.limits && h("p.small", {}, reply.limits),
  );
}

/** What a screen reader says when the answer arrives: enough to know what came, said once. */
export function announcement(reply: Reply): string {
  if (reply.lead === null) return reply.text;
  const said =
    reply.kind === "urgent"
      ? [S.emergency + reply.lead, reply.tell?.text]
      : [reply.title + ".", reply.lead];
  return said.filter(Boolean).join(" ") + S.announceSources(reply.citations.length);
}

/** The answer to copy: the text of every channel, and each source in full. */
export function answerText(reply: Reply): string {
  const sources = reply.citations.map((c) =>
    `[${c.number}] ${c.label} (${c.edition}; ${c.territory}) ${c.url ?? ""}`.trim(),
  );
  return [reply.title, reply.text, ...sources].filter(Boolean).join("\n");
}

function structured(reply: Reply, lead: string, show: Markers): Child[] {
  const steps = h("ul", {}, ...reply.points.map((point) => h("li", {}, ...show.point(point))));
  const more = reply.more.map((point) => h("li", {}, ...show.point(point)));
  const head =
    reply.kind === "urgent"
      ? urgentHead(reply, lead, show)
      : [h("h4", {}, reply.title ?? ""), h("p.lead", {}, lead)];
  return [
    ...head,
    steps,
    reply.kind !== "urgent" &&
      reply.contacts.length > 0 &&
      h("section", {}, h("h5", {}, S.contacts), contactList(reply.contacts)),
    reply.review_line && h("p.review", {}, ...show.marked(reply.review_line)),
    more.length > 0 && h("details", {}, h("summary", {}, S.more), h("ul", {}, ...more)),
    reply.citations.length > 0 && sources(reply.citations),
  ];
}

/**
 * The NHS's emergency card: what to do as the heading, one call to action, no further reading.
 * Whom else to tell stands below it.
 */
function urgentHead(reply: Reply, lead: string, show: Markers): Child[] {
  const end = lead.indexOf(". ") + 1 || lead.length;
  const call = reply.contacts.find((contact) => contact.tel);
  const others = reply.contacts.filter((contact) => contact !== call);
  return [
    h(
      "section.emergency",
      {},
      h("h4", {}, h("span.hidden", {}, S.emergency), lead.slice(0, end)),
      h(
        "div",
        {},
        end < lead.length && h("p", {}, lead.slice(end + 1)),
        call && link(call.tel, `Call ${call.phone}`, "call"),
      ),
    ),
    reply.tell && h("p.lead", {}, ...show.point(reply.tell)),
    others.length > 0 && contactList(others),
  ];
}

/** A reply that has no structure: one paragraph a line, dashes as a list, contacts as contacts. */
function plain(reply: Reply, show: Markers): Child[] {
  const blocks: HTMLElement[] = [];
  for (const line of reply.text.split("\n")) {
    const text = line.trim();
    if (!text || (line.startsWith("  ") && reply.contacts.length)) continue; // a contact's line
    if (text.startsWith("- ")) {
      let list = blocks[blocks.length - 1];
      if (list?.tagName !== "UL") blocks.push((list = h("ul")));
      list.append(h("li", {}, ...show.marked(text.slice(2))));
    } else {
      const address = text.startsWith("https://");
      blocks.push(h("p", {}, ...(address ? [link(text, text)] : show.marked(text))));
    }
  }
  return [...blocks, reply.contacts.length > 0 && contactList(reply.contacts)];
}

/** Official contacts with every way to reach them; numbers can be dialled. */
export function contactList(contacts: Contact[]): HTMLElement {
  return h(
    "ul.contacts",
    {},
    ...contacts.map((contact) => h("li", {}, h("strong", {}, contact.name), ways(contact))),
  );
}

function ways(contact: Contact): HTMLElement {
  const shown: Child[] = [
    contact.phone && link(contact.tel, contact.phone, "phone"),
    contact.sms,
    contact.email,
    contact.url && link(contact.url, contact.url.replace(/^https:\/\/(www\.)?|\/$/g, "")),
  ].filter(Boolean);
  const joined = shown.flatMap((way, at) => (at ? [S.or, way] : [way]));
  return h(
    "span.ways",
    {},
    ...(joined.length ? joined : [contact.when]),
    contact.hours && h("span.small", {}, ` (${contact.hours})`),
  );
}

function choices(reply: Reply, choose: (choice: Choice) => void): HTMLElement {
  const buttons = reply.buttons.map((choice) =>
    h("li", {}, h("button.choice", { type: "button", click: () => choose(choice) }, choice.title)),
  );
  return h(
    "section.choices",
    {},
    reply.lead !== null && h("h5", {}, S.nextTopics),
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

function source(citation: Citation): Child[] {
  return [
    link(citation.url, citation.label),
    h("span.small", {}, `${citation.edition}; ${citation.territory}`),
    !citation.url && h("span.small", {}, S.noAddress),
    citation.as_reported && h("span.small", {}, S.reported),
    citation.note && h("span.small", {}, citation.note),
  ];
}

/** Numbered markers: each is a button that opens its source below the text it stands in. */
class Markers {
  constructor(private readonly citations: Citation[]) {}

  point(point: Point): Child[] {
    return [
      point.must && h("strong", {}, S.must),
      point.text,
      " ",
      ...point.numbers.flatMap((n) => this.marker(n)),
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
          block.append(h("span.source", { id }, ...source(citation)));
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
