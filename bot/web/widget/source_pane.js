// The source beside the chat: the report's head, the path of the section, and its text with the quoted words lit up.

import { finding } from "./answer.js";
import { SendError } from "./api.js";
import { button, element } from "./dom.js";
import { reportText } from "./report_text.js";
import { copy, date, place, quotation } from "./wording.js";

/**
 * @typedef {import("./api.js").Citation} Citation
 * @typedef {import("./api.js").Excerpt} Excerpt
 * @typedef {import("./strings.vi.js").Strings} Strings
 */

const READ_ON = 40;

export class SourcePane {
  /** @type {Citation[]} */
  #citations = [];
  #at = 0;
  #api;
  #strings;
  #tell;

  /**
   * @param {import("./api.js").Api} api
   * @param {Strings} strings
   * @param {{close: () => void, tell: (text: string) => void}} on
   */
  constructor(api, strings, { close, tell }) {
    this.#api = api;
    this.#strings = strings;
    this.#tell = tell;
    this.title = element("h2", { class: "source-title" });
    this.title.tabIndex = -1;
    this.title.id = "source-title";
    this.counter = element("span", { class: "counter" });
    this.about = element("p", { class: "about", lang: "vi" });
    this.previous = button({ class: "tool", icon: "previous", label: strings.previous }, () => void this.#show(this.#at - 1));
    this.next = button({ class: "tool", icon: "next", label: strings.next }, () => void this.#show(this.#at + 1));
    this.page = element("a", { class: "page-link" }, strings.wholeReport, element("span", { class: "unseen", text: ` ${strings.newTab}` }));
    this.page.href = api.href("/reports") ?? ""; // of the cited report, once one is shown
    this.page.target = "_blank";
    this.page.rel = "noopener";
    this.copying = button({ text: strings.copyQuote, icon: "copy" }, () => void this.#copy());
    this.body = element("div", { class: "source-body", role: "region", label: strings.quoted });
    this.body.tabIndex = 0;
    this.root = element(
      "section", { class: "source" },
      element(
        "header", { class: "source-head" },
        element("div", { class: "source-name" }, this.counter, this.title, this.about),
        this.previous, this.next,
        button({ class: "tool", icon: "close", label: strings.close }, close),
      ),
      this.body,
      element("footer", { class: "source-foot" }, this.copying, this.page),
    );
    this.root.setAttribute("aria-labelledby", "source-title");
    this.root.hidden = true;
  }

  /** @param {Citation[]} citations @param {Citation} citation */
  async open(citations, citation) {
    this.#citations = citations;
    this.root.hidden = false;
    const shown = this.#show(Math.max(0, citations.indexOf(citation)));
    this.title.focus({ preventScroll: true });
    await shown;
  }

  /** @param {number} at */
  async #show(at) {
    const citation = this.#citations[at];
    if (!citation) return;
    this.#at = at;
    this.counter.textContent = this.#strings.sourceOf(at + 1, this.#citations.length);
    this.title.textContent = place(citation, this.#strings);
    const about = [citation.issuer, date(citation.issued_on, this.#strings), citation.section_title];
    this.about.textContent = about.filter(Boolean).join(" · ");
    const several = this.#citations.length > 1;
    this.previous.hidden = this.next.hidden = !several;
    this.previous.disabled = at === 0;
    this.next.disabled = at === this.#citations.length - 1;
    const address = citation.url.startsWith("/reports/") ? this.#api.href(citation.url) : null;
    if (address) this.page.href = address;
    this.page.hidden = !address;
    this.body.replaceChildren(element("p", { class: "quiet", text: this.#strings.loading }));
    let excerpt;
    try {
      excerpt = await this.#api.excerpt(citation);
    } catch (error) {
      if (this.#at === at) this.#fail(citation, at, error);
      return;
    }
    // a quicker click may have asked for another source since
    if (this.#at === at && this.#citations[at] === citation) this.#fill(excerpt, citation);
  }

  /** @param {Citation} citation @param {number} at @param {unknown} error */
  #fail(citation, at, error) {
    const gone = error instanceof SendError && error.reason === "gone";
    const said = element("p", { class: "fail", role: "alert", text: gone ? this.#strings.sourceGone : this.#strings.sourceFailed });
    if (!gone) said.append(button({ text: this.#strings.retry }, () => void this.#show(at)));
    this.body.replaceChildren(
      said, element("p", { class: "kicker", text: this.#strings.quoted }),
      element("blockquote", { lang: "vi" }, element("mark", { text: citation.quote })),
    );
  }

  /** @param {Excerpt} excerpt @param {Citation} citation */
  #fill(excerpt, citation) {
    const text = element("div", { class: "text", lang: "vi" }, ...reportText(excerpt.blocks));
    const notes = element("div", { class: "text notes", lang: "vi" }, ...reportText(excerpt.notes));
    const shown = { first: excerpt.first, end: excerpt.first + excerpt.blocks.length };
    const above = button({ class: "more", text: this.#strings.above }, async () => {
      const first = Math.max(0, shown.first - READ_ON);
      const more = await this.#more(citation, first, shown.first - first);
      const height = this.body.scrollHeight;
      text.prepend(...reportText(more));
      this.body.scrollTop += this.body.scrollHeight - height;
      if (more.length) shown.first = first;
      above.hidden = shown.first === 0;
    });
    const below = button({ class: "more", text: this.#strings.below }, async () => {
      const more = await this.#more(citation, shown.end, READ_ON);
      text.append(...reportText(more));
      shown.end += more.length;
      below.hidden = shown.end >= excerpt.total;
    });
    above.hidden = shown.first === 0;
    below.hidden = shown.end >= excerpt.total;
    this.body.replaceChildren(
      head(excerpt, this.#strings), path(excerpt),
      ...excerpt.findings.map((found) => finding(found, this.#strings)), above, text, below,
    );
    if (excerpt.notes.length) this.body.append(notes);
    this.#reveal(text.querySelector("mark"));
  }

  /** @param {Citation} citation @param {number} first @param {number} count */
  async #more(citation, first, count) {
    try {
      return (await this.#api.excerpt(citation, { first, count })).blocks;
    } catch {
      this.#tell(this.#strings.sourceFailed);
      return [];
    }
  }

  /** Bring the lit words to the upper third, without scrolling the page around the chat. @param {Element | null} mark */
  #reveal(mark) {
    if (!mark) return void (this.body.scrollTop = 0);
    const top = mark.getBoundingClientRect().top - this.body.getBoundingClientRect().top;
    const room = this.body.clientHeight;
    this.body.scrollTop = top < room * 0.6 ? 0 : top - room / 3;
  }

  async #copy() {
    const citation = this.#citations[this.#at];
    if (!citation) return;
    const done = await copy(quotation(citation, this.#strings), this.root);
    const label = /** @type {HTMLElement} */ (this.copying.lastChild);
    label.textContent = done ? this.#strings.copied : this.#strings.copyFailed;
    this.#tell(label.textContent);
    setTimeout(() => (label.textContent = this.#strings.copyQuote), 2000);
  }
}

/** @param {Excerpt} excerpt @param {Strings} strings */
function head({ report }, strings) {
  const facts = [
    [strings.issuer, report.issuer], [strings.issued, date(report.issued_on, strings)], [strings.period, report.period],
  ];
  const lines = facts.map(([name, value]) =>
    value ? element("div", {}, element("dt", { text: name ?? "" }), element("dd", { text: value, lang: "vi" })) : null,
  );
  return element(
    "div", { class: "card" },
    element("p", { class: "number", text: strings.report(report.number) }),
    report.title ? element("p", { class: "name", text: report.title, lang: "vi" }) : null,
    element("dl", {}, ...lines),
  );
}

/** The sections from the outermost to the cited one. @param {Excerpt} excerpt */
function path({ path: sections, section }) {
  if (!sections.length) return element("p", { class: "path", text: section, lang: "vi" });
  const lines = sections.map(({ label, title }) =>
    element("li", {}, label ? element("b", { text: label }) : null, label && title ? " " : null, title),
  );
  return element("ol", { class: "path", lang: "vi" }, ...lines);
}
