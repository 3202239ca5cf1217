// Drawing the graph, on a canvas that only counts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { groundSteps, paintGround, paintMarked } from "../../theme/static/js/lib/graph-paint.js";
import { degreesOf } from "../../theme/static/js/lib/graph-layout.js";

function recorder() {
  const calls = [];
  const context = new Proxy(
    {},
    {
      get: (_, name) => (...values) => (calls.push([name, ...values]), { width: 6 * String(values[0]).length }),
      set: (_, name, value) => Boolean(calls.push([`set ${name}`, value])),
    },
  );
  const drawn = (scene) => {
    paintGround(context, scene);
    paintMarked(context, scene);
  };
  return { context, drawn, named: (name) => calls.filter(([call]) => call === name) };
}

function scene(count) {
  const nodes = Array.from({ length: count }, (_, index) => ({ t: `Note ${index}`, u: "", b: 0, x: index % 100, y: index / 100 }));
  const links = nodes.slice(1).map((_, index) => [index, index + 1, index % 2]);
  return {
    nodes,
    degrees: degreesOf(count, links),
    order: nodes.map((_, index) => index),
    shown: { nodes: nodes.map(() => true), links },
    relations: ["up", "mention"],
    view: { scale: 8, x: 0, y: 0, fitted: 8 },
    width: 800,
    height: 800,
    active: -1,
    matches: new Set(),
    looks: nodes.map((_, index) => index % 3),
    widths: new Map(),
    colours: { ink: "i", accent: "a", edge: "e", paper: "p", font: "12px f", branches: ["i", "b", "c"] },
  };
}

test("ten thousand nodes are painted in steps, each a small part of all", () => {
  const { context, named } = recorder();
  let before = 0;
  let most = 0;
  let steps = 0;
  for (const step of groundSteps(context, scene(10_000))) {
    void step;
    const painted = named("lineTo").length + named("arc").length;
    most = Math.max(most, painted - before);
    before = painted;
    steps += 1;
  }
  assert.ok(steps < 200);
  assert.ok(most > 100 && most < 1200);
});

test("neighbours of what is pointed at are named over a paler ground", () => {
  const { context, named } = recorder();
  paintMarked(context, { ...scene(20), view: { scale: 40, x: 0, y: 400, fitted: 40 }, active: 9 });
  const names = named("fillText").map(([, text]) => text);
  assert.deepEqual(names.sort(), ["Note 10", "Note 8", "Note 9"]);
  assert.equal(named("fillRect").length, 1);
});

test("relations differ by their dashes", () => {
  const { drawn, named } = recorder();
  drawn(scene(10));
  const dashes = named("setLineDash").map(([, dash]) => dash.join());
  assert.ok(dashes.includes("") && dashes.includes("1,3"));
});

test("the active node is named even where there is no room", () => {
  const { drawn, named } = recorder();
  drawn({ ...scene(2_000), active: 1_999 });
  assert.ok(named("fillText").some(([, text]) => text === "Note 1999"));
});

test("what filters hide is not drawn", () => {
  const { drawn, named } = recorder();
  const hidden = scene(10);
  hidden.shown = { nodes: hidden.nodes.map(() => false), links: [] };
  drawn(hidden);
  assert.equal(named("arc").length + named("fillText").length + named("lineTo").length, 0);
});

test("branches differ by colour and by shape", () => {
  const { drawn, named } = recorder();
  drawn({ ...scene(3), shown: { nodes: [true, true, true], links: [] } });
  const colours = named("set fillStyle").map(([, colour]) => colour);
  assert.ok(["i", "b", "c"].every((colour) => colours.includes(colour)));
  assert.equal(named("arc").length, 1);
  assert.equal(named("lineTo").length, 3 + 2);
});

test("very many links of a relation are paler", () => {
  const { drawn, named } = recorder();
  drawn(scene(10_000));
  assert.ok(named("set globalAlpha").some(([, alpha]) => alpha < 0.25));
});
