// Added to every page by `garden serve`, never to a file on disk. Reloads the page when a build has
// changed the site, and lays the log of a failed build over it.

const own = Number(new URL(import.meta.url).searchParams.get("build"));
const PLACE = "garden:place";
let events = null;

function listen() {
  events = new EventSource("/_garden/events");
  events.addEventListener("build", (message) => {
    const build = JSON.parse(message.data);
    if (build.number !== own) {
      // A changed page may be longer or shorter; readers stay where they were all the same.
      sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollX, scrollY]));
      location.reload();
    } else if (build.failed) {
      showLog();
    }
  });
}

async function showLog() {
  const log = await (await fetch("/_garden/log")).text();
  const dialog = document.createElement("dialog");
  dialog.className = "garden-build-log";
  dialog.setAttribute("aria-label", "The build has failed");
  const title = document.createElement("h2");
  title.textContent = "The build has failed";
  const text = document.createElement("pre");
  text.tabIndex = 0;
  text.textContent = log;
  const close = document.createElement("button");
  close.textContent = "Show the page";
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, text, close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// A browser opens six connections to a server at most, and each tab that listens holds one.
addEventListener("visibilitychange", () => {
  if (document.hidden) {
    events?.close();
  } else {
    listen();
  }
});
addEventListener("pagehide", () => events?.close());

const [path, left, top] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
sessionStorage.removeItem(PLACE);
if (path === location.pathname) {
  scrollTo({ left, top, behavior: "instant" });
}
if (!document.hidden) {
  listen();
}
