// Two buttons for smaller and larger text, remembered in the browser; the size that it has anyway is forgotten.
import { store } from "../lib/store.js";
import { nextSize } from "../lib/text-sizes.js";

export function mount(place) {
  const root = document.documentElement;

  function choose(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const size = nextSize(Number(store.get("text-size")) || 1, button.name);
    if (size === 1) store.remove("text-size");
    else store.set("text-size", String(size));
    root.style.setProperty("--text-size", String(size));
  }

  place.addEventListener("click", choose);
  return () => place.removeEventListener("click", choose);
}
