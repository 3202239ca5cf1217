// The citation can be copied once it is unfolded.
import { addCopyButton } from "./copy-button.js";

export function mount(details) {
  let remove = () => {};

  function unfolded() {
    if (!details.open || !navigator.clipboard) return;
    details.removeEventListener("toggle", unfolded);
    remove = addCopyButton(details, details.querySelector("code"));
  }

  details.addEventListener("toggle", unfolded);
  unfolded();
  return () => {
    details.removeEventListener("toggle", unfolded);
    remove();
  };
}
