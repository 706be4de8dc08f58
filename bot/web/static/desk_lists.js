// The reports with their versions, the log, and the questions to learn from.

import { call, download } from "./desk_api.js";
import { agreed, button, el, moment, said, table } from "./desk_dom.js";

const ACTIONS = { staged: "Tải lên chờ đăng", discarded: "Bỏ bản chờ", published: "Đăng", removed: "Gỡ", "rolled-back": "Lấy lại bản", accepted: "Chạy thử", uploaded: "Nạp thẳng" };
const STATUS = { answered: "trả lời được", not_found: "không có trong báo cáo", clarify: "hỏi lại", smalltalk: "trò chuyện" };
const KINDS = [["", "Tất cả câu cần xem"], ["refused", "Không trả lời được"], ["unclear", "Phải hỏi lại"], ["disliked", "Bị chê"], ["liked", "Được khen"]];

/** @param {HTMLElement} place @param {(act: () => Promise<unknown>) => Promise<unknown>} guarded */
export async function showReports(place, guarded) {
  const { reports } = await call("/reports");
  const again = async (/** @type {string} */ words) => { await showReports(place, guarded); said(words); place.querySelector("h2")?.focus(); };
  const remove = (/** @type {any} */ one) => guarded(async () => {
    if (!await agreed(`Gỡ ${one.number}? Trợ lý sẽ không dùng báo cáo này nữa; có thể lấy lại sau.`)) return;
    said("Đang gỡ và lập lại chỉ mục…");
    await call(`/reports/${encodeURIComponent(one.id)}`, { method: "DELETE" });
    await again(`Đã gỡ ${one.number}.`);
  });
  const back = (/** @type {any} */ one, /** @type {number} */ version) => guarded(async () => {
    if (!await agreed(`Dùng bản ${version} của ${one.number} để trả lời?`)) return;
    said("Đang lấy lại và lập lại chỉ mục…");
    await call(`/reports/${encodeURIComponent(one.id)}/rollback`, { method: "POST", json: { version } });
    await again(`Đang dùng bản ${version} của ${one.number}.`);
  });
  place.replaceChildren(el("h2", { tabIndex: -1 }, `Các báo cáo (${reports.length})`), el("ul", { className: "cards" }, ...reports.map((/** @type {any} */ one) => el("li", { className: "card" },
    el("div", { className: "card-head" }, el("h3", {}, one.number, !one.report && el("b", { className: "tag gone" }, "đã gỡ")), one.report && button("Gỡ", () => remove(one), { "aria-label": `Gỡ ${one.number}` })),
    one.report && el("p", {}, one.report.title),
    el("ol", { className: "versions" }, ...one.versions.map((/** @type {any} */ line) => el("li", {},
      el("span", {}, el("a", { href: `/reports/${encodeURIComponent(one.id)}?ban=${line.version}` }, `Bản ${line.version}`), ` ${moment(line.added_at)}, ${line.source_name}, ${line.facts} số liệu, ${line.findings} chỗ cần xem lại`),
      line.active ? el("b", { className: "tag" }, "đang dùng") : button("Dùng bản này", () => back(one, line.version), { "aria-label": `Dùng bản ${line.version} của ${one.number}` }))))))));
}

/** @param {HTMLElement} place @param {(act: () => Promise<unknown>) => Promise<unknown>} guarded */
export async function showQuestions(place, guarded) {
  const choice = el("select", {}, ...KINDS.map(([value, words]) => el("option", { value }, words)));
  const found = el("div", {});
  const load = async () => {
    const { total, questions } = await call(`/questions?limit=200&kind=${choice.value}`);
    found.replaceChildren(el("p", { className: "quiet", role: "status" }, `${total} câu${total > questions.length ? `, ${questions.length} câu mới nhất` : ""}`), questions.length
      ? table(["Thời điểm", "Câu hỏi", "Trạng thái", "Trả lời", "Đánh giá"], questions.map((/** @type {any} */ one) => [
          moment(one.at), one.question, /** @type {any} */ (STATUS)[one.status], el("span", { className: "answer", tabIndex: "0" }, one.answer),
          one.verdict ? `${one.verdict === "down" ? "👎" : "👍"} ${one.reason}` : "" ]), "Các câu hỏi")
      : el("p", { className: "empty" }, "Không có câu nào."));
  };
  choice.addEventListener("change", () => guarded(load));
  place.replaceChildren(el("h2", {}, "Câu hỏi cần xem"), el("div", { className: "filters" },
    el("label", { className: "field" }, el("span", {}, "Loại"), choice),
    button("Tải CSV", () => guarded(() => download(`/questions.csv?kind=${choice.value}`, "cau-hoi-can-xem.csv")))), found);
  await load();
}

/** @param {HTMLElement} place */
export async function showLog(place) {
  const { total, entries } = await call("/log?limit=200");
  place.replaceChildren(el("h2", {}, `Nhật ký (${total})`), entries.length
    ? table(["Thời điểm", "Ai", "Việc", "Báo cáo", "Chi tiết"], entries.map((/** @type {any} */ one) => [moment(one.at), one.editor, /** @type {any} */ (ACTIONS)[one.action] ?? one.action, one.number, one.detail]), "Các dòng nhật ký")
    : el("p", { className: "empty" }, "Chưa có việc nào."));
}
