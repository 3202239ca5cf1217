// A card that shows a preview, placed beside the link that it belongs to; pinned, it stays where a reader moves it.
// Not mounted: a part of `preview.js`.

const GAP = 8; // pixels between link and preview

export class PreviewCard {
  #card;
  #link;
  #messages;
  isPinned = false;

  /** The card of a level: 0 beside links of the page, 1 beside those in the first card, and so on. */
  constructor(page, messages, level) {
    this.#messages = messages;
    this.#card = document.createElement("div");
    this.#card.className = "preview";
    this.#card.id = level ? `g:preview-${level}` : "g:preview";
    this.#card.setAttribute("role", "tooltip");
    this.#card.popover = "manual";
    (page.querySelector("main") ?? page).append(this.#card);
  }

  /** The link whose preview is open, undefined for none. */
  get link() {
    return this.#link;
  }

  contains(element) {
    return this.#card.contains(element);
  }

  /** Show `article`, the preview of what `link` leads to; `pin` is called by its button. */
  show(link, article, pin) {
    this.hide();
    this.#link = link;
    this.#card.replaceChildren(this.#bar(this.#messages.pin, "M9 4h6M10 4v7l-3 4h10l-3-4V4M12 15v6", pin));
    this.fill(article);
    this.#card.showPopover?.();
    this.#place(link);
    link.setAttribute("aria-describedby", this.#card.id);
  }

  /** Show an article in place of the one that is shown. */
  fill(article) {
    const copy = document.importNode(article, true);
    copy.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
    // A finger that has opened the preview continues from there.
    const heading = copy.querySelector("h2");
    if (heading && !heading.querySelector("a")) {
      const way = Object.assign(document.createElement("a"), { href: this.#link.href?.baseVal ?? this.#link.href });
      way.append(...heading.childNodes);
      heading.append(way);
    }
    this.#card.querySelector("article")?.remove();
    this.#card.append(copy);
  }

  hide() {
    if (!this.#link) return;
    this.#link.removeAttribute("aria-describedby");
    this.#link = undefined;
    this.#card.hidePopover?.();
  }

  remove() {
    this.hide();
    this.#card.remove();
  }

  /** Keep the card open until it is closed, `closed` is called then. */
  pin(closed) {
    this.isPinned = true;
    this.#card.style.maxBlockSize = "";
    this.#link.removeAttribute("aria-describedby");
    this.#card.removeAttribute("id");
    this.#card.classList.add("pinned");
    this.#card.setAttribute("role", "dialog");
    this.#card.setAttribute("aria-label", this.#link.textContent.trim());
    const bar = this.#bar(this.#messages.close, "M6 6l12 12M18 6L6 18", closed);
    bar.addEventListener("pointerdown", (event) => this.#drag(bar, event));
    this.#card.firstChild.replaceWith(bar);
    bar.firstChild.focus({ preventScroll: true });
  }

  #bar(label, path, run) {
    const bar = document.createElement("div");
    bar.className = "preview-bar";
    const button = bar.appendChild(document.createElement("button"));
    button.type = "button";
    button.title = label;
    button.setAttribute("aria-label", label);
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("class", "icon");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("width", "18");
    icon.appendChild(document.createElementNS(icon.namespaceURI, "path")).setAttribute("d", path);
    button.append(icon);
    button.addEventListener("click", run);
    return bar;
  }

  #drag(bar, event) {
    if (event.target.closest("button")) return;
    const { style } = this.#card;
    const box = this.#card.getBoundingClientRect();
    const moved = (move) => {
      style.left = `${box.left + move.clientX - event.clientX}px`;
      style.top = `${Math.max(0, box.top + move.clientY - event.clientY)}px`;
    };
    bar.setPointerCapture(event.pointerId);
    bar.addEventListener("pointermove", moved);
    const released = () => bar.removeEventListener("pointermove", moved);
    for (const type of ["pointerup", "pointercancel"]) bar.addEventListener(type, released, { once: true });
    event.preventDefault();
  }

  /** Place the card below the link, or above it where there is more room. */
  #place(link) {
    const { style } = this.#card;
    const box = link.getBoundingClientRect();
    const below = innerHeight - box.bottom - 2 * GAP;
    const above = box.top - 2 * GAP;
    style.maxBlockSize = "";
    const wanted = this.#card.offsetHeight;
    const under = wanted <= below || below >= above;
    const height = Math.min(wanted, under ? below : above);
    const rightmost = document.documentElement.clientWidth - this.#card.offsetWidth - GAP;
    style.maxBlockSize = `${height}px`;
    style.top = `${under ? box.bottom + GAP : box.top - GAP - height}px`;
    style.left = `${Math.max(GAP, Math.min(box.left, rightmost))}px`;
  }
}
