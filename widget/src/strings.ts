/**
 * Every word the widget says itself. Answers come from the server; numbers from the register. The
 * words in Welsh come from the server too, where data/welsh/interface.yml has them.
 */

export const ENGLISH = "en-GB";
export const WELSH = "cy";

/** The language of the widget's own words. */
export let LANGUAGE = ENGLISH;

const WORDS = {
  heading: "Notice",
  launcher: "Ask Notice",
  close: "Close",
  conversation: "Conversation",

  dangerBefore: "If a child is in immediate danger ",
  dangerCall: "call",

  welcome: "Ask about child sexual abuse in the family",
  welcomeText:
    "Each answer is written by people and shows its sources. Notice gives guidance. It makes no decision about a child.",
  examplesLabel: "For example",
  examples: [
    "What should I write down when a child tells me something?",
    "What are the signs in a child who cannot speak?",
    "What happens at a strategy discussion?",
  ],

  guidesLabel: "Or start with",
  guides: {
    "find-a-service": "Find a service",
    "referral-checklist": "Referral checklist",
    reflection: "Reflection session",
    signs: "Signs walk-through",
    "my-role": "My role",
  },

  question: "Your question",
  hint: "Leave out names and anything that identifies a child.",
  send: "Send",
  empty: "Type a question first.",
  tooLong: (length: number, limit: number) =>
    `Your question has ${length.toLocaleString(LANGUAGE)} characters. Shorten it to ${limit.toLocaleString(LANGUAGE)}.`,
  oneAtATime: "Wait for the answer to your last question.",

  warning: (kinds: string) => `Your question may hold ${kinds}`,
  warningText:
    "Notice does not need this to answer. If you send it, it is masked before anything is kept.",
  edit: "Change the question",
  sendAnyway: "Send as it is",
  and: " and ",
  kinds: {
    name: "a name",
    nhs: "an NHS number",
    insurance: "a National Insurance number",
    address: "an address",
    phone: "a phone number",
    email: "an email address",
    date: "a date of birth",
  },

  you: "You asked",
  looking: "Looking for the answer …",
  stillLooking: "Still looking for the answer.",
  offline: "Notice cannot be reached",
  offlineText: "Your question is kept here.",
  offlineHistory: "Your earlier messages are kept. They appear when the connection is back.",
  retry: "Try again",
  notSent: "Your question was not answered",
  ended: "Your earlier chat has ended.",
  anew: "Your earlier chat had ended. This question began a new one.",

  call: "Call ",
  teams: "Message in Teams",
  sources: (count: number) => (count === 1 ? "1 source" : `${count} sources`),
  source: (number: number, label: string) => `Source ${number}: ${label}`,
  nextTopics: "What next",

  copy: "Copy",
  copied: "Copied with its sources",
  notCopied: "Your browser did not allow copying",
  print: "Print",
  page: "Link to this answer",
  supervision: "Send to supervision",
  useful: "Was this useful?",
  yes: "Yes",
  no: "No",
  why: "What was wrong?",
  reasons: {
    "wrong-topic": "Not what I asked",
    unclear: "Hard to understand",
    "out-of-date": "Out of date",
    missing: "Something is missing",
  },
  otherReason: "Something else",
  thanks: "Thank you",
  notKept: "This could not be kept. Try again later.",
  notKeptEnded: "This chat has ended, so this could not be kept.",

  clear: "Clear chat",
  clearSure: "Delete this chat?",
  clearText: "It is deleted on the server at once and cannot be brought back.",
  clearYes: "Delete",
  clearNo: "Keep",
  cleared: "The chat is deleted",
  notCleared: "The chat could not be deleted because Notice cannot be reached. Try again.",
  notKnown:
    "The chat is gone from this page. It could not be deleted on the server, which does not know its key any more. Notice deletes old chats by itself.",
  understood: "OK",

  exit: "Exit this page",
  exitHint: "or press Shift 3 times",

  announceSources: (count: number) =>
    count === 0 ? "" : count === 1 ? " 1 source follows." : ` ${count} sources follow.`,
};

/** The widget's words in its language. */
export let S = WORDS;

/** Speaks Welsh from now on, with these words by the names above; English with none. */
export function speak(said: Record<string, unknown> | null): void {
  LANGUAGE = said ? WELSH : ENGLISH;
  S = WORDS;
  if (!said) return;
  const made = Object.entries(WORDS).map(([name, word]) => {
    const own = said[name] ?? word;
    return [name, typeof word === "function" && typeof own === "string" ? filled(own) : own];
  });
  S = Object.fromEntries(made) as typeof WORDS;
}

/** "{0} of {1}" as a function of the two. */
function filled(text: string): (...values: unknown[]) => string {
  return (...values) => text.replace(/\{(\d)\}/g, (_, at) => String(values[Number(at)]));
}
