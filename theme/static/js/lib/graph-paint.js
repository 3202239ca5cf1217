// Drawing the graph: everything of one look in one path, so that thousands of nodes stay smooth. What moves with
// the pointer is painted apart, over a picture of all the rest.
import { named, placed } from "./graph-labels.js";
import { radiusOf } from "./graph-layout.js";

const DASHES = { up: [], down: [], next: [7, 4], prev: [7, 4], mention: [1, 3] };
const OTHER_DASH = [4, 3, 1, 3];
const DASHED = 3000; // links on the screen; dashes of more would be a grey mass, and slow
const FAINT = 2000; // links of one relation from which on they are the paler the more they are
const CROWD = 500; // the same for mentions: the hierarchy is to be seen through them
const FAINTEST = 0.05;
const NAMES = 16; // that a crowd shows at first; nearer there are more
const OBSTACLES = 600; // dots on the screen up to which no name may cover one
const FOUND = 12; // notes found by name whose names are written

/** The dots of the branches, as corners in a circle of 1: a round one first, so no colour is needed to tell them apart. */
export const SHAPES = [
  [],
  [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  [[0, -1.25], [1.15, 0.85], [-1.15, 0.85]],
  [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
  [[0, 1.25], [1.15, -0.85], [-1.15, -0.85]],
  [[-1.2, 0], [-0.6, -1.1], [0.6, -1.1], [1.2, 0], [0.6, 1.1], [-0.6, 1.1]],
];

/** Paint what stands still: {nodes, degrees, order, looks, shown, relations, view, width, height, colours}. */
export function paintGround(context, scene) {
  context.clearRect(0, 0, scene.width, scene.height);
  paintLinks(context, scene, scene.shown.links, scene.colours.edge, 1, 0.55);
  const dots = visible(scene);
  const looks = [...new Set(scene.looks)];
  for (const look of looks) {
    const some = dots.filter(({ index }) => scene.looks[index] === look);
    paintDots(context, some, scene.colours.branches[look] ?? scene.colours.ink, SHAPES[look]);
  }
  const measure = measureOf(context, scene);
  const text = (dot) => ({ ...dot, text: scene.nodes[dot.index].t });
  const places = new Map(dots.map((dot) => [dot.index, dot]));
  const weighty = scene.order.filter((index) => places.has(index)).slice(0, 400).map((index) => text(places.get(index)));
  const crowd = dots.length > OBSTACLES;
  const most = crowd ? NAMES * Math.max(1, scene.view.scale / scene.view.fitted) : Infinity;
  const names = placed(weighty, crowd ? [] : dots, measure, scene, most);
  write(context, names, scene.colours.ink, scene.colours.paper);
}

/** Paint what the reader points at or has found: `active` is a node, `matches` are some. */
export function paintMarked(context, scene) {
  const { active, matches, shown, colours } = scene;
  if (active >= 0) {
    const own = shown.links.filter((link) => link[0] === active || link[1] === active);
    paintLinks(context, scene, own, colours.accent, 1.8, 1);
  }
  const indices = new Set([...(active >= 0 ? [active] : []), ...[...matches].slice(0, FOUND)]);
  const dots = visible(scene, indices);
  paintDots(context, dots, colours.accent, []);
  const measure = measureOf(context, scene);
  const names = dots.map((dot) => named({ ...dot, text: scene.nodes[dot.index].t }, measure, scene));
  write(context, names, colours.accent, colours.paper);
}

/** The dots on the screen, of `indices` alone when they are given: `{index, x, y, radius}`. */
function visible({ nodes, degrees, shown, view, width, height }, indices = nodes.keys()) {
  // In a crowd dots are smaller, and they grow as one comes nearer.
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

/** The links of each relation as screen coordinates, those that cannot cross the screen left out. */
function linesOf(links, { nodes, relations, view, width, height }) {
  const lines = relations.map(() => []);
  for (const [source, target, relation] of links) {
    const x = nodes[source].x * view.scale + view.x;
    const y = nodes[source].y * view.scale + view.y;
    const toX = nodes[target].x * view.scale + view.x;
    const toY = nodes[target].y * view.scale + view.y;
    const beside = Math.max(x, toX) < 0 || Math.min(x, toX) > width;
    if (!beside && Math.max(y, toY) >= 0 && Math.min(y, toY) <= height) lines[relation].push([x, y, toX, toY]);
  }
  return lines;
}

function paintLinks(context, scene, links, colour, width, alpha) {
  const lines = linesOf(links, scene);
  const dashed = lines.reduce((sum, some) => sum + some.length, 0) <= DASHED;
  context.strokeStyle = colour;
  context.lineWidth = width;
  for (const [kind, name] of scene.relations.entries()) {
    context.globalAlpha = alpha * Math.min(1, Math.max(FAINTEST, (name === "mention" ? CROWD : FAINT) / lines[kind].length));
    context.setLineDash(dashed ? (DASHES[name] ?? OTHER_DASH) : []);
    context.beginPath();
    for (const [x, y, toX, toY] of lines[kind]) {
      context.moveTo(x, y);
      context.lineTo(toX, toY);
    }
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
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
