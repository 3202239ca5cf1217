// How text is cut into words. `reading/search_terms.py` cuts notes in the same way: both must change together.
const UNSPACED =
  "\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
const SYMBOLIC = "(?<![\\p{L}\\p{N}])[a-zA-Z](?:\\+\\+|#)(?![\\p{L}\\p{N}_+#])"; // c++, c#
const WORD = new RegExp(`${SYMBOLIC}|[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, "gu");
// In text as it is written a letter may be followed by its accents.
const WRITTEN = new RegExp(`${SYMBOLIC}|[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{Mn}])+`, "gu");
// Names as code writes them, and symbols that stand alone.
const SYMBOL = "[!#$%&*+/:<=>?@[\\\\\\]^`{|}~-]";
const NAMES = [
  /(?<![\p{L}\p{N}])[.@$!#%{<_-][a-z][a-z0-9]*/gu, // .gitignore, @njit, --force, [!note]
  /(?<![\p{L}\p{N}._])[a-z][a-z0-9]*(?:[._][a-z0-9]+)+/gu, // file.mtime, snake_case
  new RegExp(`(?<![\\p{L}\\p{N}]|${SYMBOL})${SYMBOL}{2,4}(?![\\p{L}\\p{N}]|${SYMBOL})`, "gu"), // ![[, =>, ::
];
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const IS_ARABIC = /^[\u0621-\u064a]/;
// The article, also after "and", "so", "with", "like" and "for"; and "and" alone.
const ARTICLE = /^[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=[\u0621-\u064a]{3})|^\u0648(?=[\u0621-\u064a]{4})/;
const LONGEST = 40;
const QUOTED = /"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»/gu;

// Letters that are no accented ones for Unicode, and that many keyboards do not have.
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i" };
const ACCENTED = new RegExp(`\\p{Mn}|[${Object.keys(PLAIN).join("")}]`, "gu");

/** Text without case and accents. */
export function folded(text) {
  return text.toLowerCase().normalize("NFKD").replace(ACCENTED, (letter) => PLAIN[letter] ?? "");
}

/** Whether a word is written in a script without spaces between words. */
export function isUnspaced(word) {
  return IS_UNSPACED.test(word);
}

/** A folded word as the index has it. */
export function indexed(word) {
  if (isUnspaced(word)) return word;
  const bare = IS_ARABIC.test(word) ? word.replace(ARTICLE, "").replaceAll("\u0629", "\u0647").replaceAll("\u0649", "\u064a") : word;
  return bare.slice(0, LONGEST);
}

/** The words of a query, each once. */
export function queryWords(text) {
  return [...new Set((folded(text).match(WORD) ?? []).map(indexed))];
}

/** The names of a query that code writes with symbols, each with them and once. */
export function codeNames(text) {
  return [...new Set(NAMES.flatMap((name) => text.toLowerCase().match(name) ?? []))].map((word) => word.slice(0, LONGEST));
}

/** What the index has of a word: itself, or pairs of characters. */
export function termsOf(word) {
  const characters = [...word];
  if (!isUnspaced(word) || characters.length < 2) return [word];
  return characters.slice(1).map((character, at) => characters[at] + character);
}

/** The words of a text as it is written: `[{word, start, end}]`, the words as the index has them. */
export function writtenWords(text) {
  return Array.from(text.matchAll(WRITTEN), (match) => ({
    word: indexed(folded(match[0])),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The phrases in quotation marks of a query, as lists of words. */
export function phrasesOf(query) {
  const quoted = Array.from(query.matchAll(QUOTED), (match) => match.slice(1).find(Boolean));
  return quoted.map((text) => writtenWords(text).map(({ word }) => word)).filter((words) => words.length);
}

/** Whether words follow one another in a text. */
export function hasPhrase(text, phrase) {
  return ` ${writtenWords(text).map(({ word }) => word).join(" ")} `.includes(
    isUnspaced(phrase[0]) ? phrase.join(" ") : ` ${phrase.join(" ")} `,
  );
}
