// The graph page: a canvas to move in, filters, and a way to find a note. Positions come from the build.
import { filtered, named } from "../lib/graph-layout.js";
import { counted, messagesOf } from "../lib/messages.js";
import { GraphPicture } from "./graph-picture.js";
import { mountPointers } from "./graph-pointer.js";
import { coloursOf, sceneOf, showKey } from "./graph-scene.js";

const STEP = 60; // pixels that an arrow key moves
const ZOOM = 1.3; // what a key or a button zooms by

/** Let keys on `canvas` move in the picture; Enter opens the node that is marked. */
function mountKeys(canvas, picture, openMarked, signal) {
  const keys = {
    ArrowLeft: () => picture.move(STEP, 0),
    ArrowRight: () => picture.move(-STEP, 0),
    ArrowUp: () => picture.move(0, STEP),
    ArrowDown: () => picture.move(0, -STEP),
    "+": () => picture.zoom(ZOOM),
    "-": () => picture.zoom(1 / ZOOM),
    0: () => picture.fit(),
    Enter: openMarked,
  };

  function pressed(event) {
    if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key]();
  }

  canvas.addEventListener("keydown", pressed, { signal });
}

/** Mount the form above the picture: filters, the field that finds notes, and the buttons that zoom. */
function mountTools(section, picture, scene, openMarked, signal) {
  const tools = section.querySelector("form");
  const status = section.querySelector("[role=status]");
  const names = section.querySelector("datalist");
  const { shown } = messagesOf(document);
  const field = (name) => tools.elements.namedItem(name);
  const buttons = { in: () => picture.zoom(ZOOM), out: () => picture.zoom(1 / ZOOM), fit: () => picture.fit() };

  function offer(name, values) {
    const select = field(name);
    if (!select) return;
    select.append(...values.map((value, index) => new Option(value, index)));
    select.parentElement.hidden = !values.length;
  }

  function filter() {
    const value = (name) => field(name)?.value ?? "";
    scene.shown = filtered(scene, { branch: value("branch"), relation: value("relation"), tag: value("tag") });
    status.textContent = counted(shown, scene.shown.nodes.filter(Boolean).length);
    picture.fit();
  }

  function find() {
    const found = named(scene.nodes, field("find").value);
    names.replaceChildren(...found.map((index) => new Option(scene.nodes[index].t)));
    scene.matches = new Set(found);
    scene.active = found[0] ?? -1;
    if (found.length) picture.centre(found[0]);
    picture.draw();
  }

  function submitted(event) {
    event.preventDefault();
    openMarked();
  }

  offer("branch", scene.branches);
  offer("relation", scene.labels ?? scene.relations);
  offer("tag", scene.tags ?? []);
  filter();
  tools.addEventListener("input", ({ target }) => (target.name === "find" ? find() : filter()), { signal });
  tools.addEventListener("submit", submitted, { signal });
  tools.addEventListener("click", ({ target }) => buttons[target.closest("button")?.name]?.(), { signal });
}

function start(section, data, signal) {
  const canvas = section.querySelector("canvas");
  const key = section.querySelector(".graph-key");
  const scene = sceneOf(data, canvas);
  showKey(key, scene);
  scene.colours = coloursOf(canvas, key);
  const picture = new GraphPicture(canvas, scene);
  const open = (index) => index >= 0 && location.assign(scene.nodes[index].u);
  const openMarked = () => open(scene.active);
  const recolour = () => {
    scene.colours = coloursOf(canvas, key);
    picture.repaint();
  };
  mountTools(section, picture, scene, openMarked, signal);
  mountKeys(canvas, picture, openMarked, signal);
  mountPointers(canvas, picture, scene, open, signal);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour, { signal });
  document.documentElement.addEventListener("garden:theme", recolour, { signal });
  signal.addEventListener("abort", () => picture.end());
}

export function mount(section) {
  const ended = new AbortController();
  const { signal } = ended;
  fetch(section.dataset.source, { signal })
    .then((answer) => answer.json())
    .then((data) => start(section, data, signal))
    .catch(() => {
      if (!signal.aborted) section.querySelector("[role=status]").textContent = messagesOf(document).graphFailed;
    });
  return () => ended.abort();
}
