// What is wrong in notes, in a corner: on the page of the note itself each problem with its line and a link into the
// editor; elsewhere a small sign that there are errors. It goes with the last of them.

const BOX = "garden-problems";
let folded = ""; // the errors that the author has seen and folded

const note = () => document.querySelector("meta[name='garden:source']")?.content;

function element(name, text = "", properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, properties);
}

function item({ severity, code, message, excerpt, place, editor }) {
  const entry = element("li", "", { className: severity });
  entry.append(element("p", `${message} `));
  if (code) entry.firstChild.append(element("code", code));
  if (excerpt) entry.append(element("pre", excerpt, { tabIndex: 0 }));
  entry.append(element("a", place, { href: editor, title: "Open in the editor" }));
  return entry;
}

async function fetched() {
  const answer = await fetch(`/_garden/problems?note=${note() ?? ""}`, { cache: "no-store" });
  return answer.json();
}

/** What a build has failed of, as far as its log names places in files. */
export async function causes() {
  const items = element("ul");
  items.append(...(await fetched()).causes.map(item));
  return items;
}

function list(heading, problems) {
  const items = element("ul");
  items.append(...problems.map(item));
  return problems.length ? [element("h2", heading), items] : [];
}

const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** What the sign says: of this note first. */
function said(errors, warnings, others) {
  if (errors.length) return `${counted(errors.length, "error")} in this note`;
  if (others.length) return `${counted(others.length, "error")} in ${others.length === 1 ? "another note" : "other notes"}`;
  return `${counted(warnings.length, "warning")} in this note`;
}

function box(own, others) {
  const errors = own.filter(({ severity }) => severity === "error");
  const warnings = own.filter(({ severity }) => severity !== "error");
  const details = element("details", "", { className: BOX });
  details.classList.toggle("only-warnings", !errors.length && !others.length);
  details.append(
    element("summary", said(errors, warnings, others)),
    ...list("In this note", own),
    ...list("In other notes", others),
  );
  const key = JSON.stringify(errors);
  details.open = errors.length > 0 && key !== folded;
  details.addEventListener("toggle", () => (folded = details.open ? "" : key));
  return details;
}

/** Show the problems that a build has found, in the place of those that were shown. */
export async function showProblems(build) {
  const { own, others } = await fetched();
  document.querySelector(`.${BOX}`)?.remove();
  // Beside the body, which is compared with its file.
  if (!build.failed && own.length + others.length) document.documentElement.append(box(own, others));
}
