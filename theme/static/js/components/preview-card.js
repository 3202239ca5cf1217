// The card that shows a preview: one for the page, placed beside the link that it belongs to.
// Not mounted: a part of `preview.js`.

const GAP = 8; // pixels between link and preview

export class PreviewCard {
  #card;
  #link;

  constructor(page) {
    this.#card = document.createElement("div");
    this.#card.className = "preview";
    this.#card.id = "g:preview";
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

  /** Show `article`, the preview of what `link` leads to. */
  show(link, article) {
    this.hide();
    this.#card.replaceChildren(document.importNode(article, true));
    this.#card.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
    this.#card.showPopover?.();
    this.#place(link);
    link.setAttribute("aria-describedby", this.#card.id);
    this.#link = link;
  }

  hide() {
    if (!this.#link) return;
    this.#link.removeAttribute("aria-describedby");
    this.#link = undefined;
    this.#card.hidePopover?.();
  }

  remove() {
    this.#card.remove();
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
