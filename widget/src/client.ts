import type { Calls, Contact, Reason, Reply, Turn, Unanswered } from "./contract";
import { Memory, type Said, type Sent } from "./memory";

const TIMEOUT = 20_000; // the server itself answers within 10 s, whatever breaks
const UNAUTHORISED = 401;

/** The server said no, and why, in a sentence for the person. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly first: string,
    readonly contacts: Contact[],
  ) {
    super(message);
  }

  /** The session is not known (any more): expired, or signed by a server that is gone. */
  get ended(): boolean {
    return this.status === UNAUTHORISED;
  }

  /** The same message would be refused again. */
  get forGood(): boolean {
    return this.status === 400 || this.status === 413;
  }
}

/**
 * One conversation with the server. A reload goes on with it, another tab has its own, and
 * closing the tab forgets it.
 *
 * Every call rejects with a `Refusal` if the server answered so, with something else if it
 * could not be reached.
 */
export class Client {
  private readonly memory: Memory;
  private asking: AbortController | null = null;

  /**
   * @param endpoint address of the server, without a slash at the end
   * @param tokenUrl where the intranet hands out a sign-in token as text; null for none
   */
  constructor(
    readonly endpoint: string,
    private readonly tokenUrl: string | null,
  ) {
    this.memory = new Memory(`notice-assistant ${endpoint}`);
  }

  /** Whether an earlier conversation of this tab can be shown again. */
  get begun(): boolean {
    return this.memory.token !== null || this.unanswered.length > 0;
  }

  /** What was asked and not answered, or answered and perhaps not kept yet; oldest first. */
  get unanswered(): Sent[] {
    return this.memory.sent;
  }

  /**
   * Sends a message. The same id sent again gives the same answer, never a second one. If the
   * session has ended, the message begins a new one, and `anew` is true.
   */
  async ask(sent: Sent): Promise<{ reply: Reply; anew: boolean }> {
    const others = this.memory.sent.filter((one) => one.id !== sent.id);
    this.memory.sent = [...others, sent];
    const stop = (this.asking = new AbortController());
    try {
      const [reply, anew] = await this.send(sent.id, sent.said, stop);
      if (!stop.signal.aborted) this.settle(sent, reply);
      return { reply, anew };
    } catch (error) {
      if (error instanceof Refusal && error.forGood) this.drop(sent.id);
      throw error;
    }
  }

  private async send(id: string, said: Said, stop: AbortController): Promise<[Reply, boolean]> {
    const ask = async (): Promise<Reply> => {
      const token = this.memory.token ?? (await this.begin());
      return (await this.fetch("message", token, { id, ...said }, stop)).reply;
    };
    try {
      return [await ask(), false];
    } catch (error) {
      if (!(error instanceof Refusal && error.ended) || this.memory.token === null) throw error;
      this.memory.token = null;
      return [await ask(), true];
    }
  }

  /**
   * What is answered the server has kept, with all that was answered before. Only an urgent
   * reply comes before it is kept, so that one is remembered here until the next answer.
   */
  private settle(sent: Sent, reply: Reply): void {
    if (reply.failed && reply.outcome !== "too-long") return; // asked again after a reload
    const others = this.memory.sent.filter((one) => one.id !== sent.id && !one.answered);
    const urgent = reply.kind === "urgent" ? [{ ...sent, answered: true }] : [];
    this.memory.sent = [...others, ...urgent];
  }

  private drop(id: string): void {
    this.memory.sent = this.memory.sent.filter((one) => one.id !== id);
  }

  /** The conversation so far, oldest turn first; null if it has ended or there was none. */
  async history(): Promise<Turn[] | null> {
    const token = this.memory.token;
    if (token === null) return this.end();
    try {
      const { turns } = await this.fetch("history", token);
      turns.forEach((turn) => turn.id && this.drop(turn.id));
      return turns;
    } catch (error) {
      if (!(error instanceof Refusal && error.ended)) throw error;
      return this.end();
    }
  }

  private end(): null {
    this.memory.token = null;
    this.memory.sent = this.memory.sent.filter((one) => !one.answered);
    return null;
  }

  /**
   * Deletes the conversation on the server, then here. False if the server does not know the
   * session any more: then it is forgotten here alone.
   */
  async clear(): Promise<boolean> {
    this.asking?.abort(); // or it could be kept after the deletion
    const token = this.memory.token;
    let deleted = true;
    if (token !== null)
      await this.fetch("clear", token, {}).catch((error: unknown) => {
        if (!(error instanceof Refusal && error.ended)) throw error;
        deleted = false;
      });
    this.forget();
    return deleted;
  }

  /** Forgets the conversation at once; the server is told to delete it, and not waited for. */
  leave(): void {
    this.asking?.abort();
    const token = this.memory.token;
    this.forget();
    if (token !== null) void this.fetch("clear", token, {}).catch(() => {});
  }

  async feedback(id: string, useful: boolean, reason: Reason | null): Promise<void> {
    await this.fetch("feedback", this.memory.token, { id, useful, reason });
  }

  private forget(): void {
    this.memory.token = null;
    this.memory.sent = [];
  }

  private async begin(): Promise<string> {
    const identity = this.tokenUrl && (await (await fetch(this.tokenUrl)).text()).trim();
    const { session } = await this.fetch("session", identity, {});
    this.memory.token = session;
    return session;
  }

  private async fetch<Name extends keyof Calls>(
    name: Name,
    token: string | null,
    body?: Calls[Name]["takes"],
    stop = new AbortController(),
  ): Promise<Calls[Name]["gives"]> {
    const late = setTimeout(() => stop.abort(), TIMEOUT);
    try {
      const response = await fetch(`${this.endpoint}/webhooks/notice/${name}`, {
        method: body ? "POST" : "GET",
        headers: {
          ...(body && { "Content-Type": "application/json" }),
          ...(token && { Authorization: `Bearer ${token}` }),
        },
        body: body ? JSON.stringify(body) : null,
        credentials: "omit",
        keepalive: name === "clear", // goes on while the page is being left
        signal: stop.signal,
      });
      const data = await response.json(); // rejects on a proxy's page of HTML: unreachable
      if (response.ok) return data;
      if (!data.error) throw new Error(`status ${response.status}`);
      const { message, first, contacts } = (data as Unanswered).error;
      throw new Refusal(message, response.status, first ?? "", contacts ?? []);
    } finally {
      clearTimeout(late);
    }
  }
}
