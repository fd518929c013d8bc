/**
 * Keeps what has the keyboard's focus on the host page from being hidden behind the widget
 * (WCAG 2.2, 2.4.11): the panel folds up, and the launcher fades while it is in the way.
 */

/** A thing is hidden when this much of it lies behind the widget. */
const HIDDEN = 0.25;

/**
 * @param host the widget's element
 * @param box the part that is over the page now: the open panel, or the launcher
 * @param fold closes the panel if it is open, without moving the focus
 * @param signal stops watching
 */
export function stepAside(
  host: HTMLElement,
  box: () => Element,
  fold: () => void,
  signal: AbortSignal,
): void {
  let byKeyboard = true;
  document.addEventListener("pointerdown", () => (byKeyboard = false), { capture: true, signal });
  document.addEventListener("keydown", () => (byKeyboard = true), { capture: true, signal });
  document.addEventListener(
    "focusin",
    ({ target }) => {
      host.removeAttribute("aside");
      if (target === host || !(target instanceof Element) || !byKeyboard) return;
      // The browser scrolls the page to the focus first.
      requestAnimationFrame(() => {
        if (hides(box(), target)) fold();
        if (hides(box(), target)) host.setAttribute("aside", "");
      });
    },
    { signal },
  );
}

function hides(box: Element, target: Element): boolean {
  const [a, b] = [box.getBoundingClientRect(), target.getBoundingClientRect()];
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 && width * height >= HIDDEN * b.width * b.height;
}
