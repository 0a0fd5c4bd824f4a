// A place's panel: who came, to it and to everything inside it, by year; what happened there; what lies inside.

import { h } from "./dom.js";
import { evidenceButton, ref, shortDate } from "./evidence.js";
import { keptFacts, passes } from "./filters.js";
import { allFacts, coverage, personWithPosts, section, table } from "./parts.js";
import { eventTable } from "./person.js";
import { act, state } from "./state.js";
import { descendants, isoOf, ORG, PERSON, store, subtypeOf } from "./store.js";
import { kindWord, subtypeWord, t } from "./text.js";
import { byDate, postsAt, relationFacts } from "./times.js";

/** The places that count as this one: itself, or it and everything inside. */
export const extent = (row) => (state.whole ? descendants(row) : new Set([row]));

/** Facts of one relation whose object lies in an extent. */
function factsInside(rows, relation) {
  const found = new Set();
  for (const row of rows) for (const fact of relationFacts(row, relation, "object")) found.add(fact);
  return [...found];
}

/** Visits by people to a place, or to it and everything inside it. */
export function visitsTo(row) {
  return factsInside(extent(row), "VISITED").filter((fact) => store.kind[store.facts.subject[fact]] === PERSON);
}

const YEARS = 5;

function yearColumns(visits) {
  const yearOf = (fact) => Math.floor(store.low[fact] / 10000);
  const dated = visits.filter((fact) => store.low[fact]);
  const years = [...new Set(dated.map(yearOf))].sort((a, b) => a - b);
  const shown = years.slice(-YEARS);
  const columns = shown.map((year) => [String(year), (fact) => yearOf(fact) === year]);
  if (years.length > YEARS) {
    columns.unshift([t("earlier"), (fact) => store.low[fact] && yearOf(fact) < shown[0]]);
  }
  if (dated.length < visits.length) columns.push([t("undated"), (fact) => !store.low[fact]]);
  return columns;
}

/** The switch between a place alone and everything inside it. */
function insideSwitch(row) {
  const inner = descendants(row).size - 1;
  if (!inner) return null;
  return h(
    "p",
    { class: "controls" },
    h(
      "label",
      {},
      h("input", {
        type: "checkbox",
        id: "whole",
        checked: state.whole,
        onchange: (event) => act.set({ whole: event.target.checked }),
      }),
      " ",
      t("withInside", inner),
    ),
  );
}

/** Who came to a place or an organisation. */
export function visitorsPanel(row) {
  const visits = visitsTo(row);
  const people = new Map();
  for (const fact of visits) {
    const person = store.facts.subject[fact];
    if (!people.has(person)) people.set(person, []);
    people.get(person).push(fact);
  }
  const ranked = [...people].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const columns = yearColumns(visits);
  const alone = visits.every((fact) => store.facts.object[fact] === row);
  return [
    insideSwitch(row),
    h(
      "p",
      { class: "summary", id: "visit-summary", "data-people": people.size, "data-visits": visits.length },
      t("visitSummary", people.size, visits.length),
    ),
    table(
      t("visitors_"),
      [t("name"), t("post"), ...columns.map(([name]) => name), t("total")],
      ranked,
      ([person, facts]) => [
        ref(person),
        postsAt(person, "")
          .slice(0, 2)
          .map((role) => store.name[role])
          .join(t("and")),
        ...columns.map(([, test]) => evidenceButton(facts.filter(test), { about: store.name[person] })),
        evidenceButton(facts, { about: store.name[person] }),
      ],
      { name: "visitors", size: 15 },
    ),
    visits.length
      ? section(
        t("visitsByDate"),
        table(
          t("visitsByDate"),
          [t("date"), t("who"), ...(alone ? [] : [t("place")]), t("evidence")],
          byDate(visits),
          (fact) => [
            shortDate(isoOf(fact)),
            personWithPosts(store.facts.subject[fact], isoOf(fact)),
            ...(alone ? [] : [ref(store.facts.object[fact])]),
            evidenceButton([fact], { words: t("evidence"), about: store.name[store.facts.subject[fact]] }),
          ],
          { name: "visits", size: 15, group: (fact) => store.facts.event[fact] },
        ),
      )
      : null,
    coverage(visits.length ? visits : keptFacts(row)),
  ];
}

/** The events that took place in an extent, each with the fact that says so. */
function eventsIn(row) {
  const unique = new Map();
  for (const fact of factsInside(extent(row), "TOOK_PLACE_AT")) {
    if (!unique.has(store.facts.subject[fact])) unique.set(store.facts.subject[fact], fact);
  }
  return [...unique.values()];
}

/** Events that took place in an extent. */
export function eventsPanel(row) {
  const facts = byDate(eventsIn(row));
  return [insideSwitch(row), eventTable(facts, false), coverage(facts)];
}

function inside(row) {
  const facts = Array.from(store.factsOf(row)).filter(
    (fact) =>
      store.facts.object[fact] === row &&
      [store.R.PART_OF, store.R.LOCATED_IN].includes(store.facts.relation[fact]) &&
      passes(fact),
  );
  const visitsIn = (inner) => factsInside(descendants(inner), "VISITED");
  const rows = facts
    .map((fact) => ({ fact, inner: store.facts.subject[fact] }))
    .map((entry) => ({ ...entry, visits: visitsIn(entry.inner) }));
  rows.sort(
    (a, b) => store.kind[a.inner] - store.kind[b.inner] || b.visits.length - a.visits.length || a.inner - b.inner,
  );
  const list = (kind, words) => {
    const some = rows.filter((entry) => (store.kind[entry.inner] === ORG) === (kind === ORG));
    if (!some.length) return null;
    return section(
      words,
      table(
        words,
        [t("name"), t("type"), t("visitors"), t("evidence")],
        some,
        (entry) => [
          ref(entry.inner),
          subtypeOf(entry.inner) ? subtypeWord(subtypeOf(entry.inner)) : kindWord(store.kind[entry.inner]),
          evidenceButton(entry.visits, { about: store.name[entry.inner] }),
          evidenceButton([entry.fact], { words: t("evidence"), about: store.name[entry.inner] }),
        ],
        { name: kind === ORG ? "organisations" : "inside" },
      ),
    );
  };
  return [list(-1, t("placesInside")), list(ORG, t("organisations"))];
}

const insideCount = (row) => Array.from(store.insideOf(row)).length;

export const placeTabs = [
  ["visitors", visitorsPanel, (row) => new Set(visitsTo(row).map((fact) => store.facts.subject[fact])).size],
  ["events", eventsPanel, (row) => eventsIn(row).length],
  ["inside", inside, insideCount],
  ["all", allFacts, null],
];
