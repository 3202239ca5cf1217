// The engine of the search: which notes a query finds, by the parts of the index that it needs.
// Not mounted: `search-panel.js` loads it at the first question.
import { baseOf, filtered, formsOf, HALF, halvesOf, meantBy, ranked, scores, slips } from "../lib/search-index.js";
import { codeNames, hasPhrase, isUnspaced, phrasesOf, queryWords, termsOf } from "../lib/search-terms.js";
import { isJoining, lightWords, stopWords } from "../lib/stop-words.js";
import { SearchFiles } from "./search-files.js";

const READ = 24; // notes in which a phrase is looked for
const NEAR_PARTS = 8; // parts in which a misspelt word is looked for
const MOST_HALVES = 8; // ways to cut a word in two that are tried
const LIGHT = 0.15; // what a word that says little counts

/** The engine for the index at an address; `language` is that of the page. */
export async function open(address, language = "") {
  return new SearchEngine(await SearchFiles.open(address), language);
}

class SearchEngine {
  #files;
  #index;
  #ignored;
  #light;

  constructor(files, language) {
    this.#files = files;
    this.#index = files.index;
    this.#ignored = stopWords([files.index.language, language]);
    this.#light = lightWords([files.index.language, language]);
  }

  /** The names of each filter with their counts. */
  get filters() {
    return this.#index.filters;
  }

  /** The number of notes. */
  get count() {
    return this.#index.notes;
  }

  /** The places of the notes of each name of a filter. */
  placesOf(group) {
    return this.#files.placesOf(group);
  }

  /** Address, title, trail and language of a note. */
  describe(place) {
    return this.#files.describe(place);
  }

  /** The sections of a page. */
  sections(url) {
    return this.#files.sections(url);
  }

  /** What the index has of a word: the terms that are forms of it, else those that it was meant to be.
   *
   * One that is `unfinished` may be the beginning of any word, whether or not there is a word as it stands.
   */
  async #lookUp(word, unfinished) {
    const near = await this.#files.parts(baseOf(word));
    const forms = formsOf(word, near, unfinished);
    if (forms.size) return { word, ...scores(forms, near, this.#index.notes) };
    if (!slips(word)) return { word, ...scores(forms, [], this.#index.notes) };
    const exchanged = word[1] + word[0] + word.slice(2, 3);
    const asked = [this.#files.parts(word.slice(0, 2), NEAR_PARTS), this.#files.parts(exchanged)];
    const around = [...new Set((await Promise.all(asked)).flat())];
    const meant = meantBy(word, around);
    const [first] = [...meant].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length);
    return { word, meant: first?.[0], ...scores(meant, around, this.#index.notes) };
  }

  /** What the index has of a word, or else of the two words that it is made of, as "Studentenrabatt" is. */
  async #lookUpWhole(word, unfinished) {
    const scored = await this.#lookUp(word, unfinished);
    if (scored.byPlace.some(Boolean)) return [scored];
    const beginnings = await this.#files.parts(word.slice(0, HALF), NEAR_PARTS);
    for (const [first, second] of halvesOf(word, beginnings).slice(0, MOST_HALVES)) {
      const near = await this.#files.parts(baseOf(second), 1);
      const forms = formsOf(second, near, unfinished);
      const other = { word: second, of: word, ...scores(forms, near, this.#index.notes) };
      if (forms.size) return [{ ...(await this.#lookUp(first)), of: word }, other];
    }
    return [scored];
  }

  /** Words that are one word in the notes, as "data base" and "log in": it stands for both. */
  async #joined(asked, found) {
    for (const [at, word] of asked.slice(0, -1).entries()) {
      const pair = found.filter((scored) => scored.word === word || scored.word === asked[at + 1]);
      if (isUnspaced(word) || pair[0]?.word !== word) continue;
      const compound = word + asked[at + 1];
      const { byPlace } = scores(new Map([[compound, 1]]), await this.#files.parts(compound, 1), this.#index.notes);
      for (const scored of pair) scored.byPlace = scored.byPlace.map((score, place) => Math.max(score, byPlace[place]));
    }
  }

  /** What the index has of the names that code writes with symbols. Where it has none, the bare words say enough. */
  async #inCode(query) {
    const found = await Promise.all(codeNames(query).map((word) => this.#lookUp(word, true)));
    return found.filter(({ byPlace }) => byPlace.some(Boolean));
  }

  /** The notes among the first ones that have every phrase. */
  async #withPhrases(notes, phrases) {
    if (!phrases.length) return notes;
    const read = notes.slice(0, READ);
    const texts = await Promise.all(read.map(({ place }) => this.#files.text(place)));
    return read.filter((_, at) => phrases.every((phrase) => hasPhrase(texts[at], phrase)));
  }

  /** The notes that the choice of a filter leaves. */
  async #narrowed(notes, group, { [group]: choice }) {
    return choice.length ? filtered(notes, { [group]: await this.placesOf(group) }, { [group]: choice }) : notes;
  }

  /** The places of the notes that a query finds, how many have all its words (also outside the chosen branch), its words,
   * what they were meant to be, and whether the best note of all is in that branch. Without words it finds all notes that
   * the choices leave. */
  async search(query, choices) {
    const asked = queryWords(query);
    const telling = asked.filter((word) => !this.#ignored.has(word));
    const words = telling.length ? telling : asked;
    const terms = [...new Set(words.flatMap(termsOf))];
    const last = /[\p{L}\p{N}]$/u.test(query) ? asked.at(-1) : "";
    const found = (await Promise.all(terms.map((term) => this.#lookUpWhole(term, term === last)))).flat();
    await this.#joined(asked, found);
    for (const scored of found) if (this.#light.has(scored.word) || isJoining(scored.word)) scored.rarity *= LIGHT;
    const names = await this.#inCode(query);
    for (const scored of found) if (names.some(({ word }) => word.slice(1) === scored.word)) scored.rarity *= LIGHT;
    found.push(...names);
    const every = () => Array.from({ length: this.#index.notes }, (_, place) => ({ place, all: true }));
    const everywhere = query ? await this.#withPhrases(ranked(found), phrasesOf(query)) : every();
    const tagged = await this.#narrowed(everywhere, "tag", choices);
    const notes = await this.#narrowed(tagged, "branch", choices);
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
  }
}
