// Which links have a preview, and where it lies.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fragmentFor } from "../../theme/static/js/components/preview.js";

const HERE = new URL("https://example.org/docs/drift/");
const address = (href) => fragmentFor({ href: new URL(href, HERE).href }, HERE);

test("a note's fragment lies in its folder, wherever in it the link leads", () => {
  assert.equal(address("/docs/model-monitoring/#four-layers"), "/docs/model-monitoring/preview.html");
});

test("a note with an address of its own has its fragment beside it", () => {
  assert.equal(address("/docs/old.html"), "/docs/old.html.preview.html");
});

test("places of the same page and of other sites have none", () => {
  assert.equal(address("#here"), "");
  assert.equal(address("https://example.com/docs/x/"), "");
});

test("the map, and the lists of folders and tags, have none", () => {
  const fragment = (href) => fragmentFor({ href }, HERE, "/docs/");
  assert.equal(fragment("/docs/map/-/Plugins/"), "");
  assert.equal(fragment("/docs/tags/data/"), "");
  assert.equal(fragment("/docs/mapping/"), "/docs/mapping/preview.html");
  assert.equal(fragment("/docs/notes/map/"), "/docs/notes/map/preview.html");
});

test("a link inside a drawing is a link too", () => {
  assert.equal(fragmentFor({ href: { baseVal: "/docs/x/" } }, HERE), "/docs/x/preview.html");
});
