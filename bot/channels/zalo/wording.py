"""What the Zalo channel itself says, in Vietnamese. None of it holds a figure."""

from __future__ import annotations

ATTACHMENTS = {
    "image": "Tôi đã nhận được hình ảnh, nhưng chưa đọc được nội dung trong ảnh.",
    "video": "Tôi đã nhận được video, nhưng chưa xem được nội dung.",
    "audio": "Tôi đã nhận được tin nhắn thoại, nhưng chưa nghe được.",
    "file": "Tôi đã nhận được tệp, nhưng không đọc tệp gửi qua Zalo. Báo cáo mới xin gửi người quản trị.",
    "sticker": "Cảm ơn anh/chị!",
    "gif": "Cảm ơn anh/chị!",
    "link": "Tôi không mở được liên kết.",
    "location": "Tôi chưa dùng được vị trí.",
    "business_card": "Tôi chưa dùng được danh thiếp.",
}
ASK_IN_WORDS = (
    "Anh/chị hãy gõ câu hỏi về số liệu trong các báo cáo, "
    "ví dụ tên dịch vụ hoặc chỉ tiêu kèm địa phương và kỳ báo cáo."
)
FAILED = (
    "Xin lỗi, hệ thống gặp lỗi khi tra cứu câu hỏi này nên tôi chưa trả lời được. "
    "Anh/chị hãy thử diễn đạt khác, hoặc báo cho quản trị hệ thống."
)
WELCOME = (
    "Xin chào! Tôi trả lời câu hỏi về số liệu và nội dung trong các báo cáo, câu trả lời nào cũng kèm nguồn. "
    "Anh/chị gõ có dấu, không dấu hay viết tắt đều được."
)
# Questions that can be asked of any report.
STARTERS = (
    "Hiện có những báo cáo nào?",
    "Số liệu nào trong báo cáo không khớp?",
    "Nhiệm vụ trọng tâm thời gian tới là gì?",
    "Bạn giúp được gì?",
)


def attachment(sort: str) -> str:
    """The friendly answer to something that is not text."""
    return f"{ATTACHMENTS[sort]} {ASK_IN_WORDS}"


def source_title(n: int, number: str, section: str) -> str:
    """The title of a button that opens the report at a section."""
    return f"Nguồn [{n}]: {number}, {place(section)}"


def source_line(n: int, number: str, section: str) -> str:
    """A compact line that names a source."""
    return source_title(n, number, section) + "."


def place(section: str) -> str:
    """A section as it is spoken of: the parts before the first and after the last label have no number."""
    return f"phần {section}" if section in ("mở đầu", "kết") else f"mục {section}"


def vietnamese(detail: str) -> str:
    """A problem's detail without its English half, which stands in brackets at the end."""
    head, bracket, _ = detail.rpartition(" (")
    return head if bracket and detail.endswith(")") else detail
