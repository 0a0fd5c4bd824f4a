// Which facts the reader wants to see. One byte a fact; the graph, the panels and the counts all ask `passes`.

import { EVENT, PERSON, ROLE, store, subtypeOf } from "./store.js";

export const filters = { kept: new Uint8Array(0), shown: 0 };

/** A state with every filter open. */
export function openFilters() {
  return {
    from: null,
    to: null,
    kinds: new Set(),
    relations: new Set(),
    events: new Set(),
    role: "",
    score: 0,
    undated: true,
  };
}

export function activeFilters(state) {
  return (
    (state.from !== null || state.to !== null ? 1 : 0) +
    (state.kinds.size ? 1 : 0) +
    (state.relations.size ? 1 : 0) +
    (state.events.size ? 1 : 0) +
    (state.role ? 1 : 0) +
    (state.score ? 1 : 0) +
    (state.undated ? 0 : 1)
  );
}

/** People who hold, in some fact, a post whose title contains the words. */
function holders(words) {
  const found = new Set();
  const { relation, subject, object } = store.facts;
  for (let fact = 0; fact < store.m; fact += 1) {
    if (relation[fact] === store.R.HOLDS_ROLE && store.name[object[fact]].includes(words)) found.add(subject[fact]);
  }
  for (let row = 0; row < store.n; row += 1) {
    if (store.kind[row] === ROLE && store.name[row].includes(words)) found.add(row);
  }
  return found;
}

/**
 * Decide for every fact. Hidden kinds, relations and event types are sets in the state; a date range keeps facts that
 * lie in it whole, so that every date shown lies in range; facts without a date follow the `undated` switch.
 */
export function applyFilters(state) {
  const { relation, subject, object, event, score } = store.facts;
  const kept = new Uint8Array(store.m);
  const wanted = state.role ? holders(state.role) : null;
  const from = state.from ?? 0;
  const to = state.to ?? 99999999;
  let shown = 0;
  for (let fact = 0; fact < store.m; fact += 1) {
    const a = subject[fact];
    const b = object[fact];
    if (score[fact] < state.score) continue;
    if (store.low[fact] ? store.low[fact] < from || store.high[fact] > to : !state.undated) continue;
    if (state.relations.has(relation[fact])) continue;
    if (state.kinds.size && (state.kinds.has(store.kind[a]) || state.kinds.has(store.kind[b]))) continue;
    if (state.events.size) {
      const happening = event[fact] >= 0 ? event[fact] : store.kind[b] === EVENT ? b : store.kind[a] === EVENT ? a : -1;
      if (happening >= 0 && state.events.has(subtypeOf(happening) || "other")) continue;
    }
    if (wanted && store.kind[a] === PERSON && !wanted.has(a)) continue;
    kept[fact] = 1;
    shown += 1;
  }
  filters.kept = kept;
  filters.shown = shown;
}

export const passes = (fact) => filters.kept[fact] === 1;

/** An entity's facts that pass. */
export const keptFacts = (row) => Array.from(store.factsOf(row)).filter(passes);
