// Looking words up in the index.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  beginnings,
  filtered,
  folded,
  partsWith,
  queryWords,
  ranked,
  scores,
  termsOf,
  writtenWords,
} from "../../theme/static/js/lib/search-index.js";

test("case and accents say nothing", () => {
  assert.equal(folded("CAFÉ Größe Ａ"), "cafe große a");
});

test("a query is cut at blanks, symbols and changes of script, each word once", () => {
  assert.deepEqual(queryWords("  Data-versions, data_1 "), ["data", "versions", "1"]);
  assert.deepEqual(queryWords("Docker部署"), ["docker", "部署"]);
  assert.deepEqual(queryWords("السَّحاب"), ["السحاب"]);
  assert.deepEqual(queryWords("?!"), []);
  assert.equal(queryWords("x".repeat(90))[0].length, 40);
});

test("a run without blanks is looked up by its pairs, a single character as a beginning", () => {
  assert.deepEqual(termsOf("数据版本"), ["数据", "据版", "版本"]);
  assert.deepEqual(termsOf("数"), ["数"]);
  assert.deepEqual(termsOf("data"), ["data"]);
});

test("words of a text are found where they stand, however their accents are written", () => {
  const text = "Un cafe\u0301, un CAFÉ.";
  const cafes = writtenWords(text).filter(({ word }) => word === "cafe");
  assert.deepEqual(
    cafes.map(({ start, end }) => text.slice(start, end)),
    ["cafe\u0301", "CAFÉ"],
  );
});

test("only parts that can hold a beginning are fetched", () => {
  const firsts = ["a", "clo", "cloud", "clouds", "d"];
  assert.deepEqual(partsWith("cloud", firsts), [2, 3]);
  assert.deepEqual(partsWith("clow", firsts), [3]);
  assert.deepEqual(partsWith("0", firsts), [0]);
  assert.deepEqual(partsWith("zebra", firsts), [4]);
  assert.deepEqual(partsWith("a", []), []);
  assert.equal(partsWith("x", ["x", "xa", "xb", "xc", "xd", "xe"]).length, 4);
});

test("a longer word may end otherwise", () => {
  assert.deepEqual(beginnings("deploying"), ["deploying", "deployin", "deployi", "deploy"]);
  assert.deepEqual(beginnings("drift"), ["drift", "drif"]);
  assert.deepEqual(beginnings("sky"), ["sky"]);
  assert.deepEqual(beginnings("数据版本"), ["数据版本"]);
});

// Entries: distance × 32 + weight.
const part = { cloud: [0 * 32 + 2, 2 * 32 + 16], clouds: [1 * 32 + 7], sky: [32 + 3] };

test("entries are distances, and a title counts more than a text, an exact word more than a beginning", () => {
  const found = scores("cloud", [part], 10);
  assert.deepEqual([...found.keys()].sort(), [0, 1, 2]);
  assert.ok(found.get(2) > found.get(1));
  assert.ok(found.get(1) > found.get(0));
  assert.equal(scores("clouds", [part], 10).size, 1);
  assert.equal(scores("fog", [part], 10).size, 0);
});

test("the notes that have all words come out, the best first, equals by place", () => {
  const a = new Map([[0, 1], [1, 5], [2, 1]]);
  const b = new Map([[2, 1], [1, 1], [0, 1]]);
  assert.deepEqual(ranked([a, b]), [1, 0, 2]);
  assert.deepEqual(ranked([a, new Map()]), []);
  assert.deepEqual(ranked([]), []);
});

test("filters leave what is in every chosen group", () => {
  const groups = { branch: { MLOps: [0, 1] }, tag: { data: [1, 2] } };
  assert.deepEqual(filtered([2, 1, 0], groups, { branch: "", tag: "" }), [2, 1, 0]);
  assert.deepEqual(filtered([2, 1, 0], groups, { branch: "MLOps", tag: "" }), [1, 0]);
  assert.deepEqual(filtered([2, 1, 0], groups, { branch: "MLOps", tag: "data" }), [1]);
  assert.deepEqual(filtered([2, 1, 0], groups, { branch: "unknown", tag: "" }), []);
});
