// Every word that the chat itself says, in Vietnamese. strings.en.js has the same shape.

export const strings = {
  locale: "vi-VN",
  title: "Trợ lý báo cáo",
  presence: "Trả lời từ báo cáo, kèm nguồn",
  welcome:
    "Xin chào! Tôi trả lời câu hỏi về số liệu và nội dung trong các báo cáo, câu trả lời nào cũng kèm nguồn. " +
    "Anh/chị gõ có dấu, không dấu hay viết tắt đều được.",
  starters: ["Số liệu nào trong báo cáo không khớp?", "Nhiệm vụ trọng tâm thời gian tới là gì?", "Bạn giúp được gì?"],

  open: "Mở trợ lý báo cáo",
  minimise: "Thu nhỏ",
  expand: "Phóng to",
  shrink: "Cỡ thường",
  more: "Tuỳ chọn",
  largeText: "Chữ lớn",
  theme: "Giao diện",
  themes: { auto: "Tự động", light: "Sáng", dark: "Tối" },
  reports: "Danh sách báo cáo",
  newConversation: "Cuộc trò chuyện mới",
  newShort: "Trò chuyện mới",
  started: "Đã mở cuộc trò chuyện mới.",
  undo: "Khôi phục",
  conversation: "Nội dung trò chuyện",
  older: "Xem tin cũ hơn",
  toEnd: "Xuống tin mới nhất",
  question: "Câu hỏi",
  placeholder: "Nhập câu hỏi…",
  send: "Gửi",
  typing: "đang soạn…",
  today: "Hôm nay",
  yesterday: "Hôm qua",
  assistant: "Trợ lý",
  you: "Anh/chị",

  sending: "Đang gửi…",
  delivered: "Đã nhận",
  failed: "Chưa gửi được.",
  retry: "Gửi lại",
  offline: "Không có kết nối mạng. Tin nhắn sẽ được gửi lại khi có mạng.",
  unreachable: "Không kết nối được với máy chủ.",
  busy: "Máy chủ đang bận hoặc gặp lỗi.",
  lost: "Chưa nhận được câu trả lời.",
  offlineBanner: "Mất kết nối mạng",

  notFound: "Báo cáo không nêu",
  clarify: "Cần làm rõ",
  sources: "Nguồn",
  section: "mục",
  opening: "phần mở đầu",
  ending: "phần kết",
  footnote: "chú thích",
  computed: "Phép tính",
  finding: "Số liệu cần xem lại",
  printed: "Báo cáo in",
  recomputed: "Tính lại",
  choices: "Gợi ý",
  table: "Bảng số liệu của biểu đồ",
  whole: "Xem đầy đủ",
  chartMissing: "Không tải được hình biểu đồ; số liệu ở bảng dưới đây.",

  copy: "Sao chép",
  copyLabel: "Sao chép câu trả lời kèm nguồn",
  copyQuote: "Sao chép trích dẫn",
  copied: "Đã sao chép",
  copyFailed: "Không sao chép được",
  useful: "Hữu ích",
  useless: "Chưa đúng",
  whyUseless: "Câu trả lời chưa đúng ở điểm nào?",
  reasons: ["Sai số liệu", "Sai kỳ hoặc địa phương", "Không đúng câu hỏi", "Thiếu nội dung", "Nguồn không đúng"],
  reasonText: "Góp ý thêm (không bắt buộc)",
  sendReason: "Gửi góp ý",
  noReason: "Bỏ qua",
  thanks: "Đã ghi nhận, cảm ơn anh/chị.",
  rateFailed: "Chưa gửi được góp ý.",

  close: "Đóng",
  back: "Quay lại trò chuyện",
  loading: "Đang mở nguồn…",
  wholeReport: "Mở toàn văn",
  newTab: "(mở trang mới)",
  previous: "Nguồn trước",
  next: "Nguồn sau",
  above: "Xem phần trước",
  below: "Xem phần tiếp",
  issuer: "Cơ quan",
  issued: "Ngày",
  period: "Kỳ",
  sourceFailed: "Chưa mở được báo cáo.",
  sourceGone: "Báo cáo này không còn trong hệ thống.",
  quoted: "Câu được trích dẫn",

  /** @param {number} n */
  unread: (n) => `${n} tin chưa đọc`,
  /** @param {number} n */
  source: (n) => `Nguồn số ${n}`,
  /** @param {number} n @param {number} all */
  sourceOf: (n, all) => (all > 1 ? `Nguồn ${n}/${all}` : "Nguồn"),
  /** @param {number} n */
  moreSources: (n) => `Xem thêm ${n} nguồn`,
  /** @param {number} n */
  withSources: (n) => `Có ${n} nguồn.`,
  /** @param {string} number */
  report: (number) => `Báo cáo số ${number}`,
  /** @param {string} date */
  dated: (date) => `ngày ${date}`,
  /** @param {string} issuer */
  by: (issuer) => `của ${issuer}`,
  /** @param {string} list */
  according: (list) => `(theo ${list})`,
  /** @param {Date} day */
  date: (day) => `${day.getDate()}/${day.getMonth() + 1}/${day.getFullYear()}`,
};

/** @typedef {typeof strings} Strings */
