// Builds the turns of a conversation: a person's bubble with what became of it, the assistant's with its tools.

import { answerParts } from "./answer.js";
import { avatar, button, element, icon } from "./dom.js";
import { feedbackTools } from "./feedback.js";
import { copy, withCitation } from "./wording.js";

/**
 * @typedef {import("./api.js").Reply} Reply
 * @typedef {import("./history.js").Said} Said
 * @typedef {import("./history.js").Answered} Answered
 * @typedef {import("./strings.vi.js").Strings} Strings
 * @typedef {import("./answer.js").Links & {retry: (said: Said) => void, tell: (text: string) => void,
 *   rate: (answered: Answered, verdict: "up" | "down", reason: string) => Promise<boolean>}} Actions
 */

/** "08:05". Not by toLocaleTimeString, whose first call takes longer than everything else that is drawn. @param {number} at */
function clock(at) {
  const date = new Date(at);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const time = element("time", { text: `${two(date.getHours())}:${two(date.getMinutes())}` });
  time.dateTime = date.toISOString();
  return time;
}

/** @param {number} at @param {Strings} strings */
export function dayLine(at, strings) {
  const day = new Date(at);
  const ago = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  const text = ago === 0 ? strings.today : ago === 1 ? strings.yesterday : strings.date(day);
  return element("p", { class: "day" }, element("span", { text }));
}

/**
 * A person's message and what became of it: on its way, delivered, or failed with a button to send it again.
 * @param {Said} said
 * @param {Actions} actions
 */
export function personTurn(said, actions) {
  const { strings } = actions;
  const meta = element("p", { class: "meta" }, clock(said.at));
  if (said.state === "sending") meta.append(element("span", { text: strings.sending }));
  if (said.state === "sent") meta.append(element("span", { class: "delivered" }, icon("check"), strings.delivered));
  const bubble = element("div", { class: "bubble" }, element("p", { class: "words", text: said.text, lang: "vi" }), meta);
  const stack = element("div", { class: "stack" }, element("span", { class: "unseen", text: strings.you }), bubble);
  if (said.state === "failed") {
    const note = element("div", { class: "fail", text: `${strings.failed} ${said.why ?? ""}` });
    note.append(button({ text: strings.retry }, () => actions.retry(said)));
    stack.append(note);
  }
  return element("div", { class: `turn mine ${said.state}` }, stack);
}

/**
 * The assistant's answer with its sources, calculations, warnings, choices and tools.
 * @param {Answered} answered
 * @param {Actions} actions
 */
export function assistantTurn(answered, actions) {
  const { reply } = answered;
  const { strings } = actions;
  const asked = answered.asked ? element("p", { class: "asked", text: answered.asked, lang: "vi" }) : null;
  const bubble = element("div", { class: `bubble ${reply.status}` }, asked, ...answerParts(reply, actions));
  bubble.append(element("p", { class: "meta" }, clock(answered.at)));
  const stack = element("div", { class: "stack" }, element("span", { class: "unseen", text: strings.assistant }), bubble);
  if (reply.message_id && reply.status !== "smalltalk") stack.append(tools(answered, actions));
  if (reply.suggestions.length) stack.append(choices(reply.suggestions, actions));
  return element("div", { class: "turn theirs" }, avatar(), stack);
}

/** @param {string[]} suggestions @param {Actions} actions */
function choices(suggestions, actions) {
  const made = suggestions.map((text) => button({ text }, () => actions.choose(text)));
  return element("div", { class: "choices", role: "group", label: actions.strings.choices, lang: "vi" }, ...made);
}

/** @param {Answered} answered @param {Actions} actions */
function tools(answered, actions) {
  const { strings } = actions;
  const row = element("div", { class: "tools" });
  if (answered.reply.citations.length) {
    const made = button({ text: strings.copy, icon: "copy" }, async () => {
      const done = await copy(withCitation(answered.reply, strings), row);
      const said = done ? strings.copied : strings.copyFailed;
      /** @type {HTMLElement} */ (made.lastChild).textContent = said;
      actions.tell(said);
      setTimeout(() => (/** @type {HTMLElement} */ (made.lastChild).textContent = strings.copy), 2000);
    });
    made.title = strings.copyLabel;
    row.append(made);
  }
  return feedbackTools(row, answered, actions);
}
