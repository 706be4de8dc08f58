// Builds what is shown of a message. Text only ever goes in as text: there is no innerHTML in this code.

import { strings } from "./strings.js";

/**
 * @typedef {import("./api.js").Reply} Reply
 * @typedef {import("./api.js").Citation} Citation
 * @typedef {{open: (citation: Citation, link: HTMLAnchorElement, event: MouseEvent) => void,
 *   choose: (text: string) => void, copy: (reply: Reply, button: HTMLButtonElement) => void,
 *   rate: (verdict: "up" | "down", buttons: HTMLButtonElement[]) => void}} Actions
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {{class?: string, text?: string, label?: string}} [options]
 * @param {...(Node | null)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(name, options = {}, ...children) {
  const made = document.createElement(name);
  if (options.class) made.className = options.class;
  if (options.text !== undefined) made.textContent = options.text;
  if (options.label) made.setAttribute("aria-label", options.label);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  const made = element("button", { text });
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** @param {number} at */
function clock(at) {
  const time = element("time", { text: new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" }) });
  time.dateTime = new Date(at).toISOString();
  return time;
}

/** @param {number} at */
export function dayLine(at) {
  const day = new Date(at);
  const today = day.toDateString() === new Date().toDateString();
  return element("div", { class: "day" }, element("span", { text: today ? strings.today : day.toLocaleDateString("vi-VN") }));
}

/**
 * A person's message; with `failed`, why it was not sent and a button to send it again.
 * @param {string} text
 * @param {number} at
 * @param {string | undefined} failed
 * @param {() => void} retry
 */
export function personTurn(text, at, failed, retry) {
  const bubble = element("div", { class: "bubble" }, element("p", { class: "words", text }), clock(at));
  const stack = element("div", { class: "stack" }, element("span", { class: "unseen", text: strings.you }), bubble);
  if (failed) {
    const note = element("div", { class: "fail" }, element("span", { text: `${strings.failed} ${failed}` }));
    note.append(button(strings.retry, retry));
    stack.append(note);
  }
  return element("div", { class: "turn mine" }, stack);
}

/**
 * The assistant's answer with its sources, calculations, warnings, choices and tools.
 * @param {Reply} reply
 * @param {number} at
 * @param {Actions} actions
 * @param {{verdict?: "up" | "down", plain?: boolean}} [options]
 */
export function assistantTurn(reply, at, actions, options = {}) {
  const face = element("img", { class: "face" });
  face.src = "/static/icon.svg";
  face.alt = "";
  const bubble = element(
    "div", { class: "bubble" },
    words(reply, actions), computed(reply), ...reply.findings.map(finding), sources(reply, actions), clock(at),
  );
  if (!options.plain) bubble.append(tools(reply, actions, options.verdict));
  const stack = element("div", { class: "stack" }, element("span", { class: "unseen", text: strings.assistant }), bubble);
  if (reply.suggestions.length) stack.append(choices(reply.suggestions, actions));
  return element("div", { class: "turn theirs" }, face, stack);
}

/**
 * @param {Citation} citation
 * @param {Actions} actions
 * @param {HTMLAnchorElement} link
 */
function leadTo(citation, actions, link) {
  // Only our own report pages: an address of any other form is left without a link.
  if (!citation.url.startsWith("/reports/")) return link;
  link.href = citation.url;
  link.addEventListener("click", (event) => actions.open(citation, link, event));
  return link;
}

/**
 * The answer's text without the lines that the sources, warnings and choices below it show anyway. The text of the
 * service is complete in itself, for channels that show nothing else.
 * @param {Reply} reply
 */
export function body(reply) {
  const shownBelow = (/** @type {string} */ line) => {
    const source = /^Nguồn \[(\d{1,2})\]:/.exec(line);
    if (source) return reply.citations.some((c) => String(c.n) === source[1]);
    if (reply.status === "clarify" && line.startsWith("- ")) return reply.suggestions.includes(line.slice(2));
    return line.startsWith("⚠") && reply.findings.some((found) => line.includes(found.text));
  };
  const lines = reply.text.split("\n").filter((line) => !shownBelow(line));
  return lines.join("\n").trim() || reply.text;
}

/**
 * The answer's text, its marks such as [1] made links to their sources.
 * @param {Reply} reply
 * @param {Actions} actions
 */
function words(reply, actions) {
  const paragraph = element("p", { class: "words" });
  for (const part of body(reply).split(/(\[\d{1,2}\])/)) {
    const citation = /^\[\d+\]$/.test(part) ? reply.citations.find((c) => `[${c.n}]` === part) : undefined;
    if (citation) {
      const link = element("a", { class: "cite", text: String(citation.n), label: strings.source(citation.n) });
      paragraph.append(leadTo(citation, actions, link));
    } else if (part) {
      paragraph.append(part);
    }
  }
  return paragraph;
}

/** @param {Citation} citation */
export function place(citation) {
  const note = citation.footnote ? `, ${strings.footnote} ${citation.footnote}` : "";
  return `${citation.report_number}, ${strings.section} ${citation.section}${note}`;
}

/**
 * @param {Reply} reply
 * @param {Actions} actions
 */
function sources(reply, actions) {
  if (!reply.citations.length) return null;
  const list = element("ol", { class: "sources" });
  for (const citation of reply.citations) {
    const link = element(
      "a", {},
      element("span", { class: "n", text: String(citation.n) }),
      element("span", { class: "where", text: place(citation) }),
      element("q", { text: citation.quote }),
    );
    list.append(element("li", {}, leadTo(citation, actions, link)));
  }
  return element("div", { class: "extra" }, element("h3", { text: strings.sources }), list);
}

/** @param {Reply} reply */
function computed(reply) {
  // What a warning says in words already, with printed and recomputed figure, is not said twice.
  const shown = reply.computed.filter(({ why }) => !reply.findings.some((found) => found.text === why));
  if (!shown.length) return null;
  const list = element("ul", { class: "computed" });
  for (const { value, formula, why } of shown) {
    const tail = why ? element("span", { class: "quiet", text: ` – ${why}` }) : null;
    list.append(element("li", {}, element("span", { text: `${formula} = ` }), element("b", { text: value }), tail));
  }
  return element("div", { class: "extra" }, element("h3", { text: strings.computed }), list);
}

/** @param {import("./api.js").Finding} found */
function finding(found) {
  const pair = element(
    "p", { class: "pair" },
    element("span", {}, element("span", { text: `${strings.printed}: ` }), element("b", { text: found.printed })),
    element("span", {}, element("span", { text: `${strings.recomputed}: ` }), element("b", { text: found.recomputed })),
  );
  const box = element("div", { class: "finding", label: strings.finding }, element("p", { text: found.text }), pair);
  box.setAttribute("role", "note");
  return box;
}

/**
 * @param {string[]} suggestions
 * @param {Actions} actions
 */
function choices(suggestions, actions) {
  const made = suggestions.map((text) => button(text, () => actions.choose(text)));
  const box = element("div", { class: "choices", label: strings.choices }, ...made);
  box.setAttribute("role", "group");
  return box;
}

/**
 * @param {Reply} reply
 * @param {Actions} actions
 * @param {"up" | "down" | undefined} verdict
 */
function tools(reply, actions, verdict) {
  const copy = button(strings.copy, () => actions.copy(reply, copy));
  copy.title = strings.copyLabel;
  const up = button(`👍 ${strings.useful}`, () => actions.rate("up", [up, down]));
  const down = button(`👎 ${strings.useless}`, () => actions.rate("down", [up, down]));
  up.setAttribute("aria-pressed", String(verdict === "up"));
  down.setAttribute("aria-pressed", String(verdict === "down"));
  const judged = reply.status === "smalltalk" ? [] : [up, down];
  return element("div", { class: "tools" }, reply.citations.length ? copy : null, ...judged);
}
