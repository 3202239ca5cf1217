// The pure part of search.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bestPlace,
  chosenFilters,
  engineQuery,
  excerptPieces,
  filterChoices,
  filterCounts,
  filtered,
  fromQuery,
  joined,
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

test("a run of ideographs is asked for as a phrase of single signs, other words as they are", () => {
  assert.equal(engineQuery("数据版本"), '"数 据 版 本"');
  assert.equal(engineQuery("モデル"), '"モ デ ル"');
  assert.equal(engineQuery("数"), '"数"');
  assert.equal(engineQuery("data 数据"), "data 数 据");
  assert.equal(engineQuery("데이터"), "데이터");
  assert.equal(engineQuery("data versions"), "data versions");
  assert.equal(engineQuery('"data versions"'), '"data versions"');
});

test("blanks that the index has put between signs are taken out, marks included", () => {
  assert.equal(joined("数 据 很 重 要 。 使 用 Docker 部 署"), "数据很重要。使用 Docker 部署");
  assert.equal(joined("的 <mark>数</mark> <mark>据</mark> 版"), "的<mark>数据</mark>版");
  assert.equal(joined("plain <mark>words</mark> stay"), "plain <mark>words</mark> stay");
  assert.deepEqual(excerptPieces("<mark>数</mark> <mark>据</mark> 版"), [
    { text: "数据", marked: true },
    { text: "版", marked: false },
  ]);
});

const section = (anchor, score) => ({
  anchor: anchor && { id: anchor },
  url: anchor ? `/a/#${anchor}` : "/a/",
  title: anchor ?? "A",
  excerpt: `of ${anchor}`,
  weighted_locations: [{ balanced_score: score }],
});

test("a result leads to the section that matches best", () => {
  const data = { url: "/a/", meta: { title: "A" }, excerpt: "of all", sub_results: [section(null, 1), section("x", 5), section("y", 2)] };
  assert.deepEqual(bestPlace(data), { url: "/a/#x", title: "A › x", excerpt: "of x" });
});

test("a result whose best match is above all headings leads to the page", () => {
  const data = { url: "/a/", meta: { title: "A" }, excerpt: "of all", sub_results: [section(null, 5), section("x", 5)] };
  assert.deepEqual(bestPlace(data), { url: "/a/", title: "A", excerpt: "of all" });
  assert.deepEqual(bestPlace({ ...data, sub_results: [] }), { url: "/a/", title: "A", excerpt: "of all" });
});

const groups = { branch: { MLOps: [0, 1] }, tag: { data: [1, 2] }, notes: ["n0", "n1", "n2"] };
const results = ["n2", "n1", "n0"].map((id) => ({ id }));
const left = (choices) => filtered(results, groups, choices).map(({ id }) => id);

test("filters leave the results that are in every chosen group", () => {
  assert.deepEqual(left({ branch: "", tag: "" }), ["n2", "n1", "n0"]);
  assert.deepEqual(left({ branch: "MLOps", tag: "" }), ["n1", "n0"]);
  assert.deepEqual(left({ branch: "MLOps", tag: "data" }), ["n1"]);
  assert.deepEqual(left({ branch: "unknown", tag: "" }), []);
});

test("names of filters have the number of their notes", () => {
  assert.deepEqual(filterCounts(groups, "tag"), { data: 2 });
});
