// Small charts, drawn as SVG. Each says in words what it shows; none carries a number that no table has.

import { h, s } from "./dom.js";
import { dayIso, dayNumber, monthIso, monthNumber } from "./dates.js";
import { store } from "./store.js";
import { count } from "./text.js";

/** How many facts begin in each month; undated ones are left out. */
export function factsByMonth(facts) {
  const months = new Map();
  for (const fact of facts) {
    if (!store.low[fact]) continue;
    const month = monthNumber(store.low[fact]);
    months.set(month, (months.get(month) || 0) + 1);
  }
  return months;
}

let held = null;

/** How many newspaper pages the file holds of each month. */
export function pagesByMonth() {
  if (held) return held;
  held = new Map();
  for (const date of store.pages.date) {
    const found = /^(\d{4})-(\d{2})/.exec(date);
    if (!found) continue;
    const month = Number(found[1]) * 12 + Number(found[2]) - 1;
    held.set(month, (held.get(month) || 0) + 1);
  }
  return held;
}

/** The months from the first to the last of several counts; at most `most`, the latest ones. */
function range(counts, most) {
  const months = counts.flatMap((map) => [...map.keys()]);
  if (!months.length) return null;
  const last = months.reduce((a, b) => Math.max(a, b));
  const first = months.reduce((a, b) => Math.min(a, b));
  return [Math.max(first, last - most + 1), last];
}

/**
 * Bars by month. `layers` are `{ counts, name }`, the first behind; `pick(month, extend)` makes the months buttons for
 * the mouse (the date boxes do the same for the keyboard).
 */
export function monthChart(layers, label, { height = 64, pick = null, chosen = null } = {}) {
  const ends = range(
    layers.map((layer) => layer.counts),
    600,
  );
  if (!ends) return null;
  let [first, last] = ends;
  while (last - first < 11) {
    if ((last - first) % 2) first -= 1;
    else last += 1;
  }
  const months = last - first + 1;
  const step = 600 / months;
  const bars = [];
  for (const layer of layers) {
    const top = Math.max(...layer.counts.values(), 1);
    for (const [month, value] of layer.counts) {
      if (month < first) continue;
      const tall = Math.max(1.5, (value / top) * (height - 4));
      const thin = layer.thin ? 0.5 : 0.84;
      const inside = !chosen || (month >= chosen[0] && month <= chosen[1]);
      bars.push(
        s(
          "rect",
          {
            class: `${layer.name}${inside ? "" : " outside"}`,
            x: ((month - first) * step + (step * (1 - thin)) / 2).toFixed(2),
            y: (height - tall).toFixed(2),
            width: Math.max(0.8, step * thin).toFixed(2),
            height: tall.toFixed(2),
          },
          s("title", {}, `${monthIso(month)}: ${count(value)}`),
        ),
      );
    }
  }
  const image = s(
    "svg",
    { viewBox: `0 0 600 ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": label },
    bars,
  );
  if (pick) {
    image.addEventListener("click", (event) => {
      const box = image.getBoundingClientRect();
      pick(first + Math.min(months - 1, Math.floor(((event.clientX - box.left) / box.width) * months)), event.shiftKey);
    });
    image.classList.add("pickable");
  }
  const years = [];
  for (let month = first; month <= last; month += 1) {
    if (month % 12 === 0 || month === first) {
      const room = (month === first ? 12 - (month % 12) : 12) / months;
      years.push({ at: (month - first) / months, text: String(Math.floor(month / 12)), room });
    }
  }
  const skip = Math.ceil(years.length / 10);
  const axis = years.filter((year, at) => (year.room > 0.085 || years.length === 1) && at % skip === 0);
  return h(
    "div",
    { class: "chart" },
    image,
    s(
      "svg",
      { class: "axis", width: "100%", height: 15, "aria-hidden": "true" },
      axis.map(({ at, text }) => s("text", { x: `${(at * 100).toFixed(2)}%`, y: 12 }, text)),
    ),
  );
}

/** Rows of dots over time: `rows` are `{ name, times: [low, …] }`. */
export function dotTimeline(rows, label) {
  const times = rows.flatMap((row) => row.times);
  if (!times.length) return null;
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b));
  const span = dayNumber(last) - dayNumber(first);
  const where = (value) => (span ? ((dayNumber(value) - dayNumber(first)) / span) * 94 + 3 : 50);
  return h(
    "div",
    { class: "dots", role: "img", "aria-label": label },
    rows.map((row) =>
      h(
        "div",
        { class: "dot-row", "aria-hidden": "true" },
        h("span", { class: "dot-name" }, row.name),
        s(
          "svg",
          { width: "100%", height: 18 },
          s("line", { x1: "0", x2: "100%", y1: 9, y2: 9 }),
          row.times.map((value) =>
            s("circle", { cx: `${where(value).toFixed(2)}%`, cy: 9, r: 4 }, s("title", {}, dayIso(value)))
          ),
        ),
      )
    ),
    h(
      "div",
      { class: "dot-row ends", "aria-hidden": "true" },
      h("span"),
      h("span", { class: "span-ends" }, h("span", {}, dayIso(first)), h("span", {}, span ? dayIso(last) : null)),
    ),
  );
}
