// Fetches what a search needs, once: parts of the index, descriptions of notes, the text of pages.
// Not mounted: `search-panel.js` loads it at the first question.
import {
  baseOf,
  filtered,
  formsOf,
  HALF,
  halvesOf,
  meantBy,
  partsWith,
  placesFrom,
  ranked,
  scores,
  slips,
} from "../lib/search-index.js";
import { codeNames, hasPhrase, isUnspaced, phrasesOf, queryWords, termsOf } from "../lib/search-terms.js";
import { isJoining, lightWords, stopWords } from "../lib/stop-words.js";

const SKIPPED = "[data-embed], script, style, svg, math, figcaption, .footnote-back, .footnote-ref";
const READ = 24; // notes in which a phrase is looked for
const NEAR_PARTS = 8; // parts in which a misspelt word is looked for
const MOST_HALVES = 8; // ways to cut a word in two that are tried
const LIGHT = 0.15; // what a word that says little counts
const LINK_TARGET = /\]\([^)]*\)/g;

/** The engine for the index at an address; `language` is that of the page. */
export async function open(address, language = "") {
  const index = await fetched(address, { cache: "no-cache" });
  const ignored = stopWords([index.language, language]);
  const light = lightWords([index.language, language]);
  const known = new Map();
  const once = (url, get) => {
    if (!known.has(url)) known.set(url, get(url));
    return known.get(url);
  };
  const file = (name) => address.replace("index.json", `${name}.json?v=${index.version}`);
  const part = (name, number) => once(file(`${name}-${number}`), fetched);
  /** The places of the notes of each name of a filter. */
  const placesOf = (group) => once(file(group), fetchedPlaces);
  const parts = (beginning, most) =>
    Promise.all(partsWith(beginning, index.words, most).map((number) => part("words", number)));

  /** What the index has of a word: the terms that are forms of it, else those that it was meant to be.
   *
   * One that is `unfinished` may be the beginning of any word, whether or not there is a word as it stands.
   */
  async function lookUp(word, unfinished) {
    const near = await parts(baseOf(word));
    const forms = formsOf(word, near, unfinished);
    if (forms.size) return { word, ...scores(forms, near, index.notes) };
    if (!slips(word)) return { word, ...scores(forms, [], index.notes) };
    const exchanged = word[1] + word[0] + word.slice(2, 3);
    const around = [...new Set((await Promise.all([parts(word.slice(0, 2), NEAR_PARTS), parts(exchanged)])).flat())];
    const meant = meantBy(word, around);
    const [first] = [...meant].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length);
    return { word, meant: first?.[0], ...scores(meant, around, index.notes) };
  }

  /** What the index has of a word, or else of the two words that it is made of, as "Studentenrabatt" is. */
  async function lookUpWhole(word, unfinished) {
    const scored = await lookUp(word, unfinished);
    if (scored.byPlace.some(Boolean)) return [scored];
    for (const [first, second] of halvesOf(word, await parts(word.slice(0, HALF), NEAR_PARTS)).slice(0, MOST_HALVES)) {
      const near = await parts(baseOf(second), 1);
      const forms = formsOf(second, near, unfinished);
      const other = { word: second, of: word, ...scores(forms, near, index.notes) };
      if (forms.size) return [{ ...(await lookUp(first)), of: word }, other];
    }
    return [scored];
  }

  /** Words that are one word in the notes, as "data base" and "log in": it stands for both. */
  async function joined(asked, found) {
    for (const [at, word] of asked.slice(0, -1).entries()) {
      const pair = found.filter((scored) => scored.word === word || scored.word === asked[at + 1]);
      if (isUnspaced(word) || pair[0]?.word !== word) continue;
      const compound = word + asked[at + 1];
      const { byPlace } = scores(new Map([[compound, 1]]), await parts(compound, 1), index.notes);
      for (const scored of pair) scored.byPlace = scored.byPlace.map((score, place) => Math.max(score, byPlace[place]));
    }
  }

  /** What the index has of the names that code writes with symbols. Where it has none, the bare words say enough. */
  async function inCode(query) {
    const found = await Promise.all(codeNames(query).map((word) => lookUp(word, true)));
    return found.filter(({ byPlace }) => byPlace.some(Boolean));
  }

  /** The notes among the first ones that have every phrase. */
  async function withPhrases(notes, phrases) {
    if (!phrases.length) return notes;
    const read = notes.slice(0, READ);
    const texts = await Promise.all(read.map(async ({ place }) => once(textOf(await describe(place)), fetchedText)));
    return read.filter((_, at) => phrases.every((phrase) => hasPhrase(texts[at], phrase)));
  }

  /** Address, title, trail and language of a note. */
  async function describe(place) {
    const notes = await part("notes", Math.floor(place / index.notesInFile));
    const [url, title, trail, lang = index.language] = notes[place % index.notesInFile];
    return { url, title, trail, lang };
  }

  return {
    filters: index.filters,
    placesOf,
    count: index.notes,
    describe,
    /** The places of the notes that a query finds, how many have all its words (also outside the chosen branch), its words,
     * what they were meant to be, and whether the best note of all is in that branch. Without words it finds all notes that
     * the choices leave. */
    async search(query, choices) {
      const asked = queryWords(query);
      const telling = asked.filter((word) => !ignored.has(word));
      const words = telling.length ? telling : asked;
      const terms = [...new Set(words.flatMap(termsOf))];
      const last = /[\p{L}\p{N}]$/u.test(query) ? asked.at(-1) : "";
      const found = (await Promise.all(terms.map((term) => lookUpWhole(term, term === last)))).flat();
      await joined(asked, found);
      for (const scored of found) if (light.has(scored.word) || isJoining(scored.word)) scored.rarity *= LIGHT;
      const names = await inCode(query);
      for (const scored of found) if (names.some(({ word }) => word.slice(1) === scored.word)) scored.rarity *= LIGHT;
      found.push(...names);
      const every = () => Array.from({ length: index.notes }, (_, place) => ({ place, all: true }));
      const everywhere = query ? await withPhrases(ranked(found), phrasesOf(query)) : every();
      const narrowed = async (found, group) =>
        choices[group].length ? filtered(found, { [group]: await placesOf(group) }, { [group]: choices[group] }) : found;
      const tagged = await narrowed(everywhere, "tag");
      const notes = await narrowed(tagged, "branch");
      return {
        words: words.flatMap((word) => {
          const scored = found.filter((one) => one.word === word || one.of === word);
          return scored.length ? scored.map((one) => one.meant ?? one.word) : word;
        }),
        meant: found.flatMap(({ meant }) => meant ?? []),
        places: notes.map(({ place }) => place),
        complete: notes.filter(({ all }) => all).length,
        everywhere: tagged.filter(({ all }) => all).length,
        isBest: notes[0]?.place === tagged[0]?.place,
      };
    },
    /** The sections of a page. */
    sections: (url) => once(url, sectionsOf),
  };
}

/** The address of a note as Markdown, which is the shortest that has all its text. */
function textOf({ url }) {
  return url.endsWith("/") ? `${url}index.md` : `${url}.index.md`;
}

async function fetched(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

async function fetchedPlaces(url) {
  const groups = Object.entries(await fetched(url));
  return Object.fromEntries(groups.map(([name, distances]) => [name, placesFrom(distances)]));
}

async function fetchedText(url) {
  const answer = await fetch(url);
  return answer.ok ? (await answer.text()).replace(LINK_TARGET, "]") : "";
}

/** The text of a page by its headings: `[{id, title, text}]`; the first is what is before them. */
async function sectionsOf(url) {
  const answer = await fetch(url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const body = page.querySelector("[data-note-body]");
  const sections = [{ id: "", title: "", text: "" }];
  body?.querySelectorAll(SKIPPED).forEach((element) => element.remove());
  for (const block of body?.querySelectorAll("h2, h3, h4, h5, h6, p, li, td, th, dt, dd, pre, summary, .callout-title") ?? []) {
    const text = ownText(block).replace(/\s+/g, " ").trim();
    if (/^H[2-6]$/.test(block.tagName) && block.id) sections.push({ id: block.id, title: text, text: "" });
    else if (text) sections.at(-1).text += `${sections.at(-1).text ? " " : ""}${text}`;
  }
  return sections;
}

/** The text of a block without that of the blocks in it, which have their own turn. */
function ownText(block) {
  const copy = block.cloneNode(true);
  copy.querySelectorAll("p, li, td, th, dt, dd, pre").forEach((inner) => inner.remove());
  return copy.textContent;
}
