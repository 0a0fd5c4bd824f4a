// A person's panel: where they went in order of date, their posts over time, who was with them.

import { dotTimeline } from "./charts.js";
import { dayNumber } from "./dates.js";
import { h } from "./dom.js";
import { evidenceButton, ref, shortDate } from "./evidence.js";
import { passes } from "./filters.js";
import { allFacts, coverage, day, nothing, refs, section, table, tenureTimeline, whereIs } from "./parts.js";
import { act, state } from "./state.js";
import { eventIso, isoOf, PERSON, store, subtypeOf } from "./store.js";
import { partWord, subtypeWord, t } from "./text.js";
import { byDate, relationFacts, tenures } from "./times.js";

/** The other people who made the same visit: same event and place, or, without an event, same place and date. */
function visitedWith(fact) {
  const { subject, object, event, date, relation, order } = store.facts;
  const pool = event[fact] >= 0 ? store.visitsIn(event[fact]) : date[fact] >= 0 ? store.factsOf(object[fact]) : [];
  const found = new Set();
  for (const other of pool) {
    if (
      relation[other] === store.R.VISITED &&
      object[other] === object[fact] &&
      subject[other] !== subject[fact] &&
      (event[fact] >= 0 || date[other] === date[fact]) &&
      passes(other)
    ) {
      found.add(subject[other]);
    }
  }
  const printed = new Map();
  if (event[fact] >= 0) {
    for (const taking of store.factsOf(event[fact])) printed.set(subject[taking], order[taking]);
  }
  const at = (row) => printed.get(row) ?? 1e6;
  return [...found].sort((a, b) => at(a) - at(b) || a - b);
}

function itinerary(row) {
  const visits = byDate(relationFacts(row, "VISITED", "subject"));
  const places = new Map();
  for (const fact of visits) {
    const place = store.facts.object[fact];
    if (!places.has(place)) places.set(place, []);
    places.get(place).push(fact);
  }
  const top = [...places].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const timeline = dotTimeline(
    top.map(([place, facts]) => ({
      name: store.name[place],
      times: facts.map((fact) => store.low[fact]).filter(Boolean),
    })),
    t("placeTimeline"),
    { most: 8, note: (shown, all) => t("timelineCut", shown, all) },
  );
  return [
    visits.length ? h("p", { class: "summary" }, t("visitsBy", visits.length, places.size)) : null,
    table(
      t("itinerary"),
      [t("date"), t("place"), t("with"), t("evidence")],
      visits,
      (fact) => [
        shortDate(isoOf(fact)),
        whereIs(store.facts.object[fact]),
        refs(visitedWith(fact), { most: 3 }),
        evidenceButton([fact], { words: t("evidence"), about: store.name[store.facts.object[fact]] }),
      ],
      { name: "itinerary", group: (fact) => store.facts.event[fact] },
    ),
    timeline && visits.length > 1 ? section(t("placeTimeline"), timeline) : null,
    coverage(Array.from(store.factsOf(row)).filter(passes)),
  ];
}

function posts(row) {
  const all = tenures(row);
  return [
    table(
      t("posts"),
      [t("post"), t("firstSeen"), t("lastSeen"), t("times")],
      all,
      (entry) => [
        ref(entry.role),
        day(entry.first),
        day(entry.last),
        evidenceButton(entry.facts, { about: store.name[entry.role] }),
      ],
      { name: "posts" },
    ),
    tenureTimeline(all.map((entry) => ({ ...entry, name: store.name[entry.role] })), t("posts")),
    coverage(all.flatMap((entry) => entry.facts)),
  ];
}

function events(row) {
  const facts = byDate(relationFacts(row, "PARTICIPATED_IN", "subject"));
  return eventTable(facts, true);
}

/** Events with date, type and part played. */
export function eventTable(facts, withPart) {
  return table(
    t("events"),
    [t("date"), t("event"), t("type"), ...(withPart ? [t("part")] : []), t("evidence")],
    facts,
    (fact) => {
      const event = withPart ? store.facts.object[fact] : store.facts.subject[fact];
      const part = store.facts.part[fact];
      return [
        shortDate(isoOf(fact) || eventIso(event)),
        ref(event),
        h("span", { class: "word" }, subtypeWord(subtypeOf(event) || "other")),
        ...(withPart ? [part >= 0 ? h("span", { class: "word" }, partWord(store.parts[part])) : ""] : []),
        evidenceButton([fact], { words: t("evidence"), about: store.name[event] }),
      ];
    },
    { name: "events" },
  );
}

/**
 * Who was with a person: `{ row, events, places }`, facts of both sides. Events: both named as taking part. Places: this
 * person's visits of a known day to a place where the other was within `days` days.
 */
export function companionsOf(row, days) {
  const found = new Map();
  const entry = (other) => {
    if (!found.has(other)) found.set(other, { row: other, events: new Map(), visits: new Map() });
    return found.get(other);
  };
  const { subject, object } = store.facts;
  for (const mine of relationFacts(row, "PARTICIPATED_IN", "subject")) {
    const event = object[mine];
    for (const theirs of relationFacts(event, "PARTICIPATED_IN", "object")) {
      const other = subject[theirs];
      if (other === row || store.kind[other] !== PERSON) continue;
      const facts = entry(other).events.get(event) || new Set();
      entry(other).events.set(event, facts.add(mine).add(theirs));
    }
  }
  const known = (fact) => store.low[fact] && store.low[fact] === store.high[fact];
  for (const mine of relationFacts(row, "VISITED", "subject").filter(known)) {
    for (const theirs of relationFacts(object[mine], "VISITED", "object").filter(known)) {
      const other = subject[theirs];
      if (other === row || store.kind[other] !== PERSON) continue;
      if (Math.abs(dayNumber(store.low[mine]) - dayNumber(store.low[theirs])) > days) continue;
      const facts = entry(other).visits.get(mine) || new Set();
      entry(other).visits.set(mine, facts.add(mine).add(theirs));
    }
  }
  return [...found.values()].sort(
    (a, b) => b.events.size + b.visits.size - a.events.size - a.visits.size || a.row - b.row,
  );
}

const flat = (map) => [...new Set([...map.values()].flatMap((facts) => [...facts]))];

/** A cell that counts happenings and opens every fact behind them. */
function cell(happenings, about) {
  if (!happenings.size) return h("span", { class: "none" }, "–");
  const facts = flat(happenings);
  return h(
    "button",
    {
      type: "button",
      class: "count",
      "data-count": happenings.size,
      "aria-label": `${happenings.size} ${about} ${t("evidence")}`,
      onclick: () => act.evidence(facts, about),
    },
    String(happenings.size),
  );
}

function companions(row) {
  const all = companionsOf(row, state.days);
  const choice = h(
    "select",
    { id: "days", onchange: (event) => act.set({ days: Number(event.target.value) }) },
    [0, 1, 3, 7, 14, 30].map((value) => h("option", { value, selected: value === state.days }, String(value))),
  );
  choice.value = String(state.days);
  return [
    h("p", { class: "controls" }, h("label", { for: "days" }, t("days")), " ", choice),
    all.length
      ? table(
        t("companions"),
        [t("name"), t("sameEvent"), t("samePlace", state.days), t("places")],
        all,
        (entry) => [
          ref(entry.row),
          cell(entry.events, t("edgeOf", store.name[row], store.name[entry.row])),
          cell(entry.visits, t("edgeOf", store.name[row], store.name[entry.row])),
          refs([...new Set([...entry.visits.keys()].map((fact) => store.facts.object[fact]))], { most: 2 }),
        ],
        { name: "companions" },
      )
      : nothing(),
    h("p", { class: "note" }, t("companionsNote")),
  ];
}

export const personTabs = [
  ["itinerary", itinerary, (row) => relationFacts(row, "VISITED", "subject").length],
  ["posts", posts, (row) => tenures(row).length],
  ["companions", companions, null],
  ["events", events, (row) => relationFacts(row, "PARTICIPATED_IN", "subject").length],
  ["all", allFacts, null],
];
