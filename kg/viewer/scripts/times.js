// Facts in time: in order of date, and the posts that a person was seen in.

import { interval } from "./dates.js";
import { passes } from "./filters.js";
import { printedDate, store } from "./store.js";

/** Facts by date, undated last. */
export function byDate(facts) {
  const at = (fact) => store.low[fact] || 99999999;
  return [...facts].sort(
    (a, b) =>
      at(a) - at(b) ||
      store.high[a] - store.high[b] ||
      store.facts.event[a] - store.facts.event[b] ||
      store.facts.order[a] - store.facts.order[b] ||
      a - b,
  );
}

/** The facts of one relation, with the row at one end. */
export function relationFacts(row, relation, end) {
  return Array.from(store.factsOf(row)).filter(
    (fact) =>
      store.relations[store.facts.relation[fact]] === relation && store.facts[end][fact] === row && passes(fact),
  );
}

/** The day a post is seen: the fact's date, else the day of the paper that prints it. */
export function seen(fact) {
  return store.low[fact] ? [store.low[fact], store.high[fact]] : interval(printedDate(fact));
}

/** A person's posts: `{ role, facts, first, last }`, in order of first sight. */
export function tenures(row, facts = relationFacts(row, "HOLDS_ROLE", "subject")) {
  const roles = new Map();
  for (const fact of facts) {
    const role = store.facts.object[fact];
    if (!roles.has(role)) roles.set(role, { role, facts: [], first: 0, last: 0 });
    const entry = roles.get(role);
    entry.facts.push(fact);
    const days = seen(fact);
    if (!days) continue;
    entry.first = entry.first ? Math.min(entry.first, days[0]) : days[0];
    entry.last = Math.max(entry.last, days[1]);
  }
  return [...roles.values()].sort((a, b) => (a.first || 99999999) - (b.first || 99999999) || a.role - b.role);
}

/** The posts a person was seen in at a day: those seen on it or around it, else the last seen before, else the next. */
export function postsAt(row, iso) {
  const all = tenures(
    row,
    Array.from(store.factsOf(row)).filter(
      (fact) => store.facts.relation[fact] === store.R.HOLDS_ROLE && store.facts.subject[fact] === row,
    ),
  );
  const days = interval(iso);
  if (!days || all.length < 2) return all.map((entry) => entry.role);
  const around = all.filter((entry) => entry.first && entry.first <= days[1] && entry.last >= days[0]);
  if (around.length) return around.map((entry) => entry.role);
  const before = all.filter((entry) => entry.last && entry.last < days[0]).sort((a, b) => b.last - a.last);
  if (before.length) return before.filter((entry) => entry.last === before[0].last).map((entry) => entry.role);
  const after = all.filter((entry) => entry.first > days[1]);
  return after.filter((entry) => entry.first === after[0].first).map((entry) => entry.role);
}
