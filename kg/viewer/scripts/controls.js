// Graph tools, keyboard, and the words of the page's frame.

import { byId, every, h, paged, put } from "./dom.js";
import { drawing, fit, mark, nextNode } from "./draw.js";
import { symbol } from "./shapes.js";
import { evidenceButton, openSheet, pagingWords, ref } from "./evidence.js";
import { toggleFilters } from "./filterbox.js";
import { between, LIMIT, neighbours } from "./neighbours.js";
import { listFilter } from "./parts.js";
import { startSearch } from "./searchbox.js";
import { act, state } from "./state.js";
import { store } from "./store.js";
import { kindWord, t } from "./text.js";

/** What the links drawn at a node rest on, for who cannot point at a link. */
function linksOf(row) {
  const links = drawing.edges.filter(({ a, b }) => a === row || b === row);
  if (!links.length) return null;
  const facts = links.flatMap((link) => link.facts);
  const about = store.name[row];
  return h(
    "button",
    { type: "button", id: "links", "data-facts": facts.length, onclick: () => act.evidence(facts, about) },
    t("linksHere", links.length),
  );
}

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
    linksOf(row),
    row !== state.focus ? h("button", { type: "button", onclick: () => act.remove(row) }, t("remove")) : null,
    h("button", { type: "button", id: "fit", onclick: fit }, t("fit")),
  );
  const said = t("selected", store.name[row], kindWord(store.kind[row]), store.factsOf(row).length);
  byId("status").textContent = [words, said, t("drawnNow", drawing.origin.size, drawing.edges.length)]
    .filter(Boolean)
    .join(" · ");
}

/** The neighbours of a row that are not drawn, to choose from. */
export function showMore(row) {
  const open = neighbours(row).filter(([other]) => !drawing.origin.has(other));
  const kinds = [...new Set(open.map(([other]) => store.kind[other]))].sort();
  const box = h("div", { class: "neighbour-list" });
  let word = "";
  let kind = -1;
  const show = () => {
    const some = open.filter(
      ([other]) => (kind < 0 || store.kind[other] === kind) && (!word || store.name[other].includes(word)),
    );
    const line = ([other]) =>
      h(
        "p",
        { class: "neighbour" },
        ref(other),
        h("span", { class: "context" }, act.context(other).join(" · ")),
        evidenceButton(between(row, other), { about: t("edgeOf", store.name[row], store.name[other]) }),
        h(
          "button",
          {
            type: "button",
            "data-add": store.entities.id[other],
            "aria-label": `${t("addToGraph")} ${store.name[other]}`,
            onclick: () => act.add(other),
          },
          t("add"),
        ),
      );
    box.replaceChildren(
      some.length ? paged(some, 25, line, pagingWords()).whole : h("p", { class: "note" }, t("empty")),
    );
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

const STEPS = { n: 1, p: -1 };

/** The node drawn after or before the selected one, so that every one can be reached. */
function inTurn(step) {
  const rows = [...drawing.origin.keys()];
  return rows[(rows.indexOf(drawing.selected) + step + rows.length) % rows.length];
}

function graphKey(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || drawing.selected < 0) return;
  if (ARROWS[event.key] || STEPS[event.key]) {
    const next = ARROWS[event.key] ? nextNode(...ARROWS[event.key]) : inTurn(STEPS[event.key]);
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

/** Put the language's words wherever the template names a key. */
export function showWords() {
  document.documentElement.lang = state.language === "en" ? "en" : "zh-CN";
  document.title = t("title");
  for (const element of every("[data-text]")) element.textContent = t(element.dataset.text);
  for (const element of every("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
  for (const element of every("[data-placeholder]")) {
    element.setAttribute("placeholder", t(element.dataset.placeholder));
  }
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
  byId("print").addEventListener("click", () => print());
  byId("language").addEventListener("click", () => act.set({ language: state.language === "en" ? "zh" : "en" }));
}
