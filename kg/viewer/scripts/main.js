// Start, and what happens when the reader does something: change the state, then draw what the state says.

import { byId, h, put } from "./dom.js";
import { draw, drawing, mark, startDrawing } from "./draw.js";
import { closeSheet, showEvidence } from "./evidence.js";
import { applyFilters } from "./filters.js";
import { between, drawnRows } from "./neighbours.js";
import { fullCanvas, showMore, showSelected, showWords, startControls } from "./controls.js";
import { showFilters, showTotals } from "./filterbox.js";
import { shownTab, showPanel } from "./panel.js";
import { savePicture } from "./picture.js";
import { indexSearch, posts, whereabouts } from "./search.js";
import { act, focusOnRow, hashOf, readHash, state } from "./state.js";
import { EVENT, eventIso, load, PERSON, PLACE, store, subtypeOf } from "./store.js";
import { dateWords } from "./dates.js";
import { setLanguage, subtypeWord, t } from "./text.js";

const start = JSON.parse(byId("kg-start").textContent);
const options = JSON.parse(byId("kg-options").textContent);
const browserLanguage = /^zh/i.test(navigator.language || "zh") ? "zh" : "en";

function writeHash(push) {
  const hash = `#${hashOf()}`;
  if (hash === location.hash) return;
  try {
    history[push ? "pushState" : "replaceState"](null, "", hash);
  } catch {
    // In a notebook's srcdoc frame there is no address to write.
  }
}

/** Draw everything that the state says. `push` makes it a step that the Back button undoes. */
function show({ push = false, graph = true, words = "" } = {}) {
  performance.mark("show");
  setLanguage(state.language);
  applyFilters(state);
  document.body.classList.toggle("at-landing", state.focus < 0);
  showWords();
  if (state.focus >= 0 && graph) draw(state);
  if (state.focus < 0) drawing.selected = -1;
  showPanel();
  showFilters();
  showTotals();
  showSelected(words);
  writeHash(push);
  performance.measure("show", "show");
}

function showPair() {
  if (!state.pair) return;
  const [a, b] = state.pair;
  showEvidence(between(a, b), t("edgeOf", store.name[a], store.name[b]), () => {
    state.pair = null;
    writeHash(false);
  });
}

function grow(op, row) {
  const before = drawing.origin;
  state.ops = [...state.ops, [op, row]];
  const after = drawnRows(state);
  const fresh = [...after.keys()].filter((other) => !before.has(other)).length;
  if (!fresh) {
    state.ops = state.ops.slice(0, -1);
    showSelected(before.size >= 150 ? fullCanvas() : t("nothingToAdd"));
    return;
  }
  drawing.selected = row;
  show({ words: t("added", fresh) });
}

Object.assign(act, {
  go(row) {
    closeSheet();
    focusOnRow(row);
    show({ push: true });
    byId("panel").scrollTop = 0;
    scrollTo(0, 0);
    // The link that was followed is gone: reading goes on at the head of the new panel.
    byId("panel-title").focus({ preventScroll: true });
  },
  set(changes) {
    // The tab stays the one that is read, also where it becomes empty.
    if (state.focus >= 0 && !state.tab && !("tab" in changes)) state.tab = shownTab();
    const graph = Object.keys(changes).some((key) => !["tab", "days", "whole"].includes(key));
    Object.assign(state, changes);
    show({ graph });
  },
  open: (row) => grow("x", row),
  add(row) {
    closeSheet();
    grow("a", row);
  },
  remove(row) {
    if (row === state.focus) return;
    state.ops = [...state.ops, ["h", row]];
    show();
  },
  more: (row) => showMore(row),
  evidence: (facts, about) => showEvidence(facts, about, null),
  /** What tells an entity from its namesakes: posts, place, date, type. */
  context(row) {
    const words = [];
    const kind = store.kind[row];
    if (kind === PERSON) {
      words.push(
        ...posts(row)
          .slice(0, 2)
          .map((role) => store.name[role]),
      );
    }
    if (kind === EVENT) words.push(dateWords(eventIso(row), state.language));
    if (kind === PLACE && subtypeOf(row)) words.push(subtypeWord(subtypeOf(row)));
    const place = whereabouts(row);
    if (place >= 0) words.push(store.name[place]);
    return words.filter(Boolean);
  },
});

function startGraph() {
  startDrawing(options, {
    select(row) {
      mark(row);
      showSelected();
    },
    open: (row) => act.open(row),
    more: (row) => act.more(row),
    edge(a, b) {
      state.pair = [a, b];
      writeHash(false);
      showPair();
    },
  });
}

async function open() {
  setLanguage(browserLanguage);
  if (!globalThis.DecompressionStream) {
    put(byId("panel"), h("p", { class: "note" }, t("oldBrowser")));
    return;
  }
  try {
    await load();
  } catch (error) {
    put(byId("panel"), h("p", { class: "note" }, t("broken", error.message)));
    return;
  }
  readHash(location.hash, start, browserLanguage);
  indexSearch();
  document.body.classList.toggle("embedded", Boolean(start.embedded));
  document.body.classList.toggle("at-landing", state.focus < 0);
  startGraph();
  startControls();
  byId("save-picture").addEventListener("click", savePicture);
  addEventListener("hashchange", () => {
    closeSheet();
    readHash(location.hash, start, state.language);
    show();
    showPair();
  });
  show();
  showPair();
  if (state.focus < 0 && !start.embedded) byId("search").focus({ preventScroll: true });
  document.body.dataset.ready = "1";
}

/** For tests and for whoever embeds the page: where on the screen each entity is drawn, by id. */
globalThis.explorer = Object.freeze({
  boxes() {
    const frame = byId("canvas").getBoundingClientRect();
    const scale = drawing.network.getScale();
    const found = {};
    for (const row of drawing.origin.keys()) {
      const { x, y } = drawing.network.canvasToDOM(drawing.network.getPosition(row));
      const { width, height, drop, r } = drawing.shapes.get(row);
      found[store.entities.id[row]] = {
        x: frame.x + x,
        y: frame.y + y,
        left: frame.x + x - (width / 2) * scale,
        top: frame.y + y + (drop - height / 2) * scale,
        width: width * scale,
        height: height * scale,
        radius: r * scale,
      };
    }
    return found;
  },
});

open();
