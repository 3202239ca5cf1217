// Drawing the graph: everything of one look in one path, so that thousands of nodes stay smooth. What moves with
// the pointer is painted apart, over a picture of all the rest.
import { named, placed } from "./graph-labels.js";
import { radiusOf } from "./graph-layout.js";

const DASHES = { up: [], down: [], next: [7, 4], prev: [7, 4], mention: [1, 3] };
const OTHER_DASH = [4, 3, 1, 3];
const DASHED = 3000; // links on the screen; dashes of more would be a grey mass, and slow
const FAINT = 2000; // links of one relation; the more there are beyond that, the paler they are
const CROWD = 500; // the same for mentions: the hierarchy must be visible through them
const FAINTEST = 0.05;
const NAMES = 16; // that a crowd shows at first; closer up there are more
const OBSTACLES = 600; // dots on the screen up to which no name may cover one
const BATCH = 250; // links or dots that are painted in one step
const MEASURED = 40; // names that are measured in one step
const WORKED_OUT = 4000; // links whose places on the screen are worked out in one step
const DIMMED = 0.82; // of the ground behind what is pointed at
const NEIGHBOURS = 14; // whose names are written
const FOUND = 12; // notes found by name whose names are written

/** The dots of the branches, as corners in a circle of 1: a round one first, so no colour is needed to tell them apart. */
export const SHAPES = [
  [],
  [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  [[0, -1.25], [1.15, 0.85], [-1.15, 0.85]],
  [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
  [[0, 1.25], [1.15, -0.85], [-1.15, -0.85]],
  [[-1.2, 0], [-0.6, -1.1], [0.6, -1.1], [1.2, 0], [0.6, 1.1], [-0.6, 1.1]],
  [[1.25, 0], [-0.85, 1.15], [-0.85, -1.15]],
  [[-0.45, -1.25], [0.45, -1.25], [0.45, -0.45], [1.25, -0.45], [1.25, 0.45], [0.45, 0.45], [0.45, 1.25], [-0.45, 1.25], [-0.45, 0.45], [-1.25, 0.45], [-1.25, -0.45], [-0.45, -0.45]],
];

/** Paint everything that does not move: {nodes, degrees, order, looks, shown, relations, view, width, height, colours}. */
export function paintGround(context, scene) {
  for (const step of groundSteps(context, scene)) void step;
}

/** The same in steps of a few milliseconds each, between which a frame may be shown: `for (const step of …)`. */
export function* groundSteps(context, scene) {
  context.clearRect(0, 0, scene.width, scene.height);
  yield* paintLinks(context, scene, scene.shown.links, scene.colours.edge, 1, 0.55);
  const dots = visible(scene);
  const looks = [...new Set(scene.looks)];
  for (const look of looks) {
    const some = dots.filter(({ index }) => scene.looks[index] === look);
    for (let at = 0; at < some.length; at += BATCH) {
      paintDots(context, some.slice(at, at + BATCH), scene.colours.branches[look] ?? scene.colours.ink, SHAPES[look]);
      yield;
    }
  }
  const measure = measureOf(context, scene);
  const text = (dot) => ({ ...dot, text: scene.nodes[dot.index].t });
  const places = new Map(dots.map((dot) => [dot.index, dot]));
  const weighty = scene.order.filter((index) => places.has(index)).slice(0, 400).map((index) => text(places.get(index)));
  yield;
  const crowd = dots.length > OBSTACLES;
  // Names are cut by measuring, which takes longest at the first time: some of them in each step.
  for (let at = 0; crowd && at < weighty.length; at += MEASURED) {
    weighty.slice(at, at + MEASURED).forEach((dot) => measure(dot.text));
    yield;
  }
  const most = crowd ? NAMES * Math.max(1, scene.view.scale / scene.view.fitted) : Infinity;
  const names = placed(weighty, crowd ? [] : dots, measure, scene, most);
  write(context, names, scene.colours.ink, scene.colours.paper);
}

/** Paint what the reader points at or has found over a paler ground: `active` is a node, `matches` are some. */
export function paintMarked(context, scene) {
  const { active, matches, colours, width, height } = scene;
  const own = active >= 0 ? linksOf(scene, active) : [];
  const near = own.flatMap(([source, target]) => (source === active ? target : source));
  if (own.length) {
    context.globalAlpha = DIMMED;
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, width, height);
    context.globalAlpha = 1;
    for (const step of paintLinks(context, scene, own, colours.accent, 1.8, 1)) void step;
    paintDots(context, visible(scene, new Set(near)), colours.ink, []);
  }
  const first = visible(scene, new Set([...(active >= 0 ? [active] : []), ...[...matches].slice(0, FOUND)]));
  paintDots(context, first, colours.accent, []);
  const measure = measureOf(context, scene);
  const text = (dot) => ({ ...dot, text: scene.nodes[dot.index].t });
  const names = first.map((dot) => named(text(dot), measure, scene));
  // The neighbours are named as far as there is room; what is pointed at always is.
  const beside = visible(scene, new Set(near.filter((index) => index !== active))).map(text);
  const taken = [...first, ...names.flatMap((name) => covered(name, measure(name.text)))];
  write(context, placed(beside, taken, measure, scene, NEIGHBOURS), colours.ink, colours.paper);
  write(context, names, colours.accent, colours.paper);
}

/** A name as a row of dots that no other name may cover. */
function covered({ x, y }, width) {
  return Array.from({ length: Math.ceil(width / 12) + 1 }, (_, at) => ({ x: x + at * 12, y, radius: 7 }));
}

const ends = new WeakMap(); // of what the filters leave, the links of each node

function linksOf({ nodes, shown }, index) {
  if (!ends.has(shown)) {
    const links = nodes.map(() => []);
    for (const link of shown.links) for (const end of new Set([link[0], link[1]])) links[end].push(link);
    ends.set(shown, links);
  }
  return ends.get(shown)[index];
}

/** The dots on the screen, of `indices` alone when they are given: `{index, x, y, radius}`. */
function visible({ nodes, degrees, shown, view, width, height }, indices = nodes.keys()) {
  // In a crowd dots are smaller, and they grow with the zoom.
  const room = Math.sqrt((width * height) / nodes.length) / 36;
  const zoom = Math.min(1, Math.max(0.25, Math.min(1, room) * Math.sqrt(view.scale / view.fitted)));
  const dots = [];
  for (const index of indices) {
    if (!shown.nodes[index]) continue;
    const x = nodes[index].x * view.scale + view.x;
    const y = nodes[index].y * view.scale + view.y;
    if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
    dots.push({ index, x, y, radius: radiusOf(degrees[index]) * zoom });
  }
  return dots;
}

function measureOf(context, scene) {
  context.font = scene.colours.font;
  return (text) => {
    if (!scene.widths.has(text)) scene.widths.set(text, context.measureText(text).width);
    return scene.widths.get(text);
  };
}

/** Put the links of each relation into `lines` as screen coordinates, those that cannot cross the screen left out. */
function* workOut(lines, links, { nodes, view, width, height }) {
  for (const [at, [source, target, relation]] of links.entries()) {
    if (at % WORKED_OUT === WORKED_OUT - 1) yield;
    const x = nodes[source].x * view.scale + view.x;
    const y = nodes[source].y * view.scale + view.y;
    const toX = nodes[target].x * view.scale + view.x;
    const toY = nodes[target].y * view.scale + view.y;
    const beside = Math.max(x, toX) < 0 || Math.min(x, toX) > width;
    if (!beside && Math.max(y, toY) >= 0 && Math.min(y, toY) <= height) lines[relation].push([x, y, toX, toY]);
  }
}

function* paintLinks(context, scene, links, colour, width, alpha) {
  const lines = scene.relations.map(() => []);
  yield* workOut(lines, links, scene);
  yield;
  const dashed = lines.reduce((sum, some) => sum + some.length, 0) <= DASHED;
  for (const [kind, name] of scene.relations.entries()) {
    const faint = Math.min(1, Math.max(FAINTEST, (name === "mention" ? CROWD : FAINT) / lines[kind].length));
    for (let at = 0; at < lines[kind].length; at += BATCH) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.globalAlpha = alpha * faint;
      context.setLineDash(dashed ? (DASHES[name] ?? OTHER_DASH) : []);
      context.beginPath();
      for (const [x, y, toX, toY] of lines[kind].slice(at, at + BATCH)) {
        context.moveTo(x, y);
        context.lineTo(toX, toY);
      }
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
      yield;
    }
  }
}

function paintDots(context, dots, colour, corners) {
  context.fillStyle = colour;
  context.beginPath();
  for (const { x, y, radius } of dots) {
    if (!corners.length) {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    corners.forEach(([across, down], at) =>
      context[at ? "lineTo" : "moveTo"](x + across * radius, y + down * radius),
    );
  }
  context.fill();
}

function write(context, names, colour, paper) {
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = paper;
  context.fillStyle = colour;
  for (const { text, x, y } of names) {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}
