// A field above an index of tags: what is typed leaves the tags that hold it.
import { folded } from "../lib/search-terms.js";

export function mount(field) {
  const entries = [...document.querySelectorAll(".index > li, .single-tags > li")];
  const groups = [...document.querySelectorAll(".letter-group")];

  function filter() {
    const asked = folded(field.value.trim());
    for (const entry of entries) entry.hidden = !folded(entry.textContent).includes(asked);
    for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])");
  }

  field.addEventListener("input", filter);
  return () => field.removeEventListener("input", filter);
}
