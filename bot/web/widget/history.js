// The conversation as this browser keeps it for one server, so that a reload and a second tab show it. No cookie.

import { newKey } from "./dom.js";
import { toJson } from "./json.js";

/**
 * @typedef {import("./api.js").Reply} Reply
 * @typedef {"sending" | "sent" | "failed"} SendState
 * @typedef {{id: string, role: "person", text: string, at: number, state: SendState, why?: string}} Said
 * @typedef {{id: string, role: "assistant", reply: Reply, at: number, verdict?: "up" | "down",
 *   asked?: string}} Answered
 * @typedef {Said | Answered} Entry
 * @typedef {{epoch: string, conversationId: string | null, readAt: number, entries: Entry[]}} Kept
 */

const MOST_ENTRIES = 500;
// Browsers give a site about five million characters for everything that it keeps.
const MOST_CHARACTERS = 1_500_000;

export class History {
  #key;
  /** @type {Kept} */
  #kept = empty();
  #stored = false;
  /** @type {(event: StorageEvent) => void} */
  #listener;

  /**
   * @param {string} base the server's address
   * @param {() => void} changed called when another tab changed the conversation
   */
  constructor(base, changed) {
    this.#key = `hoidap.chat.2:${base}`;
    this.#load();
    this.#listener = (event) => {
      if (event.key !== this.#key && event.key !== null) return;
      this.#load();
      changed();
    };
    addEventListener("storage", this.#listener);
  }

  /** Stop listening to other tabs. */
  close() {
    removeEventListener("storage", this.#listener);
  }

  get entries() {
    return this.#kept.entries;
  }

  get conversationId() {
    return this.#kept.conversationId;
  }

  /** Changes with every new conversation, so that a late answer is not put into the wrong one. */
  get epoch() {
    return this.#kept.epoch;
  }

  get unread() {
    return this.entries.filter((entry) => entry.role === "assistant" && entry.at > this.#kept.readAt).length;
  }

  /** @param {Entry} entry */
  add(entry) {
    this.#change((kept) => {
      kept.entries.push(entry);
      if (entry.role === "assistant") kept.conversationId = entry.reply.conversation_id;
    });
  }

  /**
   * @param {string} id
   * @param {Partial<Said> & Partial<Answered>} changes
   */
  update(id, changes) {
    this.#change((kept) => {
      const found = kept.entries.find((entry) => entry.id === id);
      if (found) Object.assign(found, changes);
    });
  }

  /** @param {string} id */
  remove(id) {
    this.#change((kept) => {
      kept.entries = kept.entries.filter((entry) => entry.id !== id);
    });
  }

  markRead() {
    if (this.unread) this.#change((kept) => void (kept.readAt = Date.now()));
  }

  /** Start a new conversation. @returns {Kept} the old one, for `restore` */
  clear() {
    const old = this.#kept;
    this.#change((kept) => Object.assign(kept, empty()));
    return old;
  }

  /** @param {Kept} old */
  restore(old) {
    this.#change((kept) => Object.assign(kept, old));
  }

  /**
   * Every change starts from what is stored now: another tab may have written since.
   * @param {(kept: Kept) => void} act
   */
  #change(act) {
    this.#load();
    act(this.#kept);
    this.#kept.entries = this.#kept.entries.slice(-MOST_ENTRIES);
    this.#save();
  }

  #save() {
    let written = toJson(this.#kept);
    while (written.length > MOST_CHARACTERS && this.#kept.entries.length > 2) {
      this.#kept.entries = this.#kept.entries.slice(Math.ceil(this.#kept.entries.length / 4));
      written = toJson(this.#kept);
    }
    try {
      localStorage.setItem(this.#key, written);
      this.#stored = true;
    } catch {
      // Storage may be full or forbidden: the conversation then lives as long as the page.
    }
  }

  #load() {
    try {
      const written = localStorage.getItem(this.#key);
      if (written === null) {
        // nothing is stored: either somebody cleared it, or storing is forbidden and memory is all there is
        if (this.#stored) this.#kept = empty();
        return;
      }
      this.#stored = true;
      const found = JSON.parse(written);
      if (!found || !Array.isArray(found.entries)) return;
      this.#kept = {
        epoch: typeof found.epoch === "string" ? found.epoch : newKey(),
        conversationId: typeof found.conversationId === "string" ? found.conversationId : null,
        readAt: typeof found.readAt === "number" ? found.readAt : 0,
        entries: found.entries.filter(isEntry),
      };
    } catch {
      // Forbidden, or not what this version wrote: what is in memory stays.
    }
  }
}

/** @returns {Kept} */
function empty() {
  return { epoch: newKey(), conversationId: null, readAt: 0, entries: [] };
}

/**
 * @param {any} entry
 * @returns {entry is Entry}
 */
function isEntry(entry) {
  if (!entry || typeof entry.at !== "number" || typeof entry.id !== "string") return false;
  if (entry.role === "person") return typeof entry.text === "string";
  const reply = entry.reply;
  if (entry.role !== "assistant" || !reply || typeof reply.text !== "string") return false;
  return ["citations", "computed", "findings", "suggestions"].every((name) => Array.isArray(reply[name]));
}
