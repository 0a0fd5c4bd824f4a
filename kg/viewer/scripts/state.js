// Where the reader is: focus, what was opened, dates, filters, tab, language. The address's hash says it all, so that a
// copied address opens the same view.

import { activeFilters, openFilters } from "./filters.js";
import { store } from "./store.js";

export const state = {
  focus: -1,
  ops: [],
  tab: "",
  pair: null,
  whole: true,
  days: 3,
  language: "zh",
  ...openFilters(),
};

const list = (rows) => rows.map((row) => store.entities.id[row]);

/** The state as the part of the address after `#`. */
export function hashOf() {
  const words = new URLSearchParams();
  if (state.focus >= 0) words.set("f", store.entities.id[state.focus]);
  if (state.ops.length) words.set("o", state.ops.map(([op, row]) => `${op}.${store.entities.id[row]}`).join("~"));
  if (state.tab) words.set("tab", state.tab);
  if (state.pair) words.set("e", list(state.pair).join("~"));
  if (!state.whole) words.set("own", "1");
  if (state.days !== 3) words.set("days", String(state.days));
  if (state.from !== null) words.set("from", String(state.from));
  if (state.to !== null) words.set("to", String(state.to));
  if (state.kinds.size) {
    words.set(
      "k",
      [...state.kinds]
        .map((kind) => store.kinds[kind])
        .sort()
        .join("~"),
    );
  }
  if (state.relations.size) {
    words.set(
      "r",
      [...state.relations]
        .map((row) => store.relations[row])
        .sort()
        .join("~"),
    );
  }
  if (state.events.size) words.set("t", [...state.events].sort().join("~"));
  if (state.role) words.set("role", state.role);
  if (state.score) words.set("s", String(state.score));
  if (!state.undated) words.set("u", "0");
  words.set("lang", state.language);
  return words.toString();
}

const number = (text) => (text !== null && /^\d+$/.test(text) ? Number(text) : null);
const pieces = (text) => (text ? text.split("~") : []);

/** Take the state from an address; unknown names in it are passed over, since the file may have been made anew. */
export function readHash(hash, start, language) {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  const row = (id) => store.rowOf.get(id) ?? -1;
  Object.assign(state, openFilters());
  state.language = ["zh", "en"].includes(words.get("lang")) ? words.get("lang") : language;
  const first = words.size ? words.get("f") : start.focus;
  state.focus = first ? row(first) : -1;
  state.ops = pieces(words.get("o"))
    .map((op) => [op.slice(0, 1), row(op.slice(2))])
    .filter(([op, at]) => "xah".includes(op) && at >= 0);
  state.tab = words.get("tab") || "";
  const pair = pieces(words.get("e")).map(row);
  state.pair = pair.length === 2 && pair.every((at) => at >= 0) ? pair : null;
  state.whole = words.get("own") !== "1";
  state.days = Math.min(number(words.get("days")) ?? 3, 366);
  state.from = number(words.get("from"));
  state.to = number(words.get("to"));
  state.kinds = new Set(
    pieces(words.get("k"))
      .map((kind) => store.kinds.indexOf(kind))
      .filter((at) => at >= 0),
  );
  state.relations = new Set(
    pieces(words.get("r"))
      .map((name) => store.relations.indexOf(name))
      .filter((at) => at >= 0),
  );
  state.events = new Set(pieces(words.get("t")));
  state.role = words.get("role") || "";
  state.score = Math.min(number(words.get("s")) ?? 0, 100);
  state.undated = words.get("u") !== "0";
}

/** Look at one entity anew; filters stay. */
export function focusOnRow(row) {
  state.focus = row;
  state.ops = [];
  state.tab = "";
  state.pair = null;
}

export const filtered = () => activeFilters(state);

/** What the parts of the page ask of the whole; main.js fills it. */
export const act = {};
