// Elements from words: text is only ever text.

/** @param {string} tag @param {Record<string, any>} [properties] @param {...(Node|string|null|false|undefined)} children @returns {any} */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("aria-") || key === "role" || key === "for" || key.startsWith("data-")) node.setAttribute(key, value);
    else /** @type {any} */ (node)[key] = value;
  }
  for (const child of children) if (child) node.append(child);
  return node;
}

/** @param {string} words @param {() => unknown} act @param {Record<string, any>} [properties] */
export const button = (words, act, properties = {}) => el("button", { type: "button", onclick: act, ...properties }, words);

/** @param {string[]} head @param {(Node|string)[][]} rows @param {string} label */
export function table(head, rows, label) {
  return el("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": label },
    el("table", { className: "stacked" },
      el("thead", {}, el("tr", {}, ...head.map((words) => el("th", { scope: "col" }, words)))),
      el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((cell, at) => el("td", { "data-name": head[at] }, cell)))))));
}

/** @param {string} summary @param {...Node} content */
export const folded = (summary, ...content) => el("details", {}, el("summary", {}, summary), ...content);

/** @param {string} stamp */
export function moment(stamp) {
  const at = new Date(stamp);
  return Number.isNaN(at.getTime()) ? stamp : at.toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
}

const say = (/** @type {string} */ id, /** @type {string} */ words) => {
  const place = /** @type {HTMLElement} */ (document.getElementById(id));
  place.textContent = words;
  place.hidden = !words && id === "wrong";
};
export const said = (/** @type {string} */ words) => { say("wrong", ""); say("said", words); };
export const wrong = (/** @type {string} */ words) => { say("said", ""); say("wrong", words); };

/** Whether the editor agrees. @param {string} words @returns {Promise<boolean>} */
export function agreed(words) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("confirm"));
  const place = /** @type {HTMLElement} */ (document.getElementById("confirm-words"));
  place.textContent = words;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}
