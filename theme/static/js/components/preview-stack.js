// The previews that are open: one beside a link of the page, others beside links in the one before, and those that are pinned.
// Not mounted: a part of `preview.js`.
import { PreviewCard } from "./preview-card.js";

export class PreviewStack {
  #page;
  #messages;
  #cards;
  #whole;
  #pinned = [];

  /** `whole` gives the whole text of what a link leads to, which a pinned card shows. */
  constructor(page, messages, whole) {
    this.#page = page;
    this.#messages = messages;
    this.#whole = whole;
    this.#cards = [new PreviewCard(page, messages, 0)];
  }

  /** The level of the open card that an element is in; -1 for the page, of which pinned cards are a part. */
  levelOf(element) {
    return this.#cards.findIndex((card) => card.contains(element));
  }

  contains(element) {
    return this.levelOf(element) >= 0 || this.#pinned.some((card) => card.contains(element));
  }

  /** Whether the preview of a link is open and not pinned. */
  isOpenFor(link) {
    return this.#cards.some((card) => card.link && card.link === link);
  }

  get isOpen() {
    return this.#cards.some((card) => card.link);
  }

  /** Show the preview of `link`; what is beside links of other cards closes. */
  show(link, article) {
    const level = this.levelOf(link) + 1;
    this.hideFrom(level);
    this.#cards[level] ??= new PreviewCard(this.#page, this.#messages, level);
    this.#cards[level].show(link, article, () => this.pin());
  }

  /** Hide the cards of a level and all after it. */
  hideFrom(level) {
    this.#cards.slice(level).forEach((card) => card.hide());
  }

  /** Pin the last card that is open, and close those before it: it is what the reader came to. */
  pin() {
    const level = this.#cards.findLastIndex((card) => card.link);
    if (level < 0) return;
    const [card] = this.#cards.splice(level, 1, new PreviewCard(this.#page, this.#messages, level));
    this.#pinned.push(card);
    card.pin(() => this.unpin(card));
    this.#whole(card.link).then((article) => article && card.fill(article));
    this.hideFrom(0);
  }

  /** Close a pinned card, by default the last, and give the focus back that it had; returns whether there was one. */
  unpin(card = this.#pinned.at(-1)) {
    if (!card) return false;
    const { link } = card;
    const hadFocus = card.contains(document.activeElement);
    this.#pinned = this.#pinned.filter((other) => other !== card);
    card.remove();
    if (hadFocus) link.focus({ preventScroll: true });
    return true;
  }

  remove() {
    [...this.#cards, ...this.#pinned].forEach((card) => card.remove());
  }
}
