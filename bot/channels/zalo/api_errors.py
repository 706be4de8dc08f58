"""What Zalo's error codes mean for a message and what to do: one table, shown to operators, too."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Treatment(StrEnum):
    """What becomes of a message after a call."""

    SENT = "sent"
    RENEW = "renew the token"
    PAUSE = "pause all sending"
    RETRY = "try again later"
    PERSON = "not deliverable to this person"
    FAULT = "refused as malformed"
    OPERATOR = "the app or its plan needs an operator"
    UNCERTAIN = "may or may not have been sent"


@dataclass(frozen=True, slots=True)
class Meaning:
    """An error code's treatment and, in Vietnamese for whoever operates the channel, meaning and remedy."""

    treatment: Treatment
    what: str


MEANINGS: dict[int, Meaning] = {
    -32: Meaning(Treatment.PAUSE, "Vượt số lần gọi cho phép trong một phút; hệ thống tự chờ rồi gửi lại."),
    -201: Meaning(Treatment.FAULT, "Một trường của tin không hợp lệ; báo cho người phát triển."),
    -209: Meaning(Treatment.OPERATOR, "Ứng dụng chưa được kích hoạt; kích hoạt tại developers.zalo.me."),
    -210: Meaning(Treatment.FAULT, "Tin dài quá giới hạn; báo cho người phát triển."),
    -211: Meaning(Treatment.OPERATOR, "OA đã dùng hết hạn mức; xem gói dịch vụ của OA rồi gửi lại."),
    -212: Meaning(Treatment.OPERATOR, "OA chưa cấp quyền này cho ứng dụng; cấp quyền rồi đăng nhập lại."),
    -213: Meaning(Treatment.PERSON, "Người dùng chưa quan tâm OA."),
    -216: Meaning(Treatment.RENEW, "Access token không hợp lệ; hệ thống tự làm mới rồi gửi lại."),
    -217: Meaning(Treatment.PERSON, "Người dùng đã chặn tin của OA."),
    -218: Meaning(Treatment.PERSON, "Đã hết số tin được gửi cho người dùng này."),
    -220: Meaning(Treatment.RENEW, "Access token hết hạn; hệ thống tự làm mới rồi gửi lại."),
    -223: Meaning(Treatment.OPERATOR, "OA đã hết hạn mức gửi; xem gói dịch vụ của OA rồi gửi lại."),
    -224: Meaning(Treatment.OPERATOR, "OA chưa mua gói dịch vụ cần cho việc này; mua gói rồi gửi lại."),
    -227: Meaning(Treatment.PERSON, "Tài khoản người dùng bị khoá hoặc không hoạt động."),
    -230: Meaning(Treatment.PERSON, "Người dùng không tương tác với OA trong 7 ngày qua."),
    -232: Meaning(Treatment.PERSON, "Người dùng chưa từng tương tác với OA, hoặc đã quá hạn trả lời."),
    -233: Meaning(Treatment.FAULT, "Loại tin này không được hỗ trợ; báo cho người phát triển."),
    -240: Meaning(Treatment.FAULT, "API này đã ngừng; cập nhật phần mềm."),
    -244: Meaning(Treatment.PERSON, "Người dùng hạn chế nhận tin loại này từ OA."),
}
UNKNOWN = Meaning(Treatment.RETRY, "Lỗi Zalo chưa công bố; hệ thống thử gửi lại rồi mới đưa vào danh sách.")


def meaning_of(code: int) -> Meaning:
    """The meaning of an error code; for one that is not in the table, that of a failure which may pass."""
    return MEANINGS.get(code, UNKNOWN)
