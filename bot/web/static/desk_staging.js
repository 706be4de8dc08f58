// Uploading, previewing, publishing: what waits, and what it would change.

import { call, upload } from "./desk_api.js";
import { agreed, button, el, folded, moment, said, table } from "./desk_dom.js";
import { acceptance } from "./desk_acceptance.js";

const BECOMES = {
  new: "Báo cáo mới: chưa có bản nào đang dùng.",
  replaces: "Sẽ thay bản đang dùng; bản đang dùng vẫn đọc và lấy lại được.",
  unchanged: "Giống hệt bản đang dùng: đăng cũng không thay đổi gì.",
};

/** @param {HTMLElement} place @param {(act: () => Promise<unknown>) => Promise<unknown>} guarded */
export async function showStaging(place, guarded) {
  const input = el("input", { type: "file", multiple: true, id: "files", className: "unseen" });
  const drop = el("div", { className: "drop" }, el("b", {}, "Kéo thả tệp báo cáo vào đây, hoặc"), input, el("label", { for: "files", className: "button" }, "Chọn tệp…"),
    el("p", { className: "quiet" }, "Tệp được đọc và giữ riêng để xem trước. Trợ lý chỉ dùng sau khi bấm Đăng."));
  const going = el("ul", { className: "going", "aria-label": "Tệp đang gửi" });
  const waiting = el("div", {}), shown = el("div", { className: "preview" });
  place.replaceChildren(drop, going, waiting, shown);

  const list = async () => {
    const { staged } = await call("/staged");
    waiting.replaceChildren(el("h2", {}, `Chờ đăng (${staged.length})`), staged.length
      ? el("ul", { className: "rows" }, ...staged.map((/** @type {any} */ one) => el("li", {},
          el("span", {}, el("b", {}, one.number), ` – ${one.file_name}`, el("small", {}, ` ${one.editor}, ${moment(one.at)}`)),
          button("Xem trước", () => guarded(async () => open(await call(`/staged/${one.id}`))), { "aria-label": `Xem trước ${one.number}` }))))
      : el("p", { className: "quiet" }, "Không có bản nào đang chờ."));
  };
  const open = (/** @type {any} */ preview) => {
    shown.replaceChildren(...previewed(preview, guarded, async (/** @type {string} */ words) => {
      shown.replaceChildren();
      await list();
      said(words);
      input.focus();
    }));
    shown.querySelector("h2").focus();
  };
  const send = async (/** @type {FileList|File[]} */ files) => {
    for (const file of files) {
      const bar = el("progress", { max: 1, value: 0, "aria-label": file.name });
      const state = el("span", {}, "đang gửi…");
      const line = el("li", {}, el("span", {}, file.name), bar, state);
      going.append(line);
      const staged = await guarded(() => upload(file, (share) => {
        bar.value = share;
        if (share >= 1) { bar.removeAttribute("value"); state.textContent = "đang đọc…"; }
      }));
      line.remove();
      if (staged) { said(`Đã đọc ${file.name}; xem trước rồi đăng.`); await list(); open(staged); }
    }
    input.value = "";
  };
  input.addEventListener("change", () => send([...input.files]));
  drop.addEventListener("dragover", (/** @type {DragEvent} */ event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    drop.classList.remove("over");
    send([...(event.dataTransfer?.files ?? [])]);
  });
  await list();
}

/** @param {any} preview @param {(act: () => Promise<unknown>) => Promise<unknown>} guarded @param {(words: string) => Promise<void>} done */
function previewed(preview, guarded, done) {
  const { staged, report } = preview;
  const publish = () => guarded(async () => {
    if (!await agreed(`Đăng ${report.number}? ${/** @type {any} */ (BECOMES)[preview.becomes]}`)) return;
    said("Đang đăng và lập lại chỉ mục…");
    await call(`/staged/${staged.id}/publish`, { method: "POST" });
    await done(`Đã đăng ${report.number}. Câu hỏi tiếp theo được trả lời theo bản này.`);
  });
  const discard = () => guarded(async () => {
    if (!await agreed(`Bỏ bản chờ ${report.number}?`)) return;
    await call(`/staged/${staged.id}`, { method: "DELETE" });
    await done(`Đã bỏ bản chờ ${report.number}.`);
  });
  const runs = el("div", {});
  return [
    el("h2", { tabIndex: -1 }, `Xem trước: ${report.number}`),
    el("p", { className: `becomes ${preview.becomes}` }, /** @type {any} */ (BECOMES)[preview.becomes]),
    head(preview),
    ...warnings(preview),
    ...changes(preview),
    el("div", { className: "buttons" },
      button("Đăng", publish, { className: "primary" }), button("Chạy thử bộ câu hỏi", () => acceptance(runs, staged, guarded)), button("Bỏ bản chờ", discard)),
    runs,
    folded(`Mục lục (${preview.outline.length})`, el("ol", { className: "outline-lines" },
      ...preview.outline.map((/** @type {any} */ line) => el("li", { className: `depth-${Math.min(line.depth, 5)}` }, `${line.label} ${line.title}`)))),
    folded(`Số liệu (${preview.facts.length})`, table(["Mục", "Chỉ tiêu", "Địa phương", "Kỳ", "Số liệu"],
      preview.facts.map((/** @type {any} */ fact) => [fact.section, fact.indicator, fact.place, fact.period ?? "", fact.printed]), "Số liệu đọc được")),
    folded("Toàn văn đọc được", el("pre", { tabIndex: 0, role: "region", "aria-label": "Toàn văn đọc được" }, preview.text)),
  ];
}

/** @param {any} preview */
function head({ report, staged, signatory }) {
  const rows = [["Tệp", staged.file_name], ["Tên", report.title], ["Cơ quan", report.issuer], ["Địa phương", report.place],
    ["Kỳ", report.period], ["Ban hành", report.issued_on?.split("-").reverse().map(Number).join("/")], ["Người ký", signatory],
    ["Đọc được", `${report.sections} mục, ${report.passages} đoạn, ${report.facts} số liệu`]];
  return el("dl", { className: "head" }, ...rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value || "– không nhận ra –"))));
}

/** @param {any} preview */
function warnings({ warnings: told, findings }) {
  const parts = [];
  if (told.length) parts.push(el("div", { className: "finding" }, el("b", {}, "Cần lưu ý khi đọc tệp"), el("ul", {}, ...told.map((/** @type {string} */ words) => el("li", {}, words)))));
  if (findings.length) parts.push(el("div", { className: "finding" }, el("b", {}, `${findings.length} chỗ số liệu cần xem lại`),
    el("ul", {}, ...findings.map((/** @type {any} */ one) => el("li", {}, `Mục ${one.section}: ${one.text} In: ${one.printed}; tính lại: ${one.recomputed}.`)))));
  return parts;
}

/** @param {any} preview */
function changes({ becomes, changed, added_facts: added, removed_facts: removed }) {
  if (becomes !== "replaces") return [];
  const parts = [el("h3", {}, "So với bản đang dùng"), el("p", {}, `${changed.length} số liệu đổi, ${added} số liệu mới, ${removed} số liệu không còn.`)];
  if (changed.length) parts.push(table(["Mục", "Chỉ tiêu", "Đang dùng", "Bản mới"],
    changed.map((/** @type {any} */ one) => [one.section, one.indicator, one.before, el("b", {}, one.after)]), "Số liệu thay đổi"));
  return parts;
}
