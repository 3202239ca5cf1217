// What there is to paint in the graph: the data of the site, with everything that is worked out from it once.
// Not mounted: a part of `graph.js`.
import { boundsOf, degreesOf, gridOf, looksOf, stretched, weightOrder } from "../lib/graph-layout.js";
import { SHAPES } from "../lib/graph-paint.js";

const CELLS = 60; // of the grid along the longer side of the graph
const SVG = "http://www.w3.org/2000/svg";

/** The scene for a canvas; `keyed` are the branches with a look of their own. */
export function sceneOf(data, canvas) {
  const degrees = degreesOf(data.nodes.length, data.links);
  const nodes = stretched(data.nodes, canvas.clientWidth, canvas.clientHeight);
  const { looks, branches: keyed } = looksOf(nodes, data.branches);
  const order = weightOrder(data.nodes, data.branches, degrees);
  const box = boundsOf(nodes);
  const cell = Math.max(box.right - box.left, box.bottom - box.top) / CELLS || 1;
  const grid = gridOf(nodes, cell);
  return { ...data, nodes, degrees, order, looks, keyed, grid, active: -1, matches: new Set(), widths: new Map() };
}

/** Find nodes where they are now, after one has been moved. */
export function indexNodes(scene) {
  scene.grid = gridOf(scene.nodes, scene.grid.cell);
}

/** Show in `key` which dots belong to which branch. */
export function showKey(key, { branches, keyed }) {
  key.replaceChildren(...keyed.map((branch, at) => keyItem(branches[branch], at + 1)));
  key.hidden = !keyed.length;
}

/** The colours that the style sheet gives the canvas and its key, resolved for the scheme in force. */
export function coloursOf(canvas, key) {
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

function keyItem(name, look) {
  const item = document.createElement("li");
  item.className = `branch-${look}`;
  item.append(dot(look), name);
  return item;
}

/** The dot of a branch with this look. */
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
