/** Building the page from text. Nothing here, or anywhere in the widget, reads text as HTML. */

export type Child = Node | string | null | undefined | false;

type Attributes = Record<string, string | boolean | ((event: Event) => void)>;

/**
 * Makes an element.
 *
 * @param name the tag, with classes after dots: "p.lead"
 * @param attributes functions become listeners of the event they are named after; true sets
 *   an attribute without a value and false leaves it out
 * @param children strings become text; null, undefined and false nothing
 */
export function h<T extends keyof HTMLElementTagNameMap>(
  name: T | `${T}.${string}`,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const [tag, ...classes] = name.split(".") as [T, ...string[]];
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child): child is Node | string => !!child));
  return element;
}

/** A button that does not submit anything. */
export function button(label: string, act: () => void, look = "quiet"): HTMLButtonElement {
  return h(`button.${look}`, { type: "button", click: act }, label);
}

/** A link, if the address is one of a register's kinds (https, tel or mailto); otherwise its text. */
export function link(address: string | null, text: string, look = "link"): HTMLElement {
  if (address && /^(tel:\+?[0-9]+$|mailto:)/.test(address)) {
    return h(`a.${look}`, { href: address }, text);
  }
  if (address && /^https:\/\//.test(address)) return page(address, text, look);
  return h("span", {}, text);
}

/** A link to a page: in a new tab, so that the conversation stays where it is. */
export function page(address: string, text: string, look = "link"): HTMLElement {
  const away = { href: address, target: "_blank", rel: "noopener noreferrer" };
  return h(`a.${look}`, away, text, h("span.hidden", {}, " (opens in a new tab)"));
}

let last = 0;

/** An id nobody else in the widget has. */
export function uniqueId(): string {
  return `n${++last}`;
}
