// What an entity looks like: a colour and a shape, which say the same thing twice for readers who do not tell the colours
// apart, and a name in two short lines.

import { s } from "./dom.js";

export const COLOURS = ["#0072B2", "#E69F00", "#56B4E9", "#009E73", "#CC79A7"];

/** A kind's shape as a path on a canvas, its middle at x and y. */
export function outline(context, kind, x, y, r) {
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

/** How many units fit into a width, one at least. */
function breakAfter(units, widest) {
  let used = 0;
  const at = units.findIndex(([, wide]) => (used += wide) > widest);
  return at < 0 ? units.length : Math.max(at, 1);
}

const NOT_FIRST = /^[，。、；：！？）》」』”’…·]/u;
const NOT_LAST = /[（《「『“‘]$/u;

/**
 * A name in at most two lines of the canvas, none beginning or ending with the wrong bracket; what does not fit ends in
 * …, and the panel shows it whole.
 */
export function labelLines(name, widest = 8) {
  const units = [];
  for (const piece of name.match(/[\x21-\x7e]+|\s+|./gsu) || []) {
    if (/^[\x21-\x7e]/.test(piece) && piece.length <= widest * 2) units.push([piece, piece.length / 2]);
    else for (const char of piece) units.push([char, /[\x20-\x7e]/.test(char) ? 0.5 : 1]);
  }
  const total = units.reduce((sum, [, wide]) => sum + wide, 0);
  if (total <= widest + 1) return [name.trim()];
  let split = breakAfter(units, Math.min(widest, Math.ceil(total / 2)));
  while (split > 1 && (NOT_FIRST.test(units[split][0]) || NOT_LAST.test(units[split - 1][0]))) split -= 1;
  const rest = units.slice(split);
  const kept = breakAfter(rest, widest);
  const text = (some) => some.map(([piece]) => piece).join("").trim();
  return [text(units.slice(0, split)), text(rest.slice(0, kept)) + (kept < rest.length ? "…" : "")].filter(Boolean);
}
