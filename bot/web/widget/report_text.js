// The blocks of a report as elements. Lines such as "| a | b |" are a table's rows, and become one.

import { element } from "./dom.js";

/** @typedef {import("./api.js").Block} Block */

const ROW = /^\s*\|.*\|\s*$/;
const RULE = /^[\s|:+-]+$/;

/**
 * @param {Block[]} blocks
 * @returns {HTMLElement[]}
 */
export function reportText(blocks) {
  /** @type {HTMLElement[]} */
  const nodes = [];
  /** @type {HTMLTableSectionElement | null} */
  let rows = null;
  for (const given of blocks) {
    const text = given.pieces.map((piece) => piece.text).join("");
    if (given.kind === "heading" || !ROW.test(text)) {
      rows = null;
      nodes.push(block(given));
    } else if (!rows) {
      rows = element("tbody", {}, row(given, "th"));
      const scroller = element("div", { class: "scroller" }, element("table", {}, rows));
      scroller.tabIndex = 0;
      nodes.push(scroller);
    } else if (!RULE.test(text)) {
      rows.append(row(given, "td"));
    }
  }
  return nodes;
}

/** @param {Block} given */
function block(given) {
  const pieces = given.pieces.map((piece) => {
    if (piece.marked) return element("mark", { text: piece.text });
    return piece.note ? element("sup", { text: piece.text }) : piece.text;
  });
  if (given.kind === "footnote" && given.marker) pieces.unshift(element("sup", { text: given.marker }), " ");
  if (given.kind !== "heading") return element("p", { class: given.kind === "footnote" ? "footnote" : "" }, ...pieces);
  const made = element("p", { class: "heading", role: "heading" }, ...pieces);
  made.setAttribute("aria-level", "3"); // an excerpt may begin at any depth; its outline is the path above it
  return made;
}

/** @param {Block} given @param {"td" | "th"} name */
function row(given, name) {
  /** @type {HTMLElement[]} */
  const cells = [element(name)];
  for (const piece of given.pieces) {
    for (const [i, text] of piece.text.split("|").entries()) {
      if (i) cells.push(element(name));
      if (text.trim()) cells.at(-1)?.append(piece.marked ? element("mark", { text: text.trim() }) : text.trim());
    }
  }
  // before the first bar and after the last one there is nothing
  return element("tr", {}, ...cells.slice(1, -1));
}
