// The opening view: what the file holds and ways in. It counts everything, whatever the filters say.

import { monthChart, pagesByMonth } from "./charts.js";
import { h } from "./dom.js";
import { ref, when } from "./evidence.js";
import { section } from "./parts.js";
import { scopeWords } from "./scope.js";
import { act } from "./state.js";
import { EVENT, eventIso, PERSON, PLACE, store, subtypeOf } from "./store.js";
import { dateWords, interval } from "./dates.js";
import { count, inEnglish, subtypeWord, t } from "./text.js";

function ranked(counts, size) {
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, size);
}

function tally() {
  const active = new Map();
  const visited = new Map();
  let visits = 0;
  const { relation, subject, object } = store.facts;
  const add = (map, row) => map.set(row, (map.get(row) || 0) + 1);
  for (let fact = 0; fact < store.m; fact += 1) {
    if (relation[fact] === store.R.VISITED) {
      visits += 1;
      add(visited, object[fact]);
    }
    const acts = relation[fact] === store.R.VISITED || relation[fact] === store.R.PARTICIPATED_IN;
    if (acts && store.kind[subject[fact]] === PERSON) add(active, subject[fact]);
  }
  return { active, visited, visits };
}

function latest(size) {
  const dated = [];
  for (let row = 0; row < store.n; row += 1) {
    if (store.kind[row] !== EVENT) continue;
    const days = interval(eventIso(row));
    if (days) dated.push([days[0], row]);
  }
  return dated
    .sort((a, b) => b[0] - a[0] || store.factsOf(b[1]).length - store.factsOf(a[1]).length || a[1] - b[1])
    .slice(0, size)
    .map(([, row]) => row);
}

/** A heading that says what the figures under it count. */
function ways(words, counted, content) {
  return section(words, counted ? h("p", { class: "counted" }, counted) : null, content);
}

function list(rows, number, note) {
  if (!rows.length) return h("p", { class: "note" }, t("noneYet"));
  return h(
    "ol",
    { class: "ways" },
    rows.map((row) =>
      h(
        "li",
        {},
        h("div", {}, ref(row), h("p", { class: "context" }, note(row))),
        h("span", { class: "number" }, number(row)),
      )
    ),
  );
}

const kindTotal = (kind) => store.kind.reduce((sum, value) => sum + (value === kind ? 1 : 0), 0);

/** The landing panel. */
export function landing() {
  const { active, visited, visits } = tally();
  const { pages, days, undated } = store.held;
  const papers = [...new Set(store.pages.newspaper.filter(Boolean))].sort();
  const language = inEnglish() ? "en" : "zh";
  const figures = [
    [pages, t("pagesHeld")],
    // Of a part nobody counted which articles belong to it.
    ...(store.scope.leftOut ? [] : [[store.counts.articles, t("articlesHeld")]]),
    [kindTotal(PERSON), t("people")],
    [kindTotal(PLACE), t("placesHeld")],
    [kindTotal(EVENT), t("eventsHeld")],
    [visits, t("visitsHeld")],
  ];
  const chart = monthChart([{ counts: pagesByMonth(), name: "held" }], t("coverageAll"), { height: 72 });
  const context = (row) => act.context(row).join(" · ");
  return h(
    "div",
    { class: "landing" },
    h("h2", { id: "panel-title", class: "lead", tabindex: "-1" }, t("landingLead")),
    scopeWords().map((words) => h("p", { class: "scope" }, words)),
    h(
      "dl",
      { class: "figures" },
      figures.map(([value, words]) => h("div", {}, h("dd", {}, count(value)), h("dt", {}, words))),
    ),
    h(
      "p",
      { class: "holdings" },
      days.length ? t("spanHeld", dateWords(days[0], language), dateWords(days[1], language)) : null,
      papers.length
        ? [
          h("span", { class: "dot" }, " · "),
          t("newspapers", papers.slice(0, 12).join(t("and")) + (papers.length > 12 ? ` … (${papers.length})` : "")),
        ]
        : null,
    ),
    h(
      "div",
      { class: "columns" },
      ways(
        t("mostActive"),
        t("activeNote"),
        list(
          ranked(active, 10).map(([row]) => row),
          (row) => count(active.get(row)),
          context,
        ),
      ),
      ways(
        t("mostVisited"),
        t("visitedNote"),
        list(
          ranked(visited, 10).map(([row]) => row),
          (row) => count(visited.get(row)),
          context,
        ),
      ),
      ways(
        t("latest"),
        null,
        list(
          latest(10),
          (row) => when(eventIso(row)),
          (row) => [subtypeWord(subtypeOf(row) || "other"), ...act.context(row).slice(1)].join(" · "),
        ),
      ),
    ),
    chart
      ? section(
        t("coverageAll"),
        chart,
        h("p", { class: "note" }, t("coverageAllNote"), undated ? ` ${t("heldUndated", undated)}` : null),
      )
      : null,
    store.counts.dropped ? h("p", { class: "note" }, t("dropped", store.counts.dropped)) : null,
    h("p", { class: "note" }, t("madeWith")),
  );
}
