// Remembers the notes of this visit and shows them below a note: where the reader went, and by which relation.
import { messagesOf } from "../lib/messages.js";
import { addSheet } from "../lib/sheet.js";
import { pathShown, visit } from "../lib/visit.js";

/** The notes of a visit as a row of links. */
function row(pages, label) {
  const nav = document.createElement("nav");
  nav.className = "visit";
  nav.setAttribute("aria-label", label);
  const heading = nav.appendChild(Object.assign(document.createElement("p"), { className: "label", textContent: label }));
  heading.setAttribute("aria-hidden", "true"); // the list has this name
  const list = nav.appendChild(document.createElement("ol"));
  for (const { url, title, relation } of pages) {
    const entry = list.appendChild(document.createElement("li"));
    if (relation) entry.append(Object.assign(document.createElement("span"), { className: "relation", textContent: relation }));
    const link = entry.appendChild(Object.assign(document.createElement("a"), { href: url, textContent: title }));
    if (url === location.pathname) link.setAttribute("aria-current", "page");
  }
  return nav;
}

export async function mount(page) {
  const title = page.querySelector("article h1")?.textContent ?? "";
  visit.add({ url: location.pathname, title });

  /** The relation by which a link leads on, for the page that it leads to. */
  function followed(event) {
    const link = event.target.closest?.("a[href]");
    if (link) visit.follow(link.pathname, link.closest("[data-rel], .read-next, .pager > section")?.querySelector(".label")?.textContent.trim() ?? "");
  }

  page.addEventListener("click", followed);
  const shown = pathShown(visit.pages);
  const place = page.querySelector("article > .note-text");
  if (!place || shown.length < 2) return () => page.removeEventListener("click", followed);
  await addSheet("scripted");
  const nav = place.appendChild(row(shown, messagesOf(document).visited));
  return () => {
    page.removeEventListener("click", followed);
    nav.remove();
  };
}
