// The pure part of looking words up: `rendering/files/search.py` writes the index that is read here.

// `reading/search_terms.py` cuts notes in the same way: both must change together.
const UNSPACED =
  "\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
const WORD = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, "gu");
// In text as it is written a letter may be followed by its accents.
const WRITTEN = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{Mn}])+`, "gu");
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const LONGEST = 40;

const PLACES = 32; // an entry is the distance from the note before times this, plus a weight
const TOP = 7; // the highest weight for a word's share of the text
const HEADING = 8;
const TITLE = 16;
const IN_HEADING = 0.5; // what these places add to a share of 0 to 1
const IN_TITLE = 2;

const SPARED = 3; // letters that a longer word may differ in at its end
const BASE = 4; // letters that it must share
const MOST_PARTS = 4; // of the words that are fetched for one term: a single letter begins too many

/** Text without case and accents. */
export function folded(text) {
  return text.toLowerCase().normalize("NFKD").replace(/\p{Mn}/gu, "");
}

/** Whether a word is written in a script without spaces between words. */
export function isUnspaced(word) {
  return IS_UNSPACED.test(word);
}

/** The words of a query, each once. */
export function queryWords(text) {
  return [...new Set((folded(text).match(WORD) ?? []).map((word) => (isUnspaced(word) ? word : word.slice(0, LONGEST))))];
}

/** What the index has of a word: itself as the beginning of terms, or pairs of characters. */
export function termsOf(word) {
  const characters = [...word];
  if (!isUnspaced(word) || characters.length < 2) return [word];
  return characters.slice(1).map((character, at) => characters[at] + character);
}

/** The words of a text as it is written: `[{word, start, end}]`, the words folded. */
export function writtenWords(text) {
  return Array.from(text.matchAll(WRITTEN), (match) => ({
    word: folded(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The numbers of the parts in which terms with a beginning may be; `firsts` are the first terms of the parts. */
export function partsWith(beginning, firsts) {
  const from = Math.max(0, firsts.findLastIndex((first) => first <= beginning));
  const found = [];
  for (let part = from; part < firsts.length && found.length < MOST_PARTS; part += 1) {
    if (part > from && !firsts[part].startsWith(beginning)) break;
    found.push(part);
  }
  return found;
}

/** A beginning and shorter ones, for words whose ending the notes have otherwise: "deploying" also as "deploy". */
export function beginnings(term) {
  const shorter = isUnspaced(term) ? 0 : Math.min(SPARED, term.length - BASE);
  return Array.from({ length: Math.max(0, shorter) + 1 }, (_, cut) => term.slice(0, term.length - cut));
}

/** The scores of the notes that have terms with a beginning: a Map from place to score, of `count` notes. */
export function scores(beginning, parts, count) {
  const best = new Map();
  for (const part of parts) {
    for (const term of Object.keys(part)) {
      if (!term.startsWith(beginning)) continue;
      const close = beginning.length / term.length;
      let place = 0;
      for (const entry of part[term]) {
        place += Math.floor(entry / PLACES);
        const weight = entry % PLACES;
        const share = (weight & TOP) / TOP + (weight & HEADING ? IN_HEADING : 0) + (weight & TITLE ? IN_TITLE : 0);
        best.set(place, Math.max(best.get(place) ?? 0, close * share));
      }
    }
  }
  // A word that few notes have says more than one that most have.
  const rarity = Math.log(1 + count / Math.max(1, best.size));
  for (const [place, score] of best) best.set(place, (score + 0.01) * rarity);
  return best;
}

/** The places of the notes that have every term, the best first; `found` are the scores of each term. */
export function ranked(found) {
  if (!found.length) return [];
  const [fewest, ...others] = [...found].sort((a, b) => a.size - b.size);
  return [...fewest]
    .filter(([place]) => others.every((scored) => scored.has(place)))
    .map(([place, score]) => [place, others.reduce((sum, scored) => sum + scored.get(place), score)])
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .map(([place]) => place);
}

/** The places that the chosen filters leave; `groups` are the filters of the index. */
export function filtered(places, groups, choices) {
  const sets = Object.entries(choices)
    .filter(([, name]) => name)
    .map(([group, name]) => new Set(groups[group][name] ?? []));
  return places.filter((place) => sets.every((set) => set.has(place)));
}
