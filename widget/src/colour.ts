/** The page's own colour for the head and the buttons, with text that can be read on it. */

/**
 * Rules for a colour such as #00703c; none if it is missing or not of this form. One of black
 * and white always has a contrast of at least 4.58 to 1 with it (WCAG 2.2, 1.4.3 asks 4.5).
 */
export function colourRules(colour: string | null): CSSStyleSheet {
  const rules = new CSSStyleSheet();
  if (colour && /^#[0-9a-f]{6}$/i.test(colour)) {
    const text = luminance(colour) > 0.179 ? "#000" : "#fff";
    rules.replaceSync(`:host { --accent: ${colour}; --on-accent: ${text} }`);
  }
  return rules;
}

/** Relative luminance, as WCAG defines it. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
