// The geometry of the graph page.
import assert from "node:assert/strict";
import { test } from "node:test";
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
  radiusOf,
  stretched,
  toGraph,
  weightOrder,
  zoomAt,
} from "../../theme/static/js/lib/graph-layout.js";

const NODES = [
  { t: "Drift", b: 0, x: 0, y: 0, g: [0] },
  { t: "Data drift", b: 0, x: 10, y: 0 },
  { t: "Sampling", b: 1, x: 0, y: 20, g: [0, 1] },
];
const LINKS = [
  [0, 1, 0],
  [0, 2, 1],
];

test("a picture is drawn out to the shape of its canvas, but not to a line", () => {
  const square = [{ x: 0, y: 0 }, { x: 10, y: 10 }];
  assert.deepEqual(stretched(square, 150, 100).map(({ x }) => x), [0, 15]);
  assert.deepEqual(stretched(square, 900, 100).map(({ x }) => x), [0, 19]);
  assert.deepEqual(stretched([], 150, 100), []);
});

test("the fullest branches have looks of their own, others and loose notes the common one", () => {
  const nodes = [0, 1, 1, 1, 2, 2, -1].map((b) => ({ b }));
  assert.deepEqual(looksOf(nodes, ["x", "y", "z"]), { looks: [0, 1, 1, 1, 2, 2, 0], branches: [1, 2] });
  assert.deepEqual(looksOf(nodes.slice(0, 4), ["x", "y"]).branches, []);
});

test("tops of branches deserve a name first, then what is best linked", () => {
  const nodes = [{ b: 0, t: "leaf" }, { b: 0, t: "top" }, { b: -1, t: "loose" }];
  assert.deepEqual(weightOrder(nodes, ["top"], [1, 1, 2]), [1, 2, 0]);
});

test("the bounds hold every node, and nothing has a box too", () => {
  assert.deepEqual(boundsOf(NODES), { left: 0, right: 10, top: 0, bottom: 20 });
  assert.deepEqual(boundsOf([]), { left: 0, top: 0, right: 1, bottom: 1 });
});

test("a fitted view shows every node inside the canvas", () => {
  const view = fitView(boundsOf(NODES), 400, 300);
  for (const node of NODES) {
    const x = node.x * view.scale + view.x;
    const y = node.y * view.scale + view.y;
    assert.ok(x >= 0 && x <= 400 && y >= 0 && y <= 300);
  }
});

test("a single node is fitted without an endless scale", () => {
  const view = fitView(boundsOf([{ x: 3, y: 4 }]), 400, 300);
  assert.ok(Number.isFinite(view.scale));
  assert.deepEqual(toGraph(view, 200, 150), { x: 3, y: 4 });
});

test("zooming keeps the point under the pointer and stays within its limits", () => {
  const view = { scale: 2, x: 5, y: 7 };
  const before = toGraph(view, 100, 50);
  const after = toGraph(zoomAt(view, 3, 100, 50), 100, 50);
  assert.ok(Math.abs(before.x - after.x) < 1e-9 && Math.abs(before.y - after.y) < 1e-9);
  assert.equal(zoomAt(view, 100, 0, 0, 1, 4).scale, 4);
  assert.equal(zoomAt(view, 0.01, 0, 0, 1, 4).scale, 1);
});

test("centring puts a node in the middle", () => {
  const view = centredOn({ scale: 2, x: 0, y: 0 }, NODES[2], 400, 300);
  assert.deepEqual(toGraph(view, 200, 150), { x: 0, y: 20 });
});

test("picking finds the nearest shown node within reach", () => {
  const grid = gridOf(NODES, 5);
  assert.equal(pick(grid, NODES, { x: 9, y: 1 }, 3), 1);
  assert.equal(pick(grid, NODES, { x: 5, y: 10 }, 3), -1);
  assert.equal(pick(grid, NODES, { x: 4, y: 0 }, 20), 0);
  assert.equal(pick(grid, NODES, { x: 4, y: 0 }, 20, (index) => index !== 0), 1);
});

test("degrees count both ends of a link, and a bigger degree is never a smaller dot", () => {
  assert.deepEqual([...degreesOf(3, LINKS)], [2, 1, 1]);
  assert.ok(radiusOf(0) < radiusOf(4));
  assert.equal(radiusOf(100), radiusOf(1000));
});

test("without a choice everything is shown", () => {
  const shown = filtered({ nodes: NODES, links: LINKS }, {});
  assert.deepEqual(shown, { nodes: [true, true, true], links: LINKS });
});

test("a branch keeps its nodes and the links between them", () => {
  const shown = filtered({ nodes: NODES, links: LINKS }, { branch: "0" });
  assert.deepEqual(shown, { nodes: [true, true, false], links: [[0, 1, 0]] });
});

test("a relation keeps its links and the nodes at their ends", () => {
  const shown = filtered({ nodes: NODES, links: LINKS }, { relation: "1" });
  assert.deepEqual(shown, { nodes: [true, false, true], links: [[0, 2, 1]] });
});

test("a tag keeps the nodes that have it", () => {
  assert.deepEqual(filtered({ nodes: NODES, links: LINKS }, { tag: "1" }).nodes, [false, false, true]);
});

test("names that begin with the text come before those that hold it", () => {
  assert.deepEqual(named(NODES, " drift "), [0, 1]);
  assert.deepEqual(named(NODES, "drift", 1), [0]);
  assert.deepEqual(named(NODES, "  "), []);
});
