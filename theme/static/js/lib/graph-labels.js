// Where the names in the graph are: beside their dots, inside the picture, not over another name or dot.

const HEIGHT = 14;
const GAP = 4; // pixels between a dot and its name
const MOST = 60; // names that are written
const TRIES = 400; // names that are tried: in a crowd nearly all of them find no room
const LONGEST = 220; // pixels

/** `text` cut to `most` pixels as `measure` measures them. */
export function shortened(text, most, measure) {
  if (measure(text) <= most) return text;
  const characters = Array.from(text);
  // The cut is found by bisection: a title may be long, and measuring is not free.
  let [least, length] = [0, characters.length];
  while (length - least > 1) {
    const middle = (least + length) >> 1;
    if (measure(`${characters.slice(0, middle).join("")}…`) <= most) least = middle;
    else length = middle;
  }
  return `${characters.slice(0, least).join("").trimEnd()}…`;
}

/** The places beside a dot where its name may be, the best first: its left end and its middle. */
function beside({ x, y, radius }, width) {
  const off = radius + GAP;
  return [
    { x: x + off, y },
    { x: x - off - width, y },
    { x: x - width / 2, y: y - off - HEIGHT / 2 },
    { x: x - width / 2, y: y + off + HEIGHT / 2 },
  ];
}

const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const boxOf = ({ x, y }, width) => ({ left: x - 2, right: x + width + 2, top: y - HEIGHT / 2, bottom: y + HEIGHT / 2 });
const boxOfDot = ({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });

/** The name of one dot where there is no choice: moved only so far that it stays inside. */
export function named(dot, measure, size) {
  const text = shortened(dot.text, Math.min(LONGEST * 2, size.width - 8), measure);
  const width = measure(text);
  const inside = ({ x, y }) => x >= 2 && x + width <= size.width - 2 && y > HEIGHT / 2 && y < size.height - HEIGHT / 2;
  const places = beside(dot, width);
  const { x, y } = places.find(inside) ?? places[2];
  return { index: dot.index, text, x: Math.min(Math.max(x, 4), Math.max(4, size.width - width - 4)), y: Math.max(y, HEIGHT / 2) };
}

/**
 * The names that find room, as `{index, text, x, y}`. `dots` are `{index, x, y, radius, text}`, the weightiest first;
 * `obstacles` are the dots that no name may cover, `most` is how many names are wanted.
 */
export function placed(dots, obstacles, measure, { width, height }, most = MOST) {
  const taken = obstacles.map(boxOfDot);
  const found = [];
  for (const dot of dots.slice(0, TRIES)) {
    if (found.length >= Math.min(most, MOST)) break;
    const text = shortened(dot.text, Math.min(LONGEST, width / 2), measure);
    const wide = measure(text);
    const own = boxOfDot(dot);
    const fits = (place) => {
      const box = boxOf(place, wide);
      if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > height) return false;
      return !taken.some((other) => meet(box, other) && !(other.left === own.left && other.top === own.top));
    };
    const place = beside(dot, wide).find(fits);
    if (!place) continue;
    taken.push(boxOf(place, wide));
    found.push({ index: dot.index, text, ...place });
  }
  return found;
}
