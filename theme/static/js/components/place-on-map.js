// The drawn map below the tree of a wide window, with the place of this page in it. The tree itself needs nothing of it.
import { addSheet } from "../lib/sheet.js";

const WIDE = "(min-width: 80rem)";
const DOTS = 290; // pixels of the drawing that are without names
const START = 28; // where its lines begin then

/** The paths of the addresses on the way to this page, its own last. */
function wayHere() {
  const links = document.querySelectorAll(".trails:first-of-type .trail:first-of-type a");
  return [...[...links].map((link) => link.pathname), location.pathname];
}

/** The map without its names, with the dots on a way marked; null where the page is in none of its branches. */
function placed(svg, way) {
  const pathOf = (link) => new URL(link.getAttribute("href"), location.href).pathname;
  const passed = [...svg.querySelectorAll("a")].filter((link) => way.includes(pathOf(link)));
  if (!passed.length) return null;
  svg.querySelectorAll("a, g").forEach((place) => place.classList.toggle("passed", passed.includes(place)));
  svg.querySelectorAll("a").forEach((link) => (link.tabIndex = -1));
  svg.querySelectorAll("text").forEach((name) => name.remove());
  svg.querySelectorAll(".edge").forEach((line) => line.setAttribute("d", line.getAttribute("d").replace(/^M\d+/, `M${START}`)));
  svg.setAttribute("viewBox", `0 0 ${DOTS} ${svg.getAttribute("height")}`);
  svg.setAttribute("width", DOTS);
  return svg;
}

export async function mount(aside) {
  const { map } = aside.dataset;
  if (!matchMedia(WIDE).matches) return () => {};
  const answer = await fetch(map).catch(() => null);
  if (!answer?.ok) return () => {};
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("svg");
  const shown = drawn && placed(document.importNode(drawn, true), wayHere());
  if (!shown) return () => {};
  await addSheet("scripted");
  const figure = document.createElement("div");
  figure.className = "place-on-map";
  // The tree says the same in words.
  figure.setAttribute("aria-hidden", "true");
  figure.append(shown);
  aside.append(figure);
  return () => figure.remove();
}
