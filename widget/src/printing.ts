/** Printing one turn of the conversation, without the page around it. */

const HIDDEN = "data-notice-not-printed";
const sheet = new CSSStyleSheet();
sheet.replaceSync(`@media print { [${HIDDEN}] { display: none !important } }`);

/** Opens the print dialogue for this element alone, with its folded parts open. */
export function printOnly(element: Element): void {
  const shadow = element.getRootNode() as ShadowRoot;
  const hidden = [...around(element), ...around(shadow.host)];
  const folded = [...element.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
  for (const scope of [document, shadow])
    scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet];
  hidden.forEach((one) => one.setAttribute(HIDDEN, ""));
  folded.forEach((one) => (one.open = true));
  shadow.host.setAttribute("printing", "");
  const undo = (): void => {
    hidden.forEach((one) => one.removeAttribute(HIDDEN));
    folded.forEach((one) => (one.open = false));
    shadow.host.removeAttribute("printing");
    for (const scope of [document, shadow])
      scope.adoptedStyleSheets = scope.adoptedStyleSheets.filter((one) => one !== sheet);
  };
  addEventListener("afterprint", undo, { once: true });
  print();
}

/** Everything beside the element and beside what it stands in, up to the root. */
function around(element: Element): Element[] {
  const others: Element[] = [];
  for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
    others.push(...[...(at.parentNode?.children ?? [])].filter((one) => one !== at));
  }
  return others;
}
