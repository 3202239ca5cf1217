// Where notes in the margin are: beside what they belong to, or as close below it as there is room.

/** The tops of boxes `{wanted, height}`, which are in order; none is above `from`, and `gap` is between any two. */
export function stacked(boxes, from, gap) {
  let free = from;
  return boxes.map(({ wanted, height }) => {
    const top = Math.max(wanted, free);
    free = top + height + gap;
    return top;
  });
}
