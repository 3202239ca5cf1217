// The pure part of asking the search and presenting its results.
import { likeness } from "./search-index.js";
import { isUnspaced, writtenWords } from "./search-terms.js";

const BEFORE = 60; // characters shown before the first match
const SHOWN = 190; // characters of an excerpt
const FURTHER = 3; // sections below a result
const FEWEST = 10; // notes of a branch in which a search begins

/** Where the words of a query are in a text: `[{start, end, word}]`, in order. */
export function matches(text, words) {
  const found = [];
  for (const { word: written, start, end } of writtenWords(text)) {
    const word = words.find((asked) =>
      isUnspaced(asked) ? written.includes(asked) : likeness(written, asked) > 0,
    );
    if (word === undefined) continue;
    // In a run without spaces only what was asked for is marked, where folding has not changed the length.
    const inside = isUnspaced(word) && written.length === end - start;
    for (let at = inside ? written.indexOf(word) : -1; at >= 0; at = written.indexOf(word, at + word.length))
      found.push({ start: start + at, end: start + at + word.length, word });
    if (!inside) found.push({ start, end, word });
  }
  return found;
}

/** Results with those first whose title is what was asked for, or is made of nothing but words of it. */
export function titledFirst(results, query, words) {
  const spelled = (text) => writtenWords(text).map(({ word }) => word);
  const asked = spelled(query).join(" ");
  const rate = ({ title }) => {
    const titled = spelled(title);
    if (titled.join(" ") === asked) return 2;
    const isAsked = (word) => words.some((other) => likeness(word, other) > 0.7 || isUnspaced(other) && word === other);
    return Number(titled.length > 1 && titled.every(isAsked));
  };
  return [...results].sort((a, b) => rate(b) - rate(a));
}

/** How much sections have to do with a query: its `found` words in the text, `headed` in the heading, `kinds` anywhere. */
export function ratedSections(sections, words) {
  return sections.map((section) => {
    const found = matches(section.text, words);
    const inTitle = new Set(matches(section.title, words).map(({ word }) => word));
    const kinds = new Set([...found.map(({ word }) => word), ...inTitle]).size;
    const rate = kinds * 10 + inTitle.size * 5 + Math.min(found.length, 4);
    return { section, found, kinds, headed: inTitle.size, rate };
  });
}

/** The section that a result leads to: the one with most words of the query, of equals the first. */
export const bestSection = (rated) => rated.reduce((a, b) => (b.rate > a.rate ? b : a));

/** The sections that are named below a result: a word is in their heading, or all of several are in their text. */
export function furtherSections(rated, words, target) {
  const said = rated.filter(({ section, headed, kinds }) => {
    return section.id && section !== target && (headed || (words.length > 1 && kinds === words.length));
  });
  const chosen = [...said].sort((a, b) => b.rate - a.rate).slice(0, FURTHER);
  return said.filter((entry) => chosen.includes(entry)).map(({ section }) => section);
}

/** The part of a text around its matches, as pieces: `[{text, marked}]`. */
export function excerptPieces(text, found) {
  const windows = found.map(({ start }) => {
    const within = found.filter((other) => other.start >= start && other.end <= start + SHOWN - BEFORE);
    return { start, kinds: new Set(within.map(({ word }) => word)).size };
  });
  const best = windows.reduce((a, b) => (b.kinds > a.kinds ? b : a), { start: 0, kinds: 0 });
  const from = wordStart(text, best.start - BEFORE);
  const to = from + SHOWN >= text.length ? text.length : Math.max(text.lastIndexOf(" ", from + SHOWN), from + SHOWN / 2);
  const pieces = from ? [{ text: "… ", marked: false }] : [];
  let at = from;
  for (const { start, end } of found) {
    if (start < at || end > to) continue;
    pieces.push({ text: text.slice(at, start), marked: false }, { text: text.slice(start, end), marked: true });
    at = end;
  }
  pieces.push({ text: text.slice(at, to) + (to < text.length ? " …" : ""), marked: false });
  return pieces.filter((piece) => piece.text);
}

/** The first match of an excerpt with the rest of its word, such as `snake_case`: browsers mark whole words only; empty for none. */
export function markedWord(pieces) {
  const at = pieces.findIndex(({ marked }) => marked);
  if (at < 0 || isUnspaced(pieces[at].text)) return pieces[at]?.text ?? "";
  const text = (some) => some.map((piece) => piece.text).join("");
  const [start] = text(pieces.slice(0, at)).match(/[\p{L}\p{N}\p{Mn}_]*$/u);
  const [end] = text(pieces.slice(at)).match(/^[\p{L}\p{N}\p{Mn}_]+/u) ?? [pieces[at].text];
  return start + end;
}

function wordStart(text, at) {
  if (at <= 0) return 0;
  const blank = text.indexOf(" ", at);
  // A text without spaces is cut where it is.
  return blank < 0 || blank > at + 20 ? at : blank + 1;
}

/** What an address asks for: the text and the filters of a search page; of tags there may be several. */
export function fromQuery(search) {
  const asked = new URLSearchParams(search);
  const text = (name) => (asked.get(name) ?? "").trim();
  return { query: text("q"), branch: text("branch"), tag: asked.getAll("tag").filter(Boolean) };
}

/** The address part for a search, the opposite of `fromQuery`. */
export function toQuery({ query, branch, tag }) {
  const given = [["q", query], ["branch", branch], ...tag.map((name) => ["tag", name])].filter(([, value]) => value);
  return given.length ? `?${new URLSearchParams(given)}` : "";
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

/** The names of a group of filters with their counts, the fullest first, then by name. */
export function byCount(counts) {
  return Object.entries(counts)
    .filter(([, count]) => count)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([name]) => name);
}

/** The names that notes with all `chosen` ones have, too; `places` are the notes of each name. */
export function narrowing(places, chosen) {
  const sets = chosen.map((name) => new Set(places[name]));
  const shared = (name) => (chosen.includes(name) ? [] : places[name].filter((place) => sets.every((set) => set.has(place))));
  return byCount(Object.fromEntries(Object.keys(places).map((name) => [name, shared(name).length])));
}

/** The smallest branch on a way that is worth a search of its own, empty for none; `count` are the notes of the site. */
export function branchOf(way, branches, count) {
  const worth = way.filter((name) => branches[name] >= FEWEST && branches[name] <= count / 2);
  return worth.sort((a, b) => branches[a] - branches[b])[0] ?? "";
}
