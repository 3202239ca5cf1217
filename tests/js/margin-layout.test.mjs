// Where notes in the margin stand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stacked } from "../../theme/static/js/lib/margin-layout.js";

test("a note stands where it is wanted, or below the one before it", () => {
  const boxes = [{ wanted: 10, height: 50 }, { wanted: 40, height: 20 }, { wanted: 200, height: 20 }];
  assert.deepEqual(stacked(boxes, 0, 10), [10, 70, 200]);
  assert.deepEqual(stacked(boxes, 100, 10), [100, 160, 200]);
  assert.deepEqual(stacked([], 0, 10), []);
});
