// The drawn map below the tree of a wide window, with the place of this page in it.
import { addSheet } from "../lib/sheet.js";

const WIDE = "(min-width: 80rem)";

/** The paths of the addresses on the way to this page, its own last. */
function wayHere() {
  const links = document.querySelectorAll(".trails:first-of-type .trail:first-of-type a");
  return [...[...links].map((link) => link.pathname), location.pathname];
}

function pathOf(place) {
  return new URL(place.getAttribute("href"), location.href).pathname;
}

/** Whether the tree names all places of the map. */
function isTold(places, aside) {
  const told = [...aside.querySelectorAll("a")].map(pathOf);
  return places.every((place) => told.includes(pathOf(place)));
}

export async function mount(aside) {
  const { map } = aside.dataset;
  if (!matchMedia(WIDE).matches) return () => {};
  const answer = await fetch(map).catch(() => null);
  if (!answer?.ok) return () => {};
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("svg");
  if (!drawn) return () => {};
  const svg = document.importNode(drawn, true);
  const places = [...svg.querySelectorAll("a")];
  if (isTold(places, aside)) return () => {};
  const way = wayHere();
  places.forEach((place) => place.classList.toggle("passed", way.includes(pathOf(place))));
  await addSheet("scripted");
  const figure = document.createElement("div");
  figure.className = "place-on-map";
  figure.append(svg);
  // It stays in sight with the tree.
  aside.querySelector("nav").append(figure);
  return () => figure.remove();
}
