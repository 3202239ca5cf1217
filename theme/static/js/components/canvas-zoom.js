// A canvas that zooms, and that a pointer moves. The plane scrolls anyway, so keys and fingers need nothing of this.
// Not mounted: a part of `views.js`.
const STEP = 1.25; // what a key or a button zooms by
const MOST = 3; // beyond that one box fills the window
const LEAST = 0.1; // at which a canvas of ten windows fits into one
const READABLE = 0.6; // the least zoom at which a canvas opens: smaller text cannot be read

function tool(text, label, run) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  if (label) button.setAttribute("aria-label", label);
  button.addEventListener("click", run);
  return button;
}

export function enliven(figure, messages) {
  const plane = figure.querySelector(".canvas-plane");
  if (!plane) return () => {};
  const size = (name) => Number(figure.style.getPropertyValue(name)) || 1;
  const ended = new AbortController();
  const { signal } = ended;
  let zoom = 1;

  /** Zoom so that the point of the plane at (x, y), in pixels from its corner, stays where it is. */
  function zoomTo(wanted, x = plane.clientWidth / 2, y = plane.clientHeight / 2) {
    const next = Math.min(MOST, Math.max(LEAST, wanted));
    const [left, top] = [(plane.scrollLeft + x) / zoom, (plane.scrollTop + y) / zoom];
    zoom = next;
    figure.style.setProperty("--zoom", zoom.toFixed(3));
    plane.scrollTo(left * zoom - x, top * zoom - y);
  }

  const fitting = () => Math.min(1, plane.clientWidth / size("--w"), (innerHeight * 0.8) / size("--h"));

  function wheeled(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = plane.getBoundingClientRect();
    zoomTo(zoom * Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
  }

  function pressed(event) {
    const wanted = { "+": zoom * STEP, "=": zoom * STEP, "-": zoom / STEP, 0: fitting() }[event.key];
    if (!wanted || event.target !== plane || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    zoomTo(wanted);
  }

  /** Between the boxes a mouse moves the plane; in them it selects text and follows links. */
  function grabbed(event) {
    if (event.pointerType !== "mouse" || event.button || event.target.closest("[data-node]:not([data-node=group]), a")) return;
    const from = { x: event.clientX + plane.scrollLeft, y: event.clientY + plane.scrollTop };
    const moved = (move) => plane.scrollTo(from.x - move.clientX, from.y - move.clientY);
    const released = new AbortController();
    plane.setPointerCapture(event.pointerId);
    plane.addEventListener("pointermove", moved, { signal: released.signal });
    for (const type of ["pointerup", "pointercancel"]) plane.addEventListener(type, () => released.abort(), { once: true });
    event.preventDefault();
    plane.focus({ preventScroll: true });
  }

  const tools = document.createElement("div");
  tools.className = "canvas-tools";
  tools.append(
    tool("−", messages.zoomOut, () => zoomTo(zoom / STEP)),
    tool("+", messages.zoomIn, () => zoomTo(zoom * STEP)),
    tool(messages.showAll, "", () => zoomTo(fitting())),
  );
  figure.prepend(tools);
  figure.classList.add("canvas-live");
  plane.addEventListener("wheel", wheeled, { passive: false, signal });
  plane.addEventListener("keydown", pressed, { signal });
  plane.addEventListener("pointerdown", grabbed, { signal });
  zoomTo(Math.max(READABLE, fitting()), 0, 0);
  return () => {
    ended.abort();
    tools.remove();
    figure.classList.remove("canvas-live");
    figure.style.removeProperty("--zoom");
  };
}
