"""The widget's files, who may load them from elsewhere, and the excerpt that it shows beside the chat."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.app import create_app
from bot.excerpt import excerpt
from bot.settings import Settings
from bot.widget_files import FOLDER, LOADER, widget_files
from bot.widget_joining import joined
from knowledge.reading import read_report_text
from knowledge.records import Report, Span

# The fixture's own type: a module cannot import from conftest.
Assistant = Any
PORTAL = "https://cong.example.gov.vn"
BAR_BYTES = 40_000


@pytest.fixture
def embedding(stored: Settings, assistant: Assistant) -> Iterator[TestClient]:
    settings = stored.model_copy(update={"embed_origins": PORTAL, "frame_origins": PORTAL})
    with TestClient(create_app(settings, open_assistant=lambda _: assistant, normalise=str.strip)) as client:
        yield client


def test_widget_is_at_most_40_kb_gzipped_in_total() -> None:
    sizes = {name: len(file.gzipped) for name, file in widget_files().files.items()}
    assert sum(sizes.values()) <= BAR_BYTES, sizes


def test_loader_names_modules_that_browsers_may_keep(client: TestClient) -> None:
    loader = client.get("/widget.js")
    assert loader.headers["cache-control"] == "no-cache"
    (path,) = re.findall(r"widget/[0-9a-f]{12}/chat\.js", loader.text)
    assert f'rel="modulepreload" href="/{path}"' in client.get("/").text, "our own page asks for it at once"
    module = client.get(f"/{path}", headers={"Accept-Encoding": "gzip"})
    assert "immutable" in module.headers["cache-control"]
    assert module.headers["content-encoding"] == "gzip"
    assert module.headers["content-type"].startswith("text/javascript")
    assert gzip.decompress(widget_files().files["chat.js"].gzipped).decode() == module.text
    assert client.get(f"/{path}", headers={"Accept-Encoding": "br"}).text == module.text
    again = client.get("/widget.js", headers={"If-None-Match": loader.headers["etag"]})
    assert again.status_code == 304


def test_served_scripts_differ_from_the_files_by_comments_only() -> None:
    chat = widget_files().files["chat.js"].plain.decode().splitlines()
    for path in FOLDER.glob("*.js"):
        if path.name in {LOADER, "strings.en.js"}:
            continue
        written = path.read_text("utf-8").splitlines()
        (start,) = (n for n, line in enumerate(chat, 1) if line.endswith(f"=> {{ // {path.name}"))
        served = chat[start : start + len(written)]  # an error in a browser leads to the line of the file
        left_out = [line.strip() for line, kept in zip(written, served, strict=True) if line != kept]
        assert all(line.startswith(("//", "/*", "*", "import ", "export ")) for line in left_out)


def test_joined_modules_keep_their_names_apart_and_run_after_what_they_import() -> None:
    modules = {
        "first.js": 'import { name as other, run } from "./second.js";\nconst name = 1;\nrun(name, other);\n',
        "second.js": 'import { put } from "./third.js";\nexport const name = 2;\nexport function run() {}\n',
        "third.js": "export async function put() {}\n",
        "unused.js": "",
    }
    assert joined(modules, "first.js").splitlines() == [
        "const $third = (() => { // third.js", "async function put() {}", "", "return { put };", "})();",
        "const $second = (() => { // second.js", "const { put } = $third;", "const name = 2;",
        "function run() {}", "", "return { name, run };", "})();",
        "const $first = (() => { // first.js", "const { name: other, run } = $second;", "const name = 1;",
        "run(name, other);", "", "return {  };", "})();",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('import { a } from "./a.js";', "a.js imports itself"),
        ('import { b } from "./b.js";', "b.js is not there"),
        ('import b from "./b.js";', "cannot be joined: import b"),
        ("export default 1;", "cannot be joined: export default"),
    ],
)
def test_module_that_cannot_be_joined_is_named(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        joined({"a.js": text}, "a.js")


def test_file_of_another_version_is_todays_and_not_kept(client: TestClient) -> None:
    assert client.get("/widget/000000000000/chat.js").headers["cache-control"] == "no-cache"
    assert client.get("/widget/x/none.js").json()["type"] == "/problems/not-found"
    assert client.get("/widget/x/..%2F..%2Fsettings.py").status_code == 404
    assert client.get("/static/x/..%2F..%2F..%2Fsettings.py").status_code == 404


def test_no_origin_is_let_in_unless_it_is_listed(client: TestClient, embedding: TestClient) -> None:
    def allowed(service: TestClient, origin: str) -> str | None:
        answer = service.post("/api/v1/chat", json={"message": "tỷ lệ?"}, headers={"Origin": origin})
        return answer.headers.get("access-control-allow-origin")

    assert allowed(client, PORTAL) is None
    assert client.get("/widget.js").headers["cross-origin-resource-policy"] == "same-origin"
    assert allowed(embedding, PORTAL) == PORTAL
    assert embedding.get("/widget.js").headers["cross-origin-resource-policy"] == "cross-origin"
    for other in ("https://example.gov.vn", f"{PORTAL}.evil.example", "http://cong.example.gov.vn", "null"):
        assert allowed(embedding, other) is None


def test_listed_page_may_ask_but_not_administer(embedding: TestClient) -> None:
    def preflight(method: str, header: str) -> int:
        asked = {
            "Origin": PORTAL,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": header,
        }
        return embedding.options("/api/v1/reports", headers=asked).status_code

    assert preflight("POST", "content-type") == 200
    assert preflight("DELETE", "content-type") == 400
    assert preflight("POST", "authorization") == 400


def test_listed_page_is_told_of_an_unexpected_error(embedding: TestClient, assistant: Assistant) -> None:
    assistant.answers["hỏng"] = RuntimeError("a fault")
    answer = embedding.post("/api/v1/chat", json={"message": "hỏng"}, headers={"Origin": PORTAL})
    assert answer.json()["type"] == "/problems/internal-error"
    assert answer.headers["access-control-allow-origin"] == PORTAL


def test_answers_that_depend_on_the_origin_say_so_to_caches(embedding: TestClient) -> None:
    # a page of the same site may have loaded the module first, without an Origin header
    module = embedding.get(f"/widget/{widget_files().version}/chat.js")
    assert "Origin" in module.headers["vary"]


def test_framing_is_a_setting_of_its_own(client: TestClient, embedding: TestClient) -> None:
    assert client.get("/").headers["content-security-policy"].endswith("frame-ancestors 'self'")
    assert embedding.get("/").headers["content-security-policy"].endswith(f"frame-ancestors 'self' {PORTAL}")


# the excerpt


def test_excerpt_holds_the_lit_words_their_path_and_the_head(client: TestClient, report: Report) -> None:
    quote = "Cấp thẻ thư viện: Đã tiếp nhận 40/50 hồ sơ, đạt tỷ lệ 80%"
    start = report.text.index(quote)
    asked = {"section": "II.1.(1)", "trich": f"{start}-{start + len(quote)}"}
    found = client.get(f"/api/v1/reports/{report.id}/excerpt", params=asked).json()
    lit = "".join(p["text"] for block in found["blocks"] for p in block["pieces"] if p["marked"])
    assert lit == quote
    assert [section["label"] for section in found["path"]] == ["II", "1"]
    assert found["blocks"][0]["kind"] == "heading"
    assert found["report"]["number"] == "45/BC-UBND"
    assert found["total"] >= found["first"] + len(found["blocks"])


def test_excerpt_without_words_starts_at_the_section(report: Report) -> None:
    first = excerpt(report, "II", lit=None).blocks[0]
    assert "KẾT QUẢ" in first.pieces[0].text


def test_excerpt_of_an_unknown_place_is_the_beginning(client: TestClient, report: Report) -> None:
    found = client.get(f"/api/v1/reports/{report.id}/excerpt", params={"section": "IX.9", "trich": "9-1"})
    assert (found.json()["first"], found.json()["path"]) == (0, [])
    assert client.get("/api/v1/reports/none/excerpt").json()["type"] == "/problems/report-not-found"


def test_excerpts_read_on_until_the_whole_report_was_seen(report: Report) -> None:
    everything = excerpt(report, "", lit=None, first=0, count=200)
    seen, at = [], 0
    while at < everything.total:
        part = excerpt(report, "", lit=None, first=at, count=3)
        seen += part.blocks
        at += len(part.blocks)
    assert tuple(seen) == everything.blocks


def test_footnote_printed_elsewhere_comes_with_the_excerpt(report: Report) -> None:
    at = report.text.index("Huyện ban hành kế hoạch")
    whole = excerpt(report, "I", lit=Span(at, at + 5))
    marked = next(i for i, block in enumerate(whole.blocks) if any(piece.note for piece in block.pieces))
    assert any(block.kind == "footnote" for block in whole.blocks)
    assert whole.notes == ()
    (note,) = excerpt(report, "I", lit=None, first=whole.first + marked, count=1).notes
    assert (note.marker, note.pieces[0].text[:22]) == ("¹", "Kế hoạch số 07/KH-UBND")


def test_excerpt_is_bounded_however_long_a_paragraph_is() -> None:
    paragraphs = "\n\n".join(f"{i} " + "chữ " * 1500 for i in range(20))
    long = read_report_text(f"Số: 1/BC-UBND\n\nBÁO CÁO\nvề việc\n\nI. KẾT QUẢ\n\n{paragraphs}", name="a.txt")
    found = excerpt(long, "I", lit=None)
    assert sum(len(piece.text) for block in found.blocks for piece in block.pieces) < 40_000
