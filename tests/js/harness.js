// What the scripts' tests need of `node:test` and `node:assert/strict`, for a browser.
export const tests = [];

/** Remember a test, which `run` runs. */
export function test(name, body) {
  tests.push([name, body]);
}

/** Run all tests in turn and say of each what went wrong, empty for nothing. */
export async function run() {
  const outcomes = [];
  for (const [name, body] of tests) {
    let wrong = "";
    try {
      await body();
    } catch (error) {
      wrong = String(error?.message ?? error) || "failed";
    }
    outcomes.push([name, wrong]);
  }
  return outcomes;
}

const shown = (value) => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** Whether two values are the same: of one kind, with the same parts, to the last one. */
function same(one, other) {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (one instanceof Set || one instanceof Map) return same([...one], [...other]);
  const keys = Reflect.ownKeys(one);
  return keys.length === Reflect.ownKeys(other).length && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
}

function claim(holds, message) {
  if (!holds) throw new Error(message);
}

export default {
  equal: (found, wanted) => claim(Object.is(found, wanted), `${shown(found)} is not ${shown(wanted)}`),
  deepEqual: (found, wanted) => claim(same(found, wanted), `${shown(found)} is not ${shown(wanted)}`),
  ok: (found) => claim(found, `${shown(found)} does not count as true`),
  match: (found, pattern) => claim(pattern.test(found), `${shown(found)} does not match ${pattern}`),
};
