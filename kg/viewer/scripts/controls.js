// Search box, filters, graph tools, keyboard, and the lines that say what is shown.

import { factsByMonth, monthChart } from "./charts.js";
import { monthIso, monthNumber, typedBound } from "./dates.js";
import { byId, h, paged, put } from "./dom.js";
import { drawing, fit, mark, nextNode, symbol } from "./draw.js";
import { openSheet, pagingWords, ref } from "./evidence.js";
import { activeFilters, filters, openFilters } from "./filters.js";
import { LIMIT, neighbours } from "./neighbours.js";
import { listFilter } from "./parts.js";
import { search } from "./search.js";
import { act, state } from "./state.js";
import { EVENT, store, subtypeOf } from "./store.js";
import { count, kindWord, relationWord, subtypeWord, t } from "./text.js";

// Search

let active = -1;
let rows = [];

function closeFound() {
  byId("found").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
  byId("search").removeAttribute("aria-activedescendant");
  active = -1;
}

function choose(at) {
  const row = rows[at];
  if (row === undefined) return;
  closeFound();
  byId("search").value = "";
  act.go(row);
  byId(state.focus >= 0 ? "canvas" : "panel").focus({ preventScroll: true });
}

function showFound() {
  const typed = byId("search").value;
  const found = search(typed);
  rows = found.rows;
  active = rows.length ? 0 : -1;
  const note = !found.total ? t("foundNone") : found.total > rows.length ? t("foundMore", found.total, rows.length) : t("found", found.total);
  put(
    byId("found"),
    rows.map((row, at) =>
      h(
        "div",
        { role: "option", id: `found-${at}`, "aria-selected": String(at === active), "data-row": store.entities.id[row], onmousedown: (event) => event.preventDefault(), onclick: () => choose(at) },
        symbol(store.kind[row]),
        h("span", { class: "found-name" }, store.name[row]),
        h("span", { class: "found-context" }, act.context(row).join(" · ")),
        h("span", { class: "found-count" }, count(store.factsOf(row).length)),
      ),
    ),
    h("div", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "found-note" }, note),
  );
  byId("found").hidden = !typed.trim();
  byId("search").setAttribute("aria-expanded", String(!byId("found").hidden));
  if (active >= 0) byId("search").setAttribute("aria-activedescendant", "found-0");
}

function moveFound(step) {
  if (!rows.length) return;
  active = (active + step + rows.length) % rows.length;
  for (const [at, option] of [...byId("found").children].entries()) option.setAttribute("aria-selected", String(at === active));
  byId(`found-${active}`).scrollIntoView({ block: "nearest" });
  byId("search").setAttribute("aria-activedescendant", `found-${active}`);
}

function startSearch() {
  const box = byId("search");
  box.addEventListener("input", showFound);
  box.addEventListener("focus", () => box.value && showFound());
  box.addEventListener("blur", closeFound);
  box.addEventListener("keydown", (event) => {
    // While a Chinese input method composes, Enter and the arrows belong to it.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") moveFound(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter") choose(Math.max(active, 0));
    else if (event.key === "Escape") {
      closeFound();
      box.value = "";
      box.blur();
    } else return;
    event.preventDefault();
  });
  byId("search-form").addEventListener("submit", (event) => event.preventDefault());
}

// Filters

function toggle(set, value) {
  const copy = new Set(set);
  if (copy.has(value)) copy.delete(value);
  else copy.add(value);
  return copy;
}

function boxes(words, values, hidden, word, change, marker) {
  return h(
    "fieldset",
    {},
    h("legend", {}, words),
    values.map((value) =>
      h("label", {}, h("input", { type: "checkbox", checked: !hidden.has(value), onchange: () => change(toggle(hidden, value)) }), marker && marker(value), " ", word(value)),
    ),
  );
}

const isoDay = (value, last) => {
  if (value === null) return "";
  const [year, month, day] = [Math.floor(value / 10000), Math.floor(value / 100) % 100, value % 100];
  const iso = monthIso(year * 12 + month - 1);
  if (month === (last ? 12 : 1) && day === (last ? 31 : 1)) return String(year);
  return day === (last ? 31 : 1) ? iso : `${iso}-${String(day).padStart(2, "0")}`;
};

function dateBox(name, last) {
  return h("input", {
    id: `date-${name}`,
    type: "text",
    inputmode: "numeric",
    size: 10,
    value: isoDay(state[name], last),
    placeholder: t("dateHint").split(/[、,]/)[0],
    title: t("dateHint"),
    onchange: (event) => {
      const value = typedBound(event.target.value, last);
      event.target.setAttribute("aria-invalid", String(value === null && event.target.value.trim() !== ""));
      if (value !== null || !event.target.value.trim()) act.set({ [name]: value });
    },
  });
}

let everyMonth = null;

/** Draw the filters with their present values. */
export function showFilters() {
  const box = byId("filters");
  if (box.hidden) return;
  const kept = document.activeElement && box.contains(document.activeElement) ? document.activeElement.id : "";
  everyMonth = everyMonth || factsByMonth(Array.from({ length: store.m }, (_, fact) => fact));
  const chosen = state.from !== null || state.to !== null ? [state.from === null ? 0 : monthNumber(state.from), state.to === null ? 1e6 : monthNumber(state.to)] : null;
  const pick = (month, extend) => {
    const from = extend && state.from !== null ? Math.min(monthNumber(state.from), month) : month;
    const to = extend && state.from !== null ? Math.max(monthNumber(state.from), month) : month;
    act.set({ from: typedBound(monthIso(from), false), to: typedBound(monthIso(to), true) });
  };
  const eventTypes = [...new Set(store.kind.map((kind, row) => (kind === EVENT ? subtypeOf(row) || "other" : null)).filter(Boolean))].sort();
  put(
    box,
    h(
      "div",
      { class: "filter-dates" },
      h(
        "p",
        { class: "range" },
        h("label", { for: "date-from" }, t("from")),
        dateBox("from", false),
        h("label", { for: "date-to" }, t("to")),
        dateBox("to", true),
        h("label", {}, h("input", { type: "checkbox", id: "undated", checked: state.undated, onchange: (event) => act.set({ undated: event.target.checked }) }), " ", t("undatedShown")),
      ),
      monthChart([{ counts: everyMonth, name: "told" }], t("factsByMonth"), { height: 48, pick, chosen }),
      h("p", { class: "note" }, t("factsByMonth")),
    ),
    h(
      "div",
      { class: "filter-sets" },
      boxes(t("kinds"), store.kinds.map((_, kind) => kind), state.kinds, kindWord, (kinds) => act.set({ kinds }), symbol),
      boxes(t("relations"), store.relations.map((_, at) => at), state.relations, (at) => relationWord(store.relations[at]), (relations) => act.set({ relations })),
      eventTypes.length ? boxes(t("eventTypes"), eventTypes, state.events, subtypeWord, (events) => act.set({ events })) : null,
      h(
        "fieldset",
        { class: "other-filters" },
        h("legend", {}, t("roleFilter")),
        h("input", { id: "role", type: "search", "aria-label": t("roleFilter"), value: state.role, placeholder: t("searchPost"), onchange: (event) => act.set({ role: event.target.value.trim() }) }),
        h("label", { for: "score", class: "block" }, t("minimumScore"), " ", h("output", { for: "score" }, `${state.score}%`)),
        h("input", {
          id: "score",
          type: "range",
          min: 0,
          max: 100,
          step: 5,
          value: String(state.score),
          onchange: (event) => act.set({ score: Number(event.target.value) }),
        }),
        h("button", { type: "button", id: "clear-filters", onclick: () => act.set(openFilters()) }, t("clear")),
      ),
    ),
  );
  if (kept && byId(kept)) byId(kept).focus();
}

/** How much of everything is shown. */
export function showTotals() {
  const hidden = store.m - filters.shown;
  put(
    byId("totals"),
    h("span", { id: "total-line", "data-shown": filters.shown, "data-hidden": hidden, "data-total": store.m }, hidden ? t("totals", filters.shown, hidden, store.m) : t("allShown", store.m)),
    hidden ? h("button", { type: "button", onclick: () => act.set(openFilters()) }, t("clear")) : null,
  );
  const active = activeFilters(state);
  byId("filter-count").hidden = !active;
  byId("filter-count").textContent = active ? String(active) : "";
}

// Graph

/** Say what is selected, and offer what can be done with it. */
export function showSelected(words = "") {
  const row = drawing.selected;
  if (row < 0) {
    put(byId("graph-tools"));
    byId("status").textContent = "";
    return;
  }
  const more = drawing.hiddenCounts.get(row) || 0;
  put(
    byId("graph-tools"),
    h("span", { class: "chosen" }, symbol(store.kind[row]), h("span", { class: "chosen-name" }, store.name[row])),
    row !== state.focus ? h("button", { type: "button", onclick: () => act.go(row) }, t("openPage")) : null,
    more ? h("button", { type: "button", id: "expand", onclick: () => act.open(row) }, t("expand")) : null,
    more ? h("button", { type: "button", id: "more", onclick: () => act.more(row) }, t("moreNeighbours", more)) : null,
    row !== state.focus ? h("button", { type: "button", onclick: () => act.remove(row) }, t("remove")) : null,
    h("button", { type: "button", id: "fit", onclick: fit }, t("fit")),
  );
  const said = t("selected", store.name[row], kindWord(store.kind[row]), store.factsOf(row).length);
  byId("status").textContent = [words, said, t("drawnNow", drawing.origin.size, drawing.edges.length)].filter(Boolean).join(" · ");
}

/** The neighbours of a row that are not drawn, to choose from. */
export function showMore(row) {
  const open = neighbours(row).filter(([other]) => !drawing.origin.has(other));
  const kinds = [...new Set(open.map(([other]) => store.kind[other]))].sort();
  const box = h("div", { class: "neighbour-list" });
  let word = "";
  let kind = -1;
  const show = () => {
    const some = open.filter(([other]) => (kind < 0 || store.kind[other] === kind) && (!word || store.name[other].includes(word)));
    const line = ([other, facts]) =>
      h(
        "p",
        { class: "neighbour" },
        ref(other),
        h("span", { class: "context" }, act.context(other).join(" · ")),
        h("span", { class: "number" }, count(facts)),
        h("button", { type: "button", "data-add": store.entities.id[other], "aria-label": `${t("addToGraph")} ${store.name[other]}`, onclick: () => act.add(other) }, t("add")),
      );
    box.replaceChildren(some.length ? paged(some, 25, line, pagingWords()).whole : h("p", { class: "note" }, t("empty")));
  };
  const pick = h(
    "select",
    {
      "aria-label": t("kinds"),
      onchange: (event) => {
        kind = Number(event.target.value);
        show();
      },
    },
    h("option", { value: -1 }, t("allKinds")),
    kinds.map((value) => h("option", { value }, kindWord(value))),
  );
  show();
  openSheet(t("moreOf", store.name[row]), t("moreNeighbours", open.length), [
    h(
      "p",
      { class: "controls" },
      listFilter((typed) => {
        word = typed;
        show();
      }),
      pick,
    ),
    box,
  ]);
}

/** Say that the canvas is full. */
export const fullCanvas = () => t("canvasFull", LIMIT);

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function graphKey(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || drawing.selected < 0) return;
  if (ARROWS[event.key]) {
    const next = nextNode(...ARROWS[event.key]);
    if (next >= 0) {
      mark(next);
      showSelected();
    }
  } else if (event.key === "Enter") act.open(drawing.selected);
  else if (event.key === " ") act.go(drawing.selected);
  else if (event.key === "Delete") act.remove(drawing.selected);
  else return;
  event.preventDefault();
}

function pageKey(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && !byId("sheet")) {
    if (!byId("filters").hidden) toggleFilters(false);
    else if (!typing && drawing.selected !== state.focus && state.focus >= 0) {
      mark(state.focus);
      showSelected();
    }
    return;
  }
  if (typing || byId("sheet")) return;
  if (event.key === "/") {
    event.preventDefault();
    byId("search").focus();
  } else if (event.key === "f" && state.focus >= 0) fit();
}

/** Open or close the filters. */
export function toggleFilters(open = byId("filters").hidden) {
  byId("filters").hidden = !open;
  byId("open-filters").setAttribute("aria-expanded", String(open));
  showFilters();
}

/** Put the language's words wherever the template names a key. */
export function showWords() {
  document.documentElement.lang = state.language === "en" ? "en" : "zh-CN";
  document.title = t("title");
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
  for (const element of document.querySelectorAll("[data-placeholder]")) element.setAttribute("placeholder", t(element.dataset.placeholder));
  byId("language").textContent = t("otherLanguage");
  byId("language").lang = state.language === "en" ? "zh-CN" : "en";
}

/** Connect everything that stays on the page. */
export function startControls() {
  startSearch();
  byId("canvas").addEventListener("keydown", graphKey);
  document.addEventListener("keydown", pageKey);
  byId("open-filters").addEventListener("click", () => toggleFilters());
  byId("home").addEventListener("click", () => act.go(-1));
  byId("print").addEventListener("click", () => window.print());
  byId("language").addEventListener("click", () => act.set({ language: state.language === "en" ? "zh" : "en" }));
}

