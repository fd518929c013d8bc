import { stepAside } from "./aside";
import { Client, Refusal } from "./client";
import { colourRules } from "./colour";
import { EMERGENCY } from "./contacts";
import { Conversation, type Guide } from "./conversation";
import { button, h, link, uniqueId } from "./dom";
import { exitButton } from "./exit";
import { ENGLISH, LANGUAGE, S, speak, WELSH } from "./strings";
import styles from "./styles.css";

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);

// Where this script came from is where the assistant is, unless the page says otherwise.
const HOME = home(document.currentScript);

/** The keys that a person presses in the widget are none of the page's shortcuts. */
const KEY_EVENTS = ["keydown", "keypress", "keyup"];

/** The folder of the script, which a module and some loaders do not tell. */
function home(current: HTMLOrSVGScriptElement | null): string {
  const scripts = [...document.querySelectorAll<HTMLScriptElement>("script[src]")];
  const { src } = (current as HTMLScriptElement | null) ?? {};
  const found = src || scripts.find((one) => /\/widget\.js([?#]|$)/.test(one.src))?.src;
  return new URL(".", found ?? location.href).href;
}

/**
 * `<notice-assistant>`: the assistant on a page.
 *
 * Attributes, read once when the element is put into the page:
 *   endpoint   address of the assistant (default: where the script came from)
 *   heading    the panel's heading (default: Notice)
 *   colour     of the head and the buttons, as #rrggbb; the text on it is made black or white
 *   inline     the panel stands in the page instead of behind a button
 *   open       the panel behind the button starts open
 *   start      opens the panel with a guided conversation: find-a-service, referral-checklist,
 *              reflection, signs or my-role
 *   token-url  where the intranet hands out its sign-in token, if the assistant asks for one
 *   exit-url   adds "Exit this page", which goes to this address
 *   language   "en" or "cy" adds a button that switches the widget's own words between English and
 *              Welsh, and begins with this one; answers are in the language of the question
 *
 * What stands inside the element is shown until the script has run, and without it: put a
 * form or a link to /chat there. A question typed there already is taken over.
 */
export class NoticeAssistant extends HTMLElement {
  private gone!: AbortController;
  /** What listens on the page around, as long as the element is in it. */
  private readonly watchers: ((signal: AbortSignal) => void)[] = [];
  private panel!: HTMLElement;
  private launcher: HTMLButtonElement | null = null;
  private conversation!: Conversation;

  connectedCallback(): void {
    if (!this.shadowRoot) {
      this.attachShadow({ mode: "open" });
      this.build();
      const said = this.getAttribute("language") === WELSH ? this.speak(WELSH) : null;
      void Promise.resolve(said).then(() => this.start());
    }
    this.gone = new AbortController();
    this.watchers.forEach((watch) => watch(this.gone.signal));
  }

  disconnectedCallback(): void {
    this.gone.abort();
  }

  private build(): void {
    const shadow = this.shadowRoot!;
    shadow.adoptedStyleSheets = [sheet, colourRules(this.getAttribute("colour"))];
    this.conversation = new Conversation(
      new Client(this.endpoint, this.getAttribute("token-url")),
    );
    const heading = this.getAttribute("heading") ?? S.heading;
    const inline = this.hasAttribute("inline");
    this.panel = this.makePanel(heading, inline);
    const root = h("div.root", { lang: LANGUAGE, dir: "ltr" }, this.panel);
    for (const name of KEY_EVENTS) root.addEventListener(name, (event) => event.stopPropagation());
    shadow.replaceChildren(root);
    if (inline) {
      void this.conversation.restore();
    } else {
      this.launcher = this.makeLauncher(heading);
      root.append(this.launcher);
      this.show(this.hasAttribute("open"));
      const box = (): Element => (this.panel.hidden ? this.launcher! : this.panel);
      this.watchers.push((signal) => stepAside(this, box, () => this.show(false), signal));
    }
    this.takeOverTyped();
  }

  private start(): void {
    const guide = this.getAttribute("start");
    if (guide === null || !Object.keys(S.guides).includes(guide)) return;
    if (this.launcher) this.show(true);
    void this.conversation.open(guide as Guide);
  }

  private get endpoint(): string {
    return (this.getAttribute("endpoint") ?? HOME).replace(/\/+$/, "");
  }

  /** Says its own words in another language; stays with English where they cannot be had. */
  private async speak(language: string): Promise<void> {
    if (language === WELSH) {
      const said = await fetch(`${this.endpoint}/widget.cy.json`).catch(() => null);
      if (!said?.ok) return;
      speak((await said.json()) as Record<string, unknown>);
    } else speak(null);
    const [open, typed] = [!this.panel.hidden, this.conversation.typed];
    this.gone.abort();
    this.gone = new AbortController();
    this.watchers.length = 0;
    this.build();
    this.watchers.forEach((watch) => watch(this.gone.signal));
    if (this.launcher && open) this.show(true);
    this.conversation.draft(typed);
  }

  private switchButton(): HTMLElement | null {
    if (!this.hasAttribute("language")) return null;
    const other = LANGUAGE === WELSH ? ENGLISH : WELSH;
    const control = button(
      other === WELSH ? "Cymraeg" : "English",
      () => void this.speak(other).then(() => this.panel.querySelector<HTMLElement>(".switch")?.focus()),
      "head",
    );
    control.classList.add("switch");
    control.lang = other;
    return control;
  }

  private makeLauncher(heading: string): HTMLButtonElement {
    const launcher = button(LANGUAGE === WELSH ? S.launcher : `Ask ${heading}`, () => this.open(), "launcher");
    launcher.setAttribute("aria-expanded", "false");
    launcher.setAttribute("aria-controls", this.panel.id);
    return launcher;
  }

  private makePanel(heading: string, inline: boolean): HTMLElement {
    const title = uniqueId();
    const sure = h("div.sure");
    const clear = button(S.clear, () => this.askClear(sure, clear), "head");
    return h(
      "section.panel",
      {
        id: uniqueId(),
        "aria-labelledby": title,
        keydown: (event) => {
          if ((event as KeyboardEvent).key !== "Escape") return;
          event.stopPropagation();
          if (!this.conversation.closeSource() && !inline) this.close();
        },
      },
      h(
        "header",
        {},
        h("h2", { id: title }, heading),
        this.switchButton(),
        clear,
        !inline && button(S.close, () => this.close(), "head"),
      ),
      this.exitButton(),
      h("p.danger", {}, S.dangerBefore, link(EMERGENCY.tel, `${S.dangerCall} ${EMERGENCY.phone}`)),
      sure,
      ...this.conversation.parts,
    );
  }

  private exitButton(): HTMLElement | null {
    const url = this.getAttribute("exit-url");
    if (!url?.startsWith("https://")) return null;
    const [control, watch] = exitButton(url, () => this.conversation.leave());
    this.watchers.push(watch);
    return control;
  }

  private askClear(place: HTMLElement, clear: HTMLButtonElement): void {
    const done = (): void => {
      place.replaceChildren();
      clear.focus();
    };
    const words = h("p", {}, S.clearText);
    const remove = async (): Promise<void> => {
      try {
        if (await this.conversation.clear()) place.replaceChildren();
        else tell(S.notKnown, button(S.understood, done));
      } catch (error) {
        tell(error instanceof Refusal ? error.message : S.notCleared);
      }
    };
    const tell = (text: string, ...instead: HTMLElement[]): void => {
      words.textContent = text;
      if (instead.length) question.lastElementChild!.replaceChildren(...instead);
      if (instead.length) question.focus();
      this.conversation.say(text);
    };
    const id = uniqueId();
    const question = h(
      "div.warning",
      { role: "group", "aria-labelledby": id, tabindex: "-1" },
      h("strong", { id }, S.clearSure),
      words,
      h("div.row", {}, button(S.clearYes, remove), button(S.clearNo, done)),
    );
    place.replaceChildren(question);
    question.focus();
  }

  private open(): void {
    this.show(true);
    this.conversation.focus();
  }

  private close(): void {
    this.show(false);
    this.launcher?.focus();
  }

  private show(open: boolean): void {
    this.panel.hidden = !open;
    this.launcher!.hidden = open;
    this.launcher!.setAttribute("aria-expanded", `${open}`);
    if (open) void this.conversation.restore();
  }

  private takeOverTyped(): void {
    const typed = this.querySelector<HTMLTextAreaElement | HTMLInputElement>(
      "textarea, input[type=text]",
    );
    if (!typed) return;
    this.conversation.draft(typed.value);
    if (typed !== document.activeElement && !typed.value) return;
    if (this.launcher) this.show(true);
    this.conversation.focus();
  }
}
