// The messages of a page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, filled, messagesOf } from "../../theme/static/js/lib/messages.js";

test("messages are read from the page, and a page without them has none", () => {
  const page = (text) => ({ querySelector: () => (text === null ? null : { textContent: text }) });
  assert.deepEqual(messagesOf(page('{"copy":"Copy"}')), { copy: "Copy" });
  assert.deepEqual(messagesOf(page(null)), {});
});

test("a gap takes its value as it stands, and one without a value stays", () => {
  assert.equal(filled("%(a)s of %(b)s", { a: "$& %(b)s", b: 3 }), "$& %(b)s of 3");
  assert.equal(filled("%(a)s", {}), "%(a)s");
});

test("a number takes the plural form of the language", () => {
  const english = { language: "en", one: "%(num)s result", other: "%(num)s results" };
  assert.deepEqual([0, 1, 5].map((number) => counted(english, number)), ["0 results", "1 result", "5 results"]);
  const polish = { language: "pl", one: "%(num)s wynik", few: "%(num)s wyniki", many: "%(num)s wyników" };
  assert.deepEqual(
    [1, 3, 12, 22, 25].map((number) => counted(polish, number)),
    ["1 wynik", "3 wyniki", "12 wyników", "22 wyniki", "25 wyników"],
  );
  const arabic = { language: "ar", one: "نتيجة واحدة", two: "نتيجتان", few: "%(num)s نتائج", other: "%(num)s نتيجة" };
  assert.deepEqual([1, 2, 7, 100].map((number) => counted(arabic, number)), ["نتيجة واحدة", "نتيجتان", "7 نتائج", "100 نتيجة"]);
});

test("a form that is missing is the one for all other numbers", () => {
  const french = { language: "fr", one: "%(num)s résultat", other: "%(num)s résultats" };
  assert.equal(counted(french, 1_000_000), "1000000 résultats");
});
