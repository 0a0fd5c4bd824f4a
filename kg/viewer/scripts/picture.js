// The drawing as a PNG, with its title, legend and date range, so that it can be printed in a newspaper as it is.

import { byId } from "./dom.js";
import { COLOURS, drawing } from "./draw.js";
import { state } from "./state.js";
import { store } from "./store.js";
import { dateWords } from "./dates.js";
import { kindWord, t } from "./text.js";

const MARGIN = 48;

function legendMark(pen, kind, x, y, r) {
  const corners = { 2: 5, 3: 3, 4: 4 }[kind];
  pen.beginPath();
  if (kind === 0) pen.arc(x, y, r, 0, 2 * Math.PI);
  else if (kind === 1) pen.rect(x - r, y - r, 2 * r, 2 * r);
  else {
    for (let at = 0; at < corners; at += 1) {
      pen.lineTo(
        x + 1.15 * r * Math.cos((2 * Math.PI * at) / corners - Math.PI / 2),
        y + 1.15 * r * Math.sin((2 * Math.PI * at) / corners - Math.PI / 2),
      );
    }
  }
  pen.closePath();
  pen.fillStyle = COLOURS[kind];
  pen.fill();
}

/** The picture of what is drawn. */
export function picture() {
  const source = byId("canvas").querySelector("canvas");
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const family = getComputedStyle(document.body).fontFamily;
  const scale = source.width / source.clientWidth;
  const out = document.createElement("canvas");
  out.width = source.width + 2 * MARGIN;
  out.height = source.height + 3.4 * MARGIN;
  const pen = out.getContext("2d");
  pen.fillStyle = colour("--paper");
  pen.fillRect(0, 0, out.width, out.height);
  pen.fillStyle = colour("--ink");
  pen.textBaseline = "alphabetic";
  pen.font = `600 ${Math.round(20 * scale)}px ${family}`;
  pen.fillText(store.name[state.focus], MARGIN, MARGIN + 8, out.width - 2 * MARGIN);
  pen.drawImage(source, MARGIN, 1.6 * MARGIN);
  const size = Math.round(12 * scale);
  pen.font = `${size}px ${family}`;
  let x = MARGIN;
  const y = out.height - 0.8 * MARGIN;
  for (const kind of [...new Set([...drawing.origin.keys()].map((row) => store.kind[row]))].sort()) {
    legendMark(pen, kind, x + size / 2, y - size * 0.35, size * 0.42);
    pen.fillStyle = colour("--ink");
    pen.fillText(kindWord(kind), x + size * 1.4, y);
    x += size * 2.8 + pen.measureText(kindWord(kind)).width;
  }
  const dates = store.pages.date.filter(Boolean).sort();
  if (dates.length) {
    pen.textAlign = "right";
    pen.fillStyle = colour("--ink-soft");
    pen.fillText(
      t("spanHeld", dateWords(dates[0], state.language), dateWords(dates[dates.length - 1], state.language)),
      out.width - MARGIN,
      y,
    );
  }
  return out;
}

/** Give the picture to the reader as a file. */
export function savePicture() {
  if (state.focus < 0) return;
  picture().toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${store.name[state.focus].replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 40) || "graph"}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }, "image/png");
}
