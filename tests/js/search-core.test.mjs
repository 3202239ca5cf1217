// The pure part of search.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chosenFilters,
  excerptPieces,
  filterChoices,
  fromQuery,
  movedTo,
  toQuery,
} from "../../theme/static/js/lib/search-core.js";

test("an excerpt becomes pieces of text, the marked ones apart", () => {
  assert.deepEqual(excerptPieces("a <mark>cat</mark> sat"), [
    { text: "a ", marked: false },
    { text: "cat", marked: true },
    { text: " sat", marked: false },
  ]);
});

test("entities of an excerpt are decoded once and no markup survives", () => {
  const pieces = excerptPieces("&lt;b&gt; &amp;lt; <i>x</i> <mark>&quot;q&#39;</mark>");
  assert.equal(pieces.map((piece) => piece.text).join(""), "<b> &lt; x \"q'");
});

test("an empty excerpt has no pieces", () => {
  assert.deepEqual(excerptPieces(""), []);
});

test("only chosen filters are passed on", () => {
  assert.deepEqual(chosenFilters({ branch: "MLOps", tag: "" }), { branch: "MLOps" });
});

test("a search survives the way through an address", () => {
  const asked = { query: "a & b", branch: "Größe", tag: "x/y" };
  assert.deepEqual(fromQuery(toQuery(asked)), asked);
  assert.equal(toQuery({ query: "", branch: "", tag: "" }), "");
  assert.deepEqual(fromQuery(""), { query: "", branch: "", tag: "" });
});

test("arrows go round the list and other keys move nothing", () => {
  assert.equal(movedTo("ArrowDown", -1, 3), 0);
  assert.equal(movedTo("ArrowDown", 2, 3), 0);
  assert.equal(movedTo("ArrowUp", -1, 3), 2);
  assert.equal(movedTo("ArrowUp", 0, 3), 2);
  assert.equal(movedTo("PageDown", 0, 3), 2);
  assert.equal(movedTo("PageUp", 2, 3), 0);
  assert.equal(movedTo("a", 1, 3), null);
  assert.equal(movedTo("ArrowDown", -1, 0), null);
});

test("filter choices come the fullest first, then by name", () => {
  assert.deepEqual(filterChoices({ b: 1, c: 2, a: 1 }), [
    ["c", 2],
    ["a", 1],
    ["b", 1],
  ]);
  assert.deepEqual(filterChoices(undefined), []);
});
