// The filters, and the line that says how much they hide.

import { factsByMonth, monthChart } from "./charts.js";
import { monthIso, monthNumber, typedBound } from "./dates.js";
import { byId, h, put } from "./dom.js";
import { scopeWords } from "./scope.js";
import { symbol } from "./shapes.js";
import { activeFilters, filters, openFilters } from "./filters.js";
import { act, state } from "./state.js";
import { EVENT, store, subtypeOf } from "./store.js";
import { kindWord, relationWord, subtypeWord, t } from "./text.js";

function toggle(set, value) {
  const copy = new Set(set);
  if (copy.has(value)) copy.delete(value);
  else copy.add(value);
  return copy;
}

function boxes(name, words, values, hidden, word, change, marker) {
  return h(
    "fieldset",
    {},
    h("legend", {}, words),
    values.map((value) =>
      h(
        "label",
        {},
        h("input", {
          type: "checkbox",
          id: `${name}-${value}`,
          checked: !hidden.has(value),
          onchange: () => change(toggle(hidden, value)),
        }),
        marker && marker(value),
        " ",
        word(value),
      )
    ),
  );
}

const isoDay = (value, last) => {
  if (value === null) return "";
  const [year, month, day] = [Math.floor(value / 10000), Math.floor(value / 100) % 100, value % 100];
  const iso = monthIso(year * 12 + month - 1);
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
  const chosen = state.from !== null || state.to !== null
    ? [state.from === null ? 0 : monthNumber(state.from), state.to === null ? 1e6 : monthNumber(state.to)]
    : null;
  const pick = (month, extend) => {
    const from = extend && state.from !== null ? Math.min(monthNumber(state.from), month) : month;
    const to = extend && state.from !== null ? Math.max(monthNumber(state.from), month) : month;
    act.set({ from: typedBound(monthIso(from), false), to: typedBound(monthIso(to), true) });
  };
  const eventTypes = [
    ...new Set(store.kind.map((kind, row) => (kind === EVENT ? subtypeOf(row) || "other" : null)).filter(Boolean)),
  ].sort();
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
        h(
          "label",
          {},
          h("input", {
            type: "checkbox",
            id: "undated",
            checked: state.undated,
            onchange: (event) => act.set({ undated: event.target.checked }),
          }),
          " ",
          t("undatedShown"),
        ),
      ),
      monthChart([{ counts: everyMonth, name: "told" }], t("factsByMonth"), { height: 48, pick, chosen }),
      h("p", { class: "note" }, t("factsByMonth")),
    ),
    h(
      "div",
      { class: "filter-sets" },
      boxes(
        "kind",
        t("kinds"),
        store.kinds.map((_, kind) => kind),
        state.kinds,
        kindWord,
        (kinds) => act.set({ kinds }),
        symbol,
      ),
      boxes(
        "relation",
        t("relations"),
        store.relations.map((_, at) => at),
        state.relations,
        (at) => relationWord(store.relations[at]),
        (relations) => act.set({ relations }),
      ),
      eventTypes.length
        ? boxes("event", t("eventTypes"), eventTypes, state.events, subtypeWord, (events) => act.set({ events }))
        : null,
      h(
        "fieldset",
        { class: "other-filters" },
        h("legend", {}, t("roleFilter")),
        h("input", {
          id: "role",
          type: "search",
          "aria-label": t("roleFilter"),
          value: state.role,
          placeholder: t("searchPost"),
          onchange: (event) => act.set({ role: event.target.value.trim() }),
        }),
        h(
          "label",
          { for: "score", class: "block" },
          t("minimumScore"),
          " ",
          h("output", { for: "score" }, `${state.score}%`),
        ),
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
    h(
      "span",
      { id: "total-line", "data-shown": filters.shown, "data-hidden": hidden, "data-total": store.m },
      hidden ? t("totals", filters.shown, hidden, store.m) : t("allShown", store.m),
    ),
    hidden ? h("button", { type: "button", onclick: () => act.set(openFilters()) }, t("clear")) : null,
    scopeWords().map((words) => h("span", { class: "scope" }, words)),
  );
  const set = activeFilters(state);
  byId("filter-count").hidden = !set;
  byId("filter-count").textContent = set ? String(set) : "";
}

/** Open or close the filters. */
export function toggleFilters(open = byId("filters").hidden) {
  byId("filters").hidden = !open;
  byId("open-filters").setAttribute("aria-expanded", String(open));
  showFilters();
}
