// Names that are similar to a mistyped address.

function pairs(text) {
  const plain = text.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const padded = ` ${plain} `;
  return new Set(Array.from({ length: padded.length - 1 }, (_, index) => padded.slice(index, index + 2)));
}

/** How similar two texts are, from 0 to 1: the share of letter pairs that they have in common. */
export function likeness(one, other) {
  const mine = pairs(one);
  const theirs = pairs(other);
  let common = 0;
  for (const pair of mine) if (theirs.has(pair)) common += 1;
  return (2 * common) / (mine.size + theirs.size);
}

/** The last part of a path that says anything, decoded. */
export function wantedName(path) {
  const part = path.split("/").filter((piece) => piece && piece !== "index.html").at(-1) ?? "";
  try {
    return decodeURIComponent(part).replace(/\.(html?|md)$/, "");
  } catch {
    return part;
  }
}

/** The entries `{t: title, u: address}` nearest to a path, best first, at most `limit`. */
export function nearest(path, entries, limit = 5) {
  const wanted = wantedName(path);
  return entries
    .map((entry) => [Math.max(likeness(wanted, entry.t), likeness(wanted, wantedName(entry.u))), entry])
    .filter(([score]) => score >= 0.35)
    .sort(([a, x], [b, y]) => b - a || (x.t < y.t ? -1 : 1))
    .slice(0, limit)
    .map(([, entry]) => entry);
}
