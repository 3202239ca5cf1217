// The pure part of looking words up: `rendering/files/search.py` writes the index that is read here.
import { isUnspaced } from "./search-terms.js";

const PLACES = 32; // an entry is the distance from the note before times this, plus a weight
const TOP = 7; // the highest weight for a word's share of the text
const HEADING = 8;
const TITLE = 16;
const SOMEWHERE = 0.2; // what a word says of a note by being there
const IN_TEXT = 0.8; // what it adds that a word is much of the text, is in a heading or a tag, is in the title
const IN_HEADING = 0.7;
const IN_TITLE = 2;
const ENOUGH = 1.2; // from here on a note is about a word: below, having it counts for less

const CUT = 3; // letters of an ending that may be another one
const BASE = 4; // letters that two forms of a word share
const LONG = 8; // letters of a word in which two may be wrong
export const HALF = 4; // letters of each word in a compound
const LINKING = ["", "s", "n", "en", "es", "er", "e"]; // letters between them
const MOST_PARTS = 4; // of the words that are fetched for one beginning: a single letter begins too many
const SAME = 0.75; // how like two forms of a word are at least

/** The numbers of the parts in which terms with a beginning may be; `firsts` are the first terms of the parts. */
export function partsWith(beginning, firsts, most = MOST_PARTS) {
  const from = Math.max(0, firsts.findLastIndex((first) => first <= beginning));
  const found = [];
  for (let part = from; part < firsts.length && found.length < most; part += 1) {
    if (part > from && !firsts[part].startsWith(beginning)) break;
    found.push(part);
  }
  return found;
}

/** The beginning that all forms of a word share: "retraining" has "retrain" in common with "retrained". */
export function baseOf(word) {
  if (isUnspaced(word) || word.length <= BASE) return word;
  return word.slice(0, Math.max(BASE, word.length - CUT, Math.ceil(word.length * 0.6)));
}

/** How like a term is to the word that was asked for: 1 the same, 0 nothing in common. */
export function likeness(term, word) {
  if (term === word) return 1;
  const base = baseOf(word);
  if (isUnspaced(word) || word.length < 2 || !term.startsWith(base)) return 0;
  if (term.startsWith(word)) {
    // A short ending makes another form of the word, a long one another word that begins so.
    const more = term.length - word.length;
    return more <= 2 ? 0.95 - 0.05 * more : Math.max(0.3, 0.85 - 0.06 * more);
  }
  let shared = base.length;
  while (term[shared] === word[shared]) shared += 1;
  const endings = [term.length - shared, word.length - shared];
  return Math.max(...endings) > CUT + 1 ? 0 : 0.9 - 0.05 * (endings[0] + endings[1]);
}

/** How many letters of a word may be wrong. */
export function slips(word) {
  if (isUnspaced(word) || word.length < BASE || /[\d.@$!#%{<_-]/.test(word)) return 0;
  return word.length < LONG ? 1 : 2;
}

/** The letters that are wrong, missing, too many or exchanged between two words; more than `most` is just more. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const wrong = one[row - 1] === other[at - 1] ? 0 : 1;
      next[at] = Math.min(next[at - 1] + 1, last[at] + 1, last[at - 1] + wrong);
      if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1])
        next[at] = Math.min(next[at], before[at - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, last] = [last, next];
  }
  return last[other.length];
}

/** The terms of parts that are a form of a word or begin with it: a Map from term to likeness.
 *
 * A word that is finished and in the parts as it stands is not the beginning of one twice as long: "ob" of "object".
 */
export function formsOf(word, parts, unfinished = true) {
  const found = new Map();
  for (const part of parts) {
    for (const term of Object.keys(part)) {
      const like = likeness(term, word);
      if (like) found.set(term, like);
    }
  }
  const isOther = (term) => term.startsWith(word) && term.length > 2 * word.length;
  if (!unfinished && found.has(word)) for (const term of found.keys()) if (isOther(term)) found.delete(term);
  return found;
}

/** The terms of parts that a word was meant to be, where it is misspelt: a Map from term to likeness. */
export function meantBy(word, parts) {
  const most = slips(word);
  const near = new Map();
  let best = most;
  for (const part of parts) {
    for (const term of most ? Object.keys(part) : []) {
      // Also the beginning of a longer word: who types has not finished.
      const wrong = Math.min(
        distance(word, term, best),
        term.length > word.length + 2 ? distance(word, term.slice(0, word.length), Math.min(best, 1)) + 0.5 : best + 1,
      );
      if (wrong <= best) near.set(term, wrong);
      best = Math.min(best, Math.ceil(wrong));
    }
  }
  return new Map([...near].filter(([, wrong]) => wrong <= best).map(([term, wrong]) => [term, 0.7 - 0.15 * wrong]));
}

/** The pairs of words of which a compound may be made: the first is in the parts, the longest before others. */
export function halvesOf(word, parts) {
  if (isUnspaced(word)) return [];
  const known = parts.flatMap((part) => Object.keys(part).filter((term) => term.length >= HALF && word.startsWith(term)));
  const pairs = known
    .sort((a, b) => b.length - a.length)
    .flatMap((first) => LINKING.map((letters) => [first, letters, word.slice(first.length + letters.length)]));
  const made = pairs.filter(([first, letters, second]) => second.length >= HALF && first + letters + second === word);
  return made.map(([first, , second]) => [first, second]);
}

/** How much each of `count` notes has to do with a word: `{byPlace, rarity}`, a score for each place, 0 for nothing. */
export function scores(terms, parts, count) {
  const byPlace = new Float32Array(count);
  const same = new Uint8Array(count);
  for (const part of parts) {
    for (const [term, like] of terms) {
      let place = 0;
      for (const entry of part[term] ?? []) {
        place += Math.floor(entry / PLACES);
        byPlace[place] = Math.max(byPlace[place], like * SCORES[entry % PLACES]);
        if (like >= SAME) same[place] = 1;
      }
    }
  }
  // A word that few notes have says more than one that most have.
  const alike = byPlace.reduce((sum, score) => sum + (score > 0), 0);
  return { byPlace, rarity: Math.log(1 + count / Math.max(1, same.reduce((sum, one) => sum + one, 0) || alike)) };
}

/** What a weight of the index says of a note. */
const SCORES = Array.from(
  { length: PLACES },
  (_, weight) =>
    SOMEWHERE + ((weight & TOP) / TOP) * IN_TEXT + (weight & HEADING ? IN_HEADING : 0) + (weight & TITLE ? IN_TITLE : 0),
);

/** The notes that have something of what was asked for, the best first: `[{place, all}]`, `all` for every word.
 *
 * `found` are the scores of each word. A note that has more of the words, weighed by how rare they are, comes first. A word
 * that is mentioned once in passing counts in part only: a long list of everything has every word.
 */
export function ranked(found) {
  const whole = found.reduce((sum, { rarity }) => sum + rarity, 0);
  const count = found[0]?.byPlace.length ?? 0;
  const rates = new Float64Array(count);
  const words = new Uint8Array(count);
  for (let place = 0; place < count; place += 1) {
    let [score, covered] = [0, 0];
    for (const { byPlace, rarity } of found) {
      if (!byPlace[place]) continue;
      score += byPlace[place] * rarity;
      covered += rarity * Math.min(1, byPlace[place] / ENOUGH);
      words[place] += 1;
    }
    rates[place] = score * (covered / whole) ** 2;
  }
  const places = Array.from(words.keys()).filter((place) => words[place]);
  places.sort((a, b) => rates[b] - rates[a] || a - b);
  return places.map((place) => ({ place, all: words[place] === found.length }));
}

/** The notes that the chosen filters leave; `groups` are the places of each name of a filter, a choice is a name or several. */
export function filtered(notes, groups, choices) {
  const sets = Object.entries(choices)
    .flatMap(([group, names]) => [names].flat().map((name) => [group, name]))
    .filter(([, name]) => name)
    .map(([group, name]) => new Set(groups[group][name] ?? []));
  return notes.filter(({ place }) => sets.every((set) => set.has(place)));
}

/** Places from their distances, as the index has them. */
export function placesFrom(distances) {
  let place = 0;
  return distances.map((distance) => (place += distance));
}
