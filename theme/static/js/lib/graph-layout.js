// The geometry of the graph page. Positions come from the build; this is how they are mapped to the screen.
// A view is {scale, x, y}: a point of the graph is shown at (point * scale + offset).

const MARGIN = 40;

/** The smallest box around the nodes; a unit box when there are none. */
export function boundsOf(nodes) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of nodes) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box.left <= box.right ? box : { left: 0, top: 0, right: 1, bottom: 1 };
}

/** Nodes stretched to the shape of a canvas, within bounds: rings may become ellipses, but not lines. */
export function stretched(nodes, width, height) {
  const { left, top, right, bottom } = boundsOf(nodes);
  const shape = (right - left) / Math.max(bottom - top, 1e-6);
  const factor = Math.min(Math.max(width / Math.max(height, 1) / Math.max(shape, 1e-6), 0.6), 1.9);
  return nodes.map((node) => ({ ...node, x: node.x * factor }));
}

/** How many branches look different from each other. */
const LOOKS = 8;

/** The look of each node: the fullest branches have one of their own, by size; all others and the loose have 0. */
export function looksOf(nodes, branches) {
  const sizes = branches.map(() => 0);
  for (const { b } of nodes) if (b >= 0) sizes[b] += 1;
  const fullest = [...sizes.keys()].filter((branch) => sizes[branch] > 1).sort((a, b) => sizes[b] - sizes[a] || a - b);
  const own = fullest.length > 1 ? fullest.slice(0, LOOKS - 1) : [];
  return { looks: nodes.map(({ b }) => own.indexOf(b) + 1), branches: own };
}

/** The indices of nodes in the order in which they deserve a name: tops of branches, then the best linked. */
export function weightOrder(nodes, branches, degrees) {
  const isTop = ({ b, t }) => Number(b >= 0 && branches[b] === t);
  return [...nodes.keys()].sort((a, b) => isTop(nodes[b]) - isTop(nodes[a]) || degrees[b] - degrees[a] || a - b);
}

/** The view that shows the whole of `box` in a canvas of this size. */
export function fitView(box, width, height) {
  const across = Math.max(box.right - box.left, 1e-6);
  const down = Math.max(box.bottom - box.top, 1e-6);
  const scale = Math.min((width - 2 * MARGIN) / across, (height - 2 * MARGIN) / down, width);
  return {
    scale,
    x: width / 2 - ((box.left + box.right) / 2) * scale,
    y: height / 2 - ((box.top + box.bottom) / 2) * scale,
  };
}

/** The view zoomed by `factor` with the screen point (x, y) staying where it is. */
export function zoomAt(view, factor, x, y, least = 0, most = Infinity) {
  const scale = Math.min(Math.max(view.scale * factor, least), most);
  const change = scale / view.scale;
  return { scale, x: x - (x - view.x) * change, y: y - (y - view.y) * change };
}

/** The view moved so that a point of the graph is in the middle. */
export function centredOn(view, node, width, height) {
  return { scale: view.scale, x: width / 2 - node.x * view.scale, y: height / 2 - node.y * view.scale };
}

/** A point of the screen as a point of the graph. */
export function toGraph(view, x, y) {
  return { x: (x - view.x) / view.scale, y: (y - view.y) / view.scale };
}

/** Nodes sorted into square cells, so that finding one does not look at all of them. */
export function gridOf(nodes, cell) {
  const cells = new Map();
  nodes.forEach((node, index) => {
    const key = `${Math.floor(node.x / cell)},${Math.floor(node.y / cell)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(index);
  });
  return { cell, cells };
}

/** The index of the node nearest to a point of the graph within `radius`, -1 for none. */
export function pick(grid, nodes, point, radius, isShown = () => true) {
  let found = -1;
  let best = radius * radius;
  const from = (value) => Math.floor((value - radius) / grid.cell);
  const to = (value) => Math.floor((value + radius) / grid.cell);
  for (let row = from(point.y); row <= to(point.y); row += 1) {
    for (let column = from(point.x); column <= to(point.x); column += 1) {
      for (const index of grid.cells.get(`${column},${row}`) ?? []) {
        const distance = (nodes[index].x - point.x) ** 2 + (nodes[index].y - point.y) ** 2;
        if (distance <= best && isShown(index)) {
          best = distance;
          found = index;
        }
      }
    }
  }
  return found;
}

/** How many links each node has. */
export function degreesOf(count, links) {
  const degrees = new Uint32Array(count);
  for (const [source, target] of links) {
    degrees[source] += 1;
    degrees[target] += 1;
  }
  return degrees;
}

/** The radius in pixels of a node with this many links. */
export function radiusOf(degree) {
  return 3 + Math.min(Math.sqrt(degree), 7);
}

/** What filters leave: `nodes` as flags by index, `links` as a shorter list. Empty choices filter nothing. */
export function filtered({ nodes, links }, { branch = "", relation = "", tag = "" }) {
  const wanted = (choice, value) => choice === "" || Number(choice) === value;
  const shown = nodes.map((node) => wanted(branch, node.b) && (tag === "" || (node.g ?? []).includes(Number(tag))));
  const kept = links.filter(([source, target, kind]) => shown[source] && shown[target] && wanted(relation, kind));
  if (relation === "") return { nodes: shown, links: kept };
  const linked = nodes.map(() => false);
  for (const [source, target] of kept) linked[source] = linked[target] = true;
  return { nodes: linked, links: kept };
}

/** The indices of nodes whose title has `text`, those that begin with it first, at most `limit`. */
export function named(nodes, text, limit = 12) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const found = [];
  nodes.forEach((node, index) => {
    const at = node.t.toLowerCase().indexOf(wanted);
    if (at >= 0) found.push([at === 0 ? 0 : 1, node.t.length, index]);
  });
  return found
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
    .slice(0, limit)
    .map(([, , index]) => index);
}
