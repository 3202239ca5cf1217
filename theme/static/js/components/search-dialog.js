// The search as a dialog: what opens and closes it, and where the focus goes then.
// Not mounted: a part of `search.js`.

const OPENER = '[data-opens="search"]';

/** Let links to the search open `dialog`, with `opened` called each time, until `signal` aborts. */
export function mountDialog(dialog, opened, signal) {
  let opener;

  function open(event) {
    const link = event.target.closest(OPENER);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    opener = document.activeElement === document.body ? link : document.activeElement;
    dialog.showModal();
    opened();
  }

  /** Close, and leave the field at once: otherwise the browser gives it the next key as well. */
  function close() {
    dialog.close();
    opener?.focus();
  }

  function clicked(event) {
    if (event.target === dialog || event.target.closest("[data-closes]")) close();
  }

  function pressed(event) {
    // A search field would first empty itself on Esc.
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  }

  document.addEventListener("click", open, { signal });
  dialog.addEventListener("click", clicked, { signal });
  dialog.addEventListener("keydown", pressed, { signal });
  dialog.addEventListener("close", () => document.activeElement === document.body && opener?.focus(), { signal });
}

/** Let links to the search lead to the field `input` of the page itself, until `signal` aborts. */
export function mountField(input, signal) {
  function clicked(event) {
    if (!event.target.closest(OPENER)) return;
    event.preventDefault();
    input.select();
  }

  document.addEventListener("click", clicked, { signal });
}
