// Builds what is shown of an answer: its words, warnings, calculations, chart and sources.

import { button, element, icon } from "./dom.js";
import { body, place } from "./wording.js";

/**
 * @typedef {import("./api.js").Reply} Reply
 * @typedef {import("./api.js").Citation} Citation
 * @typedef {import("./api.js").Finding} Finding
 * @typedef {import("./api.js").Chart} Chart
 * @typedef {import("./strings.vi.js").Strings} Strings
 * @typedef {{strings: Strings, href: (path: string) => string | null,
 *   dark: () => boolean, open: (reply: Reply, citation: Citation, from: HTMLElement) => void,
 *   choose: (text: string) => void}} Links
 */

const SOURCES_AT_ONCE = 3;
const LINES_AT_ONCE = 16;

/**
 * @param {Reply} reply
 * @param {Links} links
 * @returns {(Node | null)[]}
 */
export function answerParts(reply, links) {
  return [
    status(reply, links.strings),
    words(reply, links),
    ...reply.findings.map((found) => finding(found, links.strings)),
    computed(reply, links.strings),
    reply.chart ? chart(reply.chart, links) : null,
    sources(reply, links),
  ];
}

/** @param {Reply} reply @param {Strings} strings */
function status(reply, strings) {
  if (reply.status === "not_found") return element("p", { class: "status" }, icon("none"), strings.notFound);
  if (reply.status === "clarify") return element("p", { class: "status" }, icon("ask"), strings.clarify);
  return null;
}

/**
 * The answer's text: lists as lists, its marks such as [1] as links to their sources; a long one is folded.
 * @param {Reply} reply
 * @param {Links} links
 */
function words(reply, links) {
  const box = element("div", { class: "words", lang: "vi" });
  const lines = body(reply).split("\n");
  /** @type {HTMLUListElement | null} */
  let list = null;
  for (const line of lines) {
    const item = /^\s*[-•–+] (.*)$/.exec(line);
    if (item) {
      list ??= box.appendChild(element("ul"));
      list.append(element("li", {}, ...marked(item[1] ?? "", reply, links)));
    } else {
      list = null;
      box.append(element("p", { class: line.trim() ? "" : "gap" }, ...marked(line, reply, links)));
    }
  }
  return lines.length > LINES_AT_ONCE ? folded(box, links.strings) : box;
}

/**
 * @param {HTMLElement} box
 * @param {Strings} strings
 */
function folded(box, strings) {
  box.classList.add("folded");
  const more = button({ class: "more", text: strings.whole }, () => {
    box.classList.remove("folded");
    // the focus was on a button that is gone now
    box.tabIndex = -1;
    box.focus({ preventScroll: true });
    more.remove();
  });
  return element("div", {}, box, more);
}

/**
 * @param {string} line
 * @param {Reply} reply
 * @param {Links} links
 */
function marked(line, reply, links) {
  return line.split(/(\[\d{1,2}\])/).map((part) => {
    const citation = /^\[\d+\]$/.test(part) ? reply.citations.find((c) => `[${c.n}]` === part) : undefined;
    if (!citation) return part;
    const label = `${links.strings.source(citation.n)}: ${place(citation, links.strings)}`;
    return lead(element("a", { class: "cite", text: String(citation.n), label }), reply, citation, links);
  });
}

/**
 * A link to the report's page that opens the source beside the chat instead, unless a new tab is asked for.
 * @param {HTMLAnchorElement} link
 * @param {Reply} reply
 * @param {Citation} citation
 * @param {Links} links
 */
function lead(link, reply, citation, links) {
  const address = citation.url.startsWith("/reports/") ? links.href(citation.url) : null;
  if (!address) return link; // only our own report pages: an address of any other form is left without a link
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener";
  link.dataset.n = String(citation.n);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    links.open(reply, citation, link);
  });
  return link;
}

/** @param {Reply} reply @param {Links} links */
function sources(reply, links) {
  if (!reply.citations.length) return null;
  const { strings } = links;
  const lines = reply.citations.map((citation) => {
    const link = element(
      "a", {},
      element("span", { class: "n", text: String(citation.n) }),
      element("span", { class: "where", text: place(citation, strings) }),
      element("q", { text: citation.quote.replace(/^\||\|$/g, "").trim(), lang: "vi" }),
    );
    return element("li", {}, lead(link, reply, citation, links));
  });
  const list = element("ol", { class: "sources" }, ...lines);
  const box = element("div", { class: "extra" }, element("p", { class: "kicker", text: strings.sources }), list);
  const rest = lines.slice(SOURCES_AT_ONCE);
  if (rest.length > 1) {
    for (const line of rest) line.hidden = true;
    const more = button({ class: "more", text: strings.moreSources(rest.length) }, () => {
      for (const line of rest) line.hidden = false;
      rest[0]?.querySelector("a")?.focus();
      more.remove();
    });
    box.append(more);
  }
  return box;
}

/** @param {Reply} reply @param {Strings} strings */
function computed(reply, strings) {
  // What a warning says in words already, with printed and recomputed figure, is not said twice.
  const shown = reply.computed.filter(({ why }) => !reply.findings.some((found) => found.text === why));
  if (!shown.length) return null;
  const lines = shown.map(({ value, formula, why }) =>
    element(
      "li", {},
      element("span", { class: "formula" }, `${unbroken(formula)} = `, element("b", { text: value })),
      why ? element("span", { class: "why", text: why }) : null,
    ),
  );
  const list = element("ul", { class: "computed", lang: "vi" }, ...lines);
  return element("div", { class: "extra" }, element("p", { class: "kicker", text: strings.computed }), list);
}

/**
 * A warning with the printed and the recomputed figure.
 * @param {Finding} found
 * @param {Strings} strings
 */
export function finding(found, strings) {
  const figure = (/** @type {string} */ name, /** @type {string} */ value) =>
    element("div", {}, element("dt", { text: name }), element("dd", { text: value, lang: "vi" }));
  return element(
    "div", { class: "finding", role: "note", label: strings.finding },
    element("p", { class: "kicker" }, icon("warning"), strings.finding),
    element("p", { text: unbroken(found.text), lang: "vi" }),
    found.printed && found.recomputed
      ? element("dl", {}, figure(strings.printed, found.printed), figure(strings.recomputed, found.recomputed))
      : null,
  );
}

/** A fraction on one line. @param {string} text */
function unbroken(text) {
  return text.replace(/(\d) \/ (?=\d)/g, "$1\u00a0/\u00a0");
}

/**
 * The picture, its source, and the table that it was drawn from.
 * @param {Chart} given
 * @param {Links} links
 */
function chart(given, { strings, href, dark }) {
  const address = typeof given.svg_url === "string" ? href(given.svg_url) : null;
  if (!address && !given.rows?.length) return null;
  const table = element("details", { class: "table" }, element("summary", { text: strings.table }), grid(given, strings));
  const figure = element("figure", { class: "chart", lang: "vi" });
  if (address) {
    const picture = element("img");
    picture.alt = given.alt || given.title || "";
    picture.decoding = "async";
    picture.addEventListener("load", () => picture.classList.add("loaded"));
    picture.addEventListener("error", () => {
      picture.replaceWith(element("p", { class: "quiet", text: strings.chartMissing, lang: strings.locale }));
      table.open = true;
    });
    picture.dataset.address = address;
    colour(picture, dark());
    figure.append(picture);
  } else {
    figure.append(element("p", { class: "kicker", text: given.title ?? "" }));
    table.open = true;
  }
  if (given.source) figure.append(element("figcaption", { text: given.source }));
  figure.append(table);
  return figure;
}

/** The picture in the colours of the theme. @param {HTMLImageElement} picture @param {boolean} dark */
export function colour(picture, dark) {
  const wanted = `${picture.dataset.address}${dark ? "?theme=dark" : ""}`;
  if (picture.getAttribute("src") !== wanted) picture.src = wanted;
}

/** @param {Chart} given @param {Strings} strings */
function grid(given, strings) {
  const columns = Array.isArray(given.columns) ? given.columns : [];
  const rows = Array.isArray(given.rows) ? given.rows : [];
  const cell = (/** @type {"td" | "th"} */ name, /** @type {string} */ text, /** @type {string} */ scope) => {
    const made = element(name, { text });
    if (scope) made.setAttribute("scope", scope);
    return made;
  };
  const table = element(
    "table", {},
    element("thead", {}, element("tr", {}, ...columns.map((text) => cell("th", text, "col")))),
    element(
      "tbody", {},
      ...rows.map((row) => element("tr", {}, ...row.map((text, i) => cell(i ? "td" : "th", text, i ? "" : "row")))),
    ),
  );
  const scroller = element("div", { class: "scroller", role: "region", label: given.title || strings.table }, table);
  scroller.tabIndex = 0;
  return scroller;
}
