/** What the server sends and takes (assistant/channels/web/openapi.json). All of it is plain text. */

/** `before` and `after` are the words of its duty: "Must:" and "(should)"; empty for a plain fact. */
export interface Point {
  text: string;
  numbers: number[];
  before: string;
  after: string;
}

export interface Contact {
  id: string;
  name: string;
  phone: string | null;
  tel: string | null;
  sms: string | null;
  email: string | null;
  url: string | null;
  form: string | null;
  teams: string | null;
  teams_label: string | null;
  hours: string | null;
  when: string;
  service: boolean;
}

export interface Citation {
  number: number;
  label: string;
  edition: string;
  territory: string;
  url: string | null;
  superseded_by: string | null;
  evidence: string;
}

/** A section of the national review: "heading: says (place)". */
export interface Review {
  heading: string;
  says: string;
  place: string;
  url: string | null;
}

/** What stands around the parts of an answer, in its language. */
export interface Words {
  who_to_contact: string;
  more: string;
  form: string;
  or_: string;
  call: string;
}

export interface Choice {
  title: string;
  payload: string;
}

/**
 * One whole answer. Where `lead` is null there is no structure: `text` is all there is.
 * `other_reader`, `tell` and `lines` are parts of urgent replies.
 */
export interface Reply {
  kind: string;
  /** Of the answer: "en" or "cy". */
  language: string;
  title: string | null;
  text: string;
  lead: string | null;
  other_reader: string | null;
  tell: Point | null;
  lines: string[];
  points: Point[];
  more: Point[];
  contacts: Contact[];
  citations: Citation[];
  review: Review[];
  limits: string | null;
  words: Words;
  buttons: Choice[];
  outcome: string;
  failed: boolean;
}

/** What a person sends: words of their own, or the payload of a button they were shown. */
export type Said = { text: string } | { payload: string };

export interface Turn {
  id: string | null;
  text: string;
  reply: Reply;
}

/** Why an answer was not useful; null where none of the reasons fits. */
export type Reason = "wrong-topic" | "unclear" | "out-of-date" | "missing" | null;
