import { announcement, answerView, contactList } from "./answer";
import { Client, Refusal } from "./client";
import { FIRST, OFFICIAL_CONTACTS } from "./contacts";
import type { Button, Reply, Turn } from "./contract";
import { button, h, uniqueId, type Child } from "./dom";
import { identifying } from "./identifying";
import type { Said, Sent } from "./memory";
import { ENGLISH, S } from "./strings";
import { tools } from "./tools";
import { newId } from "./uuid";

const LIMIT = 2_000; // characters; the server refuses more
const SLOW = 4_000; // ms after which a screen reader is told that the answer is still awaited
const MARGIN = 12; // px above a turn
const INPUT_METHOD = 229; // what a key press that belongs to one reports; Safari says no more

/** The name of a guided conversation. */
export type Guide = keyof typeof S.guides;

/** The questions and answers, and the form below them. */
export class Conversation {
  private readonly turns = h("ol.turns");
  /** The turns on the page by the ids of their messages. */
  private readonly byId = new Map<string, HTMLElement>();
  /** What was asked, as it is shown. */
  private readonly asked = new Set<string>();
  private readonly past = h("div.past");
  private readonly status = h("div.hidden", { "aria-live": "polite" });
  private readonly box: HTMLTextAreaElement;
  private readonly form: HTMLFormElement;
  private readonly notice = h("div.notice");
  private readonly welcome: HTMLElement;
  private readonly log: HTMLElement;
  private waiting = false;
  private running: Promise<void> = Promise.resolve();
  private restored: Promise<void> | null = null;

  constructor(private readonly client: Client) {
    const [box, hint] = [uniqueId(), uniqueId()];
    this.notice.id = uniqueId();
    this.box = h("textarea", {
      id: box,
      rows: "1",
      dir: "auto",
      autocomplete: "off",
      "aria-describedby": `${hint} ${this.notice.id}`,
      keydown: (event) => {
        const { key, keyCode, shiftKey, isComposing } = event as KeyboardEvent;
        if (key !== "Enter" || shiftKey || isComposing || keyCode === INPUT_METHOD) return;
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
      h("div.question", {}, h("label", { for: box }, S.question), " ", h("p.small", { id: hint }, S.hint)),
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
    const guides = (Object.keys(S.guides) as Guide[]).map((name) =>
      h("li", {}, button(S.guides[name], () => this.startGuide(name))),
    );
    this.welcome = h(
      "section.welcome",
      {},
      h("h3", {}, S.welcome),
      h("p", {}, S.welcomeText),
      h("p.small", {}, S.examplesLabel),
      h("ul.choices", {}, ...examples),
      // The guided conversations are in English, whatever the widget's own words are in.
      h("div", { lang: ENGLISH }, h("p.small", {}, S.guidesLabel), h("ul.guides", {}, ...guides)),
    );
    this.log = h(
      "div.log",
      { role: "region", "aria-label": S.conversation, tabindex: "0" },
      this.welcome,
      this.past,
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

  /** What stands in the box. */
  get typed(): string {
    return this.box.value;
  }

  /** Puts a question that was typed elsewhere into the box. */
  draft(text: string): void {
    this.box.value = text;
  }

  /** Shows the conversation that this tab had before, once. */
  restore(): Promise<void> {
    return (this.restored ??= this.client.begun ? this.showHistory() : Promise.resolve());
  }

  /** Opens a guided conversation, unless this chat has had it already. */
  async open(guide: Guide): Promise<void> {
    await this.restore();
    if (!this.asked.has(S.guides[guide])) this.startGuide(guide);
  }

  private startGuide(guide: Guide): void {
    this.send({ payload: `/guided.${guide}.start` }, S.guides[guide]);
  }

  /**
   * Deletes the conversation everywhere. False if it is gone from here alone, because the server
   * does not know the session any more; rejects if it could not be deleted at all.
   */
  async clear(): Promise<boolean> {
    const deleted = await this.client.clear();
    this.forget();
    if (deleted) this.say(S.cleared);
    if (deleted) this.focus();
    return deleted;
  }

  /** Forgets the conversation at once, here and on the server: for who leaves the page. */
  leave(): void {
    this.client.leave();
    this.forget();
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

  private forget(): void {
    this.byId.clear();
    this.asked.clear();
    this.turns.replaceChildren();
    this.past.replaceChildren();
    this.notice.replaceChildren();
    this.welcome.hidden = false;
  }

  /** The turns that the server has kept, each once and in order, then what it has not. */
  private async showHistory(): Promise<void> {
    let turns: Turn[] | null;
    try {
      turns = await this.client.history();
    } catch (error) {
      this.showCut(error);
      return;
    }
    this.past.replaceChildren(...(turns === null ? [h("p.small", {}, S.ended)] : []));
    const before = [...this.turns.children];
    const kept = (turns ?? []).map((turn) => {
      const id = turn.id ?? uniqueId();
      const known = this.byId.get(id);
      const element = known ?? this.newTurn(id, turn.text);
      if (!known?.querySelector(".answer")) this.showAnswer(element, id, turn.reply);
      return element;
    });
    const unanswered = this.client.unanswered.map((sent): [HTMLElement, Sent] => [
      this.byId.get(sent.id) ?? this.newTurn(sent.id, sent.shown),
      sent,
    ]);
    const inOrder = [...kept, ...unanswered.map(([turn]) => turn)];
    this.turns.append(...inOrder, ...before.filter((turn) => !inOrder.includes(turn as HTMLElement)));
    this.welcome.hidden = this.turns.children.length > 0;
    for (const [turn, sent] of unanswered) {
      await this.running;
      const asked = turn.querySelector(".reply")!.childElementCount > 0;
      if (!asked && turn.isConnected) await this.start(turn, sent);
    }
  }

  /** Says that the earlier turns cannot be read now, with whom to call, and what was asked. */
  private showCut(error: unknown): void {
    this.welcome.hidden = true;
    const again = this.retry(() => void this.showHistory());
    this.past.replaceChildren(this.failureView(error, S.offlineHistory, again));
    for (const { id, shown } of this.client.unanswered)
      if (!this.byId.has(id)) this.newTurn(id, shown);
  }

  private submit(): void {
    const text = this.box.value.trim();
    if (!text) return this.refuse(S.empty);
    const length = [...text].length; // as the server counts
    if (length > LIMIT) return this.refuse(S.tooLong(length, LIMIT));
    const kinds = identifying(text).map((kind) => S.kinds[kind]);
    if (kinds.length) this.warn(kinds, text);
    else this.sendTyped(text);
  }

  private sendTyped(text: string): void {
    if (!this.send({ text }, text)) return;
    this.box.value = "";
    // On a phone the keyboard would cover the answer.
    if (matchMedia("(hover: none) and (pointer: coarse)").matches) this.keepPlace();
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
      this.focus();
      this.sendTyped(text);
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
    const sent = { id: newId(), said, shown };
    const turn = this.newTurn(sent.id, shown);
    void this.start(turn, sent);
    this.bringUp(turn);
    return true;
  }

  private start(turn: HTMLElement, sent: Sent): Promise<void> {
    return (this.running = this.ask(turn, sent));
  }

  private async ask(turn: HTMLElement, sent: Sent): Promise<void> {
    const body = turn.querySelector(".reply")!;
    body.replaceChildren(h("p.looking", {}, S.looking));
    this.waiting = true;
    const slow = setTimeout(() => this.say(S.stillLooking), SLOW);
    try {
      const { reply, anew } = await this.client.ask(sent);
      if (!turn.isConnected) return; // cleared meanwhile
      this.showAnswer(turn, sent.id, reply);
      if (anew) body.prepend(h("p.small", {}, S.anew));
      if (reply.failed && reply.outcome !== "too-long")
        body.append(this.retry(() => void this.start(turn, sent)));
      this.say(announcement(reply));
    } catch (error) {
      if (!turn.isConnected) return;
      const again = this.retry(() => void this.start(turn, sent));
      body.replaceChildren(this.failureView(error, S.offlineText, again));
      this.say(error instanceof Refusal ? error.message : `${S.offline}. ${FIRST}`);
    } finally {
      clearTimeout(slow);
      this.waiting = false;
    }
    this.bringUp(turn);
  }

  private retry(again: () => void): HTMLButtonElement {
    return button(S.retry, () => {
      if (this.waiting) return this.refuse(S.oneAtATime);
      this.keepPlace(); // the button goes away
      again();
    });
  }

  /** Gives the keyboard a place in the conversation, without moving the page. */
  private keepPlace(): void {
    this.log.focus({ preventScroll: true });
  }

  /** What to do in danger, whom to call, and why there is no answer. */
  private failureView(error: unknown, offline: string, again: HTMLElement): HTMLElement {
    const refused = error instanceof Refusal ? error : null;
    const contacts = refused?.contacts.length ? refused.contacts : OFFICIAL_CONTACTS;
    return h(
      "section.failure",
      {},
      h("h4", {}, refused ? S.notSent : S.offline),
      h("p.first", {}, refused?.first || FIRST),
      contactList(contacts.slice(0, 1), S.call),
      h("p", {}, refused ? refused.message : offline),
      again,
      contactList(contacts.slice(1)),
    );
  }

  private newTurn(id: string, text: string): HTMLElement {
    this.welcome.hidden = true;
    const turn = h(
      "li",
      {},
      h("h3.you", {}, h("span.hidden", {}, `${S.you}: `), h("span", { dir: "auto" }, text)),
      h("div.reply"),
    );
    this.byId.set(id, turn);
    this.asked.add(text);
    this.turns.append(turn);
    return turn;
  }

  private showAnswer(turn: HTMLElement, id: string, reply: Reply): void {
    const choose = (choice: Button): void =>
      void this.send({ payload: choice.payload }, choice.title);
    const rated = reply.lead !== null;
    const children: Child[] = [
      answerView(reply, choose),
      rated && tools(id, reply, this.client, (text) => this.say(text)),
    ];
    turn.querySelector(".reply")!.replaceChildren(...(children.filter(Boolean) as Node[]));
  }

  /**
   * Scrolls so that the turn begins at the top, or its emergency card where that would not be
   * seen otherwise. What scrolls is the log, on a low screen the panel; the page around only
   * while the person is in the widget.
   */
  private bringUp(turn: HTMLElement): void {
    const card = turn.querySelector<HTMLElement>(".emergency");
    const panel = this.log.parentElement!;
    const scroller = [this.log, panel].find(
      (one) => getComputedStyle(one).overflowY === "auto" && one.scrollHeight > one.clientHeight,
    );
    if (!scroller) {
      const inUse = (this.log.getRootNode() as ShadowRoot).activeElement !== null;
      if (inUse) (card ?? turn).scrollIntoView();
      return;
    }
    const top = (one: Element): number =>
      one.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    const above = MARGIN + (scroller === panel ? this.stuck(panel) : 0);
    const call = card?.querySelector("a.call");
    const fits =
      call && top(call) + call.clientHeight - top(turn) < scroller.clientHeight - above;
    scroller.scrollTop = top(card && !fits ? card : turn) - above;
  }

  /** Height of the line that stays in sight while the panel scrolls. */
  private stuck(panel: HTMLElement): number {
    return panel.querySelector<HTMLElement>(".danger")?.offsetHeight ?? 0;
  }
}
