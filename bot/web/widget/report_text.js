// The blocks of a report as elements; rows of a table become one.

import { element } from "./dom.js";

/**
 * @typedef {import("./api.js").Block} Block
 * @typedef {import("./api.js").Piece} Piece
 */

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
    if (given.kind === "rule") continue;
    if (given.kind !== "row") {
      rows = null;
      nodes.push(block(given));
      continue;
    }
    if (!rows) {
      rows = element("tbody");
      const scroller = element("div", { class: "scroller" }, element("table", {}, rows));
      scroller.tabIndex = 0; // a wide table is scrolled with the keyboard, too
      nodes.push(scroller);
    }
    rows.append(element("tr", {}, ...given.cells.map((cell) => element(given.level ? "th" : "td", {}, ...pieces(cell)))));
  }
  return nodes;
}

/** @param {Block} given */
function block(given) {
  const made = element("p", { class: given.kind === "footnote" ? "footnote" : "" }, ...pieces(given.pieces));
  if (given.kind === "footnote" && given.marker) made.prepend(element("sup", { text: given.marker }), " ");
  if (given.kind !== "heading") return made;
  made.className = "heading";
  made.setAttribute("role", "heading");
  made.setAttribute("aria-level", "3"); // an excerpt may begin at any depth; its outline is the path above it
  return made;
}

/** Lit pieces that follow each other are one mark. @param {Piece[]} given */
function pieces(given) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  /** @type {HTMLElement | null} */
  let mark = null;
  for (const piece of given) {
    const text = piece.doubtful ? element("u", { text: piece.text }) : piece.text;
    const node = piece.note ? element("sup", {}, text) : text;
    if (!piece.marked) mark = null;
    else if (mark) mark.append(node);
    else mark = element("mark", {}, node);
    if (!mark) nodes.push(node);
    else if (nodes.at(-1) !== mark) nodes.push(mark);
  }
  return nodes;
}
