// Marks the section being read in a list of contents, and what has been passed, and opens the list where it is next to the text.

const READING_LINE = 0.3; // of the window's height: a heading above it has been reached

export function mount(details) {
  const links = [...details.querySelectorAll('a[href^="#"]')];
  const places = links
    .map((link) => [document.getElementById(decodeURIComponent(link.hash.slice(1))), link])
    .filter(([heading]) => heading);
  let marked;
  let frame = 0;

  // The style sheet has shown it so far; from here on the reader may fold it.
  if (!("live" in details.dataset) && getComputedStyle(details).getPropertyValue("--stands-open").trim() === "1") details.open = true;
  details.dataset.live = "";

  // In a long branch this page may be far down the list.
  const here = details.querySelector('[aria-current="page"]');
  const box = details.parentElement;
  if (here && getComputedStyle(box).position === "sticky" && here.offsetTop > box.clientHeight) {
    box.scrollTop = here.offsetTop - box.clientHeight / 2;
  }

  function mark() {
    frame = 0;
    const line = innerHeight * READING_LINE;
    const reached = places.filter(([heading]) => heading.getBoundingClientRect().top < line).length;
    const current = places[reached - 1]?.[1];
    if (current === marked) return;
    marked?.removeAttribute("aria-current");
    marked = current;
    places.forEach(([, link], at) => link.classList.toggle("passed", at < reached));
    marked?.setAttribute("aria-current", "true");
    // Only a list that stays in sight may scroll: another would take the page with it.
    if (getComputedStyle(details).position === "sticky") marked?.scrollIntoView?.({ block: "nearest", behavior: "instant" });
  }

  function scrolled() {
    frame ||= requestAnimationFrame(mark);
  }

  if (places.length) addEventListener("scroll", scrolled, { passive: true });
  scrolled();
  return () => {
    removeEventListener("scroll", scrolled);
    cancelAnimationFrame(frame);
    marked?.removeAttribute("aria-current");
    links.forEach((link) => link.classList.remove("passed"));
  };
}
