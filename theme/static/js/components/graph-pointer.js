// What pointers do in the picture of the graph: point, drag, pinch, scroll and click.
// Not mounted: a part of `graph.js`.
import { indexNodes } from "./graph-scene.js";

const CLICK = 5; // pixels that a pointer may travel in a click

class Pointers {
  #picture;
  #scene;
  #open;
  #fingers = new Map();
  #grabbed = -1;
  #travelled = 0;

  constructor(picture, scene, open) {
    this.#picture = picture;
    this.#scene = scene;
    this.#open = open;
  }

  pointerdown({ target, pointerId, offsetX, offsetY }) {
    target.setPointerCapture(pointerId);
    this.#fingers.set(pointerId, { x: offsetX, y: offsetY });
    this.#grabbed = this.#fingers.size === 1 ? this.#picture.nodeAt(offsetX, offsetY) : -1;
    if (this.#fingers.size === 1) this.#travelled = 0;
  }

  pointermove({ target, pointerId, offsetX, offsetY }) {
    const before = this.#fingers.get(pointerId);
    if (!before) return this.#point(target, offsetX, offsetY);
    const now = { x: offsetX, y: offsetY };
    this.#travelled += Math.hypot(now.x - before.x, now.y - before.y);
    this.#fingers.set(pointerId, now);
    const other = [...this.#fingers].find(([id]) => id !== pointerId)?.[1];
    if (other) return this.#pinch(before, now, other);
    return this.#drag(now.x - before.x, now.y - before.y);
  }

  pointerup({ pointerId }) {
    if (this.#travelled < CLICK) {
      this.#open(this.#grabbed);
      this.#grabbed = -1;
    }
    this.pointercancel({ pointerId });
  }

  pointercancel({ pointerId }) {
    this.#fingers.delete(pointerId);
    if (this.#grabbed >= 0) {
      indexNodes(this.#scene);
      this.#picture.repaint();
    }
    this.#grabbed = -1;
  }

  wheel(event) {
    event.preventDefault();
    this.#picture.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), event.offsetX, event.offsetY);
  }

  #point(canvas, x, y) {
    const over = this.#picture.nodeAt(x, y);
    canvas.classList.toggle("over-node", over >= 0);
    if (over === this.#scene.active) return;
    this.#scene.active = over;
    this.#picture.draw();
  }

  #pinch(before, now, other) {
    const apart = (finger) => Math.hypot(finger.x - other.x, finger.y - other.y) || 1;
    this.#picture.zoom(apart(now) / apart(before), other.x, other.y);
  }

  /** Drag the node that was grabbed, or else the whole picture. */
  #drag(x, y) {
    if (this.#grabbed < 0) return this.#picture.move(x, y);
    const node = this.#scene.nodes[this.#grabbed];
    node.x += x / this.#scene.view.scale;
    node.y += y / this.#scene.view.scale;
    // The node and its links are painted over the ground, which follows when it is let go.
    this.#scene.active = this.#grabbed;
    return this.#picture.draw();
  }
}

/** Let pointers on `canvas` move in the picture; a click on a node calls `open` with its index. */
export function mountPointers(canvas, picture, scene, open, signal) {
  const pointers = new Pointers(picture, scene, open);
  for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel", "wheel"]) {
    canvas.addEventListener(name, (event) => pointers[name](event), { signal, passive: false });
  }
}
