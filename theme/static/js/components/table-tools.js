// The table of a live view: its headers sort, and a field leaves the rows that hold what is typed.
// Not mounted: a part of `views.js`.
import { inOrder, valueOf } from "../lib/table-order.js";
import { counted } from "../lib/messages.js";
import { folded } from "../lib/search-terms.js";

const FEWEST = 8; // rows that are worth a filter
const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

/** Let headers sort the rows of each group; a third time brings back the order of the view. */
function sorting(table, signal) {
  const groups = [...table.tBodies].map((body) => [body, [...body.querySelectorAll("tr[data-row]")]]);
  const headers = [...table.querySelectorAll("thead th")];

  function sort(column, order) {
    headers.forEach((header, at) => header.setAttribute("aria-sort", at === column ? order : "none"));
    for (const [body, rows] of groups) {
      const keyed = rows.map((row) => [row, valueOf(row.cells[column])]);
      body.append(...(order === "none" ? rows : inOrder(keyed, order === "descending", document.documentElement.lang)));
    }
  }

  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...header.childNodes);
    header.append(button);
    header.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => sort(column, NEXT[header.getAttribute("aria-sort")]), { signal });
  });
}

/** The field that filters a table, with how many rows it leaves. */
function filter(table, messages) {
  const rows = [...table.querySelectorAll("tr[data-row]")].map((row) => [row, folded(row.textContent)]);
  const tools = document.createElement("p");
  tools.className = "table-tools";
  const field = document.createElement("input");
  Object.assign(field, { type: "search", placeholder: messages.filter, autocomplete: "off" });
  field.setAttribute("aria-label", messages.filter);
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  field.addEventListener("input", () => {
    const asked = folded(field.value.trim());
    for (const [row, text] of rows) row.hidden = !text.includes(asked);
    for (const body of table.tBodies) body.hidden = !body.querySelector("tr[data-row]:not([hidden])");
    status.textContent = asked ? counted(messages.results, rows.filter(([row]) => !row.hidden).length) : "";
  });
  tools.append(field, status);
  return tools;
}

export function enliven(view, messages) {
  const table = view.querySelector("table");
  const ended = new AbortController();
  const count = table.querySelectorAll("tr[data-row]").length;
  if (count > 1) sorting(table, ended.signal);
  const tools = count >= FEWEST ? filter(table, messages) : null;
  if (tools) view.prepend(tools);
  return () => {
    ended.abort();
    tools?.remove();
    table.querySelectorAll(".sort").forEach((button) => button.replaceWith(...button.childNodes));
    table.querySelectorAll("[aria-sort]").forEach((header) => header.removeAttribute("aria-sort"));
  };
}
