// The panel beside the graph: the page of the entity in focus, in tabs.

import { byId, h, put } from "./dom.js";
import { head } from "./parts.js";
import { landing } from "./landing.js";
import { eventTabs, orgTabs, roleTabs } from "./others.js";
import { personTabs } from "./person.js";
import { placeTabs } from "./place.js";
import { act, state } from "./state.js";
import { EVENT, ORG, PERSON, PLACE, ROLE, store } from "./store.js";
import { count, t } from "./text.js";

const TABS = { [PERSON]: personTabs, [PLACE]: placeTabs, [ORG]: orgTabs, [ROLE]: roleTabs, [EVENT]: eventTabs };

/** The tab shown: the one asked for, else the first that holds anything. */
function chosen(tabs, row) {
  const asked = tabs.find(([name]) => name === state.tab);
  return asked || tabs.find(([, , size]) => !size || size(row) > 0) || tabs[0];
}

let shown = "";

/** The tab that is read now. */
export const shownTab = () => shown;

/** Draw the panel anew; whoever uses it by keyboard stays where they were. */
export function showPanel() {
  const active = document.activeElement;
  const id = active && active !== document.body && byId("panel").contains(active) ? active.id : "";
  fillPanel();
  if (id && byId(id)) byId(id).focus({ preventScroll: true });
}

function fillPanel() {
  const panel = byId("panel");
  if (state.focus < 0) {
    put(panel, landing());
    return;
  }
  const row = state.focus;
  const tabs = TABS[store.kind[row]];
  const current = chosen(tabs, row);
  shown = current[0];
  const move = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = (tabs.indexOf(current) + step + tabs.length) % tabs.length;
    act.set({ tab: tabs[at][0] });
    byId(`tab-${tabs[at][0]}`).focus();
  };
  const buttons = tabs.map(([name, , size]) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${name}`,
        "aria-selected": String(name === current[0]),
        "aria-controls": "tab-panel",
        tabindex: name === current[0] ? "0" : "-1",
        onclick: () => act.set({ tab: name }),
      },
      t(name),
      size ? h("span", { class: "tab-size" }, count(size(row))) : null,
    )
  );
  put(
    panel,
    head(row),
    h("div", { class: "tabs", role: "tablist", "aria-label": t("details"), onkeydown: move }, buttons),
    h("div", { id: "tab-panel", role: "tabpanel", "aria-labelledby": `tab-${current[0]}` }, current[1](row)),
  );
}
