// Fetches the page behind a link as soon as a reader seems to want it, so that it opens at once.
const REST = 80; // milliseconds on a link
const MOST = 20; // pages that are fetched in this way from one page

export function mount(page) {
  if (navigator.connection?.saveData || !document.createElement("link").relList?.supports?.("prefetch")) return () => {};
  const asked = new Set([location.pathname]);
  let timer = 0;

  function fetchLater(event) {
    clearTimeout(timer);
    const link = event.target.closest?.("a[href]");
    if (!link || event.pointerType === "touch" || asked.size > MOST) return;
    const url = new URL(link.href.baseVal ?? link.href, location.href);
    if (url.origin !== location.origin || asked.has(url.pathname) || !/(\/|\.html)$/.test(url.pathname)) return;
    timer = setTimeout(() => {
      asked.add(url.pathname);
      const hint = document.createElement("link");
      Object.assign(hint, { rel: "prefetch", href: url.pathname + url.search });
      document.head.append(hint);
    }, REST);
  }

  page.addEventListener("pointerover", fetchLater);
  page.addEventListener("focusin", fetchLater);
  return () => {
    clearTimeout(timer);
    page.removeEventListener("pointerover", fetchLater);
    page.removeEventListener("focusin", fetchLater);
  };
}
