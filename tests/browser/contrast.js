// Text of too little contrast (WCAG 1.4.3): what axe-core finds too, at fifty times the cost. Evaluated in a page; gives what is wrong.
() => {
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

  const isRead = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest("svg, :disabled, label:has(:disabled)") &&
    getComputedStyle(element).clipPath === "none" &&
    element.getBoundingClientRect().width > 1;

  const wrong = new Set();

  function look(element, style) {
    const below = behind(element);
    if (!below) return;
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const [r, g, b, alpha] = parts(style.color);
    const found = ratio(over([r, g, b, alpha * opacity(element)], below), below);
    if (found < (isLarge ? 3 : 4.5)) wrong.add(`${found.toFixed(2)}: ${element.outerHTML.slice(0, 150)}`);
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const elements = new Set();
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    const isOrnament = parentElement.closest("[aria-hidden=true]") && !/[\p{L}\p{N}]/u.test(data);
    if (data.trim() && !isOrnament) elements.add(parentElement);
  }
  for (const element of elements) if (isRead(element)) look(element, getComputedStyle(element));
  for (const field of document.querySelectorAll("input[placeholder]")) {
    if (isRead(field)) look(field, getComputedStyle(field, field.value ? null : "::placeholder"));
  }
  return [...wrong];
}
