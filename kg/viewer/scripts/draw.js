// The drawing: vis-network on its canvas, with our own shapes and labels.

import { arrange } from "./arrange.js";
import { byId, h, put } from "./dom.js";
import { drawnRows, mergedEdges, neighbours } from "./neighbours.js";
import { COLOURS, labelLines, outline, symbol } from "./shapes.js";
import { store } from "./store.js";
import { kindWord, t } from "./text.js";

const vis = globalThis["vis"]; // the drawing engine, a script of its own

const FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';
const SIZE = 13;
const RING = 4; // how far the ring of the selected one stands off
const BADGE = 12; // what a badge may stand out beside its label
const LEGEND = 34; // height kept free above

export const drawing = { network: null, origin: new Map(), edges: [], selected: -1, hiddenCounts: new Map() };
let nodes = null;
let links = null;
let ink = {};
const pen = document.createElement("canvas").getContext("2d");

// Paper is white, whatever the screen's theme.
export const PRINTED = { text: "#1b1a17", paper: "#ffffff", line: "#a7a294", accent: "#a3261b", soft: "#5a564d" };

function palette() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  ink = {
    text: colour("--ink"),
    paper: colour("--paper"),
    line: colour("--line-strong"),
    accent: colour("--accent"),
    soft: colour("--ink-soft"),
  };
}

function radius(row, focus) {
  return (row === focus ? 17 : 9) + Math.min(6, Math.log2(1 + store.factsOf(row).length) * 0.7);
}

function renderer(row, focus) {
  const lines = labelLines(store.name[row], row === focus ? 12 : 8);
  const r = radius(row, focus);
  const bold = row === focus ? "600 " : "";
  const size = row === focus ? SIZE + 3 : SIZE;
  const leading = size * 1.25;
  pen.font = `${bold}${size}px ${FONT}`;
  const widths = lines.map((line) => pen.measureText(line).width);
  const width = Math.max(2 * r + 8, ...widths.map((wide) => wide + 6));
  const height = 2 * r + lines.length * leading + 8;
  const symbolAt = (context, x, y, chosen) => {
    context.save();
    outline(context, store.kind[row], x, y, r);
    context.fillStyle = COLOURS[store.kind[row]];
    context.strokeStyle = ink.paper;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
    if (chosen) {
      context.beginPath();
      context.arc(x, y, r + RING, 0, 2 * Math.PI);
      context.strokeStyle = ink.accent;
      context.lineWidth = 2.5;
      context.stroke();
    }
    context.restore();
  };
  const labelAt = (context, x, y, chosen) => {
    context.save();
    context.font = `${bold}${size}px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "top";
    lines.forEach((line, at) => {
      const down = y + r + 6 + at * leading;
      context.fillStyle = ink.paper;
      context.fillRect(x - widths[at] / 2 - 2, down - 1, widths[at] + 4, leading);
      context.fillStyle = ink.text;
      context.fillText(line, x, down);
    });
    const more = drawing.hiddenCounts.get(row) || 0;
    if (more) badge(context, `+${more}`, x, y, r, chosen);
    context.restore();
  };
  return { width, height, r, drop: height / 2 - r - 1, symbolAt, labelAt };
}

/** Names and badges, each on paper of its own and above every link and arrow, so that nothing runs through a word. */
function drawLabels(context) {
  for (const [row, { x, y }] of Object.entries(drawing.network.getPositions())) {
    drawing.shapes.get(Number(row)).labelAt(context, x, y, Number(row) === drawing.selected);
  }
}

/** Where the "+N" of a symbol begins. */
function badgeSpot(x, y, r, chosen) {
  const out = chosen ? RING : 0;
  return { left: x + r * 0.95 + 2 + out, middle: y - r * 0.95 - out };
}

function badge(context, text, x, y, r, chosen) {
  const { left, middle } = badgeSpot(x, y, r, chosen);
  context.font = `${chosen ? "600 " : ""}10px ${FONT}`;
  const wide = context.measureText(text).width;
  context.beginPath();
  context.roundRect(left - 1, middle - 6, wide + 5, 12, 6);
  context.fillStyle = ink.paper;
  context.fill();
  context.fillStyle = ink.soft;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(text, left + 2, middle + 0.5);
}

const drawn = () => drawing.state || { focus: -1 };

/** Start the drawing engine on its canvas. `react` gets `select`, `open`, `more` and `edge` calls. */
export function startDrawing(options, react) {
  palette();
  nodes = new vis.DataSet();
  links = new vis.DataSet();
  const network = new vis.Network(byId("canvas"), { nodes, edges: links }, options);
  drawing.network = network;
  network.on("click", (event) => {
    const more = badgeAt(event.pointer.canvas);
    const row = nodeAt(event);
    if (more !== undefined) react.more(more);
    else if (row !== undefined) react.select(row);
    else if (event.edges.length) {
      const hit = links.get(event.edges[0]);
      react.edge(hit.from, hit.to);
    }
  });
  network.on("afterDrawing", drawLabels);
  network.on("doubleClick", (event) => {
    const row = nodeAt(event);
    if (row !== undefined) react.open(row);
  });
  let known = { width: 0, height: 0 };
  new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = byId("canvas");
    const smaller = width < known.width || height < known.height; // else names at the edge would be cut off
    const larger = width * height > 1.1 * known.width * known.height;
    if (!width || !height || drawn().focus < 0 || !(smaller || larger)) return;
    known = { width, height };
    requestAnimationFrame(() => draw(drawn()));
  }).observe(byId("canvas"));
  const redraw = () => drawn().focus >= 0 && draw(drawn());
  addEventListener("beforeprint", () => {
    ink = PRINTED;
    redraw();
  });
  addEventListener("afterprint", () => {
    palette();
    redraw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    palette();
    redraw();
  });
}

/** The node whose symbol or label was hit. */
function nodeAt(event) {
  if (event.nodes.length && event.edges.length !== 1) return event.nodes[0];
  const { x, y } = event.pointer.canvas;
  const positions = drawing.network.getPositions();
  const hit = Object.keys(positions).find((row) => {
    const { width, height, drop } = drawing.shapes.get(Number(row));
    return Math.abs(x - positions[row].x) <= width / 2 && Math.abs(y - positions[row].y - drop) <= height / 2;
  });
  return hit === undefined ? event.nodes[0] : Number(hit);
}

/** The node whose "+N" was hit. */
function badgeAt(pointer) {
  const positions = drawing.network.getPositions();
  for (const row of drawing.hiddenCounts.keys()) {
    const { r } = drawing.shapes.get(row);
    const { left, middle } = badgeSpot(positions[row].x, positions[row].y, r, row === drawing.selected);
    if (pointer.x >= left - 4 && pointer.x <= left + 30 && Math.abs(pointer.y - middle) <= 9) return row;
  }
  return undefined;
}

/** Draw what the state asks for; nodes that were there already stay about where they are. */
export function draw(state) {
  drawing.state = state;
  if (!drawing.network) return;
  const same = drawing.focus === state.focus;
  const before = same ? drawing.network.getPositions() : {};
  drawing.focus = state.focus;
  const origin = drawnRows(state);
  const edges = mergedEdges(origin);
  drawing.origin = origin;
  drawing.edges = edges;
  drawing.shapes = new Map();
  drawing.hiddenCounts = new Map();
  const boxes = [];
  for (const [row, from] of origin) {
    const shape = renderer(row, state.focus);
    drawing.shapes.set(row, shape);
    const more = neighbours(row).filter(([other]) => !origin.has(other)).length;
    if (more) drawing.hiddenCounts.set(row, more);
    boxes.push({ id: row, from, width: shape.width, height: shape.height + 4, drop: shape.drop, ...before[row] });
  }
  const canvas = byId("canvas");
  const positions = arrange(boxes, edges, { width: canvas.clientWidth || 800, height: canvas.clientHeight || 600 });
  nodes.clear();
  links.clear();
  nodes.add(boxes.map((box) => ({ id: box.id, shape: "custom", ctxRenderer: paint, ...positions.get(box.id) })));
  links.add(edges.map(link));
  if (!same || !origin.has(drawing.selected)) drawing.selected = state.focus;
  mark(drawing.selected);
  fit();
  canvas.dataset.nodes = [...origin.keys()].map((row) => store.entities.id[row]).join(" ");
  canvas.dataset.edges = String(edges.length);
  legend();
}

function paint({ ctx, id, x, y, state: { selected } }) {
  const shape = drawing.shapes.get(id);
  return {
    drawNode: () => shape.symbolAt(ctx, x, y, selected),
    nodeDimensions: { width: 2 * shape.r + 4, height: 2 * shape.r + 4 },
  };
}

function link({ a, b, facts }) {
  const forward = facts.every((fact) => store.facts.subject[fact] === a);
  const backward = facts.every((fact) => store.facts.subject[fact] === b);
  return {
    id: `${a}-${b}`,
    from: a,
    to: b,
    width: Math.min(1 + Math.log2(facts.length), 5),
    label: facts.length > 1 ? String(facts.length) : undefined,
    arrows: { to: { enabled: forward, scaleFactor: 0.4 }, from: { enabled: backward, scaleFactor: 0.4 } },
    color: { color: ink.line, highlight: ink.accent, hover: ink.accent },
    font: { size: 11, face: FONT, color: ink.soft, strokeWidth: 4, strokeColor: ink.paper, align: "horizontal" },
    hoverWidth: 1,
    selectionWidth: 1.5,
  };
}

/**
 * What is drawn, on white paper and `finer` times as fine as one point a CSS pixel, whatever screen it was drawn on:
 * a canvas of its own.
 */
export function finePicture(finer) {
  const screen = Object.getOwnPropertyDescriptor(globalThis, "devicePixelRatio");
  const drawAt = (ratio) => {
    Object.defineProperty(globalThis, "devicePixelRatio", { configurable: true, get: () => ratio });
    drawing.network.setSize("100%", "100%");
    drawing.network.redraw();
  };
  const ratio = devicePixelRatio;
  const view = { position: drawing.network.getViewPosition(), scale: drawing.network.getScale(), animation: false };
  ink = PRINTED;
  links.update(drawing.edges.map(link));
  drawAt(finer);
  drawing.network.moveTo(view);
  drawing.network.redraw();
  const source = byId("canvas").querySelector("canvas");
  const copy = document.createElement("canvas");
  copy.width = source.width;
  copy.height = source.height;
  copy.getContext("2d").drawImage(source, 0, 0);
  palette();
  links.update(drawing.edges.map(link));
  drawAt(ratio);
  Object.defineProperty(globalThis, "devicePixelRatio", screen);
  drawing.network.moveTo(view);
  return copy;
}

/** Show a node as selected. */
export function mark(row) {
  drawing.selected = row;
  byId("canvas").dataset.selected = row >= 0 ? store.entities.id[row] : "";
  if (row >= 0 && drawing.origin.has(row)) drawing.network.selectNodes([row], false);
  else drawing.network.unselectAll();
}

/** The whole drawing in view, never larger than life. */
export function fit() {
  drawing.network.redraw();
  const canvas = byId("canvas");
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [row, { x, y }] of Object.entries(drawing.network.getPositions())) {
    const { width, height, drop } = drawing.shapes.get(Number(row));
    left = Math.min(left, x - width / 2);
    right = Math.max(right, x + width / 2 + BADGE);
    top = Math.min(top, y + drop - height / 2);
    bottom = Math.max(bottom, y + drop + height / 2);
  }
  const wide = (canvas.clientWidth - 24) / (right - left);
  const high = (canvas.clientHeight - LEGEND - 12) / (bottom - top);
  const scale = Math.min(wide, high, 1.15);
  // The legend stands above the drawing, so that the drawing's middle lies a little below the canvas's.
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 - LEGEND / 2 / scale };
  drawing.network.moveTo({ position, scale, animation: false });
}

/** The drawn node that lies in a direction from the selected one; -1 for none. */
export function nextNode(dx, dy) {
  const from = drawing.network.getPosition(drawing.selected);
  let best = -1;
  let least = Infinity;
  for (const [row, { x, y }] of Object.entries(drawing.network.getPositions())) {
    const along = (x - from.x) * dx + (y - from.y) * dy;
    const aside = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx);
    if (Number(row) === drawing.selected || along <= 1) continue;
    const cost = along + 2.2 * aside;
    if (cost < least) {
      least = cost;
      best = Number(row);
    }
  }
  return best;
}

function legend() {
  const kinds = [...new Set([...drawing.origin.keys()].map((row) => store.kind[row]))].sort();
  put(
    byId("legend"),
    kinds.map((kind) =>
      h("span", { class: "legend-row", "data-kind": store.kinds[kind] }, symbol(kind), kindWord(kind))
    ),
  );
  byId("legend").setAttribute("aria-label", t("legend"));
}
