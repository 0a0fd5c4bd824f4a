// The panels of an event, a post and an organisation.

import { h } from "./dom.js";
import { evidenceButton, ref, sentenceBlock, shortDate, when } from "./evidence.js";
import { keptFacts, passes } from "./filters.js";
import { allFacts, coverage, day, refs, section, table, tenureTimeline } from "./parts.js";
import { eventsPanel, visitorsPanel, visitsTo } from "./place.js";
import { eventTable } from "./person.js";
import { eventIso, isoOf, store, subtypeOf } from "./store.js";
import { partWord, subtypeWord, t } from "./text.js";
import { byDate, postsAt, relationFacts, tenures } from "./times.js";

function printedOrder(facts) {
  const at = (fact) => (store.facts.order[fact] < 0 ? 1e6 : store.facts.order[fact]);
  return [...facts].sort((a, b) => at(a) - at(b) || a - b);
}

/** Visits by where they went, in order of first mention. */
function byStop(visits) {
  const stops = new Map();
  for (const fact of visits) {
    const place = store.facts.object[fact];
    stops.set(place, [...(stops.get(place) || []), fact]);
  }
  return [...stops];
}

function happening(row) {
  const taking = printedOrder(relationFacts(row, "PARTICIPATED_IN", "object"));
  const at = relationFacts(row, "TOOK_PLACE_AT", "subject");
  const visits = byDate(Array.from(store.visitsIn(row)).filter(passes));
  const facts = [...keptFacts(row), ...visits];
  const sentences = [...new Set(facts.flatMap((fact) => store.facts.evidence[fact]))];
  const people = [...new Set(facts.flatMap((fact) => [store.facts.subject[fact], store.facts.object[fact]]))];
  const iso = eventIso(row);
  const ordered = taking.some((fact) => store.facts.order[fact] >= 0);
  return [
    h(
      "dl",
      { class: "about" },
      h("dt", {}, t("date")),
      h("dd", {}, when(iso)),
      h("dt", {}, t("type")),
      h("dd", {}, subtypeWord(subtypeOf(row) || "other")),
      at.length
        ? [
          h("dt", {}, t("places")),
          h("dd", {}, refs([...new Set(at.map((fact) => store.facts.object[fact]))], { most: 12, kind: true })),
        ]
        : null,
    ),
    taking.length
      ? section(
        t("participants"),
        table(
          t("participants"),
          [t("name"), t("part"), t("postThen"), t("evidence")],
          taking,
          (fact) => [
            [
              ordered && store.facts.order[fact] >= 0
                ? h("span", { class: "order" }, String(store.facts.order[fact]))
                : null,
              ref(store.facts.subject[fact]),
            ],
            store.facts.part[fact] >= 0
              ? h("span", { class: "word" }, partWord(store.parts[store.facts.part[fact]]))
              : "",
            refs(postsAt(store.facts.subject[fact], iso), { most: 2 }),
            evidenceButton([fact], { words: t("evidence"), about: store.name[store.facts.subject[fact]] }),
          ],
          { name: "participants", size: 40 },
        ),
      )
      : null,
    visits.length
      ? section(
        t("visitsMade"),
        table(
          t("visitsMade"),
          [t("place"), t("who"), t("times")],
          byStop(visits),
          ([place, made]) => [
            ref(place),
            refs([...new Set(made.map((fact) => store.facts.subject[fact]))], { most: 6 }),
            evidenceButton(made, { about: store.name[place] }),
          ],
          { name: "stops" },
        ),
      )
      : null,
    sentences.length
      ? section(
        t("sentences"),
        sentences.map((sentence) => sentenceBlock(sentence, people, facts)),
      )
      : null,
  ];
}

export const eventTabs = [
  ["overview", happening, null],
  ["all", allFacts, null],
];

function holders(row) {
  const facts = relationFacts(row, "HOLDS_ROLE", "object");
  const people = [...new Set(facts.map((fact) => store.facts.subject[fact]))].map((person) => ({
    person,
    ...tenures(
      person,
      facts.filter((fact) => store.facts.subject[fact] === person),
    )[0],
  }));
  people.sort((a, b) => (a.first || 99999999) - (b.first || 99999999) || a.person - b.person);
  return [
    holderTable(people),
    tenureTimeline(people.map((entry) => ({ ...entry, name: store.name[entry.person] })), t("holders")),
    coverage(facts),
  ];
}

function holderTable(people) {
  return table(
    t("holders"),
    [t("name"), t("firstSeen"), t("lastSeen"), t("times")],
    people,
    (entry) => [
      ref(entry.person),
      day(entry.first),
      day(entry.last),
      evidenceButton(entry.facts, { about: store.name[entry.person] }),
    ],
    { name: "holders" },
  );
}

export const roleTabs = [
  [
    "holders",
    holders,
    (row) => new Set(relationFacts(row, "HOLDS_ROLE", "object").map((fact) => store.facts.subject[fact])).size,
  ],
  ["all", allFacts, null],
];

function orgPosts(row) {
  const facts = Array.from(store.rolesOf(row)).flatMap((role) => relationFacts(role, "HOLDS_ROLE", "object"));
  return table(
    t("posts"),
    [t("post"), t("name"), t("date"), t("evidence")],
    facts,
    (fact) => [
      ref(store.facts.object[fact]),
      ref(store.facts.subject[fact]),
      shortDate(isoOf(fact)),
      evidenceButton([fact], { words: t("evidence"), about: store.name[store.facts.subject[fact]] }),
    ],
    { name: "posts" },
  );
}

function orgEvents(row) {
  const taking = byDate(relationFacts(row, "PARTICIPATED_IN", "subject"));
  const held = relationFacts(row, "TOOK_PLACE_AT", "object");
  return [
    taking.length || !held.length ? eventTable(taking, true) : null,
    held.length ? section(t("places"), eventsPanel(row)) : null,
  ];
}

export const orgTabs = [
  ["posts", orgPosts, (row) => Array.from(store.rolesOf(row)).length],
  [
    "events",
    orgEvents,
    (row) =>
      relationFacts(row, "PARTICIPATED_IN", "subject").length + relationFacts(row, "TOOK_PLACE_AT", "object").length,
  ],
  ["visitors", visitorsPanel, (row) => new Set(visitsTo(row).map((fact) => store.facts.subject[fact])).size],
  ["all", allFacts, null],
];
