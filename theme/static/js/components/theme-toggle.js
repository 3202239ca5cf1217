// Switches between light and dark. Choosing what the system has anyway forgets the choice.
import { store } from "../lib/store.js";

export function mount(button) {
  const root = document.documentElement;
  const system = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

  function toggle() {
    const next = (root.dataset.theme ?? system()) === "dark" ? "light" : "dark";
    if (next === system()) {
      delete root.dataset.theme;
      store.remove("theme");
    } else {
      root.dataset.theme = next;
      store.set("theme", next);
    }
    root.dispatchEvent(new Event("garden:theme"));
  }

  button.addEventListener("click", toggle);
  return () => button.removeEventListener("click", toggle);
}
