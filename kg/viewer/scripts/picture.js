// The drawing as a PNG, fine enough for paper, with its title, legend and source.

import { drawing, finePicture, PRINTED } from "./draw.js";
import { COLOURS, outline } from "./shapes.js";
import { filtered, state } from "./state.js";
import { store } from "./store.js";
import { dateWords } from "./dates.js";
import { kindWord, t } from "./text.js";

const FINE = 3; // points a CSS pixel: 2,600 across for a window of 1,440
const MARGIN = 28;

/** The newspapers that say what is drawn, and their days. */
function source() {
  const sentences = drawing.edges.flatMap(({ facts }) => facts.flatMap((fact) => store.facts.evidence[fact]));
  const pages = [...new Set(sentences.map((sentence) => store.sentences.page[sentence]))];
  const papers = [...new Set(pages.map((page) => store.pages.newspaper[page]))].filter(Boolean).sort();
  const days = pages.map((page) => store.pages.date[page]).filter(Boolean).sort();
  const named = papers.slice(0, 4).map((paper) => `《${paper}》`).join("") + (papers.length > 4 ? "…" : "");
  const span = days.length
    ? t("spanHeld", dateWords(days[0], state.language), dateWords(days[days.length - 1], state.language))
    : "";
  return [named, span, filtered() ? t("filtered") : ""].filter(Boolean).join(" · ");
}

/** The picture of what is drawn: name, drawing, legend and source, on white. */
export function picture() {
  const drawn = finePicture(FINE);
  const family = getComputedStyle(document.body).fontFamily;
  const margin = MARGIN * FINE;
  const out = document.createElement("canvas");
  out.width = drawn.width + 2 * margin;
  out.height = drawn.height + 4.6 * margin;
  const pen = out.getContext("2d");
  const line = (words, size, weight, colour, x, y) => {
    pen.font = `${weight} ${size * FINE}px ${family}`;
    pen.fillStyle = colour;
    pen.fillText(words, x, y, out.width - margin - x);
  };
  pen.fillStyle = PRINTED.paper;
  pen.fillRect(0, 0, out.width, out.height);
  line(store.name[state.focus], 20, 600, PRINTED.text, margin, 1.3 * margin);
  pen.drawImage(drawn, margin, 1.7 * margin);
  const size = 12 * FINE;
  const y = out.height - 1.75 * margin;
  let x = margin;
  for (const kind of [...new Set([...drawing.origin.keys()].map((row) => store.kind[row]))].sort()) {
    outline(pen, kind, x + size / 2, y - size * 0.35, size * 0.46);
    pen.fillStyle = COLOURS[kind];
    pen.fill();
    line(kindWord(kind), 12, 400, PRINTED.text, x + size * 1.4, y);
    x += size * 2.8 + pen.measureText(kindWord(kind)).width;
  }
  line(source(), 12, 400, PRINTED.soft, margin, out.height - 0.85 * margin);
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
