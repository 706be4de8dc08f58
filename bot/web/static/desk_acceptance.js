// The acceptance run of a staged report: which answers would change, and why.

import { call } from "./desk_api.js";
import { button, el, said } from "./desk_dom.js";

const POLL_MS = 1000;
const STATUS = { answered: "Trả lời được", not_found: "Báo cáo không nêu", clarify: "Hỏi lại", smalltalk: "Trò chuyện" };
const VERDICT = { better: "thành đúng", worse: "thành sai", same: "", "": "" };

/** @param {HTMLElement} place @param {any} staged @param {(act: () => Promise<unknown>) => Promise<unknown>} guarded */
export function acceptance(place, staged, guarded) {
  const input = el("input", { type: "file", accept: ".yml,.yaml,.txt", id: "question-file" });
  const outcome = el("div", {});
  const start = (/** @type {FormData|undefined} */ form) => guarded(async () => {
    const run = await call(`/staged/${staged.id}/acceptance`, { method: "POST", form });
    await follow(run, outcome);
  });
  const withFile = () => {
    if (!input.files.length) { input.focus(); return; }
    const form = new FormData();
    form.append("file", input.files[0]);
    start(form);
  };
  place.replaceChildren(el("section", { className: "run", "aria-label": "Chạy thử" },
    el("h3", { tabIndex: -1 }, "Chạy thử: câu trả lời nào sẽ đổi?"),
    el("p", { className: "quiet" }, "Mỗi câu được hỏi hai lần: theo dữ liệu đang dùng, và theo dữ liệu nếu đăng bản này. Không có gì đang dùng bị thay đổi."),
    el("div", { className: "buttons" }, button("Dùng câu hỏi đã có người hỏi", () => start(undefined), { className: "primary" })),
    el("div", { className: "filters" }, el("label", { className: "field wide" }, el("span", {}, "Hoặc tệp câu hỏi: mỗi dòng một câu (.txt), hoặc bộ câu hỏi chuẩn (.yml)"), input), button("Chạy với tệp này", withFile)),
    outcome));
  place.querySelector("h3")?.focus();
}

/** @param {any} run @param {HTMLElement} place */
async function follow(run, place) {
  const bar = el("progress", { max: run.total || 1, value: 0, "aria-label": "Chạy thử" });
  const words = el("p", { role: "status" }, `Đang chạy ${run.total} câu (${run.source})…`);
  place.replaceChildren(words, bar);
  while (run.state === "running") {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    run = await call(`/runs/${run.id}`);
    bar.value = run.done;
  }
  if (run.state === "failed") { place.replaceChildren(el("p", { className: "finding", role: "alert" }, run.error)); return; }
  place.replaceChildren(...found(run.result, run.source));
  said(`Chạy thử xong: ${run.result.changed} trong ${run.result.questions} câu trả lời sẽ đổi.`);
}

/** @param {any} result @param {string} source */
function found(result, source) {
  const marks = result.better || result.worse ? ` Theo đáp án: ${result.better} câu thành đúng, ${result.worse} câu thành sai.` : "";
  const summary = result.changed
    ? `${result.changed} trong ${result.questions} câu trả lời sẽ đổi (${source}).${marks}`
    : `Không câu nào trong ${result.questions} câu đổi câu trả lời (${source}).`;
  return [el("p", { className: "summary" }, el("b", {}, summary)), el("ol", { className: "answers" }, ...result.changes.map(changed))];
}

/** @param {any} change */
function changed(change) {
  const verdict = /** @type {any} */ (VERDICT)[change.verdict];
  return el("li", {},
    el("p", { className: "question" }, change.turns.join(" → "), verdict && el("b", { className: `tag ${change.verdict}` }, verdict)),
    el("ul", { className: "why" }, ...change.why.map((/** @type {string} */ words) => el("li", {}, words))),
    el("div", { className: "sides" }, side("Đang dùng", change.before), side("Nếu đăng", change.after)));
}

/** @param {string} title @param {any} answer */
function side(title, answer) {
  return el("div", { className: "side-answer" }, el("h4", {}, `${title}: ${/** @type {any} */ (STATUS)[answer.status]}`), el("p", {}, answer.text || "–"),
    ...answer.sources.map((/** @type {any} */ source) => el("blockquote", {}, el("cite", {}, `${source.report_number}, mục ${source.section}`), ` ${source.quote}`)));
}
