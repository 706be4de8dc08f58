"""Files that are nearly right: bytes changed, moved, cut; parts of packages changed and packed anew."""

from __future__ import annotations

import io
import zipfile
import zlib
from copy import deepcopy
from random import Random

from lxml import etree

_TELLING = (
    b"<", b">", b"</w:p>", b"<w:tbl>", b"&a;", b"%1", b"obj", b"endstream", b"\xff" * 8, b"\x00" * 64,
    b"9" * 40, b"-1", b"<table>", b"rowspan=99999 ", b"1e999", b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b'w:ilvl w:val="99"',
)  # fmt: skip


def mutated(data: bytes, random: Random) -> bytes:
    """A broken variant of the file; of an office package mostly one whose parts are broken, not its frame."""
    if data.startswith(b"PK") and random.random() < 0.85:
        return _repacked(data, random)
    return _broken(data, random)


def _repacked(data: bytes, random: Random) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        chosen = set(random.sample(names, k=min(len(names), random.randint(1, 3))))
        telling = [
            n for n in names if n.endswith(("document.xml", "numbering.xml", "footnotes.xml", "sheet1.xml"))
        ]
        chosen |= {random.choice(telling)} if telling else set()
        for name in names:
            if name in chosen and random.random() < 0.1:
                continue
            part = source.read(name)
            target.writestr(name, _disturbed(part, random) if name in chosen else part)
    return out.getvalue()


def _disturbed(part: bytes, random: Random) -> bytes:
    """A part whose elements are changed, so that it still is XML; or one with broken bytes."""
    if random.random() < 0.3:
        return _broken(part, random)
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return _broken(part, random)
    for _ in range(random.choice((1, 3, 10, 40))):
        elements = [e for e in root.iter() if e is not root and isinstance(e.tag, str)]
        if not elements:
            break
        _disturb(random.choice(elements), random.choice(elements), random)
    return etree.tostring(root)


def _disturb(element: etree._Element, other: etree._Element, random: Random) -> None:
    """Removes, repeats, moves, renames or nests an element, or changes a value."""
    parent, change = element.getparent(), random.randrange(6)
    if change == 0 and parent is not None:
        parent.remove(element)
    elif change == 1:
        other.append(deepcopy(element))
    elif change == 2:
        for _ in range(random.choice((1, 10, 70))):
            other = etree.SubElement(other, other.tag)
    elif change == 3:
        element.tag = other.tag
    elif change == 4 and element.attrib:
        key = random.choice(list(element.attrib))
        element.set(
            key, random.choice(("", "-1", "0", "99999999999", "x", "đ", "%1%2%3", *other.attrib.values()))
        )
    else:
        element.text = random.choice(("", "9" * 400, "1/0", "| a | b |", "¹[1](1)", other.text or "x"))


def _broken(data: bytes, random: Random) -> bytes:
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        if not out:
            break
        at, other = random.randrange(len(out)), random.randrange(len(out))
        length = random.choice((1, 4, 30, 300, 5000))
        change = random.randrange(6)
        if change == 0:
            out[at] = random.randrange(256)
        elif change == 1:
            del out[at : at + length]
        elif change == 2:
            out[at:at] = out[other : other + length]
        elif change == 3:
            out[at:at] = random.choice(_TELLING)
        elif change == 4:
            out[at:at] = out[other : other + length] * random.choice((2, 20, 200))
        else:
            out[at : at + length] = random.randbytes(min(length, 300))
    if random.random() < 0.05:
        out = out[: random.randrange(len(out) + 1)]
    return bytes(out)


def broken_streams(data: bytes, random: Random) -> bytes:
    """A PDF whose compressed streams hold broken content, so that damage reaches behind the compression."""
    parts = data.split(b"stream\n")
    at = random.randrange(len(parts))
    body, found, rest = parts[at].partition(b"\nendstream"[:10])
    if found:
        try:
            body = zlib.compress(_broken(zlib.decompress(body), random))
        except zlib.error:
            body = _broken(body, random)
        parts[at] = body + found + rest
    return b"stream\n".join(parts)
