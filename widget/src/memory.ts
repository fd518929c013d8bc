/**
 * What the widget remembers in this tab: the session's token, and what was asked and may not have
 * been kept by the server yet. A reload finds it again; where the page may not use the browser's
 * storage it lives as long as the page.
 */
import type { Picked, Typed } from "./contract";

/** What a person sends: words of their own, or the payload of a button they were shown. */
export type Said = Omit<Typed, "id"> | Omit<Picked, "id">;

/** A message on its way. */
export interface Sent {
  id: string;
  said: Said;
  /** What stands on the page: the words, or the title of the button. */
  shown: string;
  /** The answer has come, but may have come before the server kept it. */
  answered?: boolean;
}

export class Memory {
  private readonly page = new Map<string, string>();
  private readonly sentKey: string;

  /** @param key names the assistant: a page may talk to several */
  constructor(private readonly key: string) {
    this.sentKey = `${key} sent`;
  }

  get token(): string | null {
    return this.read(this.key);
  }

  set token(token: string | null) {
    this.write(this.key, token);
  }

  /** Messages whose answer has not been seen, oldest first. */
  get sent(): Sent[] {
    try {
      return (JSON.parse(this.read(this.sentKey) ?? "[]") as Sent[]).filter((one) => one.id);
    } catch {
      return [];
    }
  }

  set sent(sent: Sent[]) {
    this.write(this.sentKey, sent.length ? JSON.stringify(sent) : null);
  }

  private read(key: string): string | null {
    try {
      return sessionStorage.getItem(key) ?? this.page.get(key) ?? null;
    } catch {
      return this.page.get(key) ?? null;
    }
  }

  private write(key: string, value: string | null): void {
    this.page.delete(key);
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
    } catch {
      if (value !== null) this.page.set(key, value);
    }
  }
}
