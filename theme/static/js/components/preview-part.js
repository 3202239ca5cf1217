// The part of a page that a link with a fragment leads to, as an article for a preview: a footnote, a section, a block.
// Not mounted: a part of `preview.js`.
const HEADING = /^H([1-6])$/;
const MOST = 5; // blocks of a section

/** The whole text of the note that a link leads to, from its page, as an article; null where there is none. */
export function wholeOf(page, link) {
  const body = page?.querySelector("[data-note-body]");
  if (!body?.textContent.trim()) return null;
  const article = document.createElement("article");
  const title = article.appendChild(document.createElement("h2"));
  title.textContent = page.querySelector("h1")?.textContent ?? "";
  article.append(body.cloneNode(true));
  // Links within the note lead to its page.
  for (const way of article.querySelectorAll('a[href^="#"]')) way.href = new URL(way.getAttribute("href"), link.href).href;
  return article;
}

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
