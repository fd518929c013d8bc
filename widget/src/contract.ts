/** What the server sends and takes (assistant/channels/web.py). Everything in it is plain text. */

export interface Point {
  text: string;
  numbers: number[];
  must: boolean;
}

export interface Contact {
  id: string;
  name: string;
  phone: string | null;
  tel: string | null;
  sms: string | null;
  email: string | null;
  url: string | null;
  hours: string | null;
  when: string;
}

export interface Citation {
  number: number;
  label: string;
  edition: string;
  territory: string;
  url: string | null;
  as_reported: boolean;
  note: string | null;
}

export interface Choice {
  title: string;
  payload: string;
}

/** One whole answer. Where `lead` is null there is no structure: `text` is all there is. */
export interface Reply {
  kind: string;
  title: string | null;
  text: string;
  lead: string | null;
  tell: Point | null;
  points: Point[];
  more: Point[];
  contacts: Contact[];
  citations: Citation[];
  review_line: string | null;
  limits: string | null;
  buttons: Choice[];
}

/** What a person sends: words of their own, or the payload of a button they were shown. */
export type Said = { text: string } | { payload: string };

export interface Turn {
  id: string;
  text: string;
  reply: Reply;
}

/** Why an answer was not useful; null where none of the reasons fits. */
export type Reason = "wrong-topic" | "unclear" | "out-of-date" | "missing" | null;
