// Names near to a mistyped address.
import assert from "node:assert/strict";
import { test } from "node:test";
import { likeness, nearest, wantedName } from "../../theme/static/js/lib/near-names.js";

const ENTRIES = [
  { t: "Model Monitoring", u: "/model-monitoring/" },
  { t: "Model Registry", u: "/model-registry/" },
  { t: "Überwachung", u: "/%C3%BCberwachung/" },
];

test("the wanted name is the last part of a path, decoded, without its ending", () => {
  assert.equal(wantedName("/docs/model%20monitoring/"), "model monitoring");
  assert.equal(wantedName("/a/b.html"), "b");
  assert.equal(wantedName("/a/index.html"), "a");
  assert.equal(wantedName("/%E0%A4%A/"), "%E0%A4%A");
  assert.equal(wantedName("/"), "");
});

test("likeness is one for the same letters and none for others", () => {
  assert.equal(likeness("Model Monitoring", "model-monitoring"), 1);
  assert.equal(likeness("abc", "xyz"), 0);
});

test("the nearest name comes first and strangers are left out", () => {
  assert.deepEqual(
    nearest("/model-monitorin/", ENTRIES).map((entry) => entry.t),
    ["Model Monitoring", "Model Registry"],
  );
  assert.deepEqual(nearest("/zzz/", ENTRIES), []);
  assert.equal(nearest("/ueberwachung/", ENTRIES)[0].t, "Überwachung");
});

test("no more than the limit is offered", () => {
  assert.equal(nearest("/model-monitoring/", ENTRIES, 1).length, 1);
});
