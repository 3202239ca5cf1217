// The pure part of how tables sort.
const NUMBER = /^[^\p{L}\p{N}−-]*([−-]?\d[\d.,'\u00a0\u202f ]*)\P{N}{0,5}$/u;
const GROUPED = /^-?\d{1,3}(?:,\d{3}|([.,])\d{3}(?:\1\d{3})+)$/;

/** The value that a cell is sorted by: its date, whether it is ticked, its number, else its text; empty for nothing. */
export function valueOf(cell) {
  const when = cell?.querySelector("time[datetime]");
  const box = cell?.querySelector("input[type=checkbox]");
  if (when) return when.getAttribute("datetime");
  if (box) return Number(box.checked);
  const text = cell?.textContent.trim() ?? "";
  return numberOf(text) ?? text;
}

/** The number that a text is, perhaps with a currency or a unit; undefined for any other text. */
export function numberOf(text) {
  const digits = NUMBER.exec(text)?.[1].replace(/['\u00a0\u202f ]/g, "").replace("−", "-");
  if (!digits) return undefined;
  // Marks before three digits each are between thousands; else the last one is before the fraction.
  const [, whole, fraction] = GROUPED.test(digits) ? [, digits, ""] : /^(.*?)(?:[.,](\d*))?$/.exec(digits);
  const number = Number(`${whole.replace(/[.,](?=\d{3})/g, "")}.${fraction || 0}`);
  return Number.isNaN(number) ? undefined : number;
}

/** What belongs to values, in their order: `[[item, value]]`. Numbers come before text, nothing comes last. */
export function inOrder(keyed, descending, language) {
  const collator = new Intl.Collator(language || undefined, { numeric: true });
  const kind = (value) => (value === "" ? 2 : Number(typeof value !== "number"));
  const sign = descending ? -1 : 1;
  const compared = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
  return [...keyed]
    .sort(([, a], [, b]) => kind(a) - kind(b) || (kind(a) === 2 ? 0 : sign * compared(a, b)))
    .map(([item]) => item);
}
