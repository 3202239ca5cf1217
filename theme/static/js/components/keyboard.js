// Shortcuts: / and Ctrl-K search, ? help, j and k the next and the previous note, u up, Backspace the note before.
import { store } from "../lib/store.js";
import { visit } from "../lib/visit.js";

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable], [role=application]");
}

/** Where j or k leads: the note's own next or previous, else its neighbour in the tree. */
function neighbour(name) {
  const own = document.querySelector(`.pager-${name} a[href], .reading-path a[rel="${name}"]`);
  if (own) return own;
  const item = document.querySelector(".tree [aria-current]")?.parentElement;
  const beside = name === "next" ? item?.nextElementSibling : item?.previousElementSibling;
  return beside?.querySelector("a[href]");
}

export function mount(page) {
  const help = page.querySelector("dialog[data-help]");
  const single = help?.querySelector("input[type=checkbox]");
  if (single) single.checked = store.get("single-keys") !== "off";

  const opens = (what) => page.querySelector(`[data-opens="${what}"]`)?.click();
  const actions = {
    "/": () => opens("search"),
    "?": () => help?.showModal(),
    j: () => neighbour("next")?.click(),
    k: () => neighbour("prev")?.click(),
    u: () => page.querySelector(".tool-way:not(.tool-next)")?.click(),
    // Only back to a note of this visit, never away from the site.
    Backspace: () => visit.pages.length > 1 && history.back(),
  };

  function pressed(event) {
    const combined = event.ctrlKey || event.metaKey;
    if (combined && event.key === "k") {
      event.preventDefault();
      opens("search");
      return;
    }
    if (combined || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (!actions[event.key] || single?.checked === false) return;
    event.preventDefault();
    actions[event.key]();
  }

  function clicked(event) {
    if (event.target.closest('[data-opens="help"]')) help?.showModal();
  }

  const changed = () => (single.checked ? store.remove("single-keys") : store.set("single-keys", "off"));
  page.addEventListener("keydown", pressed);
  page.addEventListener("click", clicked);
  single?.addEventListener("change", changed);
  return () => {
    page.removeEventListener("keydown", pressed);
    page.removeEventListener("click", clicked);
    single?.removeEventListener("change", changed);
  };
}
