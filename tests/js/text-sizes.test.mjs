// How large and how wide the text is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextStep } from "../../theme/static/js/lib/text-sizes.js";

test("the text grows and shrinks by steps, and not beyond the last", () => {
  assert.equal(nextStep("text-size", 1, "larger"), 1.15);
  assert.equal(nextStep("text-size", 1.15, "smaller"), 1);
  assert.equal(nextStep("text-size", 1.75, "larger"), 1.75);
  assert.equal(nextStep("text-size", 0.85, "smaller"), 0.85);
  assert.equal(nextStep("text-size", 1.2, "larger"), 1.3);
});

test("its width has steps of its own", () => {
  assert.equal(nextStep("text-width", 1, "larger"), 1.15);
  assert.equal(nextStep("text-width", 1.3, "larger"), 1.3);
});
