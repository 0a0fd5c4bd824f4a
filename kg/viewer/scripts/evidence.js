// The sentence that says so: names marked, newspaper, day, page, title, a link to the original.

import { dateWords } from "./dates.js";
import { byId, h, paged } from "./dom.js";
import { act, state } from "./state.js";
import { isoOf, store } from "./store.js";
import { symbol } from "./draw.js";
import { count, relationWord, partWord, t } from "./text.js";

/** Words for lists that show a part first. */
export const pagingWords = () => ({
  shown: (shown, all) => t("shownOf", shown, all),
  more: (size) => t("showMore", size),
  all: t("showAll"),
});

/** An entity's name as a link to its page. */
export function ref(row, { kind = true, words = null } = {}) {
  const go = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act.go(row);
  };
  return h(
    "a",
    {
      class: [...store.name[row]].length <= 7 ? "ref short" : "ref",
      href: `#f=${encodeURIComponent(store.entities.id[row])}&lang=${state.language}`,
      onclick: go,
    },
    kind && symbol(store.kind[row]),
    h("span", {}, words || store.name[row]),
  );
}

/** An ISO date as a `<time>`, or the word for none. */
export function when(iso) {
  return iso
    ? h("time", { datetime: iso }, dateWords(iso, state.language))
    : h("span", { class: "undated" }, t("undated"));
}

/** The same for a table's column: as figures, which stand under each other. */
export function shortDate(iso) {
  return iso ? h("time", { datetime: iso }, iso.replace("/", " – ")) : h("span", { class: "undated" }, t("undated"));
}

/** A number that opens the facts it counts. */
export function evidenceButton(facts, { words = null, about = "" } = {}) {
  if (!facts.length) return h("span", { class: "none" }, "–");
  const label = facts.length === 1 ? t("evidenceOne") : t("evidenceOf", facts.length);
  return h(
    "button",
    {
      type: "button",
      class: words ? "cite" : "count",
      "data-facts": facts.length,
      "aria-label": `${words || count(facts.length)} ${about} ${label}`.replace(/\s+/g, " "),
      onclick: () => act.evidence(facts, about),
    },
    words || count(facts.length),
  );
}

/** Where the names stand in a sentence: `[start, length, row]`, sorted; by mention, else by the fact's own names. */
function marksIn(sentence, rows) {
  const flat = store.sentences.marks[sentence];
  const marks = [];
  for (let at = 0; at < flat.length; at += 3) marks.push([flat[at], flat[at + 1], flat[at + 2]]);
  const text = store.sentences.text[sentence];
  for (const row of rows) {
    if (marks.some((mark) => mark[2] === row)) continue;
    const names = [store.name[row], ...(store.aliases.get(row) || [])].sort((a, b) => b.length - a.length);
    const name = names.find((known) => known.length > 1 && text.includes(known));
    if (name === undefined) continue;
    // Sentence positions count code points, JavaScript's strings count UTF-16 units.
    const start = [...text.slice(0, text.indexOf(name))].length;
    const length = [...name].length;
    if (marks.every((mark) => mark[0] + mark[1] <= start || start + length <= mark[0]))
      marks.push([start, length, row]);
  }
  return marks.sort((a, b) => a[0] - b[0]);
}

/** A sentence with its names marked; those of the fact in question strongly. */
export function markedSentence(sentence, rows) {
  const characters = [...store.sentences.text[sentence]];
  const pieces = [];
  let at = 0;
  for (const [start, length, row] of marksIn(sentence, rows)) {
    pieces.push(characters.slice(at, start).join(""));
    const name = characters.slice(start, start + length).join("");
    pieces.push(
      h(
        "mark",
        {
          class: `${store.kinds[store.kind[row]].toLowerCase()}${rows.includes(row) ? " told" : ""}`,
          "data-row": store.entities.id[row],
        },
        ref(row, { kind: false, words: name }),
      ),
    );
    at = start + length;
  }
  pieces.push(characters.slice(at).join(""));
  return pieces;
}

/** A fact as a line: subject, relation, object, date. */
export function factLine(fact) {
  const { subject, object, relation, part } = store.facts;
  const name = store.relations[relation[fact]];
  const told = part[fact] >= 0 ? `${relationWord(name)} · ${partWord(store.parts[part[fact]])}` : relationWord(name);
  return [
    ref(subject[fact]),
    " ",
    h("span", { class: "relation" }, told),
    " ",
    ref(object[fact]),
    " ",
    h("span", { class: "fact-date" }, isoOf(fact) ? when(isoOf(fact)) : null),
  ];
}

/** Newspaper, date, page, article. */
export function citation(sentence) {
  const page = store.sentences.page[sentence];
  const article = store.sentences.article[sentence];
  const { newspaper, date, number, url, id, inferred } = store.pages;
  return h(
    "p",
    { class: "citation" },
    h("span", { class: "newspaper" }, newspaper[page] ? `《${newspaper[page]}》` : id[page]),
    " ",
    date[page] ? when(date[page]) : when(""),
    inferred[page] ? h("span", { class: "inferred" }, ` (${t("inferredDate")})`) : null,
    number[page] ? [" ", h("span", { class: "page-number" }, t("page", number[page]))] : null,
    article >= 0 ? [" ", h("cite", {}, store.articles.title[article] || t("untitled"))] : null,
    url[page]
      ? [
          " ",
          h("a", { class: "original", href: url[page], target: "_blank", rel: "noopener noreferrer" }, t("original")),
        ]
      : null,
  );
}

/** A sentence, where it stands, and what else it says. */
export function sentenceBlock(sentence, rows, besides) {
  const others = Array.from(store.factsSaidBy(sentence)).filter((fact) => !besides.includes(fact));
  return h(
    "figure",
    { class: "sentence" },
    h("blockquote", {}, markedSentence(sentence, rows)),
    h("figcaption", {}, citation(sentence)),
    others.length
      ? lazyDetails(
          t("saysToo", others.length),
          () => paged(others, 12, (fact) => h("p", { class: "fact-line" }, factLine(fact)), pagingWords()).whole,
        )
      : null,
  );
}

/** A `<details>` whose content is made when it is opened first. */
export function lazyDetails(words, make) {
  const box = h("details", {}, h("summary", {}, words));
  box.addEventListener("toggle", () => {
    if (box.open && box.children.length === 1) box.append(make());
  });
  return box;
}

/** A fact with every sentence that says it. */
export function factCard(fact) {
  const { subject, object, evidence, event, score, given, statement } = store.facts;
  const rows = [subject[fact], object[fact]];
  if (event[fact] >= 0) rows.push(event[fact]);
  return h(
    "article",
    { class: "fact", "data-fact": fact },
    h("h3", {}, factLine(fact)),
    h(
      "p",
      { class: "fact-note" },
      isoOf(fact) ? null : [h("span", {}, t("undated")), " · "],
      event[fact] >= 0 ? [ref(event[fact]), " · "] : null,
      t("score", score[fact]),
    ),
    evidence[fact].length
      ? evidence[fact].map((sentence) => sentenceBlock(sentence, rows, [fact]))
      : h("p", { class: "note" }, statement[fact] || t(given[fact] ? "noEvidence" : "noSentence")),
  );
}

/** Open the sheet with the evidence of some facts. */
export function showEvidence(facts, about, closed) {
  const title = about || (facts.length === 1 ? t("evidenceOne") : t("evidenceOf", facts.length));
  const subtitle = about ? (facts.length === 1 ? t("evidenceOne") : t("evidenceOf", facts.length)) : null;
  openSheet(title, subtitle, paged(facts, 20, factCard, pagingWords()).whole, closed);
}

/** A sheet over the page: a modal dialog, closed by Esc, its button or a click beside it. */
export function openSheet(title, subtitle, content, closed) {
  closeSheet();
  const close = h("button", { type: "button", class: "close", onclick: () => sheet.close() }, t("close"));
  const sheet = h(
    "dialog",
    { id: "sheet", "aria-labelledby": "sheet-title" },
    h(
      "header",
      {},
      h("div", {}, h("h2", { id: "sheet-title" }, title), subtitle && h("p", { class: "subtitle" }, subtitle)),
      close,
    ),
    h("div", { class: "sheet-body" }, content),
  );
  sheet.addEventListener("close", () => {
    sheet.remove();
    if (closed) closed();
  });
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet) sheet.close();
  });
  document.body.append(sheet);
  sheet.showModal();
}

/** Close the sheet without telling anybody. */
export function closeSheet() {
  const open = byId("sheet");
  if (open) open.remove();
}
