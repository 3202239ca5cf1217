// Turns the open page into another version of itself. The two versions of its file are compared with each other, and
// not with what is shown: what scripts and readers have made of the page since (unfolded details, the focus, a film that
// plays) is in neither of them, and so it stays.

const MOST_COMPARED = 1_000_000; // pairs of nodes: beyond, two lists are matched by their order alone
const UNTOLD = new Set(["id", "href"]); // attributes that change with their numbers while a text stays as it is

const keyOf = (node) => node.outerHTML ?? `${node.nodeType} ${node.data}`;
const isAlike = (one, other) => one?.nodeName === other.nodeName;

/** For each node of the new list the index of the node in the old one whose place it takes, else -1; they ascend. */
export function partners(olds, news) {
  const found = news.map(() => -1);
  const before = olds.map(keyOf);
  const after = news.map(keyOf);
  let start = 0;
  let oldEnd = olds.length;
  let newEnd = news.length;
  while (start < Math.min(oldEnd, newEnd) && before[start] === after[start]) found[start] = start++;
  while (Math.min(oldEnd, newEnd) > start && before[oldEnd - 1] === after[newEnd - 1]) found[--newEnd] = --oldEnd;
  for (const [old, at] of longestCommon(before, after, start, oldEnd, newEnd)) found[at] = old;
  // What is left between two that are the same: a node takes the place of the next one of its kind.
  let free = start;
  for (let at = start; at < newEnd; at += 1) {
    if (found[at] < 0) {
      const taken = found.slice(at, newEnd).find((old) => old >= 0) ?? oldEnd;
      const next = olds.slice(free, taken).findIndex((old) => isAlike(old, news[at]));
      if (next < 0) continue;
      found[at] = free + next;
    }
    free = found[at] + 1;
  }
  return found;
}

/** The pairs of indices of a longest list that is part of both, between `start` and the two ends. */
function longestCommon(before, after, start, oldEnd, newEnd) {
  const width = newEnd - start + 1;
  const height = oldEnd - start + 1;
  if (width * height > MOST_COMPARED) return [];
  // The length for what follows each pair of places, from the ends on.
  const lengths = new Uint32Array(width * height);
  const at = (old, now) => (old - start) * width + now - start;
  for (let old = oldEnd - 1; old >= start; old -= 1) {
    for (let now = newEnd - 1; now >= start; now -= 1) {
      lengths[at(old, now)] =
        before[old] === after[now] ? lengths[at(old + 1, now + 1)] + 1 : Math.max(lengths[at(old + 1, now)], lengths[at(old, now + 1)]);
    }
  }
  const pairs = [];
  for (let old = start, now = start; old < oldEnd && now < newEnd; ) {
    if (before[old] === after[now]) pairs.push([old++, now++]);
    else if (lengths[at(old + 1, now)] >= lengths[at(old, now + 1)]) old += 1;
    else now += 1;
  }
  return pairs;
}

/** Give `live` the attributes of `now` that differ from those of `was`. */
function patchAttributes(live, was, now, changed) {
  const names = new Set([...was.getAttributeNames(), ...now.getAttributeNames()]);
  for (const name of names) {
    const value = now.getAttribute(name);
    if (was.getAttribute(name) === value) continue;
    if (value === null) live.removeAttribute(name);
    else live.setAttribute(name, value);
    if (!UNTOLD.has(name)) changed.add(live);
  }
}

/** Make of `live`, which `was` has become, what `now` would become; the elements that a reader sees changed are added to `changed`. */
function patch(live, was, now, changed) {
  if (was.isEqualNode(now)) return;
  if (was.nodeType !== Node.ELEMENT_NODE) {
    live.data = now.data;
    if (was.data.trim() !== now.data.trim()) changed.add(live.parentElement);
    return;
  }
  patchAttributes(live, was, now, changed);
  const lives = [...live.childNodes];
  const olds = [...was.childNodes];
  const news = [...now.childNodes];
  if (lives.length !== olds.length || !olds.every((old, at) => isAlike(lives[at], old))) {
    // A script has made something else of it: it gets all of its new content.
    live.replaceChildren(...news.map((node) => document.importNode(node, true)));
    changed.add(live);
    return;
  }
  const found = partners(olds, news);
  const kept = new Set(found);
  lives.forEach((node, at) => {
    if (kept.has(at)) return;
    if (node.nodeType === Node.ELEMENT_NODE) changed.add(node.nextElementSibling ?? node.previousElementSibling ?? live);
    else if (node.data.trim()) changed.add(live);
    node.remove();
  });
  let next = null;
  for (let at = news.length - 1; at >= 0; at -= 1) {
    const old = found[at];
    if (old >= 0) {
      patch(lives[old], olds[old], news[at], changed);
      next = lives[old];
    } else {
      next = live.insertBefore(document.importNode(news[at], true), next);
      if (next.nodeType === Node.ELEMENT_NODE) changed.add(next);
    }
  }
}

const OWN = "[src^='/_garden/'], [href^='/_garden/']";
const programs = (page) =>
  [...page.querySelectorAll(`script:not([type$=json], ${OWN})`)].map((script) => script.src + script.text).join("\n");
const sheets = (page) => [...page.head.querySelectorAll(`link[rel=stylesheet]:not(${OWN})`)];
const pathOf = (sheet) => sheet.getAttribute("href").split("?")[0];

/** The style sheets of the open page that its file has, undefined for one that is not there; scripts have added others. */
const liveSheets = (was) => sheets(was).map((sheet) => sheets(document).find((live) => pathOf(live) === pathOf(sheet)));

/** Say whether only loading the page again makes the new version of it: where scripts or styles are other ones. */
function needsLoading(was, now) {
  return (
    now.querySelector("meta[http-equiv=refresh]") || // it leads elsewhere
    programs(was) !== programs(now) ||
    sheets(was).length !== sheets(now).length ||
    !liveSheets(was).every(Boolean) ||
    // The search, the graph and the like: what they show does not stand in the page.
    document.querySelector("[data-eager]")
  );
}

/** What is said of a page in its head: the note that it comes from, the pages beside it. */
const facts = (page) => [...page.head.children].filter((element) => element.matches("meta, link:not([rel=stylesheet]), script[type$=json]"));

/** Bring the head from one version to another; what scripts have added to it stays. */
function patchHead(was, now) {
  const olds = facts(was);
  const news = facts(now);
  const lives = olds.map((old) => facts(document).find((live) => live.isEqualNode(old)));
  const stays = (one) => news.some((other) => other.isEqualNode(one));
  olds.forEach((old, at) => {
    if (!stays(old)) lives[at]?.remove();
  });
  document.head.append(
    ...news.filter((fact) => !olds.some((old) => old.isEqualNode(fact))).map((fact) => document.importNode(fact, true)),
  );
}

/** Bring the open page from one version of its file to another; returns the changed elements, null when it must be loaded again. */
export function swap(was, now) {
  if (needsLoading(was, now)) return null;
  const changed = new Set();
  const change = () => {
    patchAttributes(document.documentElement, was.documentElement, now.documentElement, changed);
    patch(document.body, was.body, now.body, changed);
  };
  document.title = now.title;
  patchHead(was, now);
  liveSheets(was).forEach((sheet, at) => {
    const wanted = sheets(now)[at].getAttribute("href");
    if (sheet.getAttribute("href") !== wanted) sheet.setAttribute("href", wanted);
  });
  // The theme takes away what its scripts have added, lets the page be changed and adds it again.
  if (dispatchEvent(new CustomEvent("garden:swap", { cancelable: true, detail: change }))) change();
  return changed;
}
