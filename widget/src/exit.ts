/** The GOV.UK Design System's "Exit this page": leave at once, also by pressing Shift three times. */
import { h } from "./dom";
import { S } from "./strings";

const PRESSES = 3;
const WITHIN_MS = 5_000;

/**
 * The button, to be put at the top, and what listens for the keys until its signal comes.
 *
 * @param url where to go
 * @param forget deletes the conversation; it is not waited for
 */
export function exitButton(
  url: string,
  forget: () => void,
): [HTMLElement, (signal: AbortSignal) => void] {
  const leave = (event: Event): void => {
    event.preventDefault();
    // Nothing of the page may be seen while the other loads.
    (control.getRootNode() as ShadowRoot).append(h("div.cover"));
    forget();
    location.replace(url);
  };
  const control = h(
    "a.exit",
    { href: url, rel: "nofollow noreferrer", click: leave },
    S.exit,
    h("span", {}, ` ${S.exitHint}`),
  );
  let presses: number[] = [];
  const press = (event: KeyboardEvent): void => {
    if (event.key !== "Shift") presses = [];
    else if (!event.repeat)
      presses = [...presses.filter((at) => at > event.timeStamp - WITHIN_MS), event.timeStamp];
    if (presses.length >= PRESSES) leave(event);
  };
  // Before the page and the widget, which keep key presses to themselves.
  const before = { capture: true };
  return [control, (signal) => document.addEventListener("keydown", press, { ...before, signal })];
}
