// 👍 and 👎 under an answer; 👎 asks what was not right. The verdict is sent at once, so that it is not lost.

import { button, element } from "./dom.js";

/**
 * @typedef {import("./history.js").Answered} Answered
 * @typedef {import("./bubbles.js").Actions} Actions
 */

const LONGEST_REASON = 1000;

/**
 * The row with both buttons, and below it, when it was opened, the form for the reason.
 * @param {HTMLElement} row
 * @param {Answered} answered
 * @param {Actions} actions
 */
export function feedbackTools(row, answered, actions) {
  const { strings } = actions;
  const box = element("div", { class: "tool-box" }, row);
  const up = button({ icon: "up", label: strings.useful }, () => void judge("up"));
  const down = button({ icon: "bad", label: strings.useless }, () => void judge("down"));
  row.append(up, down);
  const show = (/** @type {"up" | "down" | undefined} */ verdict) => {
    up.setAttribute("aria-pressed", String(verdict === "up"));
    down.setAttribute("aria-pressed", String(verdict === "down"));
  };
  show(answered.verdict);

  const judge = async (/** @type {"up" | "down"} */ verdict) => {
    box.querySelector("form")?.remove();
    box.querySelector(".note")?.remove();
    show(verdict);
    if (verdict === "down") {
      const form = reasonForm(actions, (reason) => void send("down", reason), () => down.focus());
      box.append(form);
      form.scrollIntoView({ block: "nearest" });
      form.querySelector("button")?.focus();
    }
    await send(verdict, "", verdict === "up");
  };
  const send = async (/** @type {"up" | "down"} */ verdict, /** @type {string} */ reason, aloud = true) => {
    const taken = await actions.rate(answered, verdict, reason);
    if (!taken) show(answered.verdict);
    else answered.verdict = verdict;
    if (taken && !aloud) return;
    const said = taken ? strings.thanks : strings.rateFailed;
    box.querySelector(".note")?.remove();
    box.append(element("p", { class: "note", text: said }));
    actions.tell(said);
  };
  return box;
}

/**
 * @param {Actions} actions
 * @param {(reason: string) => void} send
 * @param {() => void} closed
 */
function reasonForm({ strings }, send, closed) {
  const chosen = new Set();
  const reasons = strings.reasons.map((text) => {
    const chip = button({ text }, () => {
      if (!chosen.delete(text)) chosen.add(text);
      chip.setAttribute("aria-pressed", String(chosen.has(text)));
    });
    chip.setAttribute("aria-pressed", "false");
    return chip;
  });
  const more = element("textarea", { label: strings.reasonText });
  more.placeholder = strings.reasonText;
  more.name = "reason";
  more.rows = 2;
  more.maxLength = LONGEST_REASON - strings.reasons.join("; ").length - 2;
  const submit = element("button", { class: "primary", text: strings.sendReason });
  const close = () => {
    form.remove();
    closed();
  };
  const form = element(
    "form", { class: "reason" },
    element("fieldset", {}, element("legend", { text: strings.whyUseless }), element("div", { class: "chips" }, ...reasons)),
    more,
    element("div", { class: "row" }, submit, button({ text: strings.noReason }, close)),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = [...strings.reasons.filter((text) => chosen.has(text)), more.value.trim()].filter(Boolean).join("; ");
    close();
    if (said) send(said);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  return form;
}
