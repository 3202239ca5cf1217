// Which files there are of a picture.
import assert from "node:assert/strict";
import { test } from "node:test";
import { filesOf } from "../../theme/static/js/lib/picture-sources.js";

test("the widest file comes first; what has no width is none", () => {
  const files = filesOf("/a,b-480.webp 480w, /a,b-960.webp 960w, /c.webp 2x");
  assert.deepEqual(files, [
    { url: "/a,b-960.webp", width: 960 },
    { url: "/a,b-480.webp", width: 480 },
  ]);
  assert.deepEqual(filesOf(""), []);
});
