// What the page holds: the columns that kg/viewer/data.py wrote, and the indexes that make a question cheap.

import { byId } from "./dom.js";
import { interval } from "./dates.js";

export const store = {};

export const PERSON = 0;
export const PLACE = 1;
export const ORG = 2;
export const ROLE = 3;
export const EVENT = 4;

function bytes(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const binary = atob(base64);
  const out = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) out[at] = binary.charCodeAt(at);
  return out;
}

/** Many short lists in two arrays: the list of row r is `items[start[r] … start[r + 1]]`. */
function lists(rows, pairs) {
  const start = new Int32Array(rows + 1);
  pairs((row) => (start[row + 1] += 1));
  for (let row = 0; row < rows; row += 1) start[row + 1] += start[row];
  const items = new Int32Array(start[rows]);
  const next = start.slice(0, rows);
  pairs((row, item) => (items[next[row]++] = item));
  return (row) => items.subarray(start[row], start[row + 1]);
}

/** Unpack the columns and index them. */
export async function load() {
  const element = byId("kg-data");
  const stream = new Blob([bytes(element.textContent.trim())]).stream().pipeThrough(new DecompressionStream("gzip"));
  const columns = JSON.parse(await new Response(stream).text());
  element.remove();
  addIndexes(columns);
}

function addIndexes(columns) {
  Object.assign(store, columns);
  const { entities, facts, sentences, relations } = columns;
  store.n = entities.id.length;
  store.m = facts.subject.length;
  store.kind = entities.kind;
  store.name = entities.name;
  store.rowOf = new Map(entities.id.map((id, row) => [id, row]));
  store.aliases = new Map(entities.aliases);
  store.R = Object.fromEntries(relations.map((name, row) => [name, row]));

  store.low = new Int32Array(store.m);
  store.high = new Int32Array(store.m);
  const spans = columns.dates.map(interval);
  for (let fact = 0; fact < store.m; fact += 1) {
    const span = facts.date[fact] < 0 ? null : spans[facts.date[fact]];
    if (span) [store.low[fact], store.high[fact]] = span;
  }
  store.factsOf = lists(store.n, (add) => {
    for (let fact = 0; fact < store.m; fact += 1) {
      add(facts.subject[fact], fact);
      if (facts.object[fact] !== facts.subject[fact]) add(facts.object[fact], fact);
    }
  });
  // Visits name their event as an attribute, so that an event knows who went where in it.
  store.visitsIn = lists(store.n, (add) => {
    for (let fact = 0; fact < store.m; fact += 1) if (facts.event[fact] >= 0) add(facts.event[fact], fact);
  });
  store.factsSaidBy = lists(sentences.text.length, (add) => {
    for (let fact = 0; fact < store.m; fact += 1) for (const row of new Set(facts.evidence[fact])) add(row, fact);
  });
  const within = [store.R.PART_OF, store.R.LOCATED_IN];
  const inside = (add) => {
    for (let fact = 0; fact < store.m; fact += 1) {
      if (within.includes(facts.relation[fact])) {
        add(facts.object[fact], facts.subject[fact], facts.subject[fact], facts.object[fact]);
      }
    }
  };
  store.insideOf = lists(store.n, (add) => inside((outer, inner) => add(outer, inner)));
  store.outsideOf = lists(store.n, (add) => inside((outer, inner) => add(inner, outer)));
  store.rolesOf = lists(store.n, (add) => {
    for (let row = 0; row < store.n; row += 1) if (entities.org[row] >= 0) add(entities.org[row], row);
  });
}

export const isoOf = (fact) => (store.facts.date[fact] < 0 ? "" : store.dates[store.facts.date[fact]]);
export const eventIso = (row) => (store.entities.date[row] < 0 ? "" : store.dates[store.entities.date[row]]);
export const subtypeOf = (row) => (store.entities.subtype[row] < 0 ? "" : store.subtypes[store.entities.subtype[row]]);
export const otherEnd = (fact, row) =>
  store.facts.subject[fact] === row ? store.facts.object[fact] : store.facts.subject[fact];

/** The pages that say a fact, by their date; the day of the paper stands in where the fact has no date of its own. */
export function printedDate(fact) {
  const rows = store.facts.evidence[fact];
  return rows.length ? store.pages.date[store.sentences.page[rows[0]]] : "";
}

/** The places that hold a place, from the next larger to the largest. */
export function parents(row) {
  const chain = [];
  const seen = new Set([row]);
  for (let at = row;;) {
    const up = [...store.outsideOf(at)].find((outer) => !seen.has(outer));
    if (up === undefined) return chain;
    seen.add(up);
    chain.push(up);
    at = up;
  }
}

/** A place and everything inside it, at any depth. */
export function descendants(row) {
  const seen = new Set([row]);
  const queue = [row];
  for (const at of queue) {
    for (const inner of store.insideOf(at)) {
      if (!seen.has(inner)) {
        seen.add(inner);
        queue.push(inner);
      }
    }
  }
  return seen;
}
