// Previews of notes: on hover, keyboard focus and long press. The fragment is a small file beside the note.

const LINKS = "a.internal, [data-rel] a, [data-trail] a, .outline a, .cards a, .brief a, .tree a, .local-graph a";
const HOVER = 150; // milliseconds of rest before a preview
const LEAVE = 200; // milliseconds to cross the gap from the link to its preview
const PRESS = 380; // milliseconds of a long press: before the browser answers one with a menu
const GAP = 8; // pixels between link and preview

/** The address of the fragment for a link, empty when it leads to no other note. */
export function fragmentFor(link, here) {
  const target = new URL(link.href?.baseVal ?? link.href, here);
  if (target.origin !== here.origin || target.pathname === here.pathname) return "";
  return target.pathname + (target.pathname.endsWith("/") ? "preview.html" : ".preview.html");
}

export function mount(page) {
  const fragments = new Map();
  const card = document.createElement("div");
  card.className = "preview";
  card.id = "g:preview";
  card.setAttribute("role", "tooltip");
  card.popover = "manual";
  (page.querySelector("main") ?? page).append(card);
  let shown; // the link whose preview is open
  let waiting; // the link whose preview comes next
  let timer = 0;
  let touched; // the link under a finger
  let pressed = false;

  function fetched(address) {
    if (!fragments.has(address)) {
      const article = fetch(address)
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((html) => new DOMParser().parseFromString(html, "text/html").querySelector("article"))
        .catch(() => null);
      fragments.set(address, article);
    }
    return fragments.get(address);
  }

  function place(link) {
    const box = link.getBoundingClientRect();
    const below = innerHeight - box.bottom - 2 * GAP;
    const above = box.top - 2 * GAP;
    card.style.maxBlockSize = "";
    const wanted = card.offsetHeight;
    const under = wanted <= below || below >= above;
    const height = Math.min(wanted, under ? below : above);
    card.style.maxBlockSize = `${height}px`;
    card.style.top = `${under ? box.bottom + GAP : box.top - GAP - height}px`;
    card.style.left = `${Math.max(GAP, Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - GAP))}px`;
  }

  async function show(link) {
    const address = fragmentFor(link, location);
    const mine = timer;
    const article = address && (await fetched(address));
    // The reader may have moved on while the fragment was on its way.
    if (!article || mine !== timer) return;
    hide();
    card.replaceChildren(document.importNode(article, true));
    card.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
    card.showPopover?.();
    place(link);
    link.setAttribute("aria-describedby", card.id);
    shown = link;
  }

  function hide() {
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = undefined;
    card.hidePopover?.();
  }

  function later(action, delay) {
    clearTimeout(timer);
    waiting = undefined;
    timer = setTimeout(action, delay);
  }

  const stay = () => later(() => {}, 0);

  function rest(link) {
    later(() => show(link), HOVER);
    waiting = link;
  }

  function press() {
    pressed = true;
    hide();
    show(touched);
  }

  const linkAt = (event) => event.target.closest?.(LINKS);

  const listeners = {
    pointerover(event) {
      if (event.pointerType === "touch") return;
      const link = linkAt(event);
      if (card.contains(event.target) || (link && link === shown)) stay();
      else if (link) rest(link);
      else later(hide, LEAVE);
    },
    focusin(event) {
      const link = linkAt(event);
      if (link?.matches(":focus-visible")) rest(link);
      // What closes gives the focus back: that must not stop a preview for the pointer.
      else if (!pressed && !card.contains(event.target) && !waiting?.matches(":hover")) later(hide, 0);
    },
    keydown: (event) => event.key === "Escape" && later(hide, 0),
    pointerdown(event) {
      pressed = false;
      if (card.contains(event.target)) return;
      stay();
      hide();
      touched = event.pointerType === "touch" ? linkAt(event) : null;
      if (touched) later(press, PRESS);
    },
    pointerup: () => pressed || stay(),
    pointercancel: () => pressed || stay(),
    contextmenu(event) {
      if (!touched) return;
      event.preventDefault();
      if (!pressed) later(press, 0);
    },
    click(event) {
      if (!pressed || !linkAt(event)) return;
      pressed = false;
      event.preventDefault();
    },
  };

  // A page that moves under the pointer closes what is open; what waits, waits until it stands still.
  const scrolled = (event) => {
    if (card.contains(event.target)) return;
    hide();
    if (waiting) rest(waiting);
  };

  for (const [name, listener] of Object.entries(listeners)) page.addEventListener(name, listener);
  addEventListener("scroll", scrolled, { passive: true, capture: true });
  return () => {
    for (const [name, listener] of Object.entries(listeners)) page.removeEventListener(name, listener);
    removeEventListener("scroll", scrolled, { capture: true });
    clearTimeout(timer);
    card.remove();
  };
}
