// The list of what was said. It draws the newest turns, older ones as they are scrolled to, and only what changed.

import { colour } from "./answer.js";
import { assistantTurn, dayLine, personTurn } from "./bubbles.js";
import { button, element } from "./dom.js";

/**
 * @typedef {import("./history.js").Entry} Entry
 * @typedef {import("./bubbles.js").Actions} Actions
 * @typedef {import("./strings.vi.js").Strings} Strings
 * @typedef {{node: HTMLElement, signature: string, line: HTMLElement | null}} Drawn
 */

const AT_ONCE = 14; // what a high screen shows; the rest is drawn in the frames after
const FRAMES_HELD = 3;
const OLDER_A_FRAME = 10; // few enough that a frame is in time

export class Log {
  /** @type {Map<string, Drawn>} */
  #drawn = new Map();
  /** @type {Entry[]} */
  #entries = [];
  #from = -1;
  #epoch = "";
  #atEnd = true;
  /** Whether the person waits for the answer to what was just asked, and did not scroll away meanwhile. */
  #follows = true;
  #strings;
  #actions;
  #observer;

  /** @param {Strings} strings @param {Actions} actions */
  constructor(strings, actions) {
    this.#strings = strings;
    this.#actions = actions;
    this.older = button({ class: "more", text: strings.older }, () => this.#showOlder());
    this.older.hidden = true;
    this.list = element("div", { class: "turns" });
    this.typing = element(
      "p", { class: "typing" }, element("i"), element("i"), element("i"), element("span", { text: strings.typing }),
    );
    this.typing.hidden = true;
    this.box = element("div", { class: "log", role: "log", label: strings.conversation }, this.older, this.list, this.typing);
    this.box.setAttribute("aria-live", "off"); // new answers are told by the status region, the past is not
    this.box.tabIndex = 0;
    this.down = button({ class: "down", icon: "down", label: strings.toEnd }, () => this.toEnd());
    this.down.hidden = true;
    this.parts = [this.box, element("div", { class: "down-place" }, this.down)];
    for (const name of ["wheel", "touchmove", "keydown"]) {
      this.box.addEventListener(name, () => (this.#follows = false), { passive: true });
    }
    this.box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#observer = new IntersectionObserver(
      (seen) => seen.some((entry) => entry.isIntersecting) && this.#showOlder(),
      { root: this.box, rootMargin: "1500px 0px 0px" },
    );
    this.#observer.observe(this.older);
  }

  close() {
    this.#observer.disconnect();
  }

  /** Called when the log becomes visible: sizes are known only now. */
  show() {
    if (this.#atEnd) this.toEnd();
  }

  /** @param {boolean} dark */
  colourCharts(dark) {
    for (const picture of this.list.querySelectorAll("img")) colour(picture, dark);
  }

  toEnd() {
    this.#atEnd = true;
    this.box.scrollTop = this.box.scrollHeight;
    // turns that come into view are measured only then, and may be higher than was assumed
    requestAnimationFrame(() => {
      if (this.#atEnd) this.box.scrollTop = this.box.scrollHeight;
    });
  }

  /**
   * @param {Entry[]} entries
   * @param {{waiting: boolean, epoch: string}} state
   */
  render(entries, { waiting, epoch }) {
    if (epoch !== this.#epoch) this.#startAnew(epoch, entries);
    const known = new Set(this.#entries.map((entry) => entry.id));
    this.#entries = entries;
    this.#from = Math.min(this.#from, Math.max(0, entries.length - 1));
    this.#draw();
    this.typing.hidden = !waiting;
    const newest = entries.at(-1);
    if (newest && !known.has(newest.id)) this.#reveal(newest);
    else if (this.#atEnd && waiting) this.toEnd();
  }

  /** @param {string} epoch @param {Entry[]} entries */
  #startAnew(epoch, entries) {
    this.#epoch = epoch;
    this.#drawn.clear();
    this.#entries = [];
    this.#from = Math.max(0, entries.length - AT_ONCE);
    this.#atEnd = true;
    this.list.replaceChildren(this.#welcome());
  }

  #welcome() {
    const { strings } = this.#actions;
    /** @type {import("./api.js").Reply} */
    const reply = {
      conversation_id: "", message_id: "", status: "smalltalk", text: strings.welcome,
      citations: [], computed: [], findings: [], suggestions: strings.starters,
    };
    const node = assistantTurn({ id: "welcome", role: "assistant", reply, at: Date.now() }, this.#actions);
    node.classList.add("welcome");
    node.querySelector(".meta")?.remove();
    return node;
  }

  #draw() {
    const wanted = this.#entries.slice(this.#from);
    const ids = new Set(wanted.map((entry) => entry.id));
    for (const [id, { node, line }] of this.#drawn) {
      if (ids.has(id)) continue;
      node.remove();
      line?.remove();
      this.#drawn.delete(id);
    }
    let day = "";
    /** @type {Element | null} */
    let before = this.list.firstElementChild; // the welcome
    for (const entry of wanted) {
      const today = new Date(entry.at).toDateString();
      const drawn = this.#drawnOf(entry, today !== day);
      day = today;
      for (const node of [drawn.line, drawn.node]) {
        if (!node) continue;
        if (before?.nextElementSibling !== node) before?.after(node);
        before = node;
      }
    }
    this.older.hidden = this.#from === 0;
    this.list.firstElementChild?.toggleAttribute("hidden", this.#from > 0);
    this.list.lastElementChild?.classList.add("last");
    const settled = this.list.querySelector(".last:not(:last-child)");
    if (settled instanceof HTMLElement) settle(settled);
  }

  /** @param {Entry} entry @param {boolean} withDay @returns {Drawn} */
  #drawnOf(entry, withDay) {
    const signature = entry.role === "person" ? `${entry.state} ${entry.why}` : "";
    const old = this.#drawn.get(entry.id);
    const line = withDay ? (old?.line ?? dayLine(entry.at, this.#strings)) : null;
    if (!withDay) old?.line?.remove();
    if (old && old.signature === signature) {
      old.line = line;
      return old;
    }
    const node = this.#turn(entry);
    if (old) {
      keepHeight(node, old.node.offsetHeight);
      old.node.replaceWith(node);
    }
    const drawn = { node, signature, line };
    this.#drawn.set(entry.id, drawn);
    return drawn;
  }

  /** @param {Entry} entry */
  #turn(entry) {
    try {
      return entry.role === "person" ? personTurn(entry, this.#actions) : assistantTurn(entry, this.#actions);
    } catch {
      return element("div"); // something else than this version wrote stands in the storage
    }
  }

  /** The newest is in view; an answer that is higher, or that grows when its chart comes, shows its beginning. @param {Entry} newest */
  #reveal(newest) {
    const node = this.#drawn.get(newest.id)?.node;
    if (!node || !this.box.clientHeight) return;
    if (newest.role === "person") this.#follows = true;
    if (!this.#follows && !this.#atEnd) return void (this.down.hidden = false);
    if (newest.role === "person") return this.toEnd();
    this.#atEnd = false; // until the scroll event says where it is
    this.#hold(node, FRAMES_HELD);
  }

  /** Turns above that leave the view take other heights a frame or two later. @param {HTMLElement} node @param {number} frames */
  #hold(node, frames) {
    if (!node.isConnected) return;
    this.box.scrollTop = node.offsetTop - 12;
    if (frames) requestAnimationFrame(() => this.#follows && this.#hold(node, frames - 1));
  }

  /** Everything, as paper needs it. */
  drawAll() {
    this.#from = 0;
    this.#draw();
  }

  #showOlder() {
    if (this.#from <= 0) return;
    const { scrollHeight, scrollTop } = this.box;
    this.#from = Math.max(0, this.#from - OLDER_A_FRAME);
    this.#draw();
    this.box.scrollTop = scrollTop + this.box.scrollHeight - scrollHeight;
    // where that was not enough to fill the margin above the view, the observer has to be asked again
    this.#observer.unobserve(this.older);
    this.#observer.observe(this.older);
  }

  #scrolled() {
    if (!this.box.clientHeight) return;
    const below = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight;
    this.#atEnd = below < 120;
    this.down.hidden = below < this.box.clientHeight;
  }
}

/** A turn that is not the last any more is drawn only while it is near the view; until then it keeps its height. */
function settle(/** @type {HTMLElement} */ turn) {
  turn.classList.remove("last");
  turn.style.setProperty("content-visibility", "visible"); // without its choices it is lower
  keepHeight(turn, turn.offsetHeight);
  turn.style.removeProperty("content-visibility");
}

/** @param {HTMLElement} turn @param {number} height */
function keepHeight(turn, height) {
  if (height) turn.style.setProperty("contain-intrinsic-height", `auto ${height}px`);
}
