// What costs axe-core most to look for, in a twentieth of its time: text of too little contrast (WCAG 1.4.3), links in text
// that only their colour tells apart (1.4.1), targets that a finger misses (2.5.8). Evaluated in a page; gives what is wrong.
() => {
  const LEAST = 24; // pixels of a target
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=option]";
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();

  /** Red, green, blue and opacity (0 to 1) of a colour, however it is written. */
  function parts(colour) {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      known.set(colour, [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255));
    }
    return known.get(colour);
  }

  const over = ([r, g, b, alpha], below) => [r, g, b].map((part, at) => part * alpha + below[at] * (1 - alpha));

  function luminance(colour) {
    const [r, g, b] = colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function ratio(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  /** The colour behind the text of an element; nothing where it stands on a picture. */
  function behind(element) {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      const colour = parts(style.backgroundColor);
      if (colour[3]) layers.unshift(colour);
      if (colour[3] === 1) break;
    }
    return layers.reduce((below, layer) => over(layer, below), [1, 1, 1]);
  }

  function opacity(element) {
    return element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;
  }

  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest("svg, :disabled, [inert], label:has(:disabled)") &&
    getComputedStyle(element).clipPath === "none" &&
    element.getBoundingClientRect().width > 1;

  const wrong = new Set();

  function complain(reason, element) {
    wrong.add(`${reason}: ${element.outerHTML.slice(0, 150)}`);
  }

  function lookAtColours(element, style) {
    const below = behind(element);
    if (!below) return;
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const [r, g, b, alpha] = parts(style.color);
    const found = ratio(over([r, g, b, alpha * opacity(element)], below), below);
    if (found < (isLarge ? 3 : 4.5)) complain(`contrast of ${found.toFixed(2)}`, element);
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const elements = new Set();
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    const isOrnament = parentElement.closest("[aria-hidden=true]") && !/[\p{L}\p{N}]/u.test(data);
    if (data.trim() && !isOrnament) elements.add(parentElement);
  }
  for (const element of elements) if (isShown(element)) lookAtColours(element, getComputedStyle(element));
  for (const field of document.querySelectorAll("input[placeholder]")) {
    if (isShown(field)) lookAtColours(field, getComputedStyle(field, field.value ? null : "::placeholder"));
  }

  /** Whether an element is a part of running text, and as high as its line. */
  function isInSentence(element) {
    if (!getComputedStyle(element).display.startsWith("inline")) return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    const letters = (text) => text.replace(/[^\p{L}\p{N}]/gu, "").length;
    const ofTargets = [...block.querySelectorAll("a, button")].reduce((sum, { innerText }) => sum + letters(innerText ?? ""), 0);
    return letters(block.innerText) > ofTargets;
  }

  for (const link of document.querySelectorAll("p a[href]:not([role^=doc-])")) {
    const { textDecorationLine, borderBottomWidth } = getComputedStyle(link);
    if (textDecorationLine !== "underline" && borderBottomWidth === "0px" && isShown(link) && isInSentence(link)) complain("only coloured", link);
  }

  const targets = [...document.querySelectorAll(TARGETS)]
    .filter((element) => element.tabIndex >= 0 && isShown(element))
    .map((element) => ({ element, box: element.getBoundingClientRect(), layer: element.closest("dialog, [popover]") }));
  const isSmall = ({ box }) => box.width < LEAST || box.height < LEAST;
  const middle = ({ box }) => [box.left + box.width / 2, box.top + box.height / 2];

  /** How far the middle of a target is from another one. */
  function distance(target, { box }) {
    const [x, y] = middle(target);
    return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  }

  function isTooNear(target, other) {
    if (other.layer !== target.layer || other.element.contains(target.element) || target.element.contains(other.element)) return false;
    const [[x, y], [otherX, otherY]] = [middle(target), middle(other)];
    const areBothSmall = isSmall(other) && Math.hypot(x - otherX, y - otherY) < LEAST - 0.5;
    return areBothSmall || distance(target, other) < LEAST / 2 - 0.5;
  }

  for (const target of targets.filter(isSmall)) {
    const near = targets.some((other) => isTooNear(target, other));
    if (near && !isInSentence(target.element)) complain("small target", target.element);
  }
  return [...wrong];
}
