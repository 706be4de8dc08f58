// What is said and what becomes of it: sends messages one after the other, keeps them, sends failed ones again.

import { SendError, inLanguage } from "./api.js";
import { newKey } from "./dom.js";
import { History } from "./history.js";

/**
 * @typedef {import("./api.js").Reply} Reply
 * @typedef {import("./history.js").Said} Said
 * @typedef {import("./history.js").Answered} Answered
 * @typedef {import("./strings.vi.js").Strings} Strings
 */

// Longer than the patience of a request: what is still being sent by then was cut off, by a reload for example.
const LOST_AFTER_MS = 25_000;

export class Conversation {
  /** @type {Promise<void>} */
  #last = Promise.resolve();
  /** Messages that this tab is sending. */
  #mine = new Set();
  #online = () => this.#sendAgainWhatWasOffline();
  #changed;
  #answered;

  /**
   * @param {import("./api.js").Api} api
   * @param {Strings} strings
   * @param {{changed: () => void, answered: (reply: Reply) => void}} on
   */
  constructor(api, strings, { changed, answered }) {
    this.api = api;
    this.strings = strings;
    this.#changed = changed;
    this.#answered = answered;
    this.history = new History(api.base, () => this.#refresh());
    this.#giveUpOnLost();
    addEventListener("online", this.#online);
  }

  close() {
    this.history.close();
    removeEventListener("online", this.#online);
  }

  /** Whether an answer is being waited for. */
  get waiting() {
    return this.history.entries.some((entry) => entry.role === "person" && entry.state === "sending");
  }

  /** @param {string} text */
  say(text) {
    const message = text.trim();
    if (!message) return;
    /** @type {Said} */
    const said = { id: newKey(), role: "person", text: message, at: Date.now(), state: "sending" };
    this.history.add(said);
    this.#send(said);
  }

  /** @param {Said} said */
  retry(said) {
    this.history.remove(said.id);
    this.say(said.text);
  }

  /** Start anew. @returns {() => void} brings the old conversation back */
  restart() {
    const old = this.history.clear();
    this.#changed();
    return () => {
      this.history.restore(old);
      this.#changed();
    };
  }

  /**
   * Whether the verdict was taken.
   * @param {Answered} answered
   * @param {"up" | "down"} verdict
   * @param {string} reason
   */
  async rate(answered, verdict, reason) {
    try {
      await this.api.rate(answered.reply.message_id, verdict, reason);
    } catch {
      return false;
    }
    this.history.update(answered.id, { verdict });
    return true;
  }

  /** @param {Said} said */
  #send(said) {
    // One after the other: the second message of a new conversation needs the id that the first one's answer brings.
    this.#mine.add(said.id);
    this.#last = this.#last.then(() => this.#deliver(said));
    this.#changed();
  }

  /** @param {Said} said */
  async #deliver(said) {
    const { epoch } = this.history;
    try {
      const reply = await this.api.ask(said.text, this.history.conversationId);
      if (epoch !== this.history.epoch) return;
      this.history.update(said.id, { state: "sent" });
      // where more was asked meanwhile, the answer says what it answers
      const asked = this.history.entries.at(-1)?.id === said.id ? undefined : said.text;
      this.history.add({ id: newKey(), role: "assistant", reply, at: Date.now(), asked });
      this.#answered(reply);
    } catch (error) {
      if (epoch === this.history.epoch) this.history.update(said.id, { state: "failed", why: this.#why(error) });
    } finally {
      this.#mine.delete(said.id);
      this.#changed();
    }
  }

  /** @param {unknown} error */
  #why(error) {
    const { strings } = this;
    if (!(error instanceof SendError)) return strings.busy;
    if (error.reason === "refused") return inLanguage(error.detail, strings.locale);
    if (error.reason === "gone") return strings.unreachable;
    return strings[error.reason];
  }

  #sendAgainWhatWasOffline() {
    for (const entry of [...this.history.entries]) {
      if (entry.role === "person" && entry.state === "failed" && entry.why === this.strings.offline) this.retry(entry);
    }
  }

  #refresh() {
    this.#giveUpOnLost();
    this.#changed();
  }

  /** What a closed page was sending has failed; what another tab sends may yet be answered. */
  #giveUpOnLost() {
    for (const entry of this.history.entries) {
      if (entry.role !== "person" || entry.state !== "sending" || this.#mine.has(entry.id)) continue;
      const left = entry.at + LOST_AFTER_MS - Date.now();
      if (left > 0) setTimeout(() => this.#refresh(), left + 50);
      else this.history.update(entry.id, { state: "failed", why: this.strings.lost });
    }
  }
}
