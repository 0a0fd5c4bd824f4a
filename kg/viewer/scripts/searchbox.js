// The search box and the list under it.

import { byId, h, put } from "./dom.js";
import { symbol } from "./shapes.js";
import { search } from "./search.js";
import { act, state } from "./state.js";
import { store } from "./store.js";
import { count, t } from "./text.js";

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
  byId(state.focus >= 0 ? "canvas" : "panel-title").focus({ preventScroll: true });
}

function showFound() {
  const typed = byId("search").value;
  performance.mark("search");
  const found = search(typed);
  performance.measure("search", "search");
  rows = found.rows;
  active = rows.length ? 0 : -1;
  const note = !found.total
    ? t("foundNone")
    : found.total > rows.length
    ? t("foundMore", found.total, rows.length)
    : t("found", found.total);
  put(
    byId("found"),
    rows.map((row, at) =>
      h(
        "div",
        {
          role: "option",
          id: `found-${at}`,
          "aria-selected": String(at === active),
          "data-row": store.entities.id[row],
          onmousedown: (event) => event.preventDefault(),
          onclick: () => choose(at),
        },
        symbol(store.kind[row]),
        h("span", { class: "found-name" }, store.name[row]),
        h("span", { class: "found-context" }, act.context(row).join(" · ")),
        h("span", { class: "found-count" }, count(store.factsOf(row).length)),
      )
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
  for (const [at, option] of [...byId("found").children].entries()) {
    option.setAttribute("aria-selected", String(at === active));
  }
  byId(`found-${active}`).scrollIntoView({ block: "nearest" });
  byId("search").setAttribute("aria-activedescendant", `found-${active}`);
}

/** Connect the box. */
export function startSearch() {
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
