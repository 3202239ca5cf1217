// Style sheets for what only a script shows: fetched with it, and by no page before.

/** Add a sheet of the theme's to the document, once; settled when it is there, or cannot be had. */
export function addSheet(name) {
  const href = new URL(`../../${name}.css`, import.meta.url).href;
  const known = [...document.querySelectorAll("link[rel=stylesheet]")].find((link) => link.href === href);
  if (known?.sheet) return Promise.resolve();
  const link = known ?? document.head.appendChild(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  return new Promise((resolve) => ["load", "error"].forEach((type) => link.addEventListener(type, resolve, { once: true })));
}
