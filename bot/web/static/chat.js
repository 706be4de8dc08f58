// The chat page: what is typed goes to the service, what comes back is shown, and both are kept for a reload.

import { ask, rate, SendError } from "./api.js";
import { assistantTurn, body, dayLine, personTurn, place } from "./bubbles.js";
import { History } from "./history.js";
import { strings } from "./strings.js";

/**
 * @typedef {import("./api.js").Reply} Reply
 * @typedef {import("./history.js").Said} Said
 * @typedef {import("./history.js").Answered} Answered
 */

/**
 * The element of the page with this id.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
function the(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page lacks #${id}`);
  return found;
}

const log = the("log", HTMLDivElement);
const typing = the("typing", HTMLParagraphElement);
const input = the("message", HTMLTextAreaElement);
const send = the("send", HTMLButtonElement);
const source = the("source", HTMLElement);
const history = new History();
const wide = matchMedia("(min-width: 1000px)");

let waiting = false;
let lastDay = "";
/** @type {HTMLAnchorElement | null} */
let openedBy = null;

/** @param {HTMLElement} node @param {number} at */
function show(node, at) {
  const day = new Date(at).toDateString();
  if (day !== lastDay) log.append(dayLine(at));
  lastDay = day;
  log.append(node);
  // The newest message is in view; one that is higher than the view shows its beginning.
  const tall = node.offsetHeight > log.clientHeight - 40;
  log.scrollTop = tall ? node.offsetTop - 12 : log.scrollHeight;
}

/** @param {Said} said */
function showSaid(said) {
  const node = personTurn(said.text, said.at, said.failed, () => {
    node.remove();
    history.remove(said);
    void submit(said.text);
  });
  show(node, said.at);
  return node;
}

/** @param {Answered} answered */
function showAnswered(answered) {
  show(assistantTurn(answered.reply, answered.at, actionsFor(answered), { verdict: answered.verdict }), answered.at);
}

/** @param {Answered | null} answered */
function actionsFor(answered) {
  return {
    open: openSource,
    choose: (/** @type {string} */ text) => void submit(text),
    copy: (/** @type {Reply} */ reply, /** @type {HTMLButtonElement} */ button) => void copy(reply, button),
    rate: (/** @type {"up" | "down"} */ verdict, /** @type {HTMLButtonElement[]} */ buttons) => {
      if (answered) void judge(answered, verdict, buttons);
    },
  };
}

function greet() {
  /** @type {Reply} */
  const reply = {
    conversation_id: "", message_id: "", status: "smalltalk", text: strings.welcome,
    citations: [], computed: [], findings: [], suggestions: strings.starters,
  };
  show(assistantTurn(reply, Date.now(), actionsFor(null), { plain: true }), Date.now());
}

/** @param {string} text */
async function submit(text) {
  const message = text.trim();
  if (!message || waiting) return;
  /** @type {Said} */
  const said = { role: "person", text: message, at: Date.now() };
  history.add(said);
  const node = showSaid(said);
  setWaiting(true);
  try {
    const reply = await ask(message, history.conversationId, strings.offline);
    /** @type {Answered} */
    const answered = { role: "assistant", reply, at: Date.now() };
    history.add(answered);
    showAnswered(answered);
  } catch (error) {
    said.failed = error instanceof SendError ? error.message : strings.offline;
    history.save();
    node.remove();
    showSaid(said);
  } finally {
    setWaiting(false);
  }
}

/** @param {boolean} on */
function setWaiting(on) {
  waiting = on;
  typing.hidden = !on;
  send.disabled = on || !input.value.trim();
  if (on) log.scrollTop = log.scrollHeight;
}

/**
 * Beside the chat where there is room; otherwise the link goes to the page as links do.
 * @param {import("./api.js").Citation} citation
 * @param {HTMLAnchorElement} link
 * @param {MouseEvent} event
 */
function openSource(citation, link, event) {
  if (!wide.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openedBy?.removeAttribute("aria-current");
  openedBy = link;
  link.setAttribute("aria-current", "true");
  source.hidden = false;
  the("source-title", HTMLHeadingElement).textContent = place(citation);
  the("source-page", HTMLAnchorElement).href = citation.url;
  // A new frame each time: only changing the fragment of a loaded frame would leave the old words lit up.
  const frame = the("source-frame", HTMLIFrameElement);
  const fresh = document.createElement("iframe");
  fresh.id = frame.id;
  fresh.title = frame.title;
  fresh.src = citation.url;
  frame.replaceWith(fresh);
  // The chat is narrower now and its lines are more: what was clicked stays in view.
  (link.closest("li") ?? link).scrollIntoView({ block: "nearest" });
  the("source-title", HTMLHeadingElement).focus();
}

function closeSource() {
  if (source.hidden) return;
  source.hidden = true;
  openedBy?.removeAttribute("aria-current");
  openedBy?.focus();
  openedBy = null;
}

/** @param {Reply} reply */
function withCitation(reply) {
  const warnings = reply.findings.map((found) => found.text);
  const text = [body(reply), ...warnings].join("\n").replace(/\s*\[\d{1,2}\]/g, "");
  const places = reply.citations.map((c) => strings.report(place(c)));
  return `${text}\n${strings.according([...new Set(places)].join("; "))}`;
}

/** @param {Reply} reply @param {HTMLButtonElement} button */
async function copy(reply, button) {
  try {
    await navigator.clipboard.writeText(withCitation(reply));
    button.textContent = strings.copied;
  } catch {
    button.textContent = strings.copyFailed;
  }
  setTimeout(() => { button.textContent = strings.copy; }, 2000);
}

/** @param {Answered} answered @param {"up" | "down"} verdict @param {HTMLButtonElement[]} buttons */
async function judge(answered, verdict, buttons) {
  if (!(await rate(answered.reply.message_id, verdict))) return;
  answered.verdict = verdict;
  history.save();
  buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(verdict === ["up", "down"][i])));
}

function fit() {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight + 2, 168)}px`;
  send.disabled = waiting || !input.value.trim();
}

the("composer", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  if (waiting || !input.value.trim()) return;
  const text = input.value;
  input.value = "";
  fit();
  void submit(text);
  input.focus();
});
input.addEventListener("keydown", (event) => {
  // Enter while an input method composes a letter ends the letter, not the message.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    the("composer", HTMLFormElement).requestSubmit();
  }
});
input.addEventListener("input", fit);
the("new-conversation", HTMLButtonElement).addEventListener("click", () => {
  history.clear();
  closeSource();
  log.replaceChildren();
  lastDay = "";
  greet();
  input.focus();
});
the("source-close", HTMLButtonElement).addEventListener("click", closeSource);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeSource();
});

// What is shown again after a reload is not news: the live region speaks of new messages only.
log.setAttribute("aria-live", "off");
if (history.entries.length) {
  for (const entry of history.entries) entry.role === "person" ? showSaid(entry) : showAnswered(entry);
} else {
  greet();
}
requestAnimationFrame(() => {
  log.scrollTop = log.scrollHeight;
  log.setAttribute("aria-live", "polite");
});
fit();
