// Added to every page by `garden serve`, never to a file on disk. When a build has changed the page, what is
// new in it takes the place of the old; where that is not possible the page is loaded again. The log of a failed build
// lies over the page; what is wrong in notes is told in a corner.
import { offerOtherView } from "./other-view.js";
import { keepingPlace, showChange } from "./place.js";
import { causes, showProblems } from "./problems.js";
import { swap } from "./swap.js";

const parameters = new URL(import.meta.url).searchParams;
const PLACE = "garden:place";
const LOG = "garden-build-log";
const AGAIN = 5000; // milliseconds until a tab that was refused asks again
let told = Number(parameters.get("build"));
let shown = parameters.get("page"); // what this tab shows; empty for the log of a failed build
let source = null; // the version of the file that this tab shows, with its status
let events = null;
let asking = 0; // the timer of a tab that was refused
let following = Promise.resolve();

/** The file of this page as it is now. */
async function fetched() {
  const answer = await fetch(location.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { hash: answer.headers.get("Garden-Page") ?? "", status: answer.status, page };
}

function listen() {
  stopListening();
  events = new EventSource("/_garden/events");
  events.addEventListener("error", () => {
    // The browser itself asks again after a lost connection, but not after the server has said that too many tabs listen.
    if (events.readyState === EventSource.CLOSED) asking = setTimeout(listen, AGAIN);
  });
  events.addEventListener("build", (message) => {
    const build = JSON.parse(message.data);
    // One after the other: a build may end while the page still follows the last one.
    following = following.then(() => hear(build)).catch(() => {}); // a server that has gone tells nothing
  });
}

function stopListening() {
  clearTimeout(asking);
  events?.close();
}

async function hear(build) {
  if (build.number !== told) {
    told = build.number;
    await follow(build);
    if (build.renewed === "files") refreshFiles(build.number);
  } else if (build.failed && shown) {
    await showLog();
  }
  await showProblems(build);
}

async function follow(build) {
  const now = await fetched();
  closeLog();
  if (now.hash && now.hash === shown) {
    if (build.failed) await showLog();
    else if (build.renewed === "style") refreshStyles(build.number);
    return;
  }
  const changed = now.hash && source?.hash === shown && source.status === now.status ? keepingPlace(() => swap(source.page, now.page)) : null;
  if (changed) {
    source = now;
    shown = now.hash;
    showChange(changed);
  } else {
    // A changed page may be longer or shorter; readers stay where they were all the same.
    sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  }
}

/** Load the style sheets again that keep their addresses when they change. */
function refreshStyles(version) {
  for (const link of document.querySelectorAll("link[rel=stylesheet]:not([href^='/_garden/'])")) {
    link.href = `${link.href.split("?")[0]}?v=${version}`;
  }
}

/** Load the pictures and the like again that the page has from this site; what is playing goes on. */
function refreshFiles(version) {
  const isOurs = (address) => new URL(address, location.href).origin === location.origin && !address.startsWith("data:");
  const versioned = (address) => (isOurs(address) ? `${address.split("?")[0]}?v=${version}` : address);
  for (const shown of document.querySelectorAll("main :is(img, source, audio, video, embed, iframe, object)")) {
    if (shown.closest("audio, video")?.paused === false) continue;
    const { src, srcset, data } = shown.attributes;
    if (src) src.value = versioned(src.value);
    if (data) data.value = versioned(data.value);
    if (srcset) srcset.value = srcset.value.replace(/(^|,\s*)([^\s,]+)/g, (_, before, address) => before + versioned(address));
  }
}

function closeLog() {
  document.querySelector(`dialog.${LOG}`)?.close();
}

async function showLog() {
  const log = await (await fetch("/_garden/log")).text();
  const dialog = document.createElement("dialog");
  const heading = "The build has failed";
  dialog.className = LOG;
  dialog.setAttribute("aria-label", heading);
  const title = document.createElement("h2");
  title.textContent = heading;
  const text = document.createElement("pre");
  text.tabIndex = 0;
  text.textContent = log;
  const close = document.createElement("button");
  close.textContent = "Show the page";
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, await causes(), text, close);
  dialog.addEventListener("close", () => dialog.remove());
  // Beside the body, which is compared with its file.
  document.documentElement.append(dialog);
  dialog.showModal();
}

// A browser opens six connections to a server at most, and each tab that listens holds one.
addEventListener("visibilitychange", () => {
  if (document.hidden) {
    stopListening();
  } else {
    listen();
  }
});
addEventListener("pagehide", stopListening);

const [path, left, top] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
sessionStorage.removeItem(PLACE);
if (path === location.pathname) {
  scrollTo({ left, top, behavior: "instant" });
}
if (shown) {
  following = fetched()
    .then((file) => (source = file))
    .catch(() => {});
}
if (!document.hidden) {
  listen();
}
if (parameters.has("other")) offerOtherView(parameters.get("other"));
