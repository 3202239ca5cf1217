// Two buttons for the size or the width of the text, remembered in the browser; what it has anyway is forgotten.
import { store } from "../lib/store.js";
import { nextStep } from "../lib/text-sizes.js";

export function mount(place) {
  const root = document.documentElement;
  const { of } = place.dataset; // "text-size" or "text-width"

  function choose(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const step = nextStep(of, Number(store.get(of)) || 1, button.name);
    if (step === 1) store.remove(of);
    else store.set(of, String(step));
    root.style.setProperty(`--${of}`, String(step));
  }

  place.addEventListener("click", choose);
  return () => place.removeEventListener("click", choose);
}
