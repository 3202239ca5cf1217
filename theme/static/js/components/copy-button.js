// A button on every block of code that copies it.
import { messagesOf } from "../lib/messages.js";

const SHOWN_FOR = 2000; // milliseconds: long enough to be read

/** Add a copy button to `host` for the text of `source`; returns a function that removes it. */
export function addCopyButton(host, source) {
  const messages = messagesOf(document);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = messages.copy;
  button.setAttribute("aria-live", "polite");
  let timer = 0;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent.replace(/\n$/, ""));
    button.textContent = messages.copied;
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = messages.copy), SHOWN_FOR);
  });
  host.append(button);
  return () => {
    clearTimeout(timer);
    button.remove();
  };
}

export function mount(page) {
  // Without a secure context there is no clipboard, and so no button that would fail.
  if (!navigator.clipboard) return () => {};
  const figures = [...page.querySelectorAll("figure.code")];
  const removals = figures.map((figure) => addCopyButton(figure, figure.querySelector("code")));
  return () => removals.forEach((remove) => remove());
}
