// What the search offers before anything is asked: onward links of this page, the notes of this visit, and actions.
// Not mounted: a part of `search-panel.js`.
import { readingList, visit } from "../lib/visit.js";

const SHOWN = 6; // notes of the visit
const BUTTONS = ['[data-component~="theme-toggle"]', ".text-size [name=larger]", ".text-size [name=smaller]"];

/** An entry for each link of the page that a selector finds. */
function ways(selector) {
  return [...document.querySelectorAll(selector)].map((link) => ({
    url: link.href,
    title: link.getAttribute("aria-label") ?? link.textContent.trim(),
    trail: "",
    lang: "",
  }));
}

/** Entries for the pages that lead to all notes: the ways on where nothing is found. */
export const sitePages = () => ways(".site-head .site-name, .site-head .site-nav a");

/** An entry that presses a button of the page; without a title where there is none. */
function buttonEntry(selector) {
  const button = document.querySelector(selector);
  return { title: button?.getAttribute("aria-label"), run: () => button.click() };
}

function copied(text, done) {
  return async () => {
    await navigator.clipboard.writeText(text);
    done();
  };
}

/** The entries `[{url, title, trail, run}]`; `say` tells the reader that something is done, `engine` knows all notes. */
export function paletteEntries(messages, engine, say) {
  const here = location.pathname;
  const read = visit.pages.filter(({ url }) => url !== here);
  const recent = [...new Map(read.reverse().map((page) => [page.url, page])).values()].slice(0, SHOWN);
  const told = () => say(messages.copied);
  const random = async () => {
    const { url } = await engine.describe(Math.floor(Math.random() * engine.count));
    location.assign(url);
  };
  const actions = [
    { title: messages.random, run: random },
    ...BUTTONS.map(buttonEntry),
    ...(navigator.clipboard
      ? [
          { title: messages.copyLink, run: copied(location.href, told) },
          ...(recent.length ? [{ title: messages.copyPath, run: copied(readingList(visit.pages, location.origin), told) }] : []),
        ]
      : []),
  ];
  return [
    ...ways(".tool-way"),
    ...recent.map((page) => ({ ...page, trail: messages.visited })),
    ...sitePages(),
    ...actions.filter(({ title }) => title).map((action) => ({ url: here, ...action })),
  ].map((entry) => ({ trail: "", lang: "", ...entry }));
}
