// Search, as a dialog on every page and as a page of its own. The index is fetched on first use.
import {
  bestSection,
  excerptPieces,
  filterChoices,
  fromQuery,
  movedTo,
  titledFirst,
  toQuery,
} from "../lib/search-core.js";
import { counted, filled, messagesOf } from "../lib/messages.js";

const SHOWN = 12; // results that are drawn

/** The engine behind the search, opened once for all panels of a page. */
let opening;
function openEngine({ index }) {
  opening ??= import("./search-engine.js").then((engine) => engine.open(new URL(index, document.baseURI).href));
  return opening;
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

export function mount(panel) {
  const messages = messagesOf(document);
  const isDialog = panel.matches("dialog");
  const form = panel.querySelector("form");
  const input = form.elements.namedItem("q");
  const filters = panel.querySelector(".search-filters");
  const status = panel.querySelector("[role=status]");
  const list = panel.querySelector("[role=listbox]");
  let active = -1;
  let turn = 0; // answers to an older question are dropped
  let opener;

  const asked = () => ({
    query: input.value.trim(),
    branch: form.elements.namedItem("branch").value,
    tag: form.elements.namedItem("tag").value,
  });

  function activate(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function show(results, message) {
    list.replaceChildren(...results.map(option));
    input.setAttribute("aria-expanded", String(results.length > 0));
    status.textContent = message;
    activate(-1);
  }

  function option({ url, title, trail, lang }, index) {
    const link = element("a", "", element("span", "title", title));
    if (trail) link.append(element("span", "trail-line", trail));
    link.append(element("span", "excerpt"));
    link.href = url;
    link.lang = lang;
    link.dir = "auto";
    link.id = `${list.id}-${index}`;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    return link;
  }

  /** The sentence with the match, and the section that it is in, as soon as the page is there. */
  async function complete(link, found, { url, title }, words) {
    const { section, found: matches } = bestSection(await found.sections(url), words);
    if (section.id) {
      link.href = `${url}#${encodeURIComponent(section.id)}`;
      link.querySelector(".title").textContent = `${title} › ${section.title}`;
    }
    const pieces = excerptPieces(section.text, matches);
    const parts = pieces.map(({ text, marked }) => (marked ? element("mark", "", text) : text));
    link.querySelector(".excerpt").replaceChildren(...parts);
  }

  async function engine() {
    const found = await openEngine(panel.dataset);
    if (filters.hidden && !filters.dataset.filled) {
      filters.dataset.filled = "yes";
      for (const name of ["branch", "tag"]) {
        const select = form.elements.namedItem(name);
        const choices = filterChoices(found.filters[name]);
        select.append(...choices.map((value) => new Option(value, value)));
        select.parentElement.hidden = !choices.length;
        filters.hidden &&= !choices.length;
        if (!isDialog) select.value = fromQuery(location.search)[name];
      }
    }
    return found;
  }

  async function search() {
    const mine = (turn += 1);
    try {
      const found = await engine();
      const { query, ...choices } = asked();
      if (!isDialog) history.replaceState(null, "", location.pathname + toQuery(asked()));
      if (!query) return show([], "");
      const { words: asking, places } = await found.search(query, choices);
      const results = titledFirst(await Promise.all(places.slice(0, SHOWN).map(found.describe)), query);
      if (mine !== turn) return undefined;
      show(results, places.length ? counted(messages.results, places.length) : filled(messages.noResults, { query }));
      const links = [...list.children];
      return await Promise.allSettled(results.map((result, index) => complete(links[index], found, result, asking)));
    } catch {
      opening = undefined; // the next key tries again
      return show([], messages.searchFailed);
    }
  }

  function pressed(event) {
    // A search field would first empty itself on Esc.
    if (isDialog && event.key === "Escape") {
      event.preventDefault();
      return shut();
    }
    const next = event.target === input ? movedTo(event.key, active, list.childElementCount) : null;
    if (next === null || event.isComposing) return undefined;
    event.preventDefault();
    return activate(next);
  }

  function submitted(event) {
    event.preventDefault();
    (list.children[active] ?? list.children[0])?.click();
  }

  function open(event) {
    const link = event.target.closest('[data-opens="search"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    opener = document.activeElement === document.body ? link : document.activeElement;
    panel.showModal();
    input.select();
    search();
  }

  /** Close, and leave the field at once: else the browser gives it the next key, too. */
  function shut() {
    panel.close();
    opener?.focus();
  }

  const close = (event) => {
    if (event.target === panel || event.target.closest("[data-closes]")) shut();
  };
  const closed = () => document.activeElement === document.body && opener?.focus();
  const focusInput = (event) => {
    if (!event.target.closest('[data-opens="search"]')) return;
    event.preventDefault();
    input.select();
  };

  const ended = new AbortController();
  const { signal } = ended;
  form.addEventListener("input", search, { signal });
  form.addEventListener("submit", submitted, { signal });
  panel.addEventListener("keydown", pressed, { signal });
  if (isDialog) {
    document.addEventListener("click", open, { signal });
    panel.addEventListener("click", close, { signal });
    panel.addEventListener("close", closed, { signal });
  } else {
    document.addEventListener("click", focusInput, { signal });
    input.value = fromQuery(location.search).query;
    search();
  }
  return () => ended.abort();
}
