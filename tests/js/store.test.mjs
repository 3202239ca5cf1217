// The store of a reader's choices.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../../theme/static/js/lib/store.js";

function memory() {
  const values = new Map();
  return {
    values,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => values.set(key, value),
    removeItem: (key) => values.delete(key),
  };
}

test("a choice is kept behind the prefix and can be forgotten", () => {
  const storage = memory();
  const store = createStore(() => storage);
  assert.equal(store.get("theme"), "");
  store.set("theme", "dark");
  assert.equal(storage.values.get("garden:theme"), "dark");
  assert.equal(store.get("theme"), "dark");
  store.remove("theme");
  assert.equal(store.get("theme"), "");
});

test("a closed storage neither raises nor remembers", () => {
  const store = createStore(() => {
    throw new Error("denied");
  });
  store.set("theme", "dark");
  store.remove("theme");
  assert.equal(store.get("theme"), "");
});
