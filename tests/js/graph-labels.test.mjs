// Where names in the graph stand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { named, placed, shortened } from "../../theme/static/js/lib/graph-labels.js";

const measure = (text) => 6 * text.length;
const size = { width: 300, height: 200 };
const dot = (index, x, y, text = "name") => ({ index, x, y, radius: 4, text });
const where = (dots, obstacles = dots) => placed(dots, obstacles, measure, size).map(({ index, x, y }) => [index, x, y]);

test("a name stands after its dot, before it at the edge, above or below where both sides are taken", () => {
  assert.deepEqual(where([dot(0, 100, 100)]), [[0, 108, 100]]);
  assert.deepEqual(where([dot(0, 290, 100)]), [[0, 258, 100]]);
  const between = [dot(0, 100, 100), dot(1, 90, 100), dot(2, 110, 100)];
  assert.ok(where(between.slice(0, 1), between)[0][2] < 100);
});

test("names never meet, and the weightier one stays", () => {
  const crowd = Array.from({ length: 30 }, (_, index) => dot(index, 100 + index, 100, "a longer name"));
  const found = where(crowd, []);
  assert.equal(found[0][0], 0);
  assert.ok(found.length < 6);
});

test("no name leaves the picture", () => {
  for (const { x, y, text } of placed([dot(0, 5, 2), dot(1, 295, 198)], [], measure, size)) {
    assert.ok(x >= 0 && x + measure(text) <= 300 && y >= 7 && y <= 193);
  }
  const own = named(dot(0, 150, 100, "x".repeat(80)), measure, size);
  assert.ok(own.x >= 0 && own.x + measure(own.text) <= 300);
});

test("a long name is cut with dots", () => {
  assert.equal(shortened("short", 60, measure), "short");
  assert.equal(shortened("a rather long one", 60, measure), "a rather…");
});

test("a crowd shows as many as are wanted", () => {
  const dots = [dot(0, 20, 20), dot(1, 20, 80), dot(2, 20, 140)];
  assert.equal(placed(dots, [], measure, size, 2).length, 2);
});
