// Mounts the components that the page names in `data-component`: those marked `data-eager` at
// once, all others at the first sign of a reader. Nothing is fetched before.
const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin", "wheel", "scroll"];
let again = () => {};

function mountAll(selector) {
  const names = (element) => element.dataset.component.split(" ").map((name) => [element, name]);
  const pairs = [...document.querySelectorAll(selector)].flatMap(names);
  return Promise.allSettled(
    pairs.map(async ([element, name]) => (await import(`./components/${name}.js`)).mount(element)),
  );
}

/** Keep the browser's own answer away, and remember what the reader did until there is one of ours. */
function hold(event) {
  const { type, target, key } = event;
  const combined = event.ctrlKey || event.metaKey;
  if (type === "keydown") {
    if (key === "k" && combined) event.preventDefault();
    again = () => target.dispatchEvent(new KeyboardEvent(type, event));
    return;
  }
  const control = target.closest("button, [data-opens]");
  if (!control || combined) return;
  event.preventDefault();
  again = () => control.click();
}

async function wake(event) {
  for (const sign of SIGNS) removeEventListener(sign, wake, true);
  if (event.type === "keydown") hold(event);
  for (const type of ["click", "keydown"]) addEventListener(type, hold, true);
  await mountAll("[data-component]:not([data-eager])");
  for (const type of ["click", "keydown"]) removeEventListener(type, hold, true);
  again();
}

mountAll("[data-component][data-eager]");
for (const sign of SIGNS) addEventListener(sign, wake, { capture: true, passive: sign !== "keydown" });
