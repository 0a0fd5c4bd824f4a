// Which entities are drawn: a focus, its most telling neighbours, and what the reader opened. A pure function of the
// state, so that an address always draws the same nodes.

import { keptFacts, passes } from "./filters.js";
import { otherEnd, store } from "./store.js";

export const FIRST = 24; // neighbours drawn around a focus
export const STEP = 40; // the most that one opening adds
export const LIMIT = 150; // nodes on the canvas: more cannot be read
const EACH_KIND = 4; // so that twenty events do not push out the only post

/** An entity's neighbours over the facts that pass: `[row, number of facts]`, most telling first. */
export function neighbours(row) {
  const counts = new Map();
  for (const fact of store.factsOf(row)) {
    if (!passes(fact)) continue;
    const other = otherEnd(fact, row);
    if (other !== row) counts.set(other, (counts.get(other) || 0) + 1);
  }
  return [...counts].sort(
    (a, b) => b[1] - a[1] || store.factsOf(b[0]).length - store.factsOf(a[0]).length || a[0] - b[0],
  );
}

/** The first `size` neighbours that are not drawn, a few of each kind among them. */
function choose(ranked, size, drawn) {
  const open = ranked.filter(([row]) => !drawn.has(row)).map(([row]) => row);
  if (open.length <= size) return open;
  const chosen = new Set();
  for (const kind of new Set(open.map((row) => store.kind[row]))) {
    for (const row of open.filter((other) => store.kind[other] === kind).slice(0, EACH_KIND)) chosen.add(row);
  }
  for (const row of open) {
    if (chosen.size >= size) break;
    chosen.add(row);
  }
  return open.filter((row) => chosen.has(row)).slice(0, size);
}

/** The rows drawn, in the order they came in, and for each the row it came from. */
export function drawnRows(state) {
  const origin = new Map();
  if (state.focus < 0) return origin;
  origin.set(state.focus, -1);
  const hidden = new Set();
  const add = (row, from) => {
    if (origin.size < LIMIT) origin.set(row, from);
  };
  for (const row of choose(neighbours(state.focus), FIRST, origin)) add(row, state.focus);
  for (const [op, row] of state.ops) {
    if (op === "h") {
      if (row !== state.focus) hidden.add(row);
    } else if (op === "a") {
      hidden.delete(row);
      const from = keptFacts(row)
        .map((fact) => otherEnd(fact, row))
        .find((other) => origin.has(other));
      if (!origin.has(row)) add(row, from ?? state.focus);
    } else if (origin.has(row)) {
      for (const other of choose(neighbours(row), STEP, origin)) add(other, row);
    }
  }
  for (const row of hidden) origin.delete(row);
  return origin;
}

/** Edges among drawn rows, all facts between two of them as one: `{ a, b, facts }`. */
export function mergedEdges(origin) {
  const edges = new Map();
  for (const row of origin.keys()) {
    for (const fact of store.factsOf(row)) {
      if (!passes(fact) || store.facts.subject[fact] !== row) continue;
      const other = store.facts.object[fact];
      if (other === row || !origin.has(other)) continue;
      const [a, b] = row < other ? [row, other] : [other, row];
      const key = a * store.n + b;
      if (!edges.has(key)) edges.set(key, { a, b, facts: [] });
      edges.get(key).facts.push(fact);
    }
  }
  return [...edges.values()];
}

/** The facts between two entities that pass. */
export function between(a, b) {
  return keptFacts(a).filter((fact) => otherEnd(fact, a) === b);
}
