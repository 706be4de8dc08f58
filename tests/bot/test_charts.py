from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from fastapi.testclient import TestClient
from lxml import etree
from PIL import Image

from bot import chart_picture
from bot.answering.records import Answer, Chart
from bot.charts import alt_text
from bot.wire import ChartSpec
from tests.bot.conftest import TableAssistant

LONG = "Cấp giấy phép biểu diễn nghệ thuật cho đoàn nước ngoài vào biểu diễn tại các khu du lịch của huyện"
SVG = "{http://www.w3.org/2000/svg}"


def spec(labels: Sequence[str], values: Sequence[float], **changes: object) -> ChartSpec:
    parts: dict[str, object] = {
        "kind": "bar", "title": "Dịch vụ công của huyện", "unit": "%", "labels": list(labels),
        "values": list(values), "printed": [f"{value:g}%".replace(".", ",") for value in values],
        "source": "Báo cáo số 45/BC-UBND ngày 15/5/2025, mục II.1",
    }  # fmt: skip
    return ChartSpec.model_validate(parts | changes)


def words_of(picture: bytes) -> list[str]:
    """The texts of an SVG, in order."""
    return ["".join(node.itertext()).strip() for node in etree.fromstring(picture).iter(f"{SVG}text")]


@pytest.fixture
def charted(client: TestClient, assistant: TableAssistant) -> dict[str, object]:
    """The reply to a question whose answer has a chart."""
    chart = Chart(
        "bar", "Dịch vụ công", "%", ("Cấp thẻ thư viện", LONG), (Decimal(80), Decimal("90.5")),
        ("80%", "90,5%"), "Báo cáo số 45/BC-UBND ngày 15/5/2025, mục II.1",
    )  # fmt: skip
    with_chart: Answer = replace(assistant.answer("?"), chart=chart)
    assistant.answers["xếp hạng"] = with_chart
    reply: dict[str, object] = client.post("/api/v1/chat", json={"message": "xếp hạng"}).json()
    return reply


def test_reply_has_the_chart_in_words_as_a_table_and_as_pictures(charted: dict[str, object]) -> None:
    chart = charted["chart"]
    assert isinstance(chart, dict)
    assert set(chart) == {"title", "alt", "columns", "rows", "svg_url", "png_url", "source"}
    assert chart["rows"] == [["Cấp thẻ thư viện", "80%"], [LONG, "90,5%"]]
    assert chart["svg_url"] == f"/api/v1/charts/{charted['message_id']}.svg"
    assert "90,5%" in chart["alt"]
    assert chart["source"] in chart["alt"]


def test_pictures_are_served_and_may_do_nothing(client: TestClient, charted: dict[str, object]) -> None:
    picture = client.get(f"/api/v1/charts/{charted['message_id']}.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in picture.headers["content-security-policy"]
    assert {"80%", "90,5%"} <= set(words_of(picture.content))
    image = client.get(f"/api/v1/charts/{charted['message_id']}.png")
    assert Image.open(io.BytesIO(image.content)).format == "PNG"


def test_an_answer_without_a_chart_has_no_picture(client: TestClient) -> None:
    reply = client.post("/api/v1/chat", json={"message": "tỷ lệ?"}).json()
    assert reply["chart"] is None
    for message_id in (reply["message_id"], "none"):
        response = client.get(f"/api/v1/charts/{message_id}.svg")
        assert (response.status_code, response.json()["type"]) == (404, "/problems/chart-not-found")


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_picture_shows_every_label_and_figure_and_no_other_number(kind: str) -> None:
    chart = spec(["tháng 3/2025", "tháng 4/2025", "tháng 5/2025"], [80, 0, 90.5], kind=kind)
    shown = words_of(chart_picture.svg(chart, alt="…"))
    given = [chart.title, *chart.labels, *chart.printed, "Nguồn:", chart.source]
    assert set(" ".join(shown).split()) == set(" ".join(given).split())
    assert set(chart.printed) <= set(shown)


def test_unit_is_said_where_the_figures_do_not_say_it() -> None:
    chart = spec(["A", "B"], [1, 2], unit="hồ sơ", printed=["1", "2"])
    assert "Đơn vị: hồ sơ" in words_of(chart_picture.svg(chart, alt="…"))


def test_svg_says_what_it_shows_and_takes_markup_for_text() -> None:
    chart = spec(["<script>alert(1)</script>", "$x^2$ &amp;"], [1, -2], title="<b>Tiêu đề</b>")
    picture = chart_picture.svg(chart, alt=alt_text(chart))
    root = etree.fromstring(picture)
    assert (root.get("role"), root.findtext(f"{SVG}title")) == ("img", "<b>Tiêu đề</b>")
    assert root.findtext(f"{SVG}desc") == alt_text(chart)
    assert {"<script>alert(1)</script>", "$x^2$ &amp;"} <= set(words_of(picture))
    assert not list(root.iter(f"{SVG}script"))


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_svg_in_the_colours_of_a_theme_has_none_of_the_other(kind: str) -> None:
    chart = spec(["A", "B"], [1, 2], kind=kind)
    drawn = {
        theme: chart_picture.svg(chart, alt="…", colours=theme).decode()
        for theme in (chart_picture.LIGHT, chart_picture.DARK)
    }
    assert words_of(drawn[chart_picture.LIGHT].encode()) == words_of(drawn[chart_picture.DARK].encode())
    for theme, other in (
        (chart_picture.LIGHT, chart_picture.DARK),
        (chart_picture.DARK, chart_picture.LIGHT),
    ):
        assert all(colour in drawn[theme] for colour in (theme.ink, theme.quiet, theme.bar, theme.paper))
        assert not any(colour in drawn[theme] for colour in (other.ink, other.quiet, other.bar, other.paper))


@pytest.mark.parametrize("label", [LONG, "x" * 300, "Ủ" * 60])
def test_long_labels_are_broken_and_stay_whole(label: str) -> None:
    shown = words_of(chart_picture.svg(spec([label, "B"], [1, 2]), alt="…"))
    assert label.replace(" ", "") in "".join(shown).replace(" ", "")
    assert max(map(len, shown)) < 70


def test_forty_bars_make_a_small_png_wide_enough_to_read() -> None:
    picture = chart_picture.png(spec([f"{LONG} {i}" for i in range(40)], [float(i) for i in range(40)]))
    assert len(picture) <= chart_picture.LARGEST_PNG_BYTES
    assert Image.open(io.BytesIO(picture)).width >= 600


def test_alt_text_of_many_bars_names_the_largest_and_the_smallest() -> None:
    words = alt_text(spec([f"mục {c}" for c in "abcdefgh"], [5, 3, 9, 4, 1, 2, 7, 8]))
    assert "Lớn nhất là mục c: 9%; nhỏ nhất là mục e: 1%" in words
    words = alt_text(spec([f"mục {c}" for c in "abcdef"], [5, 9, 9, 4, 1, 2]))
    assert "Lớn nhất là mục b: 9% (và mục khác bằng vậy); nhỏ nhất là mục e: 1%" in words


def test_service_starts_without_the_drawing_library() -> None:
    code = "import sys, bot.app; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_figure_breaks_before_its_bracket() -> None:
    printed = ["100% (18.357/18.357 hồ sơ)", "58,31% (919/1.576 hồ sơ)"]
    shown = words_of(chart_picture.svg(spec(["A", "B"], [100, 58.31], printed=printed), alt="…"))
    assert [line.replace("\u00a0", " ") for line in shown if "hồ" in line] == [
        "(18.357/18.357 hồ sơ)", "(919/1.576 hồ sơ)",
    ]  # fmt: skip
