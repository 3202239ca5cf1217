// The notes read in this visit, in their order: kept by the browser until its tab is closed, and nowhere else.
import { createStore } from "./store.js";

const LONGEST = 60; // pages that are remembered
const SHOWN = 7; // pages of a visit that are shown below a note

/** The pages `[{url, title}]` of a visit after `page` has been opened; reading one again changes nothing. */
export function visited(pages, page) {
  if (!page.title || pages.at(-1)?.url === page.url) return pages;
  return [...pages, page].slice(-LONGEST);
}

/** A page with the relation by which it was reached, where that was the link that was `followed` last. */
export const ledTo = (page, followed) => (followed.url === page.url && followed.relation ? { ...page, relation: followed.relation } : page);

/** The last pages of a visit, as a note shows them; one page alone is not shown. */
export const pathShown = (pages) => pages.slice(-SHOWN);

/** A visit as a list of links in Markdown, each page once. */
export function readingList(pages, origin) {
  const once = new Map(pages.map(({ url, title }) => [url, title]));
  return [...once].map(([url, title]) => `- [${title.replace(/[[\]]/g, "\\$&")}](${origin}${url})`).join("\n");
}

/** Where a visit is kept: in the session of the browser's tab. */
export const visit = {
  store: createStore(() => globalThis.sessionStorage),
  get pages() {
    return this.kept("visit", []);
  },
  kept(key, nothing) {
    try {
      return JSON.parse(this.store.get(key)) ?? nothing;
    } catch {
      return nothing;
    }
  },
  /** Add a page, with the relation that has led to it where it was followed. */
  add(page) {
    this.store.set("visit", JSON.stringify(visited(this.pages, ledTo(page, this.kept("followed", {})))));
  },
  /** Remember by which relation the reader goes on to a page. */
  follow(url, relation) {
    this.store.set("followed", JSON.stringify({ url, relation }));
  },
};
