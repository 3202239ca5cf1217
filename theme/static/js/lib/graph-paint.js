// Drawing the graph: everything of one look in one path, so that thousands of nodes stay smooth.
import { radiusOf } from "./graph-layout.js";

const DASHES = { up: [], down: [], next: [7, 4], prev: [7, 4], mention: [1, 3] };
const OTHER_DASH = [4, 3, 1, 3];
const DASHED = 3000; // links on the screen; more would be a grey mass anyway, and slow
const CROWD = 500; // mentions on the screen from which they fade, so that the hierarchy is seen
const FAINTEST = 0.05;
const PAINTED = 12000; // lines of one kind that are drawn, an even choice of them where there are more
const LABELS = 60;
const LABEL_HEIGHT = 16;
const CELL = 90;

/** Paint `scene`: {nodes, degrees, order, shown, relations, view, width, height, active, matches, colours}. */
export function paint(context, scene) {
  context.clearRect(0, 0, scene.width, scene.height);
  paintLinks(context, scene);
  paintNodes(context, scene);
  paintLabels(context, scene);
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

function paintLinks(context, scene) {
  const { shown, relations, active, colours } = scene;
  const stroke = (links, colour, width, alpha) => {
    const lines = linesOf(links, scene);
    const dashed = lines.reduce((sum, some) => sum + some.length, 0) <= DASHED;
    context.strokeStyle = colour;
    context.lineWidth = width;
    for (const [kind, name] of relations.entries()) {
      const every = Math.ceil(lines[kind].length / PAINTED);
      context.globalAlpha = alpha * fading(name, lines[kind].length, dashed);
      context.setLineDash(dashed ? (DASHES[name] ?? OTHER_DASH) : []);
      context.beginPath();
      for (let line = 0; line < lines[kind].length; line += every) {
        const [x, y, toX, toY] = lines[kind][line];
        context.moveTo(x, y);
        context.lineTo(toX, toY);
      }
      context.stroke();
    }
  };
  stroke(shown.links, colours.edge, 1, 0.55);
  if (active >= 0) stroke(shown.links.filter((link) => link[0] === active || link[1] === active), colours.accent, 1.8, 1);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** How much of its strength a kind of lines keeps, of which so many are on the screen. */
function fading(name, count, dashed) {
  if (name === "mention") return Math.max(FAINTEST, Math.min(1, CROWD / count));
  return dashed ? 1 : 0.7;
}

function paintNodes(context, { nodes, degrees, shown, view, width, height, active, matches, colours }) {
  // In a crowd dots are smaller, and they grow as one comes nearer.
  const room = Math.sqrt((width * height) / nodes.length) / 40;
  const zoom = Math.min(1, Math.max(0.25, Math.min(1, room) * Math.sqrt(view.scale / view.fitted)));
  const circles = (wanted, colour) => {
    context.fillStyle = colour;
    context.beginPath();
    nodes.forEach((node, index) => {
      if (!shown.nodes[index] || !wanted(index)) return;
      const x = node.x * view.scale + view.x;
      const y = node.y * view.scale + view.y;
      if (x < -20 || y < -20 || x > width + 20 || y > height + 20) return;
      const radius = radiusOf(degrees[index]) * zoom;
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    });
    context.fill();
  };
  const special = (index) => index === active || matches.has(index);
  circles((index) => !special(index), colours.ink);
  circles(special, colours.accent);
}

/** Names where there is room, the best linked first; the active node and the found ones always. */
function paintLabels(context, { nodes, degrees, order, shown, view, width, height, active, matches, colours }) {
  context.font = colours.font;
  context.textAlign = "center";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = colours.paper;
  const taken = new Set();
  let written = 0;
  const room = Math.min(LABELS, 15 * Math.max(1, view.scale / view.fitted));
  const write = (index, always) => {
    const x = nodes[index].x * view.scale + view.x;
    const y = nodes[index].y * view.scale + view.y - radiusOf(degrees[index]) - 6;
    if (!shown.nodes[index] || x < 0 || y < 0 || x > width || y > height) return;
    const half = Math.ceil((nodes[index].t.length * 6.5) / 2 / CELL);
    const row = Math.round(y / LABEL_HEIGHT);
    const column = Math.round(x / CELL);
    const cells = [];
    for (let step = -half; step <= half; step += 1) {
      for (const line of [row - 1, row, row + 1]) cells.push(`${column + step},${line}`);
    }
    if (!always && cells.some((cell) => taken.has(cell))) return;
    for (const cell of cells) taken.add(cell);
    context.fillStyle = always ? colours.accent : colours.ink;
    context.strokeText(nodes[index].t, x, y);
    context.fillText(nodes[index].t, x, y);
    written += 1;
  };
  const first = [...matches].slice(0, 12);
  if (active >= 0) first.unshift(active);
  for (const index of new Set(first)) write(index, true);
  for (const index of order) {
    if (written >= room) break;
    if (index !== active && !matches.has(index)) write(index, false);
  }
}
