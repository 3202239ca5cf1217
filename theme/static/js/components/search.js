// Search, as a dialog on every page and as a page of its own. The index is fetched on first use.
import { filterChoices, fromQuery, titledFirst, toQuery } from "../lib/search-core.js";
import { counted, filled, messagesOf } from "../lib/messages.js";
import { mountDialog, mountField } from "./search-dialog.js";
import { paletteEntries } from "./palette.js";
import { ResultList } from "./search-results.js";

const SHOWN = 12; // results that are drawn

/** The engine behind the search, opened once for all panels of a page. */
let opening;
function openEngine({ index }) {
  const address = new URL(index, document.baseURI).href;
  opening ??= import("./search-engine.js").then((engine) => engine.open(address, document.documentElement.lang));
  return opening;
}

export function mount(panel) {
  const messages = messagesOf(document);
  const isDialog = panel.matches("dialog");
  const form = panel.querySelector("form");
  const input = form.elements.namedItem("q");
  const filters = panel.querySelector(".search-filters");
  const status = panel.querySelector("[role=status]");
  const list = new ResultList(panel.querySelector("[role=listbox]"), input);
  let turn = 0; // answers to an older question are dropped

  const asked = () => ({
    query: input.value.trim(),
    branch: form.elements.namedItem("branch").value,
    tag: form.elements.namedItem("tag").value,
  });

  function show(results, message) {
    list.show(results);
    status.textContent = message;
  }

  /** What is said of the results: how many have all words, that these have some, what was meant. */
  function answer(query, count, { complete, meant }) {
    if (!count) return filled(messages.noResults, { query });
    const first = complete ? counted(messages.results, complete) : counted(messages.partly, count);
    return meant.length ? `${first} ${filled(messages.meant, { query: meant.join(" ") })}` : first;
  }

  function offerFilters(groups) {
    filters.dataset.filled = "yes";
    for (const name of ["branch", "tag"]) {
      const select = form.elements.namedItem(name);
      const choices = filterChoices(groups[name]);
      select.append(...choices.map((value) => new Option(value, value)));
      select.parentElement.hidden = !choices.length;
      filters.hidden &&= !choices.length;
      if (!isDialog) select.value = fromQuery(location.search)[name];
    }
  }

  async function search() {
    const mine = (turn += 1);
    try {
      const engine = await openEngine(panel.dataset);
      if (!filters.dataset.filled) offerFilters(engine.filters);
      const { query, ...choices } = asked();
      if (!isDialog) history.replaceState(null, "", location.pathname + toQuery(asked()));
      if (!query) return show(isDialog ? paletteEntries(messages, engine, (text) => (status.textContent = text)) : [], "");
      const { words, places, ...found } = await engine.search(query, choices);
      const results = titledFirst(await Promise.all(places.slice(0, SHOWN).map(engine.describe)), query, words);
      if (mine !== turn) return undefined;
      show(results, answer(query, places.length, found));
      return await list.complete(engine, results, words);
    } catch {
      opening = undefined; // the next key tries again
      return show([], messages.searchFailed);
    }
  }

  function pressed(event) {
    if (event.target === input && !event.isComposing && list.move(event.key)) event.preventDefault();
  }

  function submitted(event) {
    event.preventDefault();
    list.follow();
  }

  function opened() {
    input.select();
    search();
  }

  const ended = new AbortController();
  const { signal } = ended;
  form.addEventListener("input", search, { signal });
  form.addEventListener("submit", submitted, { signal });
  panel.addEventListener("keydown", pressed, { signal });
  if (isDialog) {
    mountDialog(panel, opened, signal);
  } else {
    mountField(input, signal);
    input.value = fromQuery(location.search).query;
    search();
  }
  return () => ended.abort();
}
