// Building elements. Text only ever enters the page as text nodes and attributes: nothing here parses HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** An HTML element: attributes by name, `on…` as listeners, children as nodes or text. */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function s(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** @returns {any} the element of that id, of whichever kind; null for none */
export const byId = (id) => document.getElementById(id);

/** @returns {HTMLElement[]} the elements that a selector finds */
export const every = (selector) => Array.from(document.querySelectorAll(selector));

/** Set an element's whole content. */
export function put(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/** A list that shows a first part and says how much more there is: nothing is cut off in silence. */
export function paged(items, size, render, words, container) {
  const box = container || h("div", { class: "paged" });
  let shown = 0;
  const foot = h("p", { class: "paging" });
  const more = (count) => {
    const fresh = items.slice(shown, shown + count).map((item, at) => render(item, shown + at));
    shown += fresh.length;
    append(box, fresh);
    if (shown >= items.length) {
      put(foot);
      return fresh[0];
    }
    put(
      foot,
      h("span", {}, words.shown(shown, items.length)),
      h(
        "button",
        { type: "button", class: "more", onclick: () => focusOn(more(size)) },
        words.more(Math.min(size, items.length - shown)),
      ),
      items.length - shown > size &&
        h("button", { type: "button", class: "more", onclick: () => focusOn(more(items.length)) }, words.all),
    );
    return fresh[0];
  };
  more(size);
  const whole = h("div", { class: "paged-whole" }, box.tagName === "TBODY" ? null : box);
  whole.append(foot);
  return { box, foot, whole };
}

function focusOn(node) {
  const first = Array.isArray(node) ? node[0] : node;
  const target = first && first.querySelector && first.querySelector("button, a");
  if (target) target.focus();
}
