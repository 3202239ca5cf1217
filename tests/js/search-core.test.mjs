// How search is asked and how its results read.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bestSection,
  branchOf,
  byCount,
  excerptPieces,
  fromQuery,
  furtherSections,
  markedWord,
  matches,
  movedTo,
  narrowing,
  ratedSections,
  titledFirst,
  toQuery,
} from "../../theme/static/js/lib/search-core.js";

const shown = (text, ...words) =>
  excerptPieces(text, matches(text, words))
    .map(({ text: piece, marked }) => (marked ? `<${piece}>` : piece))
    .join("");

test("the note of the very name comes first, the others keep their order", () => {
  const titles = (...names) => names.map((title) => ({ title }));
  const found = titles("Put a feature store in first", "Feature Store", "Feature-Store: history", "feature store");
  const ordered = titledFirst(found, " féature  store", ["feature", "store"]).map(({ title }) => title);
  assert.deepEqual(ordered, ["Feature Store", "feature store", "Put a feature store in first", "Feature-Store: history"]);
  assert.deepEqual(titledFirst(found, "feature", ["feature"]), found);
});

test("words of the query are marked where they begin a word", () => {
  assert.equal(shown("A cloud, clouds; no becloud.", "cloud"), "A <cloud>, <clouds>; no becloud.");
  assert.equal(shown("The Größe of cafés", "cafe"), "The Größe of <cafés>");
  assert.equal(shown("deploy it", "deploying"), "<deploy> it");
});

test("in a run without blanks only what was asked for is marked", () => {
  assert.equal(shown("使用数据版本，数据很重要", "数据"), "使用<数据>版本，<数据>很重要");
});

test("a long text is cut round the densest match, between words", () => {
  const text = `${"filler ".repeat(60)}alone drift ${"filler ".repeat(60)}drift and cost together ${"filler ".repeat(60)}`;
  const cut = shown(text, "drift", "cost");
  assert.match(cut, /^… (filler )+<drift> and <cost> together .* …$/);
  assert.ok(cut.length < 230);
});

test("a text without a match is shown from its beginning, one without text not at all", () => {
  assert.equal(shown("Some text.", "other"), "Some text.");
  assert.deepEqual(excerptPieces("", []), []);
});

test("a result leads to the section with most of the words, of equals to the first", () => {
  const sections = [
    { id: "", title: "", text: "drift" },
    { id: "a", title: "A", text: "drift and cost" },
    { id: "b", title: "B", text: "cost and drift" },
  ];
  assert.equal(bestSection(ratedSections(sections, ["drift", "cost"])).section.id, "a");
  assert.equal(bestSection(ratedSections(sections, ["drift"])).section.id, "");
  assert.equal(bestSection(ratedSections(sections, ["nowhere"])).section.id, "");
  assert.equal(bestSection(ratedSections([...sections, { id: "c", title: "Drift", text: "x" }], ["drift"])).section.id, "c");
});

test("a search survives the way through an address", () => {
  const asked = { query: "a & b", branch: "Größe", tag: ["x/y", "z"] };
  assert.deepEqual(fromQuery(toQuery(asked)), asked);
  assert.equal(toQuery({ query: "", branch: "", tag: [] }), "");
  assert.deepEqual(fromQuery(""), { query: "", branch: "", tag: [] });
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
  assert.deepEqual(byCount({ b: 1, c: 2, a: 1, none: 0 }), ["c", "a", "b"]);
  assert.deepEqual(byCount({}), []);
});

test("of the tags only those are offered that notes with the chosen ones have, too", () => {
  const tags = { a: [1, 2, 3], b: [2, 3], c: [3], d: [9] };
  assert.deepEqual(narrowing(tags, ["a"]), ["b", "c"]);
  assert.deepEqual(narrowing(tags, ["a", "b"]), ["c"]);
  assert.deepEqual(narrowing(tags, ["d"]), []);
});

test("a search begins in the smallest branch on the way that is neither tiny nor most of the site", () => {
  const branches = { Site: 90, Models: 40, Drift: 12, Tiny: 3 };
  assert.equal(branchOf(["Site", "Models", "Drift"], branches, 100), "Drift");
  assert.equal(branchOf(["Site", "Models", "Tiny"], branches, 100), "Models");
  assert.equal(branchOf(["Site", "Unknown"], branches, 100), "");
  assert.equal(branchOf([], branches, 100), "");
});

test("further sections are those with a word in their heading or with all of several words", () => {
  const sections = [
    { id: "", title: "", text: "drift and cost" },
    { id: "a", title: "Cost", text: "" },
    { id: "b", title: "B", text: "drift and cost" },
    { id: "c", title: "C", text: "drift" },
    { id: "d", title: "Drift and cost", text: "drift" },
  ];
  const names = (words, target) => furtherSections(ratedSections(sections, words), words, target).map(({ id }) => id);
  assert.deepEqual(names(["drift", "cost"]), ["a", "b", "d"]);
  assert.deepEqual(names(["drift", "cost"], sections[4]), ["a", "b"]);
  assert.deepEqual(names(["drift"]), ["d"]);
  assert.deepEqual(names(["nowhere"]), []);
});

test("the browser is asked to mark a whole word, also one that code joins", () => {
  const pieces = (text) => excerptPieces(text, matches(text, ["split"]));
  assert.equal(markedWord(pieces("Call regexp_split_to_array here.")), "regexp_split_to_array");
  assert.equal(markedWord(pieces("It splits.")), "splits");
  assert.equal(markedWord(pieces("Nothing.")), "");
  assert.equal(markedWord([{ text: "训练", marked: false }, { text: "数据", marked: true }]), "数据");
});
