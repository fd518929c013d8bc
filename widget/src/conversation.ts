import { announcement, answerView, contactList } from "./answer";
import { Client, Refusal } from "./client";
import type { Choice, Reply, Said, Turn } from "./contract";
import { button, h, uniqueId, type Child } from "./dom";
import { identifying } from "./identifying";
import { S } from "./strings";
import { tools } from "./tools";
import { OFFICIAL_CONTACTS } from "./contacts";

const LIMIT = 2_000; // characters; the server refuses more
const SLOW = 4_000; // ms after which a screen reader is told that the answer is still awaited
const MARGIN = 12; // px above a turn

/** The questions and answers, and the form below them. */
export class Conversation {
  private readonly turns = h("ol.turns");
  private readonly status = h("div.hidden", { "aria-live": "polite" });
  private readonly box: HTMLTextAreaElement;
  private readonly form: HTMLFormElement;
  private readonly notice = h("div.notice");
  private readonly welcome: HTMLElement;
  private readonly log: HTMLElement;
  private waiting = false;
  private restored: Promise<void> | null = null;

  constructor(private readonly client: Client) {
    const [box, hint] = [uniqueId(), uniqueId()];
    this.notice.id = uniqueId();
    this.box = h("textarea", {
      id: box,
      rows: "2",
      autocomplete: "off",
      "aria-describedby": `${hint} ${this.notice.id}`,
      keydown: (event) => {
        const { key, shiftKey, isComposing } = event as KeyboardEvent;
        if (key !== "Enter" || shiftKey || isComposing) return;
        event.preventDefault();
        this.submit();
      },
    });
    this.form = h(
      "form",
      {
        submit: (event) => {
          event.preventDefault();
          this.submit();
        },
      },
      h("label", { for: box }, S.question),
      h("p.small", { id: hint }, S.hint),
      this.notice,
      h("div.row", {}, this.box, h("button.send", { type: "submit" }, S.send)),
    );
    const examples = S.examples.map((text) =>
      h(
        "li",
        {},
        button(text, () => this.send({ text }, text), "choice"),
      ),
    );
    this.welcome = h(
      "section.welcome",
      {},
      h("h3", {}, S.welcome),
      h("p", {}, S.welcomeText),
      h("p.small", {}, S.examplesLabel),
      h("ul.choices", {}, ...examples),
    );
    this.log = h(
      "div.log",
      { role: "region", "aria-label": S.conversation, tabindex: "0" },
      this.welcome,
      this.turns,
    );
  }

  /** What stands in the panel. */
  get parts(): Node[] {
    return [this.log, this.form, this.status];
  }

  focus(): void {
    this.box.focus();
  }

  /** Puts a question that was typed elsewhere into the box. */
  draft(text: string): void {
    this.box.value = text;
  }

  /** Shows the conversation that this tab had before, once. */
  restore(): Promise<void> {
    return (this.restored ??= this.client.begun ? this.showHistory() : Promise.resolve());
  }

  /** Deletes the conversation everywhere; rejects if the server cannot be reached. */
  async clear(): Promise<void> {
    await this.client.clear();
    this.turns.replaceChildren();
    this.notice.replaceChildren();
    this.welcome.hidden = false;
    this.say(S.cleared);
    this.focus();
  }

  /** Closes the source that is open last; says whether there was one. */
  closeSource(): boolean {
    const open = [
      ...this.log.querySelectorAll<HTMLButtonElement>(".marker[aria-expanded=true]"),
    ].pop();
    open?.click();
    open?.focus();
    return !!open;
  }

  /** Announces, without moving the focus. */
  say(text: string): void {
    this.status.textContent = "";
    // Only a change is announced, and the same text put there in one task is none.
    setTimeout(() => (this.status.textContent = text), 50);
  }

  private async showHistory(): Promise<void> {
    try {
      const turns: Turn[] = await this.client.history();
      this.notice.replaceChildren();
      for (const turn of turns) this.showAnswer(this.newTurn(turn.text), turn.id, turn.reply);
    } catch {
      const again = button(S.retry, () => void this.showHistory());
      this.notice.replaceChildren(h("strong", {}, S.offline), h("p", {}, S.offlineHistory), again);
    }
  }

  private submit(): void {
    const text = this.box.value.trim();
    if (!text) return this.refuse(S.empty);
    if (text.length > LIMIT) return this.refuse(S.tooLong(text.length, LIMIT));
    const kinds = identifying(text).map((kind) => S.kinds[kind]);
    if (kinds.length) this.warn(kinds, text);
    else this.sendTyped(text);
  }

  private sendTyped(text: string): void {
    if (!this.send({ text }, text)) return;
    this.box.value = "";
  }

  /** An error that belongs to the box. */
  private refuse(words: string): void {
    this.notice.replaceChildren(h("p.error", {}, words));
    this.box.setAttribute("aria-invalid", "true");
    this.say(words);
    this.focus();
  }

  private settle(): void {
    this.notice.replaceChildren();
    this.box.removeAttribute("aria-invalid");
  }

  private warn(kinds: string[], text: string): void {
    this.settle();
    const id = uniqueId();
    const named = [kinds.slice(0, -1).join(", "), kinds[kinds.length - 1]]
      .filter(Boolean)
      .join(S.and);
    const change = button(S.edit, () => {
      this.settle();
      this.focus();
    });
    const send = button(S.sendAnyway, () => {
      this.settle();
      this.sendTyped(text);
      this.focus();
    });
    const warning = h(
      "div.warning",
      { role: "group", "aria-labelledby": id, tabindex: "-1" },
      h("strong", { id }, S.warning(named)),
      h("p", {}, S.warningText),
      h("div.row", {}, change, send),
    );
    this.notice.replaceChildren(warning);
    warning.focus();
  }

  /** Sends one message at a time; says whether it was taken. */
  private send(said: Said, shown: string): boolean {
    if (this.waiting) {
      this.refuse(S.oneAtATime);
      return false;
    }
    this.settle();
    const turn = this.newTurn(shown);
    this.bringUp(turn);
    void this.ask(turn, crypto.randomUUID(), said);
    return true;
  }

  private async ask(turn: HTMLElement, id: string, said: Said): Promise<void> {
    const body = turn.querySelector(".reply")!;
    body.replaceChildren(h("p.looking", {}, S.looking));
    this.waiting = true;
    const slow = setTimeout(() => this.say(S.stillLooking), SLOW);
    try {
      const reply = await this.client.ask(id, said);
      this.showAnswer(turn, id, reply);
      this.say(announcement(reply));
    } catch (error) {
      body.replaceChildren(...this.failure(error, () => void this.ask(turn, id, said)));
      this.say(error instanceof Refusal ? error.message : `${S.offline}. ${S.offlineText}`);
    } finally {
      clearTimeout(slow);
      this.waiting = false;
    }
    this.bringUp(turn);
  }

  private failure(error: unknown, again: () => void): Child[] & Node[] {
    const refused = error instanceof Refusal;
    const contacts = refused && error.contacts.length ? error.contacts : OFFICIAL_CONTACTS;
    const retry = button(S.retry, () => {
      if (this.waiting) return this.refuse(S.oneAtATime);
      this.log.focus(); // the button goes away: keep the place for the keyboard
      again();
    });
    return [
      h(
        "section.failure",
        {},
        h("h4", {}, refused ? S.notSent : S.offline),
        h("p", {}, refused ? error.message : S.offlineText),
        contactList(contacts),
        retry,
      ),
    ];
  }

  private newTurn(text: string): HTMLElement {
    this.welcome.hidden = true;
    const turn = h(
      "li",
      {},
      h("h3.you", {}, h("span.hidden", {}, `${S.you}: `), text),
      h("div.reply"),
    );
    this.turns.append(turn);
    return turn;
  }

  private showAnswer(turn: HTMLElement, id: string, reply: Reply): void {
    const choose = (choice: Choice): void =>
      void this.send({ payload: choice.payload }, choice.title);
    const rated = reply.lead !== null;
    turn
      .querySelector(".reply")!
      .replaceChildren(
        answerView(reply, choose),
        ...(rated ? [tools(id, reply, this.client, (text) => this.say(text))] : []),
      );
  }

  /** Scrolls so that the turn begins at the top: in the panel, or on a low screen all of it. */
  private bringUp(turn: HTMLElement): void {
    if (getComputedStyle(this.log).overflowY === "auto")
      this.log.scrollTop = turn.offsetTop - MARGIN;
    else turn.scrollIntoView();
  }
}
