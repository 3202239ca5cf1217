// The part of a page that a link with a fragment leads to, as an article for a preview: a footnote, a section, a block.
// Not mounted: a part of `preview.js`.
const HEADING = /^H([1-6])$/;
const MOST = 5; // blocks of a section

/** The part of `page`, a document, with an id; null where there is none. */
export function partOf(page, id) {
  const element = page.getElementById(id);
  if (!element?.closest("[data-note-body]")) return null;
  const article = document.createElement("article");
  const level = HEADING.exec(element.tagName)?.[1];
  if (element.matches(".footnotes li")) {
    article.append(...element.cloneNode(true).childNodes);
    article.querySelectorAll(".footnote-back").forEach((link) => link.remove());
    return article;
  }
  article.append(element.cloneNode(true));
  let next = level && element.nextElementSibling;
  while (next && article.childElementCount <= MOST && !(HEADING.exec(next.tagName)?.[1] <= level)) {
    article.append(next.cloneNode(true));
    next = next.nextElementSibling;
  }
  return article;
}
