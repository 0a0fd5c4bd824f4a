// The drawing: vis-network on its canvas, with our own shapes and labels. Colour and shape say the same thing twice, for
// readers who do not tell the colours apart.

import { arrange } from "./arrange.js";
import { byId, h, put, s } from "./dom.js";
import { drawnRows, mergedEdges, neighbours } from "./neighbours.js";
import { store } from "./store.js";
import { kindWord, t } from "./text.js";

const vis = globalThis["vis"]; // the drawing engine, a script of its own

export const COLOURS = ["#0072B2", "#E69F00", "#56B4E9", "#009E73", "#CC79A7"];
const FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';
const SIZE = 13;
const BADGE = 8; // what a badge may stand out beside its label
const LEGEND = 34; // height kept free above

export const drawing = { network: null, origin: new Map(), edges: [], selected: -1, hiddenCounts: new Map() };
let nodes = null;
let links = null;
let ink = {};
const pen = document.createElement("canvas").getContext("2d");

// Paper is white, whatever the screen's theme.
const PRINTED = { text: "#1b1a17", paper: "#ffffff", line: "#a7a294", accent: "#a3261b", soft: "#5a564d" };

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

/** A name in at most two lines of the canvas; what does not fit ends in …, and the panel shows it whole. */
export function labelLines(name, widest = 8) {
  const units = [];
  for (const piece of name.match(/[\x21-\x7e]+|\s+|./gsu) || []) {
    if (/^[\x21-\x7e]/.test(piece) && piece.length <= widest * 2) units.push([piece, piece.length / 2]);
    else for (const char of piece) units.push([char, /[\x20-\x7e]/.test(char) ? 0.5 : 1]);
  }
  const total = units.reduce((sum, [, wide]) => sum + wide, 0);
  if (total <= widest + 1) return [name.trim()];
  const goal = Math.min(widest, Math.ceil(total / 2));
  const lines = ["", ""];
  let line = 0;
  let used = 0;
  for (const [text, wide] of units) {
    if (line === 0 && used + wide > goal) {
      line = 1;
      used = 0;
    }
    if (line === 1 && used + wide > widest) {
      lines[1] = `${lines[1].trimEnd()}…`;
      break;
    }
    lines[line] += text;
    used += wide;
  }
  return lines.map((text) => text.trim()).filter(Boolean);
}

function outline(context, kind, x, y, r) {
  context.beginPath();
  if (kind === 0) {
    context.arc(x, y, r, 0, 2 * Math.PI);
  } else if (kind === 1) {
    context.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  } else {
    const corners = { 3: [3, 1.2, 0], 4: [4, 1.2, 0], 2: [5, 1.1, 0] }[kind];
    for (let corner = 0; corner < corners[0]; corner += 1) {
      const angle = (2 * Math.PI * corner) / corners[0] - Math.PI / 2;
      const lift = kind === 3 ? r * 0.2 : 0;
      context.lineTo(x + r * corners[1] * Math.cos(angle), y + lift + r * corners[1] * Math.sin(angle));
    }
  }
  context.closePath();
}

function radius(row, focus) {
  return (row === focus ? 17 : 9) + Math.min(6, Math.log2(1 + store.factsOf(row).length) * 0.7);
}

function renderer(row, focus) {
  const lines = labelLines(store.name[row], row === focus ? 12 : 8);
  const r = radius(row, focus);
  const bold = row === focus ? "600 " : "";
  const size = row === focus ? SIZE + 3 : SIZE;
  pen.font = `${bold}${size}px ${FONT}`;
  const width = Math.max(2 * r + 8, ...lines.map((line) => pen.measureText(line).width + 6));
  const height = 2 * r + lines.length * size * 1.25 + 6;
  const drawNode = (context, x, y, chosen) => {
    context.save();
    if (chosen) {
      context.beginPath();
      context.arc(x, y, r + 6, 0, 2 * Math.PI);
      context.strokeStyle = ink.accent;
      context.lineWidth = 2.5;
      context.stroke();
    }
    outline(context, store.kind[row], x, y, r);
    context.fillStyle = COLOURS[store.kind[row]];
    context.strokeStyle = ink.paper;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
    context.font = `${bold}${size}px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    lines.forEach((line, at) => {
      const down = y + r + 4 + at * size * 1.25;
      context.strokeStyle = ink.paper;
      context.lineWidth = 4;
      context.strokeText(line, x, down);
      context.fillStyle = ink.text;
      context.fillText(line, x, down);
    });
    const more = drawing.hiddenCounts.get(row) || 0;
    const out = chosen ? 5 : 0;
    if (more) badge(context, `+${more}`, x + r * 0.75 + out, y - r * 0.95 - out, chosen);
    context.restore();
  };
  return { width, height, r, drop: height / 2 - r - 1, draw: drawNode };
}

function badge(context, text, x, y, chosen) {
  context.font = `${chosen ? "600 " : ""}10px ${FONT}`;
  const wide = context.measureText(text).width + 8;
  if (chosen) {
    context.beginPath();
    context.roundRect(x - 2, y - 7, wide, 14, 7);
    context.fillStyle = ink.paper;
    context.strokeStyle = ink.line;
    context.lineWidth = 1;
    context.fill();
    context.stroke();
  }
  context.fillStyle = ink.soft;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(text, x + 2, y + 0.5);
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
  network.on("doubleClick", (event) => {
    const row = nodeAt(event);
    if (row !== undefined) react.open(row);
  });
  let known = 0;
  new ResizeObserver(() => {
    const canvas = byId("canvas");
    const area = canvas.clientWidth * canvas.clientHeight;
    if (!area || drawn().focus < 0 || Math.abs(area - known) < 0.1 * known) return;
    known = area;
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
    const out = row === drawing.selected ? 5 : 0;
    const left = positions[row].x + r * 0.75 + out;
    const middle = positions[row].y - r * 0.95 - out;
    if (pointer.x >= left - 4 && pointer.x <= left + 30 && Math.abs(pointer.y - middle) <= 9) return row;
  }
  return undefined;
}

/** Draw what the state asks for; nodes that were there already stay about where they are. */
export function draw(state) {
  drawing.state = state;
  if (!drawing.network) return;
  const before = drawing.focus === state.focus ? drawing.network.getPositions() : {};
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
  if (!origin.has(drawing.selected)) drawing.selected = state.focus;
  mark(drawing.selected);
  fit();
  canvas.dataset.nodes = [...origin.keys()].map((row) => store.entities.id[row]).join(" ");
  canvas.dataset.edges = String(edges.length);
  legend();
}

function paint({ ctx, id, x, y, state: { selected } }) {
  const shape = drawing.shapes.get(id);
  return {
    drawNode: () => shape.draw(ctx, x, y, selected),
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

/** Show a node as selected. */
export function mark(row) {
  drawing.selected = row;
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

/** A kind's symbol as a small picture. */
export function symbol(kind) {
  const shapes = {
    0: () => s("circle", { cx: 8, cy: 8, r: 6.2 }),
    1: () => s("rect", { x: 2.4, y: 2.4, width: 11.2, height: 11.2 }),
    2: () => s("polygon", { points: "8,1.4 14.6,6.2 12.1,13.9 3.9,13.9 1.4,6.2" }),
    3: () => s("polygon", { points: "8,1.8 14.6,13.4 1.4,13.4" }),
    4: () => s("polygon", { points: "8,1 15,8 8,15 1,8" }),
  };
  return s(
    "svg",
    { class: "symbol", viewBox: "0 0 16 16", fill: COLOURS[kind], "aria-hidden": "true" },
    shapes[kind](),
  );
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
