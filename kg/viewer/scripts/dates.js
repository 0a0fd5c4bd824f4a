// Dates as the export writes them (2021-01-12, 2021-01, 2021, a/b) and as whole numbers that compare: 20210112.

const LATEST = 99991231;

function bound(iso, last) {
  const [year, month, day] = iso.split("-").map(Number);
  return year * 10000 + (month || (last ? 12 : 1)) * 100 + (day || (last ? 31 : 1));
}

/** First and last day an ISO date may mean, as numbers; null for none. A month's last day is 31 throughout. */
export function interval(iso) {
  if (!iso) return null;
  const [from, to] = iso.split("/");
  const low = bound(from, false);
  const high = bound(to || from, true);
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null;
}

/** Days since 1970 of a number such as 20210112; days past a month's end count into the next month. */
export function dayNumber(value) {
  return Math.floor(Date.UTC(Math.floor(value / 10000), (Math.floor(value / 100) % 100) - 1, value % 100) / 86400000);
}

/** The month of a number such as 20210112, as months since year 0. */
export function monthNumber(value) {
  return Math.floor(value / 10000) * 12 + (Math.floor(value / 100) % 100) - 1;
}

/** `2021-01` of months since year 0. */
export function monthIso(month) {
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
}

/** `2021-01-12` of a number such as 20210112. */
export function dayIso(value) {
  return `${monthIso(monthNumber(value))}-${String(value % 100).padStart(2, "0")}`;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function oneDate(iso, language) {
  const [year, month, day] = iso.split("-").map(Number);
  if (!year || !Number.isFinite(year)) return iso;
  if (language === "zh") return `${year}年${month ? `${month}月` : ""}${day ? `${day}日` : ""}`;
  return `${day ? `${day} ` : ""}${month ? `${MONTHS[month - 1] || month} ` : ""}${year}`;
}

/** An ISO date as a reader of the language writes it. */
export function dateWords(iso, language) {
  if (!iso) return "";
  const [from, to] = iso.split("/");
  return to ? `${oneDate(from, language)} – ${oneDate(to, language)}` : oneDate(from, language);
}

/** What a reader typed into a date box, as the first (or last) day it means; null where it is no date. */
export function typedBound(text, last) {
  const found = /^\s*(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2}))?)?[月日]?\s*$/.exec(text || "");
  if (!found) return null;
  const iso = found.slice(1).filter(Boolean).join("-");
  const value = bound(iso, last);
  return value <= LATEST ? value : null;
}
