import { answerText } from "./answer";
import { Refusal, type Client } from "./client";
import type { Reason, Reply } from "./contract";
import { button, h, link, page, type Child } from "./dom";
import { printOnly } from "./printing";
import { ENGLISH, S } from "./strings";

/** The address of an answer's page below the server's; anything else is no link. */
const OWN_PAGE = /^answers\/[\w/-]+$/;

/** What can be done with an answer: copy, print or pass it on, say whether it was useful. */
export function tools(
  id: string,
  reply: Reply,
  client: Client,
  say: (text: string) => void,
): HTMLElement {
  const copy = button(S.copy, async () => {
    const done = await copied(answerText(reply), copy);
    say(done ? S.copied : S.notCopied);
    copy.textContent = done ? S.copied : S.notCopied;
  });
  const bar = h(
    "div.tools",
    {},
    copy,
    button(S.print, () => printOnly(bar.closest("li")!)),
    reply.page &&
      OWN_PAGE.test(reply.page) &&
      h("span", { lang: ENGLISH }, page(`${client.endpoint}/${reply.page}`, S.page)),
    reply.supervision && h("span", { lang: ENGLISH }, link(reply.supervision, S.supervision)),
    feedback(id, client, say),
  );
  return bar;
}

async function copied(text: string, beside: HTMLElement): Promise<boolean> {
  const kept = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (kept) return true;
  // Without HTTPS, or the page's leave, there is no clipboard; the old command still works there.
  const box = h("textarea.hidden", { "aria-hidden": "true", tabindex: "-1" });
  box.value = text;
  beside.after(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  beside.focus();
  return done;
}

function feedback(id: string, client: Client, say: (text: string) => void): HTMLElement {
  const group = h("div.feedback", { role: "group", "aria-label": S.useful });
  const ask = (label: string, ...buttons: Child[]): void =>
    group.replaceChildren(h("span", {}, label), ...(buttons as Node[]));
  const send = async (useful: boolean, reason: Reason | null): Promise<void> => {
    const words = await client.feedback(id, useful, reason).then(
      () => S.thanks,
      (error: unknown) =>
        error instanceof Refusal && error.ended ? S.notKeptEnded : S.notKept,
    );
    const thanks = h("span", { tabindex: "-1" }, words);
    group.replaceChildren(thanks); // the pressed button is gone: keep the place for the keyboard
    thanks.focus();
    say(words);
  };
  const why = (): void => {
    const reasons = Object.entries(S.reasons).map(([reason, label]) =>
      button(label, () => send(false, reason as Reason)),
    );
    ask(
      S.why,
      ...reasons,
      button(S.otherReason, () => send(false, null)),
    );
    group.querySelector("button")!.focus();
  };
  ask(
    S.useful,
    button(S.yes, () => send(true, null)),
    button(S.no, why),
  );
  return group;
}
