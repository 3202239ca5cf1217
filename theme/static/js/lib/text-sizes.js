// The pure part of the size and width of the text: steps, as factors of the default.
const STEPS = {
  "text-size": [0.85, 1, 1.15, 1.3, 1.5, 1.75],
  "text-width": [0.85, 1, 1.15, 1.3],
};

/** The step after another of a size or a width: `way` is "smaller" or "larger"; at the ends it stays. */
export function nextStep(of, now, way) {
  const steps = STEPS[of];
  return way === "larger" ? (steps.find((step) => step > now) ?? now) : (steps.findLast((step) => step < now) ?? now);
}
