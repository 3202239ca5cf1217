// Previews of notes: on hover, keyboard focus and long press. The fragment is a small file beside the note. Links in a
// preview have previews, too, and `p` pins the last one.
import { messagesOf } from "../lib/messages.js";
import { addSheet } from "../lib/sheet.js";
import { store } from "../lib/store.js";
import { partOf, wholeOf } from "./preview-part.js";
import { PreviewStack } from "./preview-stack.js";

const LINKS =
  "a.internal, .footnote-ref a, [data-rel] a, .trail a, .outline a, .cards a, .brief a, .tree a, .map a, .pager a, .read-next a, .branch-facts a, .local-graph a, .drawn-map a, .preview a";
const HOVER = 150; // milliseconds of rest before a preview
const LEAVE = 200; // milliseconds to cross the gap from the link to its preview
const PRESS = 380; // milliseconds of a long press: before the browser answers one with a menu

const SITE = new URL("../../../", import.meta.url).pathname;
const LISTINGS = /^(map|tags|category)\//; // beginnings of addresses: lists that stand where a parent would

/** The address of the fragment for a link, empty when it leads to no other note of the site at `site`. */
export function fragmentFor(link, here, site = SITE) {
  const target = new URL(link.href?.baseVal ?? link.href, here);
  if (target.origin !== here.origin || target.pathname === here.pathname) return "";
  if (target.pathname.startsWith(site) && LISTINGS.test(target.pathname.slice(site.length))) return "";
  return target.pathname + (target.pathname.endsWith("/") ? "preview.html" : ".preview.html");
}

/** A function that fetches the article in a fragment, each once; null for what is not there. */
function fragmentStore() {
  const fragments = new Map();
  return (address) => {
    if (!fragments.has(address)) {
      const article = fetch(address)
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((html) => new DOMParser().parseFromString(html, "text/html").querySelector("article"))
        .catch(() => null);
      fragments.set(address, article);
    }
    return fragments.get(address);
  };
}

/** The functions that give the preview of a link (a part of this page or of another, else a fragment) and a whole note. */
function previewStore() {
  const fragment = fragmentStore();
  const pages = new Map();
  const pageAt = (address) => {
    if (!pages.has(address)) {
      const page = fetch(address)
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((html) => new DOMParser().parseFromString(html, "text/html"));
      pages.set(address, page.catch(() => null));
    }
    return pages.get(address);
  };
  const whole = async (link) => {
    const target = new URL(link.href?.baseVal ?? link.href, location.href);
    return target.hash ? null : wholeOf(await pageAt(target.pathname), target);
  };
  const preview = async (link) => {
    const target = new URL(link.href?.baseVal ?? link.href, location.href);
    const id = decodeURIComponent(target.hash.slice(1));
    if (target.origin === location.origin && target.pathname === location.pathname) return id ? partOf(document, id) : null;
    const address = fragmentFor(link, location);
    if (!address) return null;
    // A citation is a place in a sentence: the whole note says more.
    const part = id && !id.startsWith("ref:") && !id.startsWith("g:") && partOf((await pageAt(target.pathname)) ?? document, id);
    return part || fragment(address);
  };
  return { preview, whole };
}

const linkAt = (event) => event.target.closest?.(LINKS);

/** Delayed work: one thing at a time, the last one that was asked for. */
class Schedule {
  #timer = 0;
  waiting; // the link whose preview comes next

  constructor(stack, previewOf) {
    this.stack = stack;
    this.previewOf = previewOf;
  }

  later(action, delay) {
    clearTimeout(this.#timer);
    this.waiting = undefined;
    this.#timer = setTimeout(action, delay);
  }

  /** Leave everything as it is. */
  stay() {
    this.later(() => {}, 0);
  }

  /** Hide the previews from a level on. */
  hide(delay, level = 0) {
    this.later(() => this.stack.hideFrom(level), delay);
  }

  /** Show the preview of a link on which the reader rests. */
  rest(link) {
    this.later(() => this.show(link), HOVER);
    this.waiting = link;
  }

  async show(link) {
    const mine = this.#timer;
    const article = await this.previewOf(link);
    // The reader may have moved on while the fragment was on its way.
    if (article && mine === this.#timer) this.stack.show(link, article);
  }

  end() {
    clearTimeout(this.#timer);
  }
}

/** The long press of a finger on a link. */
class LongPress {
  link; // under the finger
  done = false;

  constructor(schedule) {
    this.schedule = schedule;
  }

  begin(event) {
    this.link = event.pointerType === "touch" ? linkAt(event) : null;
    if (this.link) this.schedule.later(() => this.finish(), PRESS);
  }

  finish() {
    this.done = true;
    this.schedule.stack.hideFrom(0);
    this.schedule.show(this.link);
  }
}

export async function mount(page) {
  await addSheet("scripted");
  const { preview, whole } = previewStore();
  const stack = new PreviewStack(page, messagesOf(document), whole);
  const schedule = new Schedule(stack, preview);
  const press = new LongPress(schedule);
  const ended = new AbortController();
  const { signal } = ended;

  function typed(event) {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      if (!stack.isOpen) stack.unpin();
      schedule.hide(0);
    } else if (event.key === "p" && stack.isOpen && store.get("single-keys") !== "off" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      stack.pin();
    }
  }

  const listeners = {
    pointerover(event) {
      if (event.pointerType === "touch") return;
      const link = linkAt(event);
      if (link && stack.isOpenFor(link)) schedule.stay();
      else if (link) schedule.rest(link);
      else schedule.hide(LEAVE, stack.levelOf(event.target) + 1);
    },
    focusin(event) {
      const link = linkAt(event);
      if (link?.matches(":focus-visible")) schedule.rest(link);
      // A preview that closes gives the focus back; that must not stop another one for the pointer.
      else if (!press.done && !stack.contains(event.target) && !schedule.waiting?.matches(":hover")) schedule.hide(0);
    },
    keydown: typed,
    pointerdown(event) {
      press.done = false;
      if (stack.contains(event.target)) return;
      schedule.stay();
      stack.hideFrom(0);
      press.begin(event);
    },
    pointerup: () => press.done || schedule.stay(),
    pointercancel: () => press.done || schedule.stay(),
    contextmenu(event) {
      if (!press.link) return;
      event.preventDefault();
      if (!press.done) schedule.later(() => press.finish(), 0);
    },
    click(event) {
      if (!press.done || !linkAt(event)) return;
      press.done = false;
      event.preventDefault();
    },
  };

  // A page that moves under the pointer closes what is open; a waiting preview waits until it stops.
  const scrolled = (event) => {
    if (stack.contains(event.target)) return;
    stack.hideFrom(0);
    if (schedule.waiting) schedule.rest(schedule.waiting);
  };

  for (const [name, listener] of Object.entries(listeners)) page.addEventListener(name, listener, { signal });
  addEventListener("scroll", scrolled, { passive: true, capture: true, signal });
  return () => {
    ended.abort();
    schedule.end();
    stack.remove();
  };
}
