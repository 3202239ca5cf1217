// How tables of live views sort.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, numberOf, valueOf } from "../../theme/static/js/lib/table-order.js";

const ordered = (values, descending = false) => inOrder(values.map((value) => [value, value]), descending, "en");

test("numbers go by size and text as people read it", () => {
  assert.deepEqual(ordered([10, 9, 100]), [9, 10, 100]);
  assert.deepEqual(ordered(["b", "A 10", "A 9", "á"]), ["á", "A 9", "A 10", "b"]);
  assert.deepEqual(ordered([10, 9, 100], true), [100, 10, 9]);
});

test("numbers come before text, and nothing comes last in both directions", () => {
  assert.deepEqual(ordered(["x", "", 3]), [3, "x", ""]);
  assert.deepEqual(ordered(["", "b", "a"], true), ["b", "a", ""]);
});

test("what is equal keeps the order of the view", () => {
  const rows = [["first", 1], ["second", 1], ["third", 0]];
  assert.deepEqual(inOrder(rows, false, "en"), ["third", "first", "second"]);
});

test("a number may have groups, a fraction, a currency, a unit", () => {
  assert.deepEqual(["1,234", "1.234.567", "1 234,5", "1.5", "-3", "€ 12", "12 kB", "80%"].map(numberOf), [
    1234, 1234567, 1234.5, 1.5, -3, 12, 12, 80,
  ]);
  assert.deepEqual(["2024-01-02", "v2", "", "3 of 4", "1.2.3"].map(numberOf), [undefined, undefined, undefined, undefined, undefined]);
});

test("a date and a box count for what they say", () => {
  const cell = (html) => new DOMParser().parseFromString(`<table><td>${html}</td></table>`, "text/html").querySelector("td");
  assert.equal(valueOf(cell('<time datetime="2024-03-01">March 1</time>')), "2024-03-01");
  assert.equal(valueOf(cell('<input type="checkbox" checked>')), 1);
  assert.equal(valueOf(cell(" 12 kB ")), 12);
  assert.equal(valueOf(cell(" text ")), "text");
  assert.equal(valueOf(undefined), "");
});
