// Drawing the graph: everything of one look in one path, so that thousands of nodes stay smooth.
import { radiusOf } from "./graph-layout.js";

const DASHES = { up: [], down: [], next: [7, 4], prev: [7, 4], mention: [1, 3] };
const OTHER_DASH = [4, 3, 1, 3];
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

function paintLinks(context, { nodes, shown, relations, view, active, colours }) {
  const at = (index) => [nodes[index].x * view.scale + view.x, nodes[index].y * view.scale + view.y];
  const stroke = (links, colour, width, alpha) => {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.globalAlpha = alpha;
    for (const [kind, name] of relations.entries()) {
      context.setLineDash(DASHES[name] ?? OTHER_DASH);
      context.beginPath();
      for (const [source, target, relation] of links) {
        if (relation !== kind) continue;
        context.moveTo(...at(source));
        context.lineTo(...at(target));
      }
      context.stroke();
    }
  };
  const many = shown.links.length > 3000;
  stroke(shown.links, colours.edge, 1, many ? 0.3 : 0.55);
  if (active >= 0) stroke(shown.links.filter((link) => link[0] === active || link[1] === active), colours.accent, 1.8, 1);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function paintNodes(context, { nodes, degrees, shown, view, width, height, active, matches, colours }) {
  const zoom = Math.min(1, Math.max(0.35, Math.sqrt(view.scale / view.fitted)));
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
