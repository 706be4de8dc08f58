// Every word that the chat itself says, in Vietnamese. A second language is a second file of the same shape.

export const strings = {
  welcome:
    "Xin chào! Tôi trả lời câu hỏi về số liệu và nội dung trong các báo cáo, câu trả lời nào cũng kèm nguồn. " +
    "Anh/chị gõ có dấu, không dấu hay viết tắt đều được.",
  starters: ["Số liệu nào trong báo cáo không khớp?", "Nhiệm vụ trọng tâm thời gian tới là gì?", "Bạn giúp được gì?"],
  assistant: "Trợ lý",
  you: "Anh/chị",
  today: "Hôm nay",
  sources: "Nguồn",
  section: "mục",
  footnote: "chú thích",
  computed: "Phép tính",
  finding: "Số liệu cần xem lại",
  printed: "Báo cáo in",
  recomputed: "Tính lại",
  copy: "Sao chép",
  copyLabel: "Sao chép câu trả lời kèm nguồn",
  copied: "Đã sao chép",
  copyFailed: "Không sao chép được",
  useful: "Hữu ích",
  useless: "Chưa đúng",
  thanks: "Cảm ơn góp ý",
  choices: "Gợi ý",
  failed: "Chưa gửi được.",
  offline: "Không kết nối được với máy chủ.",
  retry: "Gửi lại",
  /** @param {number} n */
  source: (n) => `Nguồn số ${n}`,
  /** @param {string} list */
  according: (list) => `(theo ${list})`,
  /** @param {string} number */
  report: (number) => `Báo cáo số ${number}`,
};
