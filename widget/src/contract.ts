// Written by `notice schema` out of assistant/channels/web/contract.py.

/** A message and its reply. */
export interface Answered {
  reply: Reply;
}

/** A choice. */
export interface Button {
  title: string;
  payload: string;
}

/** A place in a document. */
export interface Citation {
  number: number;
  /** Document and place in one line. */
  label: string;
  document: string;
  place: string | null;
  edition: string;
  territory: string;
  url: string | null;
  /** That a newer edition is in force. */
  superseded_by: string | null;
  /** How it is known that the place says so, and when that was checked. */
  evidence: string;
}

/** An official route. */
export interface Contact {
  id: string;
  name: string;
  phone: string | null;
  /** The link that dials the number. */
  tel: string | null;
  sms: string | null;
  email: string | null;
  /** The link that opens a mail to it. */
  mail: string | null;
  url: string | null;
  /** The referral form of the council or partnership. */
  form: string | null;
  /** The link that opens a chat in Microsoft Teams. */
  teams: string | null;
  /** What that link says. */
  teams_label: string | null;
  hours: string | null;
  /** When to use it. */
  when: string;
  /** A support service: when says what it offers and belongs to what is shown. */
  service: boolean;
}

/** Nothing to say. */
export type Empty = Record<string, never>;

/** What a person thinks of an answer. No free text. */
export interface Feedback {
  /** The id of the message that was answered. */
  id: string;
  useful: boolean;
  reason?: Reason | null;
}

/** The conversation as it is kept: redacted, oldest first. */
export interface History {
  turns: Turn[];
}

/** What the person typed, or the payload of a button of an earlier reply. */
export type Message = Typed | Picked;

/** What became of one message. */
export type Outcome = "answered" | "urgent" | "guided" | "suggested" | "out-of-scope" | "smalltalk" | "other-language" | "nothing-typed" | "too-long" | "turned-off" | "restarting" | "queue-full" | "timed-out" | "store-unavailable" | "crashed";

/** The payload of a button of an earlier reply. */
export interface Picked {
  /** As of a typed message. */
  id: string;
  /** Obeyed only if a reply of this conversation offered it. */
  payload: string;
}

/** One point with the numbers of the citations that confirm it. */
export interface Point {
  text: string;
  numbers: number[];
  /** must: law or statutory guidance requires it; should: guidance; may: a power; null: a plain fact, or a step of an urgent reply. */
  duty: "must" | "should" | "may" | null;
  /** Label of the duty to show before the text ("Must:"); empty if there is none. */
  before: string;
  /** Label of the duty to show behind the text ("(should)"); empty if there is none. */
  after: string;
}

/** Why an answer was not useful. */
export type Reason = "wrong-topic" | "unclear" | "out-of-date" | "missing";

/** Why a request was not answered. */
export interface Refusal {
  /** For programs. */
  code: string;
  /** A plain sentence for people. */
  message: string;
  /** The first lines of the general urgent reply: to be shown above the contacts. */
  first: string;
  /** Always shown: nobody is sent away with an error alone. */
  contacts: Contact[];
}

/** The whole reply: text is always complete. Where lead is given, the parts say the same in pieces; where it is null, the reply is its text, lines parted by line feeds. Show an urgent reply in this order: title, lead, other_reader, the first three contacts, tell, lines, the other contacts, points, review, citations. */
export interface Reply {
  /** Heading of the answer; of an urgent reply "Get help now". */
  title: string | null;
  /** The answer in short; of an urgent reply what to do first. */
  lead: string | null;
  /** A line for whoever else may be reading; urgent replies only. */
  other_reader: string | null;
  /** Whom to tell; urgent replies only. */
  tell: Point | null;
  /** A line for each possible reader; the general urgent reply only. */
  lines: string[];
  /** The points of an answer; the steps of an urgent reply. */
  points: Point[];
  /** Further points, for those who want more. */
  more: Point[];
  contacts: Contact[];
  citations: Citation[];
  /** Where to look in the national review, apart from the sources of the points. */
  review: Review[];
  /** What the answer is not. */
  limits: string | null;
  words: Words;
  kind: "answer" | "urgent" | "suggest" | "out-of-scope" | "smalltalk" | "guided" | "other-language";
  /** Of the answer: English, or Welsh. Mark it with lang. */
  language: "en" | "cy";
  /** Id of the topic or urgent situation. */
  topic: string | null;
  /** That the answer changed lately, and when. Show it beside limits. */
  changed: string | null;
  /** Address of the answer's own page, relative to that of the server's pages; null where it has none. */
  page: string | null;
  /** The link that opens a mail to a supervisor about the answer, with nothing of the conversation. */
  supervision: string | null;
  text: string;
  buttons: Button[];
  outcome: Outcome;
  /** No answer could be given; these are the official channels instead. */
  failed: boolean;
}

/** A section of the national review and what it says. Show it as "heading: says (place)". */
export interface Review {
  /** "In the review" or "Nearest in the review", with the edition. */
  heading: string;
  says: string;
  place: string;
  /** The section does not speak of the question itself. */
  nearest: boolean;
  url: string | null;
}

/** A session: one conversation of one page. */
export interface Session {
  /** Opaque token for the Authorization header of every other request. */
  session: string;
  /** When the token ends. */
  expires: string;
}

/** One message and its reply. */
export interface Turn {
  /** The id that the page gave the message. */
  id: string | null;
  /** What was said, redacted; of a button its title. */
  text: string;
  reply: Reply;
}

/** What the person typed. */
export interface Typed {
  /** Made by the page, new for each message. The same id gets the same reply, once. */
  id: string;
  /** More than 2,000 characters get a reply that says so. */
  text: string;
}

/** A request that was not answered. */
export interface Unanswered {
  error: Refusal;
}

/** What stands around the answer's parts, in its language. */
export interface Words {
  who_to_contact: string;
  sources: string;
  more: string;
  form: string;
  website: string;
  call: string;
  or_: string;
}

/** What each route takes and gives. */
export interface Calls {
  session: { takes: Empty; gives: Session };
  message: { takes: Message; gives: Answered };
  history: { takes: undefined; gives: History };
  clear: { takes: Empty; gives: Empty };
  feedback: { takes: Feedback; gives: Empty };
}
