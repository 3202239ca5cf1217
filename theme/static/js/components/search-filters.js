// What narrows a search: one branch, and tags that a note must have all of. Not mounted: a part of `search-panel.js`.
import { branchOf, byCount, fromQuery, narrowing } from "../lib/search-core.js";
import { filled } from "../lib/messages.js";

/** The titles on the way to this page, its own included. */
function wayHere() {
  const trail = document.querySelector(".trails .trail");
  const steps = [...(trail?.querySelectorAll("a") ?? []), document.querySelector("main h1")];
  return steps.map((step) => step?.textContent.trim() ?? "");
}

export class Filters {
  #place;
  #branch;
  #tag;
  #chosen;
  #engine;
  #message;
  isSuggested = false; // the branch is that of the page, or none, and not the reader's choice

  /** The filters in `place`; `changed` is called when a tag is taken away, `messages` name what does so. */
  constructor(place, messages, changed) {
    this.#place = place;
    this.#message = messages.withoutTag;
    this.#branch = place.querySelector("[name=branch]");
    this.#tag = place.querySelector("[name=tag]");
    this.#chosen = document.createElement("span");
    this.#chosen.className = "chosen-tags";
    place.append(this.#chosen);
    this.#branch.addEventListener("input", () => (this.isSuggested = false));
    // Runs before the form is notified.
    this.#tag.addEventListener("input", () => {
      if (!this.#tag.value) return;
      this.#choose(this.#tag.value);
      this.#tag.value = "";
      this.#offerTags();
    });
    this.#chosen.addEventListener("click", (event) => {
      event.target.closest("button")?.remove();
      this.#offerTags();
      changed();
    });
  }

  get choices() {
    return { branch: this.#branch.value, tag: [...this.#chosen.children].map(({ value }) => value) };
  }

  get isEmpty() {
    const { branch, tag } = this.choices;
    return !branch && !tag.length;
  }

  /** Offer the branches and tags of an engine, once; `asked` is the address that may have chosen some, null for a dialog. */
  offer(engine, asked) {
    if (this.#engine) return;
    this.#engine = engine;
    const { branch: branches, tag: tags } = engine.filters;
    this.#branch.append(...byCount(branches).map((name) => new Option(name, name)));
    this.#branch.parentElement.hidden = this.#branch.length < 2;
    const { branch, tag } = fromQuery(asked ?? "");
    this.#branch.value = branch in branches ? branch : "";
    tag.filter((name) => name in tags).forEach((name) => this.#choose(name));
    if (asked === null) this.suggest();
    this.#offerTags();
    this.#place.hidden &&= this.#branch.parentElement.hidden && !Object.keys(tags).length;
  }

  /** The branch of this page, where it is large enough to search in and not most of the site; else empty. */
  get #here() {
    return branchOf(wayHere(), this.#engine.filters.branch, this.#engine.count);
  }

  /** Begin in the branch of this page. */
  suggest() {
    this.#branch.value = this.#here;
    this.isSuggested = Boolean(this.#branch.value);
  }

  /** What a question begins with: the branch of this page as long as the reader has not chosen any. */
  get first() {
    return this.isSuggested ? { ...this.choices, branch: this.#here } : this.choices;
  }

  /** Show the branch in which an answer was found. */
  showBranch(name) {
    this.#branch.value = name;
  }

  everywhere() {
    this.#branch.value = "";
    this.isSuggested = false;
  }

  #choose(name) {
    const button = document.createElement("button");
    button.type = "button";
    button.value = name;
    button.textContent = `${name} ×`;
    button.setAttribute("aria-label", filled(this.#message, { tag: name }));
    this.#chosen.append(button);
  }

  /** Offer the tags that notes with all chosen ones have as well. */
  async #offerTags() {
    const { tag } = this.choices;
    const names = tag.length ? narrowing(await this.#engine.placesOf("tag"), tag) : byCount(this.#engine.filters.tag);
    this.#tag.replaceChildren(this.#tag.options[0], ...names.map((name) => new Option(name, name)));
    this.#tag.value = "";
    this.#tag.parentElement.hidden = !names.length;
  }
}
