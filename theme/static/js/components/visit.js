// Remembers the notes of this visit, for the search that is opened without a question.
import { visit } from "../lib/visit.js";

export function mount(page) {
  const title = page.querySelector("article h1")?.textContent ?? "";
  visit.add({ url: location.pathname, title });
  return () => {};
}
