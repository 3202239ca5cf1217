// The pure part of how large the text is: steps, as parts of the size that the browser is set to.
const SIZES = [0.85, 1, 1.15, 1.3, 1.5, 1.75];

/** The size after another: `way` is "smaller" or "larger"; at the ends it stays. */
export function nextSize(size, way) {
  return way === "larger" ? (SIZES.find((step) => step > size) ?? size) : (SIZES.findLast((step) => step < size) ?? size);
}
