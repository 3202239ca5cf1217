// Search, as a dialog on every page and as a page of its own: what answers is fetched when it is opened.
import { addSheet } from "../lib/sheet.js";
import { mountDialog, mountField } from "./search-dialog.js";

export async function mount(panel) {
  const ended = new AbortController();
  const { signal } = ended;
  const input = panel.querySelector("input");
  let answering;

  async function search() {
    answering ??= import("./search-panel.js").then((parts) => parts.answering(panel, signal));
    (await answering)();
  }

  function opened() {
    input.select();
    search();
  }

  await addSheet("scripted");
  if (panel.matches("dialog")) {
    mountDialog(panel, opened, signal);
  } else {
    mountField(input, signal);
    input.value = new URLSearchParams(location.search).get("q")?.trim() ?? "";
    if (!input.value) input.focus();
    search();
  }
  return () => ended.abort();
}
