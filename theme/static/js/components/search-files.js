// The files of a search, each fetched once: parts of the index, descriptions of notes, the text of pages.
// Not mounted: a part of `search-engine.js`.
import { partsWith, placesFrom } from "../lib/search-index.js";

const SKIPPED = "[data-embed], script, style, svg, math, figcaption, .footnote-back, .footnote-ref";
const LINK_TARGET = /\]\([^)]*\)/g;

/** The files of the index at `address`, whose table is `index`. */
export class SearchFiles {
  index;
  #address;
  #fetched = new Map();

  constructor(address, index) {
    this.#address = address;
    this.index = index;
  }

  /** The files of the index at an address, once its table is there. */
  static async open(address) {
    return new SearchFiles(address, await fetched(address, { cache: "no-cache" }));
  }

  /** The parts of the index in which terms with a beginning may be. */
  parts(beginning, most) {
    const numbers = partsWith(beginning, this.index.words, most);
    return Promise.all(numbers.map((number) => this.#part("words", number)));
  }

  /** The places of the notes of each name of a filter. */
  placesOf(group) {
    return this.#once(this.#file(group), fetchedPlaces);
  }

  /** Address, title, trail and language of a note. */
  async describe(place) {
    const notes = await this.#part("notes", Math.floor(place / this.index.notesInFile));
    const [url, title, trail, lang = this.index.language] = notes[place % this.index.notesInFile];
    return { url, title, trail, lang };
  }

  /** The whole text of a note. */
  async text(place) {
    return this.#once(textOf(await this.describe(place)), fetchedText);
  }

  /** The sections of a page. */
  sections(url) {
    return this.#once(url, sectionsOf);
  }

  #once(url, get) {
    if (!this.#fetched.has(url)) this.#fetched.set(url, get(url));
    return this.#fetched.get(url);
  }

  #file(name) {
    return this.#address.replace("index.json", `${name}.json?v=${this.index.version}`);
  }

  #part(name, number) {
    return this.#once(this.#file(`${name}-${number}`), fetched);
  }
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
