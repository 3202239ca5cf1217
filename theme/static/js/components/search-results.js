// The results of a search as a list box: the options, which of them is active, and the sentence with the match.
// Not mounted: a part of `search-panel.js`.
import { bestSection, excerptPieces, furtherSections, markedWord, matches, movedTo, ratedSections } from "../lib/search-core.js";

const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b(?!-Latn)|-(Arab|Hebr)\b/i;

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

export class ResultList {
  #list;
  #input;
  #active; // the option that Enter follows
  #isAnswer; // Enter without a choice follows the first

  /** The results in `list`, an element with the role of a list box that `input` controls. */
  constructor(list, input) {
    this.#list = list;
    this.#input = input;
  }

  /** Show entries; those that are no answer, but ways on, are only followed by choice. */
  show(results, isAnswer = true) {
    this.#isAnswer = isAnswer;
    this.#list.replaceChildren(...results.map((result, index) => this.#option(result, index)));
    this.#input.setAttribute("aria-expanded", String(results.length > 0));
    this.#activate(undefined);
  }

  /** Add to each result the sentence with the match, and the section that it is in, as soon as its page is there. */
  complete(engine, results, words) {
    const links = [...this.#list.children];
    return Promise.allSettled(results.map((result, index) => complete(links[index], engine, result, words)));
  }

  /** Activate the option that a key leads to; returns whether it leads to one. */
  move(key) {
    const options = [...this.#list.children];
    const next = movedTo(key, options.indexOf(this.#active), options.length);
    if (next === null) return false;
    this.#activate(options[next]);
    return true;
  }

  /** Follow the active result, or else the first answer. */
  follow() {
    (this.#active ?? (this.#isAnswer ? this.#list.children[0] : undefined))?.click();
  }

  #activate(option) {
    this.#active?.setAttribute("aria-selected", "false");
    this.#active = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#input.setAttribute("aria-activedescendant", option.id);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #option({ url, title, trail, lang, run }, index) {
    const link = element("a", "", element("span", "title", title));
    if (trail) link.append(element("span", "trail-line", trail));
    link.append(element("span", "excerpt"));
    link.href = url;
    link.lang = lang;
    // A title may begin with a foreign name.
    link.dir = RIGHT_TO_LEFT.test(lang) ? "rtl" : "auto";
    link.id = `${this.#list.id}-${index}`;
    link.tabIndex = -1;
    if (run) link.addEventListener("click", (event) => (event.preventDefault(), run()));
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    return link;
  }
}

async function complete(link, engine, { url, title }, words) {
  const sections = ratedSections(await engine.sections(url), words);
  const { section, found } = bestSection(sections);
  const pieces = excerptPieces(section.text, found);
  // A note that is about all that was asked for is opened at its top.
  const isTitled = new Set(matches(title, words).map(({ word }) => word)).size === words.length;
  const isSection = section.id && !isTitled;
  if (isSection) link.querySelector(".title").textContent = `${title} › ${section.title}`;
  const id = isSection ? encodeURIComponent(section.id) : "";
  // The browser marks the first match on arrival.
  const marked = isTitled ? "" : markedWord(pieces);
  const mark = marked ? `:~:text=${encodeURIComponent(marked).replaceAll("-", "%2D")}` : "";
  if (id || mark) link.href = `${url}#${id}${mark}`;
  const parts = pieces.map(({ text, marked: isMarked }) => (isMarked ? element("mark", "", text) : text));
  link.querySelector(".excerpt").replaceChildren(...parts);
  const further = furtherSections(sections, words, isSection ? section : undefined);
  link.after(...further.map((other) => below(link, url, other)));
}

/** An option below another, for a section of the same note. */
function below(link, url, section) {
  const option = link.cloneNode(false);
  option.className = "section";
  option.append(element("span", "title", section.title));
  option.href = `${url}#${encodeURIComponent(section.id)}`;
  option.id = `${link.id}-${section.id}`;
  option.setAttribute("aria-selected", "false");
  return option;
}
