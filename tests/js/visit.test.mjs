// The notes of a visit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ledTo, pathShown, readingList, visited } from "../../theme/static/js/lib/visit.js";

const page = (name) => ({ url: `/${name}/`, title: name });

test("pages follow one another; the same once more, or one without a title, changes nothing", () => {
  const pages = [page("a"), page("b")];
  assert.deepEqual(visited(pages, page("c")), [page("a"), page("b"), page("c")]);
  assert.deepEqual(visited(pages, page("b")), pages);
  assert.deepEqual(visited(pages, { url: "/x/", title: "" }), pages);
  assert.equal(visited(Array.from({ length: 80 }, (_, at) => page(at)), page("z")).length, 60);
});

test("a visit becomes a list of links, each page once", () => {
  const pages = [page("a"), { url: "/b/", title: "b [c]" }, page("a")];
  assert.equal(readingList(pages, "https://x.org"), "- [a](https://x.org/a/)\n- [b \\[c\\]](https://x.org/b/)");
});

test("a page remembers the relation of the link that led to it, and no other", () => {
  assert.deepEqual(ledTo(page("b"), { url: "/b/", relation: "Contains" }), { url: "/b/", title: "b", relation: "Contains" });
  assert.deepEqual(ledTo(page("b"), { url: "/c/", relation: "Contains" }), page("b"));
  assert.deepEqual(ledTo(page("b"), {}), page("b"));
});

test("the last pages of a visit are shown", () => {
  assert.deepEqual(pathShown([..."abcdefghij"].map(page)).map(({ title }) => title).join(""), "defghij");
});
