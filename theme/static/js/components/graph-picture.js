// The picture of the graph on its canvas: which part of the graph is in view, and when what of it is painted.
// Not mounted: a part of `graph.js`.
import { boundsOf, centredOn, fitView, pick, toGraph, zoomAt } from "../lib/graph-layout.js";
import { paintGround, paintMarked } from "../lib/graph-paint.js";

const REACH = 14; // pixels around a node in which it is meant
const SLOW = 12; // milliseconds of painting after which a picture is moved first and painted again when it rests
const REST = 120; // milliseconds without a movement

export class GraphPicture {
  #canvas;
  #context;
  #scene;
  #ground = document.createElement("canvas"); // all that does not change with the pointer
  #painted; // the view that `#ground` shows; undefined when it has to be painted again
  #cost = 0; // milliseconds that painting it took
  #moving = 0; // a timer: the picture is being moved
  #frame = 0;
  #sizes = new ResizeObserver(() => this.#resize());

  /** The picture of `scene` (see `graph-scene.js`); it has no view before the first `fit`. */
  constructor(canvas, scene) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#scene = scene;
    this.#resize();
    this.#sizes.observe(canvas);
  }

  end() {
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#moving);
  }

  /** Paint in the next frame what has changed with the view or the pointer. */
  draw() {
    this.#frame ||= requestAnimationFrame(() => this.#paint());
  }

  /** Paint everything in the next frame. */
  repaint() {
    this.#painted = undefined;
    this.draw();
  }

  /** Show all nodes that the filters leave. */
  fit() {
    const { nodes, shown, width, height } = this.#scene;
    const view = fitView(boundsOf(nodes.filter((_, index) => shown.nodes[index])), width, height);
    this.#scene.view = { ...view, fitted: view.scale };
    this.repaint();
  }

  /** Zoom around a point of the screen, the middle unless named. */
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
    this.#ground.width = this.#canvas.width = this.#scene.width * ratio;
    this.#ground.height = this.#canvas.height = this.#scene.height * ratio;
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.repaint();
  }

  #paint() {
    const { view, width, height } = this.#scene;
    this.#frame = 0;
    if (!this.#painted || (this.#painted !== view && (!this.#moving || this.#cost < SLOW))) this.#paintGround();
    const zoomed = view.scale / this.#painted.scale;
    this.#context.clearRect(0, 0, width, height);
    this.#context.drawImage(
      this.#ground,
      view.x - this.#painted.x * zoomed,
      view.y - this.#painted.y * zoomed,
      width * zoomed,
      height * zoomed,
    );
    paintMarked(this.#context, this.#scene);
  }

  #paintGround() {
    const ratio = devicePixelRatio || 1;
    const start = performance.now();
    const context = this.#ground.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintGround(context, this.#scene);
    this.#cost = performance.now() - start;
    this.#painted = this.#scene.view;
  }
}
