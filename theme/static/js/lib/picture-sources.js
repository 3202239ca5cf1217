// The pure part of finding the files of a picture.

/** The files of a `srcset` with widths: `[{url, width}]`, the widest first. */
export function filesOf(srcset) {
  return srcset
    .split(/,\s+/)
    .map((entry) => /^\s*(\S+)\s+(\d+)w\s*$/.exec(entry))
    .filter(Boolean)
    .map(([, url, width]) => ({ url, width: Number(width) }))
    .sort((a, b) => b.width - a.width);
}
