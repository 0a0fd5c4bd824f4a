// Small charts, drawn as SVG. Each says in words what it shows; none carries a number that no table has.

import { h, s } from "./dom.js";
import { dayIso, dayNumber, monthIso, monthNumber } from "./dates.js";
import { store } from "./store.js";
import { count } from "./text.js";

/** The days of a fact's own date; null for none. */
const dated = (fact) => (store.low[fact] ? [store.low[fact], store.high[fact]] : null);

/** How many facts begin in each month; `daysOf(fact)` gives the first and last day, or null to leave it out. */
export function factsByMonth(facts, daysOf = dated) {
  const months = new Map();
  for (const fact of facts) {
    const days = daysOf(fact);
    if (!days) continue;
    const month = monthNumber(days[0]);
    months.set(month, (months.get(month) || 0) + 1);
  }
  return months;
}

let held = null;

/** How many newspaper pages were read of each month, also those that no fact of this file rests on. */
export function pagesByMonth() {
  if (held) return held;
  held = new Map(
    store.held.months.map(([iso, pages]) => [Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5)) - 1, pages]),
  );
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

const STEPS = [1, 2, 5, 10, 20, 50, 100];

/** What to write under bars: months where there are few of them, else years. */
function timeMarks(first, months) {
  if (months > 30) return yearMarks(first, months);
  const step = months > 12 ? 6 : 3;
  const marks = [];
  for (let at = 0; at < months; at += 1) {
    if ((first + at) % step === 0 && at / months < 0.9) {
      marks.push({ at: at / months, text: monthIso(first + at), anchor: "start" });
    }
  }
  return marks;
}

/** The years to write under bars, at round steps and never closer than their figures need; at least one. */
function yearMarks(first, months) {
  const year = (month) => Math.floor(month / 12);
  const last = first + months - 1;
  const step = STEPS.find((some) => (some * 12) / months > 0.085) || 200;
  const marks = [];
  for (let at = Math.ceil(first / 12); at <= year(last); at += 1) {
    const where = (at * 12 - first) / months;
    if (at % step === 0 && where < 0.94) marks.push({ at: where, text: String(at), anchor: "start" });
  }
  if (!marks.length || marks[0].at > 0.2) marks.unshift({ at: 0, text: String(year(first)), anchor: "start" });
  if (marks[marks.length - 1].at < 0.8 && year(last) !== Number(marks[marks.length - 1].text)) {
    marks.push({ at: 1, text: String(year(last)), anchor: "end" });
  }
  return marks;
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
  const axis = timeMarks(first, months);
  return h(
    "div",
    { class: "chart" },
    image,
    s(
      "svg",
      { class: "axis", width: "100%", height: 15, "aria-hidden": "true" },
      axis.map(({ at, text, anchor }) =>
        s("text", { x: `${(at * 100).toFixed(2)}%`, y: 12, "text-anchor": anchor }, text)
      ),
    ),
  );
}

/**
 * Rows of dots over time: `rows` are `{ name, times: [low, …] }`, of which the first `most` are drawn and the rest
 * counted. With `spans`, a bar joins the first dot of a row with its last.
 */
export function dotTimeline(rows, label, { most = 12, spans = false, note = null } = {}) {
  const known = rows.filter((row) => row.times.length);
  const drawn = known.slice(0, most);
  const times = drawn.flatMap((row) => row.times);
  if (!times.length) return null;
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b));
  const span = dayNumber(last) - dayNumber(first);
  const where = (value) => `${(span ? ((dayNumber(value) - dayNumber(first)) / span) * 94 + 3 : 50).toFixed(2)}%`;
  const line = (row) => {
    const days = [...new Set(row.times)].sort((a, b) => a - b);
    return h(
      "div",
      { class: "dot-row", "aria-hidden": "true" },
      h("span", { class: "dot-name" }, row.name),
      s(
        "svg",
        { width: "100%", height: 18 },
        s("line", { x1: "0", x2: "100%", y1: 9, y2: 9 }),
        spans && days.length > 1
          ? s("line", { class: "span", x1: where(days[0]), x2: where(days[days.length - 1]), y1: 9, y2: 9 })
          : null,
        days.map((value) => s("circle", { cx: where(value), cy: 9, r: 4 }, s("title", {}, dayIso(value)))),
      ),
    );
  };
  return h(
    "div",
    {},
    h(
      "div",
      { class: "dots", role: "img", "aria-label": label },
      drawn.map(line),
      h(
        "div",
        { class: "dot-row ends", "aria-hidden": "true" },
        h("span"),
        h("span", { class: "span-ends" }, h("span", {}, dayIso(first)), h("span", {}, span ? dayIso(last) : null)),
      ),
    ),
    known.length > most && note ? h("p", { class: "note" }, note(most, known.length)) : null,
  );
}
