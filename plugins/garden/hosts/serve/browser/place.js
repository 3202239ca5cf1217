// Where a reader is in a page that changes: what stands in sight stays where it is; what has changed out of sight comes into it.

const BLOCKS = ":is(h1, h2, h3, h4, h5, h6, p, li, pre, table, figure, blockquote, summary)";
const HEADINGS = ":is(h1, h2, h3, h4, h5, h6)";
const FLASH = 1200; // milliseconds for which a change is marked

const main = () => document.querySelector("main") ?? document.body;
/** The text of the note; what stands around it changes with other notes, too. */
const text = () => document.querySelector("[data-note-body]") ?? main();

function isInSight(element) {
  const { top, bottom, height } = element.getBoundingClientRect();
  return height > 0 && bottom > 0 && top < innerHeight;
}

/** Change the page while what is read stays in its place; returns what `change` does: the changed elements, if any. */
export function keepingPlace(change) {
  const root = document.documentElement;
  const focused = document.activeElement;
  const blocks = [...text().querySelectorAll(BLOCKS), ...main().querySelectorAll(BLOCKS)]
    .filter(isInSight)
    .map((block) => [block, block.getBoundingClientRect().top]);
  root.style.overflowAnchor = "none"; // the browser would do the same a second time
  const changed = change();
  const stays = ([block]) => block.isConnected && !changed?.has(block);
  const [block, top] = blocks.find(stays) ?? [];
  if (block) scrollBy({ top: block.getBoundingClientRect().top - top, behavior: "instant" });
  requestAnimationFrame(() => (root.style.overflowAnchor = ""));
  if (focused?.id && !focused.isConnected) document.getElementById(focused.id)?.focus({ preventScroll: true });
  return changed;
}

/** Mark what has changed in the text, and go to its heading when nothing of it is in sight. */
export function showChange(changed) {
  const place = text();
  const seen = [...changed]
    .filter((element) => element.isConnected && (place.contains(element) || element.matches("main h1")))
    .map((element) => element.closest("details:not([open])") ?? element)
    .sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  if (seen.length && !seen.some(isInSight)) {
    const [first] = seen;
    const above = [...place.querySelectorAll(HEADINGS)].filter((heading) => first.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_PRECEDING);
    const heading = above.at(-1);
    const distance = heading && first.getBoundingClientRect().top - heading.getBoundingClientRect().top;
    (distance < innerHeight / 2 ? heading : first).scrollIntoView({ block: "start", behavior: "instant" });
  }
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const frames = [{ backgroundColor: "color-mix(in srgb, Highlight 35%, transparent)" }, { backgroundColor: "transparent" }];
  for (const element of seen) element.animate(frames, FLASH);
}
