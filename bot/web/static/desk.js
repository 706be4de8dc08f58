// The editor's desk: who is at it, and which of its parts is open.

import { ApiError, call, forget, identity, remember } from "./desk_api.js";
import { said, wrong } from "./desk_dom.js";
import { showLog, showQuestions, showReports } from "./desk_lists.js";
import { showStaging } from "./desk_staging.js";

const byId = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const enter = byId("enter"), work = byId("work"), who = byId("who");
const TABS = { staging: showStaging, reports: showReports, questions: showQuestions, log: showLog };

/** What `act` gives; what goes wrong is said, and a wrong token leads back to the door. @param {() => Promise<unknown>} act */
async function guarded(act) {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) { forget(); door(); }
    wrong(error.status === 401 ? "Mã quản trị không đúng. Hãy nhập lại." : error.message);
  }
}

function door() {
  const inside = identity() !== "";
  work.hidden = who.hidden = !inside;
  if (enter) enter.hidden = inside;
  who.querySelector("span").textContent = inside ? `Biên tập: ${identity()}` : "";
  if (!inside && enter) byId("name").focus();
}

/** @param {keyof typeof TABS} tab */
function open(tab) {
  said("");
  for (const button of document.querySelectorAll(".tabs button")) {
    const here = /** @type {HTMLElement} */ (button).dataset.tab === tab;
    if (here) button.setAttribute("aria-current", "page"); else button.removeAttribute("aria-current");
  }
  for (const name of Object.keys(TABS)) byId(name).hidden = name !== tab;
  return guarded(() => TABS[tab](byId(tab), guarded));
}

for (const button of document.querySelectorAll(".tabs button")) {
  button.addEventListener("click", () => open(/** @type {any} */ (button).dataset.tab));
}

enter?.addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  remember(byId("name").value.trim(), byId("token").value);
  byId("token").value = "";
  guarded(async () => { await call(""); door(); await open("staging"); byId("main").querySelector("input[type=file]")?.focus(); });
});

byId("leave").addEventListener("click", () => {
  forget();
  for (const name of Object.keys(TABS)) byId(name).replaceChildren();
  said("Đã thoát.");
  door();
});

door();
if (identity()) open("staging");
