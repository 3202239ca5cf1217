// A link on each heading of a text to itself; following it also copies its address.
import { messagesOf } from "../lib/messages.js";

export function mount(page) {
  const messages = messagesOf(document);
  const links = [...page.querySelectorAll("[data-note-body] > :is(h2, h3, h4)[id]")].map((heading) => {
    const link = document.createElement("a");
    link.className = "heading-anchor";
    link.href = `#${encodeURIComponent(heading.id)}`;
    link.textContent = "#";
    link.title = messages.copyLink;
    // Only for pointers: with keys the address is copied from the search, and the heading keeps its name.
    link.tabIndex = -1;
    link.setAttribute("aria-hidden", "true");
    heading.append(link);
    return link;
  });
  const copy = (event) => event.target.matches?.(".heading-anchor") && navigator.clipboard?.writeText(event.target.href);
  page.addEventListener("click", copy);
  return () => {
    page.removeEventListener("click", copy);
    links.forEach((link) => link.remove());
  };
}
