import type { Layout } from "./graph-layout.ts";
import type { GraphEdge, GraphModel, GraphNode } from "./graph-model.ts";

/** What part of a graph is seen: its point in the middle of the canvas, and how far apart its points are drawn each way. */
export interface Sight {
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly down: number;
}

/** A graph with what is marked in it, ready to be drawn. */
export interface Drawn {
  readonly model: GraphModel;
  readonly layout: Layout;
  readonly sight: Sight;
  readonly selected: number | undefined;
  readonly now: number | undefined;
}

/** More labels are not read. */
const MOST_LABELS = 160;
/** How far a step back up is bent. */
const BEND = 60;

/** Draws on one canvas. */
class Drawing {
  readonly #context: CanvasRenderingContext2D;
  readonly #drawn: Drawn;
  readonly #style: CSSStyleDeclaration;
  readonly #width: number;
  readonly #height: number;
  readonly #size: number;
  readonly #few: boolean;

  constructor(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, drawn: Drawn) {
    const { clientWidth, clientHeight } = canvas;
    const dense = devicePixelRatio || 1;
    canvas.width = clientWidth * dense;
    canvas.height = clientHeight * dense;
    context.setTransform(dense, 0, 0, dense, 0, 0);
    context.font = "12px system-ui, sans-serif";
    this.#context = context;
    this.#drawn = drawn;
    this.#style = getComputedStyle(canvas);
    this.#width = clientWidth;
    this.#height = clientHeight;
    this.#size = Math.max(1.5, Math.min(8, 70 / Math.sqrt(drawn.model.nodes.length)));
    this.#few = drawn.model.edges.length <= MOST_LABELS;
  }

  #colour(name: string): string {
    return this.#style.getPropertyValue(name).trim();
  }

  #at(node: number): readonly [x: number, y: number] {
    const { layout, sight } = this.#drawn;
    return [
      (layout.x[node] - sight.x) * sight.across + this.#width / 2,
      (layout.y[node] - sight.y) * sight.down + this.#height / 2,
    ];
  }

  #seen([x, y]: readonly [number, number]): boolean {
    return x > -20 && y > -20 && x < this.#width + 20 && y < this.#height + 20;
  }

  #line({ from, to }: GraphEdge): void {
    const [start, end] = [this.#at(from), this.#at(to)];
    if (!this.#seen(start) && !this.#seen(end)) return;
    const [[x1, y1], [x2, y2]] = [start, end];
    const [x, y] = [(x1 + x2) / 2 + (y2 <= y1 ? BEND : 0), (y1 + y2) / 2];
    this.#context.moveTo(x1, y1);
    this.#context.quadraticCurveTo(x, y, x2, y2);
    if (!this.#few) return;
    const angle = Math.atan2(y2 - y, x2 - x);
    const [tipX, tipY] = [x2 - Math.cos(angle) * this.#size, y2 - Math.sin(angle) * this.#size];
    for (const turn of [0.4, -0.4]) {
      this.#context.moveTo(tipX, tipY);
      this.#context.lineTo(tipX - Math.cos(angle + turn) * 7, tipY - Math.sin(angle + turn) * 7);
    }
  }

  /** All steps on the run, or all others. */
  lines(onRun: boolean): void {
    const context = this.#context;
    context.beginPath();
    for (const edge of this.#drawn.model.edges) if (edge.onRun === onRun) this.#line(edge);
    context.strokeStyle = this.#colour(onRun ? "--accent" : "--line");
    context.lineWidth = onRun ? 2 : 1;
    context.globalAlpha = onRun || this.#few ? 1 : 0.5;
    context.stroke();
    context.globalAlpha = 1;
  }

  #ring([x, y]: readonly [number, number], colour: string): void {
    this.#context.beginPath();
    this.#context.arc(x, y, this.#size + 5, 0, 2 * Math.PI);
    this.#context.strokeStyle = this.#colour(colour);
    this.#context.lineWidth = 2.5;
    this.#context.stroke();
  }

  #node({ onRun }: GraphNode, i: number): void {
    const at = this.#at(i);
    if (!this.#seen(at)) return;
    const { selected, now } = this.#drawn;
    this.#context.beginPath();
    this.#context.arc(at[0], at[1], onRun ? this.#size + 1 : this.#size, 0, 2 * Math.PI);
    this.#context.fillStyle = this.#colour(onRun ? "--accent" : "--node");
    this.#context.fill();
    if (i === now) this.#ring(at, "--warn");
    if (i === selected) this.#ring(at, "--text");
  }

  nodes(): void {
    this.#drawn.model.nodes.forEach((node, i) => this.#node(node, i));
  }

  /** The names of nodes, where they can be read. */
  names(): void {
    const { model, sight } = this.#drawn;
    if (model.nodes.length > MOST_LABELS && sight.down < 0.3) return;
    this.#context.fillStyle = this.#colour("--text");
    model.nodes.forEach(({ label }, i) => {
      const at = this.#at(i);
      if (label !== "" && this.#seen(at)) this.#context.fillText(label, at[0] + this.#size + 5, at[1] + 4);
    });
  }

  /** The actions of steps, where there are few. */
  actions(): void {
    const { model, sight } = this.#drawn;
    if (!this.#few || sight.down <= 0.55) return;
    this.#context.fillStyle = this.#colour("--dim");
    for (const { from, to, actions } of model.edges) {
      const [[x1, y1], [x2, y2]] = [this.#at(from), this.#at(to)];
      const more = actions.length > 2 ? ` +${actions.length - 2}` : "";
      const isUp = y2 <= y1;
      const part = isUp ? 0.6 : 0.4;
      // Those of steps down stand left of their line, those of steps back up right of theirs.
      this.#context.textAlign = isUp ? "left" : "right";
      const x = x1 + (x2 - x1) * part + (isUp ? BEND / 2 + 6 : -6);
      this.#context.fillText(`${actions.slice(0, 2).join(", ")}${more}`, x, y1 + (y2 - y1) * part);
    }
  }
}

/** Draws a graph on a canvas, in the colours that its style has. */
export const draw = (canvas: HTMLCanvasElement, drawn: Drawn): void => {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const drawing = new Drawing(canvas, context, drawn);
  drawing.lines(false);
  drawing.lines(true);
  drawing.nodes();
  drawing.names();
  drawing.actions();
};
