// The interface strings that scripts need, written into the page by its template.

/** The strings of a document, by key. */
export function wordsOf(document) {
  return JSON.parse(document.querySelector("script[data-words]")?.textContent ?? "{}");
}

/** A pattern with its `%s` replaced by `value`. */
export function fill(pattern, value) {
  return pattern.replace("%s", () => String(value));
}
