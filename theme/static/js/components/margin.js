// The living margin: beside a paragraph its footnotes, and the sentences of other notes that cite this very place. On a
// narrow screen the latter are a mark that leads to them; footnotes stay where they are. The list below has all of it.
import { stacked } from "../lib/margin-layout.js";

const WIDE = "(min-width: 80rem)";
const GAP = 12; // pixels between two notes
const STAYS = 0.4; // of the height of the window: contents of at most this height stay in sight

/** A copy that neither a keyboard nor a screen reader comes across a second time. */
function copyOf(element, className) {
  const note = document.createElement("div");
  note.className = `margin-note ${className}`;
  note.append(...element.cloneNode(true).childNodes);
  note.querySelectorAll(".footnote-back, [id]").forEach((part) => (part.matches(".footnote-back") ? part.remove() : part.removeAttribute("id")));
  note.querySelectorAll("a, button, summary, [tabindex]").forEach((control) => (control.tabIndex = -1));
  return note;
}

function footnotes(body) {
  return [...body.querySelectorAll(".footnote-ref a[href^='#']")].flatMap((link) => {
    const text = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!text) return [];
    const note = copyOf(text, "margin-footnote");
    const number = document.createElement("span");
    number.className = "margin-number";
    number.textContent = link.textContent;
    note.prepend(number);
    return [{ anchor: link, note }];
  });
}

function citations(article, body) {
  return [...article.querySelectorAll(".backlinks:not(.record *) blockquote[data-to]")].flatMap((quote) => {
    const anchor = document.getElementById(quote.dataset.to);
    if (!anchor || !body.contains(anchor)) return [];
    const note = copyOf(quote, "margin-citation");
    const source = quote.closest("li").querySelector("a").cloneNode(true);
    source.tabIndex = -1;
    note.prepend(source);
    return [{ anchor, note }];
  });
}

/** Marks in the text for what is cited in other notes: each leads to the list of these. */
function marksFor(found) {
  const counts = new Map();
  for (const { anchor } of found) counts.set(anchor, (counts.get(anchor) ?? 0) + 1);
  return [...counts].map(([anchor, count]) => {
    const mark = document.createElement("a");
    mark.className = "margin-mark";
    mark.href = "#g:backlinks";
    mark.textContent = `↩${count}`;
    anchor.append(mark);
    return mark;
  });
}

export function mount(article) {
  const body = article.querySelector("[data-note-body]");
  const cited = body ? citations(article, body) : [];
  const found = body ? [...footnotes(body), ...cited] : [];
  if (!found.length) return () => {};
  const margin = document.createElement("div");
  margin.className = "margin";
  margin.setAttribute("aria-hidden", "true");
  // In the order of the text, whatever they say.
  found.sort((a, b) => (a.anchor.compareDocumentPosition(b.anchor) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  margin.append(...found.map(({ note }) => note));
  const wide = matchMedia(WIDE);
  let marks = [];

  function arrange() {
    if (!margin.isConnected) return;
    const top = margin.getBoundingClientRect().top;
    const contents = article.querySelector(".toc > details");
    // Short contents stay in sight, and what is in the margin passes behind them; long ones scroll with the text.
    article.classList.toggle("contents-go", contents?.offsetHeight > innerHeight * STAYS);
    const above = contents
      ? contents.parentElement.getBoundingClientRect().top + contents.offsetHeight
      : article.querySelector(".branch-facts.beside > :last-child")?.getBoundingClientRect().bottom;
    const from = above === undefined ? 0 : above - top + GAP;
    const boxes = found.map(({ anchor, note }) => ({ wanted: anchor.getBoundingClientRect().top - top, height: note.offsetHeight }));
    stacked(boxes, from, GAP).forEach((place, at) => (found[at].note.style.insetBlockStart = `${place}px`));
  }

  function choose() {
    marks.forEach((mark) => mark.remove());
    marks = wide.matches ? [] : marksFor(cited);
    article.classList.toggle("with-margin", wide.matches);
    if (wide.matches) article.append(margin);
    else margin.remove();
    arrange();
  }

  const sizes = new ResizeObserver(arrange);
  sizes.observe(body);
  wide.addEventListener("change", choose);
  choose();
  return () => {
    sizes.disconnect();
    wide.removeEventListener("change", choose);
    marks.forEach((mark) => mark.remove());
    margin.remove();
  };
}
