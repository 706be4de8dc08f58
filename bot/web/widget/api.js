// The only place that talks to the service.

import { toJson } from "./json.js";

/**
 * @typedef {{n: number, report_id: string, report_number: string, report_title: string, issuer: string,
 *   issued_on: string | null, section: string, section_title: string, footnote: string | null, quote: string,
 *   url: string, place?: string, period?: string}} Citation
 * @typedef {{value: string, formula: string, why: string}} Computed
 * @typedef {{kind?: string, text: string, printed: string, recomputed: string}} Finding
 * @typedef {{title: string, alt: string, columns: string[], rows: string[][], svg_url: string, png_url?: string,
 *   source: string}} Chart
 * @typedef {"answered" | "not_found" | "clarify" | "smalltalk"} Status
 * @typedef {{conversation_id: string, message_id: string, status: Status, text: string, citations: Citation[],
 *   computed: Computed[], findings: Finding[], suggestions: string[], chart?: Chart | null}} Reply
 * @typedef {{text: string, marked: boolean, note: boolean, doubtful: boolean}} Piece
 * @typedef {{kind: string, level: number, marker: string, pieces: Piece[], cells: Piece[][]}} Block
 * @typedef {{report: {number: string, title: string, issuer: string, issued_on: string | null, period: string | null},
 *   section: string, path: {label: string, title: string}[], blocks: Block[], notes: Block[], first: number,
 *   total: number, findings: Finding[]}} Excerpt
 */

const PATIENCE_MS = 20_000;

/** Why nothing came back: `reason` is what to say of it, `detail` the server's own words on a refused message. */
export class SendError extends Error {
  /**
   * @param {"offline" | "unreachable" | "busy" | "refused" | "gone"} reason
   * @param {string} [detail]
   */
  constructor(reason, detail = "") {
    super(detail || reason);
    this.reason = reason;
    this.detail = detail;
  }
}

export class Api {
  /** @param {string} base the server's address, with a slash at its end */
  constructor(base) {
    this.base = base;
  }

  /**
   * The address of a path of the server's ("/reports/…"), or null for what is none.
   * @param {string} path
   */
  href(path) {
    return /^\/(?![/\\])/.test(path) ? new URL(path.slice(1), this.base).href : null;
  }

  /**
   * The service's reply to a message.
   * @param {string} message
   * @param {string | null} conversationId
   * @returns {Promise<Reply>}
   */
  ask(message, conversationId) {
    return this.#post("api/v1/chat", { message, conversation_id: conversationId ?? undefined });
  }

  /**
   * @param {string} messageId
   * @param {"up" | "down"} verdict
   * @param {string} reason
   * @returns {Promise<unknown>}
   */
  rate(messageId, verdict, reason) {
    return this.#post("api/v1/feedback", { message_id: messageId, verdict, reason });
  }

  /**
   * The report's text around a citation; from block `first` to read on.
   * @param {Citation} citation
   * @param {{first: number, count: number}} [on]
   * @returns {Promise<Excerpt>}
   */
  excerpt(citation, on) {
    // the words to light up, and the version of the report that they were cited from
    const query = new URL(citation.url, this.base).searchParams;
    query.set("section", citation.section.slice(0, 200));
    if (on) {
      query.set("first", String(on.first));
      query.set("count", String(on.count));
    }
    return this.#fetch(`api/v1/reports/${encodeURIComponent(citation.report_id)}/excerpt?${query}`, {});
  }

  /**
   * @param {string} path
   * @param {object} body
   */
  #post(path, body) {
    return this.#fetch(path, {
      method: "POST", headers: { __proto__: null, "Content-Type": "application/json" }, body: toJson(body),
    });
  }

  /**
   * @param {string} path
   * @param {Record<string, unknown>} options
   * @returns {Promise<any>}
   */
  async #fetch(path, options) {
    // Without a prototype: what a page hung on Object.prototype must not become an option.
    const given = Object.assign(Object.create(null), options, {
      credentials: "omit", referrerPolicy: "no-referrer", signal: patience(),
    });
    let response;
    try {
      response = await fetch(new URL(path, this.base).href, given);
    } catch {
      throw new SendError(navigator.onLine === false ? "offline" : "unreachable");
    }
    if (response.status === 204) return null;
    const body = await response.json().catch(() => null);
    if (response.ok && body) return body;
    if (response.status === 404) throw new SendError("gone");
    if (response.status >= 500 || !body || typeof body.detail !== "string") throw new SendError("busy");
    throw new SendError("refused", body.detail);
  }
}

function patience() {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), PATIENCE_MS);
  return controller.signal;
}

/**
 * A problem's detail in one language: it is a Vietnamese sentence with the English one in brackets at its end.
 * @param {string} detail
 * @param {string} locale
 */
export function inLanguage(detail, locale) {
  const parts = /^([\s\S]*?)\s*\(([^()]*)\)\s*$/.exec(detail);
  if (!parts) return detail;
  return (locale.startsWith("en") ? parts[2] : parts[1]) || detail;
}
