// The picture of the graph on its canvas: which part of the graph is in view, and which parts are painted when.
// Not mounted: a part of `graph.js`.
import { boundsOf, centredOn, fitView, pick, toGraph, zoomAt } from "../lib/graph-layout.js";
import { groundSteps, paintMarked } from "../lib/graph-paint.js";

const REACH = 14; // pixels around a node in which a pointer is taken to be on it
const SLOW = 12; // milliseconds of painting after which a picture is moved first and painted again when it rests
const REST = 120; // milliseconds without a movement
const LATE = 24; // milliseconds between two frames; beyond that, less is painted for each
const BUDGET = 6; // milliseconds of a frame that the ground may take
const MOST_STEPS = 12; // of painting the ground, for one frame

export class GraphPicture {
  #canvas;
  #context;
  #scene;
  #ground = document.createElement("canvas"); // everything that does not change with the pointer
  #painted; // the view that `#ground` shows; undefined before the first
  #stale = true; // whether it no longer shows the scene
  #next = document.createElement("canvas"); // the ground that is being painted, a few steps for each frame
  #work; // {steps, view, cost} of that
  #steps = 4; // for the next frame
  #last = 0; // when the last frame was
  #cost; // milliseconds that painting all of it took; at first a guess
  #moving = 0; // a timer: the picture is being moved
  #frame = 0;
  #sizes = new ResizeObserver(() => this.#resize());

  /** The picture of `scene` (see `graph-scene.js`); it has no view before the first `fit`. */
  constructor(canvas, scene) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#scene = scene;
    this.#cost = (scene.nodes.length + scene.links.length) / 300;
    this.#resize();
    this.#sizes.observe(canvas);
  }

  end() {
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#moving);
  }

  /** Paint in the next frame whatever has changed with the view or the pointer. */
  draw() {
    this.#frame ||= requestAnimationFrame((now) => this.#paint(now));
  }

  /** Paint everything in the next frame. */
  repaint() {
    this.#stale = true;
    this.#work = undefined;
    this.draw();
  }

  /** Show all nodes that the filters leave. */
  fit() {
    const { nodes, shown, width, height } = this.#scene;
    const view = fitView(boundsOf(nodes.filter((_, index) => shown.nodes[index])), width, height);
    this.#scene.view = { ...view, fitted: view.scale };
    this.repaint();
  }

  /** Zoom around a point of the screen, by default its middle. */
  zoom(factor, x = this.#scene.width / 2, y = this.#scene.height / 2) {
    const { view } = this.#scene;
    this.#look(zoomAt(view, factor, x, y, view.fitted / 4, view.fitted * 60));
  }

  move(x, y) {
    const { view } = this.#scene;
    this.#look({ ...view, x: view.x + x, y: view.y + y });
  }

  centre(index) {
    const { view, nodes, width, height } = this.#scene;
    this.#look(centredOn(view, nodes[index], width, height));
  }

  /** The index of the node at a point of the screen, -1 for none. */
  nodeAt(x, y) {
    const { grid, nodes, shown, view } = this.#scene;
    return pick(grid, nodes, toGraph(view, x, y), REACH / view.scale, (index) => shown.nodes[index]);
  }

  #look(view) {
    this.#scene.view = { ...view, fitted: this.#scene.view.fitted };
    clearTimeout(this.#moving);
    this.#moving = setTimeout(() => {
      this.#moving = 0;
      this.draw();
    }, REST);
    this.draw();
  }

  #resize() {
    const ratio = devicePixelRatio || 1;
    this.#scene.width = this.#canvas.clientWidth;
    this.#scene.height = this.#canvas.clientHeight;
    for (const canvas of [this.#ground, this.#next, this.#canvas]) {
      canvas.width = this.#scene.width * ratio;
      canvas.height = this.#scene.height * ratio;
    }
    this.#painted = undefined;
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.repaint();
  }

  #paint(now) {
    const { view } = this.#scene;
    this.#frame = 0;
    this.#steps = now - this.#last > LATE ? Math.max(1, this.#steps >> 1) : Math.min(MOST_STEPS, this.#steps + 1);
    this.#last = now;
    const isWanted = this.#stale || this.#painted !== view;
    if (isWanted && this.#cost < SLOW) this.#paintGround(Infinity);
    else if (isWanted && !this.#moving) this.#paintGround(this.#steps);
    this.#show(this.#painted ? this.#ground : this.#next, this.#painted ?? view);
    paintMarked(this.#context, this.#scene);
    if (this.#work && !this.#moving) this.draw();
  }

  /** Show a ground that was painted for another view where it belongs in this one. */
  #show(ground, painted) {
    const { view, width, height } = this.#scene;
    const zoomed = view.scale / painted.scale;
    const [x, y] = [view.x - painted.x * zoomed, view.y - painted.y * zoomed];
    this.#context.clearRect(0, 0, width, height);
    this.#context.drawImage(ground, x, y, width * zoomed, height * zoomed);
  }

  /** Paint some more of the ground; it is shown when it is complete, so that nothing flickers. */
  #paintGround(most) {
    const { view } = this.#scene;
    const start = performance.now();
    if (this.#work?.view !== view) {
      const ratio = devicePixelRatio || 1;
      const context = this.#next.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.#work = { steps: groundSteps(context, this.#scene), view, cost: 0 };
    }
    const { steps } = this.#work;
    let done = false;
    const isOver = (step) => step >= most || (step && most < Infinity && performance.now() - start > BUDGET);
    for (let step = 0; !done && !isOver(step); step += 1) done = steps.next().done;
    this.#work.cost += performance.now() - start;
    if (!done) return;
    this.#cost = this.#work.cost;
    [this.#ground, this.#next] = [this.#next, this.#ground];
    [this.#painted, this.#stale, this.#work] = [view, false, undefined];
  }
}
