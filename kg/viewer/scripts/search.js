// Finding an entity by name, other name, pinyin, initials, post or place, among tens of thousands in milliseconds.

import { EVENT, ORG, parents, PERSON, PLACE, ROLE, store } from "./store.js";

const index = { text: [], sound: [], initials: [], context: [] };

/** The posts of a person and where they are seen most, as a reader tells namesakes apart. */
export function posts(row) {
  const seen = new Map();
  for (const fact of store.factsOf(row)) {
    if (store.facts.relation[fact] === store.R.HOLDS_ROLE && store.facts.subject[fact] === row) {
      const role = store.facts.object[fact];
      seen.set(role, (seen.get(role) || 0) + 1);
    }
  }
  return [...seen].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([role]) => role);
}

/** The places a person visited, most visited first. */
export function haunts(row) {
  const seen = new Map();
  for (const fact of store.factsOf(row)) {
    if (store.facts.relation[fact] === store.R.VISITED && store.facts.subject[fact] === row) {
      const place = store.facts.object[fact];
      seen.set(place, (seen.get(place) || 0) + 1);
    }
  }
  return [...seen].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([place]) => place);
}

/** The one place that says most of where an entity belongs; -1 for none. */
export function whereabouts(row) {
  const kind = store.kind[row];
  if (kind === PLACE || kind === ORG) return parents(row)[0] ?? -1;
  if (kind === ROLE) return store.entities.org[row];
  if (kind === EVENT) {
    for (const fact of store.factsOf(row)) {
      if (store.facts.relation[fact] === store.R.TOOK_PLACE_AT) return store.facts.object[fact];
    }
    return -1;
  }
  return haunts(row)[0] ?? -1;
}

/** Build what is searched; once, after loading. */
export function indexSearch() {
  const { name, sound, title } = store.entities;
  const held = new Map();
  const { relation, subject, object } = store.facts;
  for (let fact = 0; fact < store.m; fact += 1) {
    const adds = relation[fact] === store.R.HOLDS_ROLE ||
      relation[fact] === store.R.VISITED ||
      relation[fact] === store.R.TOOK_PLACE_AT;
    if (!adds) continue;
    const known = held.get(subject[fact]);
    if (known) known.add(object[fact]);
    else held.set(subject[fact], new Set([object[fact]]));
  }
  for (let row = 0; row < store.n; row += 1) {
    index.text.push([name[row], ...(store.aliases.get(row) || [])].join("\n").toLowerCase());
    index.sound.push(sound[row].replaceAll(" ", ""));
    index.initials.push(
      sound[row]
        .split("|")
        .map((spoken) => spoken.replace(/(\S)\S* ?/g, "$1"))
        .join("|"),
    );
    let context = title[row];
    if (store.kind[row] === PERSON || store.kind[row] === EVENT) {
      for (const other of held.get(row) || []) context += `\n${name[other]}`;
    } else if (store.entities.org[row] >= 0) context += `\n${name[store.entities.org[row]]}`;
    index.context.push(context.toLowerCase());
  }
}

const begins = (text, word, mark) => text.startsWith(word) || text.includes(mark + word);

/** How well one typed word fits an entity: 0 not at all, higher is better. */
function fit(row, word, latin) {
  const text = index.text[row];
  if (text.startsWith(word)) return text.length === word.length || text[word.length] === "\n" ? 100 : 80;
  if (text.includes(`\n${word}`)) return 70;
  if (latin) {
    const initials = index.initials[row];
    if (begins(initials, word, "|")) return `${initials}|`.includes(`${word}|`) ? 65 : 45;
    const sound = index.sound[row];
    if (begins(sound, word, "|")) return `${sound}|`.includes(`${word}|`) ? 66 : 50;
  }
  if (text.includes(word)) return 40;
  return index.context[row].includes(word) ? 15 : 0;
}

const KIND_ORDER = [5, 4, 2, 3, 1];

/** The rows that fit every typed word, best first; among equals people, places, posts, and who is told of most. */
export function search(typed, limit = 40) {
  const words = typed.toLowerCase().trim().split(/\s+/).filter(Boolean);
  if (!words.length) return { rows: [], total: 0 };
  const latin = words.map((word) => /^[a-z0-9']+$/.test(word));
  const found = [];
  for (let row = 0; row < store.n; row += 1) {
    let sum = 0;
    for (let at = 0; at < words.length; at += 1) {
      const value = fit(row, latin[at] ? words[at].replaceAll("'", "") : words[at], latin[at]);
      if (!value) {
        sum = 0;
        break;
      }
      sum += value;
    }
    if (sum) found.push([sum, KIND_ORDER[store.kind[row]], store.factsOf(row).length, row]);
  }
  found.sort((a, b) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2] || a[3] - b[3]);
  return { rows: found.slice(0, limit).map((entry) => entry[3]), total: found.length };
}
