// What several panels share: tables, the head of a panel, posts at a time, coverage.

import { dotTimeline, factsByMonth, monthChart, pagesByMonth } from "./charts.js";
import { dayIso } from "./dates.js";
import { h, paged } from "./dom.js";
import { symbol } from "./shapes.js";
import { evidenceButton, factLine, pagingWords, ref, shortDate } from "./evidence.js";
import { keptFacts } from "./filters.js";
import { act } from "./state.js";
import { isoOf, parents, PERSON, ROLE, store, subtypeOf } from "./store.js";
import { kindWord, subtypeWord, t } from "./text.js";
import { byDate, postsAt, seen, tenures } from "./times.js";

/** A section with a heading; empty ones say so rather than vanish where `always` is set. */
export function section(words, ...content) {
  return h("section", {}, h("h3", {}, words), content);
}

export const nothing = () => h("p", { class: "note" }, t("empty"));

/**
 * A real table, its rows shown a first part at a time. `row(item)` gives the cells; the first heads the row. Where
 * `group(item)` is given, a line with that event stands above each run of items that share it.
 */
export function table(caption, heads, items, row, { size = 25, name = "", group = null } = {}) {
  if (!items.length) return nothing();
  const body = h("tbody");
  const make = (item, at) => {
    const [first, ...rest] = row(item, at);
    const line = h(
      "tr",
      {},
      h("th", { scope: "row" }, first),
      rest.map((cell) => h("td", {}, cell)),
    );
    const event = group ? group(item) : -1;
    if (event < 0 || (at && event === group(items[at - 1]))) return line;
    return [h("tr", { class: "group" }, h("th", { scope: "colgroup", colspan: heads.length }, ref(event))), line];
  };
  const { foot } = paged(items, size, make, pagingWords(), body);
  return h(
    "div",
    { class: "table", "data-name": name },
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
      h(
        "table",
        {},
        h("caption", {}, caption),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            heads.map((word) => h("th", { scope: "col" }, word)),
          ),
        ),
        body,
      ),
    ),
    foot,
  );
}

/** Links parted by 、 or commas; beyond `most` a button shows the rest. */
export function refs(rows, { most = 6, kind = false } = {}) {
  const joined = (some) => some.flatMap((row, at) => (at ? [t("and"), ref(row, { kind })] : [ref(row, { kind })]));
  if (rows.length <= most + 1) return h("span", { class: "refs" }, joined(rows));
  const box = h("span", { class: "refs" }, joined(rows.slice(0, most)), " ");
  const more = h(
    "button",
    { type: "button", class: "more", onclick: () => box.replaceChildren(...joined(rows)) },
    `+${rows.length - most}`,
  );
  box.append(more);
  return box;
}

/** A place with the next larger one, which tells a village from another of its name. */
export function whereIs(row) {
  const outer = parents(row)[0];
  return outer === undefined ? ref(row) : [ref(row), " ", h("span", { class: "posts where" }, store.name[outer])];
}

/** Times in office: for each `{ name, facts, first, last }` the days it was seen and a bar from first to last. */
export function tenureTimeline(entries, label) {
  const rows = entries.map(({ name, facts }) => ({ name, times: facts.flatMap((fact) => seen(fact) || []) }));
  const chart = entries.length
    ? dotTimeline(rows, label, { spans: true, note: (n, all) => t("timelineCut", n, all) })
    : null;
  return chart ? section(t("overTime"), chart, h("p", { class: "note" }, t("tenureNote"))) : null;
}

/** A person's name with the posts held then. */
export function personWithPosts(row, iso) {
  const roles = postsAt(row, iso);
  return [
    ref(row),
    roles.length
      ? h(
        "span",
        { class: "posts" },
        roles
          .slice(0, 2)
          .map((role) => store.name[role])
          .join(t("and")),
      )
      : null,
  ];
}

/** A number such as 20210112 as a `<time>`. */
export const day = (value) => shortDate(value ? dayIso(value) : "");

/** A panel's head: what it is, its name, where it belongs, how much is known. */
export function head(row) {
  const kind = store.kind[row];
  const facts = keptFacts(row);
  const chain = parents(row);
  const aliases = (store.aliases.get(row) || []).filter((alias) => alias !== store.name[row]);
  const twins = namesakes(row);
  const sub = subtypeOf(row);
  const org = store.entities.org[row];
  return h(
    "header",
    { class: "panel-head" },
    h(
      "p",
      { class: "kicker" },
      symbol(kind),
      [kindWord(kind), sub && subtypeWord(sub), store.entities.code[row] && t("divisionCode", store.entities.code[row])]
        .filter(Boolean)
        .join(" · "),
    ),
    h("h2", { id: "panel-title", tabindex: "-1" }, store.name[row]),
    kind === ROLE && org >= 0 ? h("p", { class: "chain" }, ref(org)) : null,
    chain.length
      ? h(
        "nav",
        { class: "chain", "aria-label": t("partOf") },
        h("span", { class: "label" }, t("partOf")),
        " ",
        chain.map((up, at) => [at ? h("span", { "aria-hidden": "true" }, " › ") : null, ref(up, { kind: false })]),
      )
      : null,
    kind === PERSON ? postLine(row) : null,
    aliases.length ? h("p", { class: "aliases" }, t("alsoCalled", aliases.join(t("and")))) : null,
    twins.length
      ? h(
        "p",
        { class: "namesakes" },
        t("namesakes"),
        " ",
        twins.map((twin, at) => [at ? t("and") : null, ref(twin), h("span", { class: "posts" }, apart(twin))]),
      )
      : null,
    h(
      "p",
      { class: "facts-known" },
      evidenceButton(facts, { words: t("factCount", facts.length), about: store.name[row] }),
    ),
  );
}

function postLine(row) {
  const roles = tenures(row).map((entry) => entry.role);
  return roles.length ? h("p", { class: "posts-line" }, refs(roles, { most: 4 })) : null;
}

/** Other entities of the same kind and name. */
export function namesakes(row) {
  const found = [];
  for (let other = 0; other < store.n; other += 1) {
    if (other !== row && store.kind[other] === store.kind[row] && store.name[other] === store.name[row]) {
      found.push(other);
    }
  }
  return found.slice(0, 20);
}

/** What tells one namesake from another: post, place, how often told of. */
export function apart(row) {
  return act.context(row).join(" · ");
}

/** Pages held and facts shown, month by month. */
export function coverage(facts) {
  const chart = monthChart(
    [
      { counts: pagesByMonth(), name: "held" },
      { counts: factsByMonth(facts, seen), name: "told", thin: true },
    ],
    t("coverage"),
  );
  return chart ? section(t("coverage"), chart, h("p", { class: "note" }, t("coverageNote"))) : null;
}

/** All facts of an entity with a box to find some. */
export function allFacts(row) {
  const facts = byDate(keptFacts(row));
  const box = h("div");
  const show = (word) => {
    const some = word
      ? facts.filter((fact) =>
        `${store.name[store.facts.subject[fact]]}\n${store.name[store.facts.object[fact]]}`.includes(word)
      )
      : facts;
    box.replaceChildren(
      table(
        t("all"),
        [t("date"), t("fact"), t("evidence")],
        some,
        (fact) => [
          shortDate(isoOf(fact)),
          factLine(fact).slice(0, -2),
          evidenceButton([fact], { words: t("evidence") }),
        ],
        { name: "facts" },
      ),
    );
  };
  show("");
  return h("div", {}, listFilter(show), box);
}

/** A box that narrows a list while typing. */
export function listFilter(show) {
  return h("input", {
    type: "search",
    class: "list-filter",
    "aria-label": t("listFilter"),
    placeholder: t("listFilter"),
    oninput: (event) => show(event.target.value.trim()),
  });
}
