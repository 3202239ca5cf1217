// The notes read in this visit, in their order: kept by the browser until its tab is closed, and nowhere else.
import { createStore } from "./store.js";

const LONGEST = 60; // pages that are remembered

/** The pages `[{url, title}]` of a visit after `page` has been opened; reading one again changes nothing. */
export function visited(pages, page) {
  if (!page.title || pages.at(-1)?.url === page.url) return pages;
  return [...pages, page].slice(-LONGEST);
}

/** A visit as a list of links in Markdown, each page once. */
export function readingList(pages, origin) {
  const once = new Map(pages.map(({ url, title }) => [url, title]));
  return [...once].map(([url, title]) => `- [${title.replace(/[[\]]/g, "\\$&")}](${origin}${url})`).join("\n");
}

/** Where a visit is kept: in the session of the browser's tab. */
export const visit = {
  store: createStore(() => globalThis.sessionStorage),
  get pages() {
    try {
      return JSON.parse(this.store.get("visit") || "[]");
    } catch {
      return [];
    }
  },
  add(page) {
    this.store.set("visit", JSON.stringify(visited(this.pages, page)));
  },
};
