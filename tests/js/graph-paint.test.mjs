// Drawing the graph, on a canvas that only counts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { paint } from "../../theme/static/js/lib/graph-paint.js";
import { degreesOf } from "../../theme/static/js/lib/graph-layout.js";

function recorder() {
  const calls = [];
  const context = new Proxy(
    {},
    {
      get: (_, name) => (...values) => calls.push([name, ...values]),
      set: (_, name, value) => Boolean(calls.push([`set ${name}`, value])),
    },
  );
  return { context, named: (name) => calls.filter(([call]) => call === name) };
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
    colours: { ink: "i", accent: "a", edge: "e", paper: "p", font: "12px f" },
  };
}

test("ten thousand nodes are filled in a few strokes", () => {
  const { context, named } = recorder();
  paint(context, scene(10_000));
  assert.ok(named("fill").length + named("stroke").length < 20);
});

test("relations differ by their dashes", () => {
  const { context, named } = recorder();
  paint(context, scene(10));
  const dashes = named("setLineDash").map(([, dash]) => dash.join());
  assert.ok(dashes.includes("") && dashes.includes("1,3"));
});

test("the active node is named even where there is no room", () => {
  const { context, named } = recorder();
  paint(context, { ...scene(2_000), active: 1_999 });
  assert.ok(named("fillText").some(([, text]) => text === "Note 1999"));
});

test("what filters hide is not drawn", () => {
  const { context, named } = recorder();
  const hidden = scene(10);
  hidden.shown = { nodes: hidden.nodes.map(() => false), links: [] };
  paint(context, hidden);
  assert.equal(named("arc").length + named("fillText").length + named("lineTo").length, 0);
});
