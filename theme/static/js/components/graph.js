// The graph page: a canvas to move in, filters, and a way to find a note. Positions come from the build.
import {
  boundsOf,
  centredOn,
  degreesOf,
  filtered,
  fitView,
  gridOf,
  looksOf,
  named,
  pick,
  stretched,
  toGraph,
  weightOrder,
  zoomAt,
} from "../lib/graph-layout.js";
import { SHAPES, paintGround, paintMarked } from "../lib/graph-paint.js";
import { counted, messagesOf } from "../lib/messages.js";

const REACH = 14; // pixels round a node in which it is meant
const STEP = 60; // pixels that an arrow key moves
const ZOOM = 1.3; // what a key or a button zooms by
const SLOW = 12; // milliseconds of painting after which a picture is moved first and painted anew when it rests
const REST = 120; // milliseconds without a movement
const SVG = "http://www.w3.org/2000/svg";

/** A dot of a look, for the key. */
function dot(look) {
  const image = document.createElementNS(SVG, "svg");
  const shape = document.createElementNS(SVG, SHAPES[look].length ? "polygon" : "circle");
  image.setAttribute("viewBox", "-1.5 -1.5 3 3");
  image.setAttribute("aria-hidden", "true");
  if (SHAPES[look].length) shape.setAttribute("points", SHAPES[look].join(" "));
  else shape.setAttribute("r", "1");
  image.append(shape);
  return image;
}

/** The colours that the style sheet gives the canvas and its key, resolved for the scheme in force. */
function coloursOf(canvas, key) {
  const style = getComputedStyle(canvas);
  return {
    ink: style.color,
    accent: style.caretColor,
    edge: style.columnRuleColor,
    paper: style.backgroundColor,
    font: `12px ${style.fontFamily}`,
    branches: [style.color, ...[...key.children].map((item) => getComputedStyle(item.firstChild).color)],
  };
}

export function mount(section) {
  const messages = messagesOf(document);
  const canvas = section.querySelector("canvas");
  const tools = section.querySelector("form");
  const status = section.querySelector("[role=status]");
  const names = section.querySelector("datalist");
  const key = section.querySelector(".graph-key");
  const context = canvas.getContext("2d");
  const ground = document.createElement("canvas"); // all that does not change with the pointer, and its view
  const ended = new AbortController();
  const { signal } = ended;
  const listen = (target, name, action, options) => target.addEventListener(name, action, { ...options, signal });
  let scene;
  let grid;
  let frame = 0;

  let painted; // the view of the picture that `ground` holds; none when it has to be painted anew
  let cost = 0; // milliseconds that this took
  let moved = 0; // a timer: the picture is being moved

  function paint() {
    frame = 0;
    const ratio = devicePixelRatio || 1;
    if (!painted || (painted !== scene.view && (!moved || cost < SLOW))) {
      const start = performance.now();
      const still = ground.getContext("2d");
      still.setTransform(ratio, 0, 0, ratio, 0, 0);
      paintGround(still, scene);
      cost = performance.now() - start;
      painted = scene.view;
    }
    const zoomed = scene.view.scale / painted.scale;
    context.clearRect(0, 0, scene.width, scene.height);
    context.drawImage(
      ground,
      scene.view.x - painted.x * zoomed,
      scene.view.y - painted.y * zoomed,
      scene.width * zoomed,
      scene.height * zoomed,
    );
    paintMarked(context, scene);
  }

  const draw = () => (frame ||= requestAnimationFrame(paint));

  const anew = () => {
    painted = undefined;
    draw();
  };

  function look(view) {
    scene.view = { ...view, fitted: scene.view?.fitted ?? view.scale };
    clearTimeout(moved);
    moved = setTimeout(() => {
      moved = 0;
      draw();
    }, REST);
    draw();
  }

  function fit() {
    const visible = scene.nodes.filter((_, index) => scene.shown.nodes[index]);
    const view = fitView(boundsOf(visible), scene.width, scene.height);
    scene.view = { ...view, fitted: view.scale };
    anew();
  }

  function resize() {
    const ratio = devicePixelRatio || 1;
    scene.width = canvas.clientWidth;
    scene.height = canvas.clientHeight;
    ground.width = canvas.width = scene.width * ratio;
    ground.height = canvas.height = scene.height * ratio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    anew();
  }

  function filter() {
    const value = (name) => tools.elements.namedItem(name)?.value ?? "";
    scene.shown = filtered(scene, { branch: value("branch"), relation: value("relation"), tag: value("tag") });
    status.textContent = counted(messages.shown, scene.shown.nodes.filter(Boolean).length);
    fit();
  }

  function find() {
    const found = named(scene.nodes, tools.elements.namedItem("find").value);
    names.replaceChildren(...found.map((index) => new Option(scene.nodes[index].t)));
    scene.matches = new Set(found);
    scene.active = found[0] ?? -1;
    if (found.length) look(centredOn(scene.view, scene.nodes[found[0]], scene.width, scene.height));
    draw();
  }

  const zoom = (factor, x = scene.width / 2, y = scene.height / 2) =>
    look(zoomAt(scene.view, factor, x, y, scene.view.fitted / 4, scene.view.fitted * 60));
  const move = (x, y) => look({ ...scene.view, x: scene.view.x + x, y: scene.view.y + y });
  const open = (index) => index >= 0 && location.assign(scene.nodes[index].u);

  function nodeAt({ offsetX, offsetY }) {
    const point = toGraph(scene.view, offsetX, offsetY);
    return pick(grid, scene.nodes, point, REACH / scene.view.scale, (index) => scene.shown.nodes[index]);
  }

  function point(event) {
    const over = nodeAt(event);
    canvas.classList.toggle("over-node", over >= 0);
    if (over === scene.active) return;
    scene.active = over;
    draw();
  }

  const fingers = new Map();
  let grabbed = -1;
  let travelled = 0;

  function down(event) {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    grabbed = fingers.size === 1 ? nodeAt(event) : -1;
    if (fingers.size === 1) travelled = 0;
  }

  function drag(event) {
    const before = fingers.get(event.pointerId);
    if (!before) return point(event);
    const x = event.offsetX - before.x;
    const y = event.offsetY - before.y;
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    travelled += Math.hypot(x, y);
    fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (other) {
      const apart = (finger) => Math.hypot(finger.x - other.x, finger.y - other.y) || 1;
      return zoom(apart({ x: event.offsetX, y: event.offsetY }) / apart(before), other.x, other.y);
    }
    if (grabbed < 0) return move(x, y);
    scene.nodes[grabbed].x += x / scene.view.scale;
    scene.nodes[grabbed].y += y / scene.view.scale;
    return anew();
  }

  function up(event) {
    fingers.delete(event.pointerId);
    if (event.type === "pointerup" && travelled < 5) open(grabbed);
    else if (grabbed >= 0) grid = gridOf(scene.nodes, grid.cell);
    grabbed = -1;
  }

  const keys = {
    ArrowLeft: () => move(STEP, 0),
    ArrowRight: () => move(-STEP, 0),
    ArrowUp: () => move(0, STEP),
    ArrowDown: () => move(0, -STEP),
    "+": () => zoom(ZOOM),
    "-": () => zoom(1 / ZOOM),
    0: fit,
    Enter: () => open(scene.active),
  };

  function choices(name, values) {
    const select = tools.elements.namedItem(name);
    if (!select) return;
    select.append(...values.map((value, index) => new Option(value, index)));
    select.parentElement.hidden = !values.length;
  }

  function keyItem(name, look) {
    const item = document.createElement("li");
    item.className = `branch-${look}`;
    item.append(dot(look), name);
    return item;
  }

  function start(data) {
    const degrees = degreesOf(data.nodes.length, data.links);
    const order = weightOrder(data.nodes, data.branches, degrees);
    const nodes = stretched(data.nodes, canvas.clientWidth, canvas.clientHeight);
    const { looks, branches } = looksOf(nodes, data.branches);
    key.replaceChildren(...branches.map((branch, at) => keyItem(data.branches[branch], at + 1)));
    key.hidden = !branches.length;
    scene = { ...data, nodes, degrees, order, looks, active: -1, matches: new Set(), widths: new Map() };
    scene.colours = coloursOf(canvas, key);
    const box = boundsOf(nodes);
    grid = gridOf(nodes, Math.max(box.right - box.left, box.bottom - box.top) / 60 || 1);
    choices("branch", data.branches);
    choices("relation", data.labels ?? data.relations);
    choices("tag", data.tags ?? []);
    resize();
    filter();
    new ResizeObserver(resize).observe(canvas);
    listen(canvas, "pointerdown", down);
    listen(canvas, "pointermove", drag);
    listen(canvas, "pointerup", up);
    listen(canvas, "pointercancel", up);
    listen(canvas, "wheel", wheel, { passive: false });
    listen(canvas, "keydown", pressed);
    listen(tools, "input", ({ target }) => (target.name === "find" ? find() : filter()));
    listen(tools, "submit", submitted);
    listen(tools, "click", clicked);
    listen(matchMedia("(prefers-color-scheme: dark)"), "change", recolour);
    listen(document.documentElement, "garden:theme", recolour);
  }

  function wheel(event) {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), event.offsetX, event.offsetY);
  }

  function pressed(event) {
    if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key]();
  }

  function submitted(event) {
    event.preventDefault();
    open(scene.active);
  }

  function clicked({ target }) {
    const name = target.closest("button")?.name;
    if (name) ({ in: () => zoom(ZOOM), out: () => zoom(1 / ZOOM), fit })[name]?.();
  }

  function recolour() {
    scene.colours = coloursOf(canvas, key);
    anew();
  }

  fetch(section.dataset.source, { signal })
    .then((answer) => answer.json())
    .then(start)
    .catch(() => signal.aborted || (status.textContent = messages.graphFailed));
  return () => {
    ended.abort();
    cancelAnimationFrame(frame);
    clearTimeout(moved);
  };
}
