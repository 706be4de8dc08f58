from __future__ import annotations

import re

from fastapi.testclient import TestClient

from bot.anchors import edition_of
from bot.settings import Settings
from knowledge.reading import read_report_text
from knowledge.records import Report
from knowledge.store import Store


def test_list_of_reports_is_filtered_and_sorted(
    client: TestClient, stored: Settings, report: Report
) -> None:
    other = report.text.replace("45/BC", "7/BC").replace("15 tháng 5", "15 tháng 6")
    other = other.replace("5/2025", "6/2025")
    Store.open(stored.knowledge_path).add(read_report_text(other, name="b.txt"))

    def numbers(query: str) -> list[str]:
        return re.findall(r"<h2><a [^>]*>([^<]+)", client.get(f"/reports?{query}").text)

    assert numbers("") == ["7/BC-UBND", "45/BC-UBND"]
    assert numbers("xep=cu") == ["45/BC-UBND", "7/BC-UBND"]
    assert numbers("xep=so") == ["7/BC-UBND", "45/BC-UBND"]
    assert numbers("q=thang+6") == ["7/BC-UBND"]
    assert numbers("ky=tháng 5/2025") == ["45/BC-UBND"]
    assert "Không có báo cáo nào khớp" in client.get("/reports?q=khong-co").text


def test_citation_of_an_earlier_version_opens_that_version(
    client: TestClient, stored: Settings, report: Report
) -> None:
    amended = read_report_text(report.text.replace("40/50", "41/50"), name="bao-cao.txt")
    Store.open(stored.knowledge_path).add(amended)
    start = report.text.index("40/50")
    edition = edition_of(report.sha256)
    cited = client.get(f"/reports/{report.id}?trich={start}-{start + 5}&ban={edition}").text
    assert ">40/50</mark>" in cited
    assert "đã được thay bằng" in cited
    assert f"ban={edition}#" in cited
    now = client.get(f"/reports/{report.id}").text
    assert "41/50" in now
    assert "?ban=1" in now
    assert "đã được thay bằng" not in now
    assert "41/50" in client.get(f"/reports/{report.id}?ban=nonsense").text


def test_what_is_not_there_is_a_page_for_a_browser_and_a_problem_for_a_program(client: TestClient) -> None:
    page = client.get("/reports/khong-co", headers={"Accept": "text/html,*/*"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Không có báo cáo này" in page.text
    assert client.get("/reports/khong-co").headers["content-type"] == "application/problem+json"
    api = client.get("/api/v1/reports/khong-co", headers={"Accept": "text/html"})
    assert api.headers["content-type"] == "application/problem+json"
