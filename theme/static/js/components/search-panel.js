// The panel of the search: what is asked, and what is shown of the answer. The index is fetched on first use.
// Not mounted: `search.js` loads it when the search is opened.
import { fromQuery, titledFirst, toQuery } from "../lib/search-core.js";
import { counted, filled, messagesOf } from "../lib/messages.js";
import { Filters } from "./search-filters.js";
import { paletteEntries, sitePages } from "./palette.js";
import { ResultList } from "./search-results.js";

const SHOWN = 12; // results that are drawn at once
const PAUSE = 120; // milliseconds without a key until pages are fetched for their sentences

const pause = () => new Promise((done) => setTimeout(done, PAUSE));

/** The engine behind the search, opened once for all panels of a page. */
let opening;
function openEngine({ index }) {
  const address = new URL(index, document.baseURI).href;
  opening ??= import("./search-engine.js").then((engine) => engine.open(address, document.documentElement.lang));
  return opening;
}

/** What is said of the results: how many have all words and how many some, and what was meant. */
function summaryOf(query, { places, complete, meant }, messages) {
  const count = places.length;
  if (!count) return filled(messages.noResults, { query });
  const said = [complete ? counted(messages.results, complete) : counted(messages.partly, count)];
  if (complete && count > complete) said.push(counted(messages.besides, count - complete));
  if (meant.length) said.push(filled(messages.meant, { query: meant.join(" ") }));
  return said.join(" · ");
}

/** Let a panel answer until `signal` aborts; returns what asks for an answer to what its field says. */
export function answering(panel, signal) {
  const messages = messagesOf(document);
  const isDialog = panel.matches("dialog");
  const form = panel.querySelector("form");
  const input = form.elements.namedItem("q");
  const status = panel.querySelector("[role=status]");
  const filters = new Filters(panel.querySelector(".search-filters"), messages, () => search());
  const list = new ResultList(panel.querySelector("[role=listbox]"), input);
  let turn = 0; // answers to an older question are dropped

  function show(results, message, isAnswer = true) {
    list.show(results, isAnswer);
    status.textContent = message;
  }

  /** Entries below the results: those that follow, and those outside the branch. */
  function further(shown, { places, complete, everywhere }) {
    const more = places.length - shown;
    const elsewhere = () => (filters.everywhere(), search());
    return [
      ...(more > 0 ? [{ title: counted(messages.more, more), run: () => search(shown + SHOWN) }] : []),
      ...(everywhere > complete ? [{ title: counted(messages.everywhere, everywhere), run: elsewhere }] : []),
    ].map((entry) => ({ url: location.pathname, trail: "", lang: "", ...entry }));
  }

  /** What a query finds: in the branch of the page, unless the best answer is elsewhere, else on the whole site. */
  async function found(engine, query) {
    const choices = filters.first;
    const within = { ...(await engine.search(query, choices)), branch: choices.branch };
    if (within.isBest || !filters.isSuggested) return within;
    return { ...(await engine.search(query, { ...choices, branch: "" })), branch: "" };
  }

  async function search(shown = SHOWN) {
    const mine = (turn += 1);
    try {
      const engine = await openEngine(panel.dataset);
      filters.offer(engine, isDialog ? null : location.search);
      const query = input.value.trim();
      if (!isDialog) history.replaceState(null, "", location.pathname + toQuery({ query, ...filters.choices }));
      else if (!query && !filters.choices.tag.length && (filters.isEmpty || filters.isSuggested)) {
        filters.suggest();
        return show(paletteEntries(messages, engine, (text) => (status.textContent = text)), "");
      }
      if (!query && filters.isEmpty) return show([], "");
      const answers = await found(engine, query);
      if (mine !== turn) return undefined;
      const { words, places } = answers;
      const results = titledFirst(await Promise.all(places.slice(0, shown).map((place) => engine.describe(place))), query, words);
      if (mine !== turn) return undefined;
      filters.showBranch(answers.branch);
      const entries = [...results, ...further(results.length, answers)];
      show(entries.length ? entries : sitePages(), summaryOf(query, answers, messages), entries.length > 0);
      await pause();
      return words.length && mine === turn ? await list.complete(engine, results, words) : undefined;
    } catch {
      opening = undefined; // the next key tries again
      return mine === turn ? show([], messages.searchFailed) : undefined;
    }
  }

  function pressed(event) {
    if (event.target === input && !event.isComposing && list.move(event.key)) event.preventDefault();
  }

  function submitted(event) {
    event.preventDefault();
    list.follow();
  }

  form.addEventListener("input", () => search(), { signal });
  form.addEventListener("submit", submitted, { signal });
  panel.addEventListener("keydown", pressed, { signal });
  return search;
}
