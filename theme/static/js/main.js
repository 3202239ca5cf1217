// Mounts the components that the page names in `data-component`: those marked `data-eager` at
// once, all others at the first sign of a reader. Nothing is fetched before.
const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin", "touchstart", "wheel", "scroll"];

async function mount(element, name) {
  const { mount } = await import(`./components/${name}.js`);
  mount(element);
}

function mountAll(selector) {
  const waiting = [...document.querySelectorAll(`${selector}:not([data-mounted])`)];
  return Promise.all(
    waiting.flatMap((element) => {
      element.dataset.mounted = "";
      return element.dataset.component.split(" ").map((name) => mount(element, name));
    }),
  );
}

async function wake(event) {
  for (const sign of SIGNS) removeEventListener(sign, wake, true);
  const mounted = mountAll("[data-component]");
  if (event.type !== "keydown") return;
  await mounted;
  // The key that woke the page is not lost, except where the browser itself acts on it.
  event.target.dispatchEvent(new KeyboardEvent("keydown", event));
}

mountAll("[data-component][data-eager]");
for (const sign of SIGNS) addEventListener(sign, wake, { capture: true, passive: true });
