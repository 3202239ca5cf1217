// How large the text is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextSize } from "../../theme/static/js/lib/text-sizes.js";

test("the text grows and shrinks by steps, and not beyond the last", () => {
  assert.equal(nextSize(1, "larger"), 1.15);
  assert.equal(nextSize(1.15, "smaller"), 1);
  assert.equal(nextSize(1.75, "larger"), 1.75);
  assert.equal(nextSize(0.85, "smaller"), 0.85);
  assert.equal(nextSize(1.2, "larger"), 1.3);
});
