import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { layoutOf, type Layout } from "./graph-layout.ts";
import { draw, type Sight } from "./graph-draw.ts";
import type { GraphModel } from "./graph-model.ts";

const fitting = ({ x, y }: Layout, width: number, height: number): Sight => {
  let [left, right, top, bottom] = [0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    left = Math.min(left, x[i]);
    right = Math.max(right, x[i]);
    top = Math.min(top, y[i]);
    bottom = Math.max(bottom, y[i]);
  }
  const down = Math.min(1.2, (height - 60) / Math.max(1, bottom - top));
  const across = Math.min(Math.max(down * 4, 2), (width - 160) / Math.max(1, right - left));
  return { x: (left + right) / 2, y: (top + bottom) / 2, across, down };
};

interface Asked {
  readonly model: GraphModel;
  /** How far nodes of a layer are apart. */
  readonly across: number;
  readonly selected: number | undefined;
  readonly now: number | undefined;
  readonly select: (node: number | undefined) => void;
}

/** A graph on a canvas: moved by dragging and arrow keys, made larger by the wheel and by + and -. */
export const GraphCanvas = ({ model, across, selected, now, select }: Asked) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const layout = useMemo(() => layoutOf(model, across), [model, across]);
  const [sight, setSight] = useState<Sight>();
  const [, setTick] = useState(0);
  const from = useRef<{ x: number; y: number; moved: boolean } | undefined>(undefined);

  useEffect(() => {
    const { clientWidth, clientHeight } = canvas.current!;
    setSight(fitting(layout, clientWidth, clientHeight));
  }, [layout]);
  useEffect(() => {
    const again = (): void => setTick((n) => n + 1);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", again);
    addEventListener("resize", again);
    return () => {
      dark.removeEventListener("change", again);
      removeEventListener("resize", again);
    };
  }, []);
  useEffect(() => {
    if (sight !== undefined) draw(canvas.current!, { model, layout, sight, selected, now });
  });

  const zoom = (by: number): void =>
    setSight((old) => old && { ...old, across: old.across * by, down: old.down * by });
  const move = (x: number, y: number): void =>
    setSight((old) => old && { ...old, x: old.x + x / old.across, y: old.y + y / old.down });
  const hit = (x: number, y: number): number | undefined => {
    if (sight === undefined) return undefined;
    const { clientWidth, clientHeight } = canvas.current!;
    let nearest: number | undefined;
    let least = 14 * 14;
    for (let i = 0; i < model.nodes.length; i++) {
      const dx = (layout.x[i] - sight.x) * sight.across + clientWidth / 2 - x;
      const dy = (layout.y[i] - sight.y) * sight.down + clientHeight / 2 - y;
      if (dx * dx + dy * dy < least) {
        least = dx * dx + dy * dy;
        nearest = i;
      }
    }
    return nearest;
  };
  const keys: Readonly<Record<string, () => void>> = {
    "+": () => zoom(1.25),
    "=": () => zoom(1.25),
    "-": () => zoom(0.8),
    ArrowLeft: () => move(-60, 0),
    ArrowRight: () => move(60, 0),
    ArrowUp: () => move(0, -60),
    ArrowDown: () => move(0, 60),
    0: () => setSight(fitting(layout, canvas.current!.clientWidth, canvas.current!.clientHeight)),
  };
  return (
    <div class="graph">
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={`${model.said} What is selected is described below.`}
        data-nodes={model.nodes.length}
        data-drawn={sight === undefined ? "no" : "yes"}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (act === undefined) return;
          event.preventDefault();
          act();
        }}
        onWheel={(event) => {
          event.preventDefault();
          zoom(event.deltaY < 0 ? 1.15 : 0.87);
        }}
        onPointerDown={(event) => {
          from.current = { x: event.clientX, y: event.clientY, moved: false };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const last = from.current;
          if (last === undefined) return;
          const [x, y] = [last.x - event.clientX, last.y - event.clientY];
          if (!last.moved && Math.abs(x) + Math.abs(y) < 4) return;
          from.current = { x: event.clientX, y: event.clientY, moved: true };
          move(x, y);
        }}
        onPointerUp={(event) => {
          if (from.current?.moved === false) select(hit(event.offsetX, event.offsetY));
          from.current = undefined;
        }}
      />
      <div class="zoom">
        <button type="button" aria-label="Larger" onClick={() => zoom(1.25)}>
          +
        </button>
        <button type="button" aria-label="Smaller" onClick={() => zoom(0.8)}>
          -
        </button>
        <button type="button" onClick={keys["0"]}>
          Fit
        </button>
      </div>
    </div>
  );
};
