"""Sentences of reports that add up, or say nothing that could be added: none of them is a finding."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.records import Report

ReadBody = Callable[[str], Report]

SENTENCES = [
    "- Xảy ra 20 vụ, làm chết 5 người, bị thương 30 người.",
    "- Có 512 đảng viên, trong đó nữ 300 người, dân tộc thiểu số 280 người.",
    "- Trong tuần tiếp nhận 387 hồ sơ, tăng 12,5% so với tuần 10 (344 hồ sơ), gồm: chứng thực 291 hồ "
    "sơ, hộ tịch 96 hồ sơ.",
    "- Thu 10 tỷ đồng, trong đó thu nội địa 8 tỷ đồng, riêng tiền sử dụng đất 5 tỷ đồng.",
    "- Bố trí 27,4 tỷ đồng, trong đó Công an 20 tỷ đồng, Sở Y tế 7,4 tỷ đồng; đã giải ngân 8,9 tỷ đồng.",
    "- Có 5 xã, trong đó 3 xã đạt chuẩn nông thôn mới, 4 xã đạt chuẩn y tế.",
    "- Vốn 10 tỷ đồng, trong đó đã giải ngân 8 tỷ đồng, đã nghiệm thu 7 tỷ đồng.",
    "- Đã giải ngân 13,1/27,4 tỷ đồng; trong đó kế hoạch vốn Công an tỉnh 20 tỷ đồng, Sở Y tế 7,4 tỷ đồng.",
    "- Tổ chức 12 cuộc kiểm tra, gồm 5 cuộc theo kế hoạch và 7 cuộc đột xuất; phát hiện 4 cuộc có sai phạm.",
    "- Tặng 30 suất quà, gồm 10 suất quà của tỉnh và 20 suất quà của huyện, mỗi suất quà 500.000 đồng.",
    "- Có 15 xã, thị trấn, gồm 14 xã và 01 thị trấn.",
    "- Chi 5 tỷ đồng, gồm lương 3 tỷ đồng, hoạt động 2 tỷ đồng, tăng 1 tỷ đồng so với cùng kỳ.",
    "- Hỗ trợ 20 hộ, gồm 8 hộ nghèo và 12 hộ cận nghèo, trong đó 5 hộ mới.",
    "- Tiếp nhận 200 hồ sơ (kỳ trước chuyển sang 20 hồ sơ), gồm trực tuyến 150 hồ sơ, trực tiếp 50 hồ sơ.",
    "- Tiếp nhận 500 hồ sơ, trong đó 480 hồ sơ trực tuyến, đã giải quyết 450 hồ sơ, còn 50 hồ sơ.",
    "- Tổng số 120 thủ tục, trong đó cấp tỉnh 80 thủ tục, cấp huyện 30 thủ tục, cấp xã 25 thủ tục"
    " (15 thủ tục dùng chung).",
    "- Đã giải quyết 1.847/2.216 hồ sơ, còn lại 300 hồ sơ đang thẩm định, 69 hồ sơ chờ bổ sung.",
    "- Đã cấp 3.000 thẻ, đạt 95% (chỉ tiêu 3.158 thẻ).",
    "- Có 10/11 huyện hoàn thành, còn huyện Lạc Sơn chưa hoàn thành.",
    "- Tổ chức 05 hội nghị với 432 người tham gia (nữ 200 người).",
    "- Trồng mới 1.200 ha rừng (rừng sản xuất 1.000 ha, rừng phòng hộ 200 ha), đạt 80% kế hoạch.",
    "- Trong tháng có 45 vụ tai nạn, làm chết 20 người, bị thương 30 người (giảm 05 vụ, tăng 02 người chết).",
    "- Vốn đầu tư 1.500 tỷ đồng (ngân sách trung ương 500 tỷ đồng, địa phương 1.000 tỷ đồng); đã "
    "giải ngân 700 tỷ đồng, đạt 46,7%.",
    "- Hoàn thành 12/15 chỉ tiêu (trong đó vượt 05 chỉ tiêu, đạt 07 chỉ tiêu), còn 03 chỉ tiêu chưa đạt.",
    "- Kiểm tra 50 cơ sở, phát hiện 12 cơ sở vi phạm, xử phạt 08 cơ sở với số tiền 120 triệu đồng.",
    "- Triển khai 19 nhiệm vụ, gồm: nhóm nhiệm vụ về pháp lý; nhóm nhiệm vụ về hạ tầng.",
    "- Tiếp nhận 1.200 hồ sơ (kỳ trước chuyển sang 100 hồ sơ, mới tiếp nhận 1.100 hồ sơ); đã giải"
    " quyết 1.150 hồ sơ; đang giải quyết 50 hồ sơ.",
    "- Tiếp nhận trong kỳ 1.100 hồ sơ, số kỳ trước chuyển sang 100 hồ sơ, đã giải quyết 1.150 hồ "
    "sơ, trong đó trước hạn 900 hồ sơ, đúng hạn 240 hồ sơ, quá hạn 10 hồ sơ; đang giải quyết 50 "
    "hồ sơ.",
    "- Dân số 860.000 người, trong đó nam 430.500 người, nữ 429.500 người.",
    "- Tỷ lệ hộ nghèo còn 3,2% (6.500 hộ), giảm 1,1 điểm phần trăm so với năm 2022 (4,3%, 8.700 hộ).",
    "- Ban hành 03 Nghị quyết, 15 Quyết định, 22 Kế hoạch.",
    "- Bố trí 2,4 tỷ đồng cho 12 xã, mỗi xã 200 triệu đồng.",
    "- Giai đoạn 2021 - 2025 bố trí 120 tỷ đồng, gồm: năm 2021: 20 tỷ đồng; năm 2022: 30 tỷ đồng;"
    " năm 2023: 30 tỷ đồng; năm 2024: 25 tỷ đồng; năm 2025: 15 tỷ đồng.",
    "- Thu thập 85% phiếu, đạt 1.700/2.000 phiếu.",
    "- Đã số hóa 500.000 trang, đạt 62,5% so với tổng số 800.000 trang.",
    "- Theo Luật Đất đai số 31/2024/QH15 ngày 18/01/2024 và Nghị định số 102/2023/NĐ-CP ngày 30/12/2023.",
    "- Quyết định số 15/QĐ-UBND ngày 03/01/2024 và Công văn số 15/UBND-TH ngày 03/01/2024.",
    "- Có 03 nhóm giải pháp: (1) tuyên truyền; (2) đào tạo; (3) hạ tầng.",
    "- 08 huyện hoàn thành 100% gồm: Lạc Sơn, Tân Lạc, Mai Châu, Cao Phong, Đà Bắc, Kim Bôi, Lạc "
    "Thủy, Yên Thủy.",
    "- Tổng số học sinh là 36.481 em, trong đó mầm non 8.905 em, tiểu học 16.240 em, trung học cơ"
    " sở 11.336 em.",
    "- Thành lập 162 tổ (1.134 thành viên), trong đó 17 tổ cấp xã (153 thành viên).",
    "- Chi trả cho 2.050 người, đạt 100% (nam 1.000 người, nữ 1.050 người).",
    "- Đã xử lý 340 phản ánh, trong đó 300 phản ánh đã giải quyết, 25 phản ánh đang xử lý, 15 "
    "phản ánh không thuộc thẩm quyền.",
    "- Kết nạp 45 đảng viên (đạt 90% chỉ tiêu năm), trong đó nữ 20 đồng chí.",
    "- Thu ngân sách 312,5 tỷ đồng, bằng 52% dự toán và bằng 108% so với cùng kỳ; trong đó thu "
    "nội địa 290 tỷ đồng, đạt 51%.",
    "- Cấp 1.250 giấy phép (cấp mới 900, cấp đổi 250, cấp lại 100).",
    "- Có 156 xã, phường, thị trấn (gồm 116 xã, 24 phường, 16 thị trấn); 22/156 xã đăng ký.",
    "- Đến nay có 25/25 dịch vụ công, cụ thể: Bộ Công an 11 dịch vụ; các bộ, ngành 14 dịch vụ.",
    "- Tiếp 45 lượt công dân với 60 người (tiếp thường xuyên 30 lượt, tiếp định kỳ 15 lượt).",
    "- Nhận 120 đơn (khiếu nại 30, tố cáo 10, kiến nghị 80); đủ điều kiện xử lý 100 đơn.",
    "- Phân tích 46 vụ cháy:\n\n+ Theo khu vực: thành thị 19 vụ.\n\n+ Nguyên nhân: điện 31 vụ.",
    "- Có 09/16 khoản thu đạt khá (trên 60% dự toán).",
    "- Đảng bộ có 512 đảng viên (nữ 148 đồng chí; dân tộc thiểu số 486 đồng chí).",
    "| TT | Lĩnh vực | Giải quyết | Đúng hạn | Tỷ lệ (%) |\n| 1 | A | 3.985 | 3.982 | 99,92 |\n"
    "| 2 | B | 229 | 229 | 100 |\n| 3 | C | 179 | 179 | 100 |",
    "- Tổng số có 1.968 người, trong đó nữ 1.702 người, nam 266 người.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_adds_up_is_no_finding(read: ReadBody, sentence: str) -> None:
    assert not read(sentence).findings
