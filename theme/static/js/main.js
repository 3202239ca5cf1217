// Mounts the components that the page names in `data-component`: those marked `data-eager` at
// once, all others at the first sign of a reader. Nothing is fetched before.
const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin", "wheel", "scroll"];
let held;

function mountAll(selector) {
  const names = (element) => element.dataset.component.split(" ").map((name) => [element, name]);
  const pairs = [...document.querySelectorAll(selector)].flatMap(names);
  return Promise.allSettled(
    pairs.map(async ([element, name]) => (await import(`./components/${name}.js`)).mount(element)),
  );
}

function hold(event) {
  held = event.target.closest("button, [data-opens]");
  if (held && !event.ctrlKey && !event.metaKey) event.preventDefault();
}

async function wake(event) {
  for (const sign of SIGNS) removeEventListener(sign, wake, true);
  addEventListener("click", hold, true);
  await mountAll("[data-component]:not([data-eager])");
  removeEventListener("click", hold, true);
  // What the reader did while the components were on their way is not lost.
  if (event.type === "keydown") event.target.dispatchEvent(new KeyboardEvent("keydown", event));
  held?.click();
}

mountAll("[data-component][data-eager]");
for (const sign of SIGNS) addEventListener(sign, wake, { capture: true, passive: true });
