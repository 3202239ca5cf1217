// Fetches what a search needs, once: parts of the index, descriptions of notes, the text of pages.
// Not mounted: `search.js` loads it at the first question.
import { beginnings, filtered, partsWith, queryWords, ranked, scores, termsOf } from "../lib/search-index.js";

const SKIPPED = "[data-embed], script, style, svg, math, figcaption, .footnote-back, .footnote-ref";

/** The engine for the index at an address. */
export async function open(address) {
  const index = await fetched(address, { cache: "no-cache" });
  const known = new Map();
  const part = (name, number) => {
    const url = address.replace("index.json", `${name}-${number}.json?v=${index.version}`);
    if (!known.has(url)) known.set(url, fetched(url));
    return known.get(url);
  };

  /** The scores for one term; where no word begins with it, those for what is left without its ending. */
  async function scored(term) {
    for (const beginning of beginnings(term)) {
      const parts = await Promise.all(partsWith(beginning, index.words).map((number) => part("words", number)));
      const found = scores(beginning, parts, index.notes);
      if (found.size) return found;
    }
    return new Map();
  }

  return {
    filters: index.filters,
    /** The places of the notes that a query finds, and its words. */
    async search(query, choices) {
      const words = queryWords(query);
      const found = await Promise.all(words.flatMap(termsOf).map(scored));
      return { words, places: filtered(ranked(found), index.filters, choices) };
    },
    /** Address, title, trail and language of a note. */
    async describe(place) {
      const notes = await part("notes", Math.floor(place / index.notesInFile));
      const [url, title, trail, lang = index.language] = notes[place % index.notesInFile];
      return { url, title, trail, lang };
    },
    /** The sections of a page. */
    sections(url) {
      if (!known.has(url)) known.set(url, sectionsOf(url));
      return known.get(url);
    },
  };
}

async function fetched(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
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
