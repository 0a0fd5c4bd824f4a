// What of all that is known this file holds, in words: a reader must not take a part for the whole.

import { dateWords } from "./dates.js";
import { store } from "./store.js";
import { inEnglish, t } from "./text.js";

/** One sentence for each way in which the file is not everything by full name. */
export function scopeWords() {
  const { since, until, region, people, minScore, leftOut, redacted, neighbourhood } = store.scope;
  const day = (iso) => dateWords(iso, inEnglish() ? "en" : "zh");
  const chosen = [
    since && t("scopeSince", day(since)),
    until && t("scopeUntil", day(until)),
    region && t("scopeRegion", region),
    people && t("scopePeople", people.join(t("and"))),
    minScore && t("scopeScore", Math.round(minScore * 100)),
  ].filter(Boolean);
  return [
    neighbourhood && t("embedded"),
    chosen.length && t("scopePart", chosen.join(t("semicolon")), leftOut || 0),
    redacted && t("scopeRedacted"),
  ].filter(Boolean);
}
