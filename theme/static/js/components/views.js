// Live views that answer: tables that sort and filter, canvases that zoom. Each is complete without scripts.
import { addSheet } from "../lib/sheet.js";
import { messagesOf } from "../lib/messages.js";

const KINDS = { "canvas-zoom": "figure.canvas", "table-tools": ".live-view[data-view=table]" };

export async function mount(article) {
  const messages = messagesOf(document);
  await addSheet("views");
  const removals = await Promise.all(
    Object.entries(KINDS).map(async ([name, selector]) => {
      const found = [...article.querySelectorAll(selector)];
      if (!found.length) return [];
      const { enliven } = await import(`./${name}.js`);
      return found.map((view) => enliven(view, messages));
    }),
  );
  return () => removals.flat().forEach((remove) => remove());
}
