// Looking words up in the index.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  baseOf,
  distance,
  filtered,
  formsOf,
  halvesOf,
  likeness,
  meantBy,
  partsWith,
  placesFrom,
  ranked,
  scores,
} from "../../theme/static/js/lib/search-index.js";

test("only parts that can hold a beginning are fetched", () => {
  const firsts = ["a", "clo", "cloud", "clouds", "d"];
  assert.deepEqual(partsWith("cloud", firsts), [2, 3]);
  assert.deepEqual(partsWith("clow", firsts), [3]);
  assert.deepEqual(partsWith("0", firsts), [0]);
  assert.deepEqual(partsWith("zebra", firsts), [4]);
  assert.deepEqual(partsWith("a", []), []);
  assert.equal(partsWith("x", ["x", "xa", "xb", "xc", "xd", "xe"]).length, 4);
});

test("forms of a word share its base, and the nearer the more alike", () => {
  assert.equal(baseOf("retraining"), "retrain");
  assert.equal(baseOf("drift"), "drif");
  assert.equal(baseOf("sky"), "sky");
  assert.equal(baseOf("数据版本"), "数据版本");
  assert.equal(likeness("drift", "drift"), 1);
  assert.ok(likeness("models", "model") > likeness("modelling", "model"));
  assert.ok(likeness("monitoring", "monitors") > 0.6);
  assert.ok(likeness("virtualenvironments", "virtualenv") > 0);
  assert.equal(likeness("sea", "sky"), 0);
  assert.equal(likeness("production", "product-line"), 0);
});

test("a finished word is not the beginning of one twice as long, unless no note has it as it stands", () => {
  const known = { form: [1], forms: [1], formation: [1], format: [1] };
  assert.deepEqual([...formsOf("form", [known], true).keys()], ["form", "forms", "formation", "format"]);
  assert.deepEqual([...formsOf("form", [known], false).keys()], ["form", "forms", "format"]);
  assert.ok(formsOf("form", [{ formation: [1] }], false).has("formation"));
});

test("letters may be wrong, missing, too many or exchanged", () => {
  assert.equal(distance("drfit", "drift", 2), 1);
  assert.equal(distance("notbook", "notebook", 2), 1);
  assert.equal(distance("kitten", "sitting", 3), 3);
  assert.equal(distance("a", "abcd", 2), 3);
  const part = { drift: [1], drip: [1], notebook: [1], draft: [1] };
  assert.deepEqual([...meantBy("drfit", [part]).keys()], ["drift"]);
  assert.equal(meantBy("c3po", [part]).size, 0);
  assert.equal(meantBy("sky", [part]).size, 0);
  assert.equal(meantBy(".drfit", [part]).size, 0);
});

// Entries: distance × 32 + weight.
const part = { cloud: [0 * 32 + 2, 2 * 32 + 16], clouds: [1 * 32 + 7], sky: [32 + 3] };
const scored = (word) => scores(formsOf(word, [part]), [part], 10);

test("entries are distances, and a title counts more than a text", () => {
  const [first, second, third, ...others] = scored("cloud").byPlace;
  assert.ok(third > second && second > first && first > 0);
  assert.ok([...others, ...scored("fog").byPlace].every((score) => score === 0));
});

test("what few notes have says more", () => {
  assert.ok(scored("sky").rarity > scored("cloud").rarity);
});

test("the notes that have all words come first, then those that have most of them, equals by place", () => {
  const found = (rarity, ...byPlace) => ({ rarity, byPlace });
  const both = [found(1, 1, 5, 1, 0, 0), found(1, 1, 1, 1, 2, 0)];
  assert.deepEqual(ranked(both), [
    { place: 1, all: true },
    { place: 0, all: true },
    { place: 2, all: true },
    { place: 3, all: false },
  ]);
  assert.deepEqual(ranked([found(1, 1, 0), found(1, 0, 0)]), [{ place: 0, all: false }]);
  assert.deepEqual(ranked([]), []);
});

test("filters leave what is in every chosen group", () => {
  const notes = [2, 1, 0].map((place) => ({ place }));
  const placesOf = (left) => left.map(({ place }) => place);
  const groups = { branch: { MLOps: [0, 1] }, tag: { data: [1, 2] } };
  assert.deepEqual(placesOf(filtered(notes, groups, { branch: "", tag: "" })), [2, 1, 0]);
  assert.deepEqual(placesOf(filtered(notes, groups, { branch: "MLOps", tag: "" })), [1, 0]);
  assert.deepEqual(placesOf(filtered(notes, groups, { branch: "MLOps", tag: "data" })), [1]);
  assert.deepEqual(placesOf(filtered(notes, groups, { branch: "", tag: ["data", "none"] })), []);
  assert.deepEqual(placesOf(filtered(notes, groups, { branch: "unknown", tag: "" })), []);
});

test("places are kept as distances", () => {
  assert.deepEqual(placesFrom([3, 1, 5]), [3, 4, 9]);
  assert.deepEqual(placesFrom([]), []);
});

test("a compound is cut after a word that is known, also with letters between", () => {
  const parts = [{ student: [], studenten: [], stu: [] }];
  assert.deepEqual(halvesOf("studentenrabatt", parts)[0], ["studenten", "rabatt"]);
  assert.ok(halvesOf("studentenrabatt", parts).some(([first, second]) => first === "student" && second === "rabatt"));
  assert.deepEqual(halvesOf("student", parts), []);
  assert.deepEqual(halvesOf("数据数据数据", [{ 数据: [] }]), []);
});

test("a note that only mentions all words comes after one that is about most of them", () => {
  const [list, about] = [0, 1];
  const found = [
    { byPlace: [0.2, 3], rarity: 2 },
    { byPlace: [0.2, 2], rarity: 2 },
    { byPlace: [0.2, 0], rarity: 2 },
  ];
  assert.deepEqual(ranked(found), [{ place: about, all: false }, { place: list, all: true }]);
});
