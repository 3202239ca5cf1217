// The pure part of search: what is asked, how results read, where the marked entry moves.

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#x27;": "'", "&nbsp;": "\u00a0", "&amp;": "&" };

// Ideographs and kana, which have no blanks between words: the index has each as a word of its own.
// `rendering/artifacts/search.py` has the same ranges. Their punctuation stands close as well.
const UNSPACED =
  "\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
const CLOSE = `${UNSPACED}\\u3001-\\u303f\\uff01-\\uff65`;
const EACH = new RegExp(`[${UNSPACED}]`, "gu");
const ONE_RUN = new RegExp(`^[${UNSPACED}]+$`, "u");
const BLANK_BETWEEN = new RegExp(
  `(?<=[${UNSPACED}](?:</mark>)?)\\s+(?=(?:<mark>)?[${CLOSE}])|(?<=[${CLOSE}](?:</mark>)?)\\s+(?=(?:<mark>)?[${UNSPACED}])`,
  "gu",
);

/** What a reader has typed as the engine takes it: a run of ideographs is looked for as a phrase. */
export function engineQuery(text) {
  const spaced = text.replace(EACH, " $& ").replace(/\s+/g, " ").trim();
  return ONE_RUN.test(text) ? `"${spaced}"` : spaced;
}

/** Text of the index with the blanks taken out that the index has put in. */
export function joined(text) {
  return text.replace(BLANK_BETWEEN, "").replaceAll("</mark><mark>", "");
}

/** Where a result leads: the section that matches best, or the page itself; `{url, title, excerpt}`. */
export function bestPlace({ url, meta, excerpt, sub_results: sections = [] }) {
  const weight = ({ weighted_locations: found = [] }) => found.reduce((sum, { balanced_score: score }) => sum + score, 0);
  const page = { url, title: meta.title, excerpt };
  const best = sections.reduce((a, b) => (a && weight(a) >= weight(b) ? a : b), null);
  if (!best?.anchor) return page;
  return { url: best.url, title: `${meta.title} › ${joined(best.title)}`, excerpt: best.excerpt };
}

/** An excerpt's HTML as pieces of plain text: `[{text, marked}]`. No markup of it reaches the page. */
export function excerptPieces(html) {
  const plain = (text) =>
    text.replace(/<[^>]*>/g, "").replace(/&(?:lt|gt|quot|nbsp|amp|#39|#x27);/g, (entity) => ENTITIES[entity]);
  return joined(html)
    .split(/(<mark>[^]*?<\/mark>)/)
    .map((part) => ({ text: plain(part), marked: part.startsWith("<mark>") }))
    .filter((piece) => piece.text);
}

/** The filters that are chosen, as the engine takes them; empty choices are no filter. */
export function chosenFilters(choices) {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value));
}

/** The names of one group of filters with the number of their notes. */
export function filterCounts(groups, group) {
  return Object.fromEntries(Object.entries(groups[group]).map(([name, notes]) => [name, notes.length]));
}

/** The results that the chosen filters leave; `groups` is the index's `filters.json`. */
export function filtered(results, groups, choices) {
  const sets = Object.entries(chosenFilters(choices)).map(
    ([group, name]) => new Set((groups[group][name] ?? []).map((place) => groups.notes[place])),
  );
  return results.filter(({ id }) => sets.every((set) => set.has(id)));
}

/** What an address asks for: the text and the filters of a search page. */
export function fromQuery(search) {
  const asked = new URLSearchParams(search);
  const text = (name) => (asked.get(name) ?? "").trim();
  return { query: text("q"), branch: text("branch"), tag: text("tag") };
}

/** The address part for a search, the opposite of `fromQuery`. */
export function toQuery({ query, branch, tag }) {
  const asked = new URLSearchParams(chosenFilters({ q: query, branch, tag }));
  return asked.size ? `?${asked}` : "";
}

/** Where the marked entry of `count` goes on a key; -1 is none. Null when the key moves nothing. */
export function movedTo(key, active, count) {
  if (!count) return null;
  switch (key) {
    case "ArrowDown":
      return (active + 1) % count;
    case "ArrowUp":
      return active <= 0 ? count - 1 : active - 1;
    case "PageDown":
      return Math.min(active + 5, count - 1);
    case "PageUp":
      return Math.max(active - 5, 0);
    default:
      return null;
  }
}

/** The names of one filter with their counts, the fullest first, then by name. */
export function filterChoices(counts = {}) {
  return Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
