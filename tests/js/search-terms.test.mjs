// How text is cut into words, and what else a query says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeNames, folded, hasPhrase, phrasesOf, queryWords, termsOf, writtenWords } from "../../theme/static/js/lib/search-terms.js";
import { isJoining, lightWords, stopWords } from "../../theme/static/js/lib/stop-words.js";

test("case and accents say nothing", () => {
  assert.equal(folded("CAFÉ Größe Ａ Łódź Ærø"), "cafe grosse a lodz aero");
});

test("a query is cut at blanks, symbols and changes of script, each word once", () => {
  assert.deepEqual(queryWords("  Data-versions, data_1 "), ["data", "versions", "1"]);
  assert.deepEqual(queryWords("Docker部署"), ["docker", "部署"]);
  assert.deepEqual(queryWords("?!"), []);
  assert.equal(queryWords("x".repeat(90))[0].length, 40);
});

test("names of languages keep their symbols", () => {
  assert.deepEqual(queryWords("C++ and C#"), ["c++", "and", "c#"]);
  assert.deepEqual(queryWords("a+b i++x"), ["a", "b", "i", "x"]);
});

test("a name that code writes with symbols is a term with them, too", () => {
  assert.deepEqual(codeNames("git push --force, .gitignore @NJIT [!note] {{date}} _x"), [
    "-force",
    ".gitignore",
    "@njit",
    "!note",
    "{date",
    "_x",
  ]);
  assert.deepEqual(codeNames("snake_case file.mtime, point-in-time $5 . End."), ["snake_case", "file.mtime"]);
  assert.deepEqual(codeNames("%% ![[ () => 1 + 1, a, b"), ["%%", "![[", "=>"]);
});

test("an Arabic word goes without its article", () => {
  assert.deepEqual(queryWords("السَّحاب والنسخ كلمة وتثبيت وقت"), ["سحاب", "نسخ", "كلمه", "تثبيت", "وقت"]);
});

test("a run without blanks is looked up by its pairs, a single character alone", () => {
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

test("what is in quotation marks is a phrase", () => {
  assert.deepEqual(phrasesOf('"point-in-time" join “same bits” "'), [["point", "in", "time"], ["same", "bits"]]);
  assert.ok(hasPhrase("A point in time, and more", ["point", "in", "time"]));
  assert.ok(!hasPhrase("A point in timely fashion", ["point", "in", "time"]));
  assert.ok(hasPhrase("使用数据版本", ["数据"]));
});

test("small words of the page's languages say nothing", () => {
  assert.ok(stopWords(["en-GB"]).has("how"));
  assert.ok(stopWords(["xx", "de"]).has("wie"));
  assert.equal(stopWords(["xx"]).size, 0);
});

test("what somebody does with a thing says little of the thing", () => {
  assert.ok(lightWords(["en"]).has("make"));
  assert.ok(!stopWords(["en"]).has("make"));
});

test("a pair of characters with one that only joins words says little", () => {
  assert.deepEqual(termsOf("怎么合并笔记").map(isJoining), [true, true, false, false, false]);
  assert.deepEqual(termsOf("言語を変更").map(isJoining), [false, true, true, false]);
});
