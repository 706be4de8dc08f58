// The conversation as this browser keeps it, so that a reload shows it again. Nothing else is stored, and no cookie.

/**
 * @typedef {import("./api.js").Reply} Reply
 * @typedef {{role: "person", text: string, at: number, failed?: string}} Said
 * @typedef {{role: "assistant", reply: Reply, at: number, verdict?: "up" | "down"}} Answered
 * @typedef {Said | Answered} Entry
 */

const KEY = "hoidap.chat.1";
const KEPT = 200;

export class History {
  constructor() {
    /** @type {string | null} */
    this.conversationId = null;
    /** @type {Entry[]} */
    this.entries = [];
    this.#load();
  }

  /** @param {Entry} entry */
  add(entry) {
    this.entries.push(entry);
    if (entry.role === "assistant") this.conversationId = entry.reply.conversation_id;
    this.save();
  }

  /** @param {Entry} entry */
  remove(entry) {
    this.entries = this.entries.filter((kept) => kept !== entry);
    this.save();
  }

  clear() {
    this.conversationId = null;
    this.entries = [];
    this.save();
  }

  save() {
    this.entries = this.entries.slice(-KEPT);
    try {
      localStorage.setItem(KEY, JSON.stringify({ conversationId: this.conversationId, entries: this.entries }));
    } catch {
      // Storage may be full or forbidden: the conversation then lives as long as the page.
    }
  }

  #load() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
      if (!kept || !Array.isArray(kept.entries)) return;
      this.entries = kept.entries.filter(isEntry);
      this.conversationId = typeof kept.conversationId === "string" ? kept.conversationId : null;
    } catch {
      // Not what this version wrote: start anew.
    }
  }
}

/**
 * @param {any} entry
 * @returns {entry is Entry}
 */
function isEntry(entry) {
  if (!entry || typeof entry.at !== "number") return false;
  if (entry.role === "person") return typeof entry.text === "string";
  const reply = entry.reply;
  return (
    entry.role === "assistant" && !!reply && typeof reply.text === "string" &&
    ["citations", "computed", "findings", "suggestions"].every((name) => Array.isArray(reply[name]))
  );
}
