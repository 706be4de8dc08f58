"""The ZIP package of an office file, its parts read with limits and without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree

from knowledge.errors import BrokenFile, ProtectedFile, TooCostly

if TYPE_CHECKING:
    from lxml.etree import _Element

_PART_BYTES = 60_000_000
_MOST_PARTS = 5_000
# Office's strict variant uses other namespaces for the same elements.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip
_SAVE_ANEW = "open it with the program that made it and save it anew"


class Package:
    """The parts of the office file `data`. Raises BrokenFile when it is no ZIP file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise BrokenFile(
                "the file is damaged or was cut off", value=str(error), remedy=_SAVE_ANEW
            ) from error
        self.names = frozenset(self._zip.namelist()[:_MOST_PARTS])

    @property
    def is_word(self) -> bool:
        """Whether this is a Word document."""
        return self._has_main("word/")

    @property
    def is_workbook(self) -> bool:
        """Whether this is an Excel workbook."""
        return self._has_main("xl/")

    @property
    def is_open_document(self) -> bool:
        """Whether this is a text of LibreOffice's own format."""
        return "content.xml" in self.names and "mimetype" in self.names

    def _has_main(self, folder: str) -> bool:
        return "[Content_Types].xml" in self.names and any(n.startswith(folder) for n in self.names)

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises TooCostly where it unpacks to too much, ProtectedFile, BrokenFile."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise ProtectedFile(
                    "the file is protected with a password", remedy="save it without the password"
                )
            with self._zip.open(info) as part:
                # What the directory says of the size may be a lie: what counts is what comes out.
                data = part.read(_PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, NotImplementedError) as error:
            raise BrokenFile(
                f"the part {name} is damaged or missing", value=str(error)[:100], remedy=_SAVE_ANEW
            ) from error
        if len(data) > _PART_BYTES:
            raise TooCostly(
                f"the part {name} unpacks to too much",
                expected=f"at most {_PART_BYTES:,} bytes",
                remedy="check where the file comes from: a report is never that large",
            )
        return data

    def xml(self, name: str) -> _Element | None:
        """The root of an XML part; None where there is no such part. Raises BrokenFile, TooCostly."""
        if name not in self.names:
            return None
        data = self.read(name)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return parse_xml(data, name)

    def relations(self, part: str) -> dict[str, list[str]]:
        """The parts that `part` refers to, by the last word of the relation's type ("footnotes")."""
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        out: dict[str, list[str]] = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") != "External" and relation.get("Target"):
                target = posixpath.join("/" + folder, relation.get("Target", ""))
                target = posixpath.normpath(target).lstrip("/")
                out.setdefault((relation.get("Type") or "").rsplit("/", 1)[-1], []).append(target)
        return out


def parse_xml(data: bytes, name: str) -> _Element:
    """The root element of `data`, no entity expanded, nothing fetched. Raises BrokenFile."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BrokenFile(f"the part {name} is damaged", value=str(error)[:100], remedy=_SAVE_ANEW) from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise BrokenFile(
            f"the part {name} declares a document type, which office files never do",
            remedy="check where the file comes from",
        )
    return root
