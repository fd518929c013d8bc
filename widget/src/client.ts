import type { Contact, Reason, Reply, Said, Turn } from "./contract";

const TIMEOUT = 20_000; // the server itself answers within 10 s, whatever breaks
const UNAUTHORISED = 401;

/** The server said no, and why, in a sentence for the person. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly contacts: Contact[],
  ) {
    super(message);
  }
}

/**
 * One conversation with the server. Its token lives in the tab's sessionStorage: a reload
 * goes on with the conversation, another tab has its own, and closing the tab forgets it.
 *
 * Every call rejects with a `Refusal` if the server answered so, with something else if it
 * could not be reached.
 */
export class Client {
  private readonly key: string;

  /**
   * @param endpoint address of the server, without a slash at the end
   * @param tokenUrl where the intranet hands out a sign-in token as text; null for none
   */
  constructor(
    private readonly endpoint: string,
    private readonly tokenUrl: string | null,
  ) {
    this.key = `notice-assistant ${endpoint}`;
  }

  /** Whether an earlier conversation of this tab can be shown again. */
  get begun(): boolean {
    return this.token !== null;
  }

  /** Sends a message. The same id sent again gives the same answer, never a second one. */
  async ask(id: string, said: Said): Promise<Reply> {
    try {
      return (await this.call<{ reply: Reply }>("message", { id, ...said })).reply;
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== UNAUTHORISED) throw error;
      this.token = null; // the session has expired: the question starts a new one
      return (await this.call<{ reply: Reply }>("message", { id, ...said })).reply;
    }
  }

  /** The conversation so far, oldest turn first; none if it has expired. */
  async history(): Promise<Turn[]> {
    try {
      return (await this.call<{ turns: Turn[] }>("history")).turns;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.token = null;
      return [];
    }
  }

  /** Deletes the conversation on the server, then here. */
  async clear(): Promise<void> {
    if (this.begun) await this.call("clear", {});
    this.token = null;
  }

  async feedback(id: string, useful: boolean, reason: Reason): Promise<void> {
    await this.call("feedback", { id, useful, reason });
  }

  private async call<T>(name: string, body?: object): Promise<T> {
    const token = this.token ?? (await this.begin());
    return this.fetch<T>(name, token, body);
  }

  private async begin(): Promise<string> {
    const identity = this.tokenUrl && (await (await fetch(this.tokenUrl)).text()).trim();
    const { session } = await this.fetch<{ session: string }>("session", identity, {});
    this.token = session;
    return session;
  }

  private async fetch<T>(name: string, token: string | null, body?: object): Promise<T> {
    const response = await fetch(`${this.endpoint}/webhooks/notice/${name}`, {
      method: body ? "POST" : "GET",
      headers: {
        ...(body && { "Content-Type": "application/json" }),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      body: body ? JSON.stringify(body) : null,
      credentials: "omit",
      keepalive: name === "clear", // goes on while the page is being left
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const data = await response.json(); // rejects on a proxy's page of HTML: unreachable
    if (response.ok) return data as T;
    if (!data.error) throw new Error(`status ${response.status}`);
    throw new Refusal(data.error.message, response.status, data.error.contacts ?? []);
  }

  private get token(): string | null {
    return sessionStorage.getItem(this.key);
  }

  private set token(token: string | null) {
    if (token === null) sessionStorage.removeItem(this.key);
    else sessionStorage.setItem(this.key, token);
  }
}
