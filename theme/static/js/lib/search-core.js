// The pure part of search: what is asked, how results read, where the marked entry moves.

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#x27;": "'", "&nbsp;": "\u00a0", "&amp;": "&" };

/** An excerpt's HTML as pieces of plain text: `[{text, marked}]`. No markup of it reaches the page. */
export function excerptPieces(html) {
  const plain = (text) =>
    text.replace(/<[^>]*>/g, "").replace(/&(?:lt|gt|quot|nbsp|amp|#39|#x27);/g, (entity) => ENTITIES[entity]);
  return html
    .split(/(<mark>[^]*?<\/mark>)/)
    .map((part) => ({ text: plain(part), marked: part.startsWith("<mark>") }))
    .filter((piece) => piece.text);
}

/** The filters that are chosen, as the engine takes them; empty choices are no filter. */
export function chosenFilters(choices) {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value));
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
