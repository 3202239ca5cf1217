// Mounts the components that the page names in `data-component`: those marked `data-eager` at
// once, all others as soon as a reader does something. Nothing is fetched before that.
const LATER = "[data-component]:not([data-eager])";
const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin", "wheel", "scroll"];
const held = []; // what the reader did before there was an answer
const ends = []; // functions that remove what components have added
let isAwake = false;
export let mounted; // settled when all components that the page has asked for so far are mounted

function mountAll(selector) {
  const names = (element) => element.dataset.component.split(" ").map((name) => [element, name]);
  const pairs = [...document.querySelectorAll(selector)].flatMap(names);
  return Promise.allSettled(
    pairs.map(async ([element, name]) => ends.push(await (await import(`./components/${name}.js`)).mount(element))),
  );
}

/** Remember what the reader does until everything can respond. Until then neither the browser nor mounted components respond:
 * otherwise there would be two responses. */
function hold(event) {
  const { key, ctrlKey, metaKey, altKey } = event;
  const combined = ctrlKey || metaKey;
  if (event.type === "keydown") {
    const opens = key === (combined ? "k" : "/");
    const typed = event.target.closest?.("input, textarea, select");
    if (key.length > 1 || (typed && !(opens && combined))) return;
    // What is typed after the key that opens the search is meant for it.
    if (opens || (held.length && !combined)) event.preventDefault();
    event.stopImmediatePropagation();
    held.push({ init: { key, ctrlKey, metaKey, altKey, bubbles: true, cancelable: true } });
    return;
  }
  const control = event.target.closest("button, [data-opens]");
  if (!control || combined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  held.push({ control });
}

function replay({ control, init }) {
  if (control) return control.click();
  const field = document.activeElement;
  const unanswered = field.dispatchEvent(new KeyboardEvent("keydown", init));
  if (!unanswered || init.ctrlKey || init.metaKey || init.altKey || !field.matches("input")) return undefined;
  field.setRangeText(init.key, field.selectionStart, field.selectionEnd, "end");
  return field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

async function wake(event) {
  for (const sign of SIGNS) removeEventListener(sign, wake, true);
  if (event.type === "keydown") hold(event);
  for (const type of ["click", "keydown"]) addEventListener(type, hold, true);
  mounted = mountAll(LATER);
  await mounted;
  isAwake = true;
  for (const type of ["click", "keydown"]) removeEventListener(type, hold, true);
  held.forEach(replay);
}

/** Let a preview change the page as its file has it, without what components have added. */
function swap(event) {
  event.preventDefault();
  for (const end of ends.splice(0)) end();
  event.detail();
  if (isAwake) mounted = mountAll(LATER);
}

mounted = mountAll("[data-component][data-eager]");
addEventListener("garden:swap", swap);
for (const sign of SIGNS) addEventListener(sign, wake, { capture: true, passive: sign !== "keydown" });
