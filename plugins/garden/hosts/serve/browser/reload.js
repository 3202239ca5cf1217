// Added to every page by `garden serve`, never to a file on disk. Reloads the page when a build has
// changed that page, takes over new styles without reloading, and lays the log of a failed build over it.

const parameters = new URL(import.meta.url).searchParams;
const PLACE = "garden:place";
const LOG = "garden-build-log";
const SIGN = "garden-build-sign";
let told = Number(parameters.get("build"));
let shown = parameters.get("page"); // what this tab shows; empty for the log of a failed build
let events = null;

function listen() {
  events = new EventSource("/_garden/events");
  events.addEventListener("build", (message) => {
    const build = JSON.parse(message.data);
    showSign(build.errors);
    if (build.number !== told) {
      told = build.number;
      follow(build);
    } else if (build.failed && shown) {
      showLog();
    }
  });
}

async function follow(build) {
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
  const now = answer.headers.get("Garden-Page") ?? "";
  closeLog();
  if (now === shown && now) {
    if (build.failed) {
      showLog();
    }
  } else if (build.style && now && shown) {
    shown = now;
    for (const link of document.querySelectorAll("link[rel=stylesheet]:not([href^='/_garden/'])")) {
      link.href = `${link.href.split("?")[0]}?v=${now}`;
    }
  } else {
    // A changed page may be longer or shorter; readers stay where they were all the same.
    sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  }
}

function closeLog() {
  document.querySelector(`dialog.${LOG}`)?.close();
}

// Errors in notes concern the author, not this page: a small sign says that there are some.
function showSign(wanted) {
  const sign = document.querySelector(`.${SIGN}`);
  if (wanted && !sign) {
    const button = document.createElement("button");
    button.className = SIGN;
    button.textContent = "Errors in notes";
    button.addEventListener("click", () => showLog("Errors in notes"));
    document.body.append(button);
  } else if (!wanted) {
    sign?.remove();
  }
}

async function showLog(heading = "The build has failed") {
  const log = await (await fetch("/_garden/log")).text();
  const dialog = document.createElement("dialog");
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
