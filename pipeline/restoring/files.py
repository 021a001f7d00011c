"""One file looked into: text, hOCR or ALTO by its content, its encoding, the parts it is restored in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.encodings import coding_of
from pipeline.errors import ConfigError, UnknownFormat, UnreadableSource
from pipeline.restoring.alto import alto_pages
from pipeline.restoring.hocr import hocr_pages
from pipeline.restoring.markup import fault, parts_of
from pipeline.restoring.parts import Part
from pipeline.restoring.texts import BLOCK, decoded_blocks, text_parts

__all__ = ["MARKUP", "Opened", "known_encoding", "markup_kind", "opened"]

#: What the first bytes of other files say they are, and what to do with them.
OTHERS = (
    (b"%PDF-", "a PDF", "read it with `sohoa digitise`"),
    (b"\x89PNG", "a picture", "read it with `sohoa digitise`"),
    (b"\xff\xd8\xff", "a picture", "read it with `sohoa digitise`"),
    (b"II*\0", "a picture", "read it with `sohoa digitise`"),
    (b"MM\0*", "a picture", "read it with `sohoa digitise`"),
    (b"PK\x03\x04", "an office document or archive", "save it as text, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as text (UTF-8)"),
    (b"\x1f\x8b", "compressed", "unpack it (gunzip)"),
    (b"{\\rtf", "an RTF document", "save it as text (UTF-8)"),
)
#: Endings of markup, in which only files with words of an OCR program are meant.
MARKUP = frozenset((".hocr", ".html", ".htm", ".xhtml", ".xml"))
ALTO = re.compile(r"<(?:[\w.-]+:)?alto[\s>]")
HOCR = re.compile(r"""class\s*=\s*["']?[^"'>]*\bocr_page\b""")
DOCUMENT = re.compile(r"\s*<(?:\?xml|!doctype|html|[\w.-]+:?\w*[^<>]*\bxmlns)", re.IGNORECASE)
DECLARED = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)|<meta[^>]*\bcharset\s*=\s*["']?([\w.-]+)""", re.I)
#: The codecs that a file's first bytes prove.
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
#: The two that are no codecs: one byte a letter, as Windows-1252 shows them.
LEGACY = {"tcvn3": "TCVN3", "vni": "VNI"}
#: What the codecs of old text are called.
OLD = {"utf-16": "UTF-16", "cp1258": "Windows-1258"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's parts, the codec of its result and the signs before it; `note`: what is converted."""

    parts: Iterator[Part]
    codec: str = "utf-8"
    mark: str = ""
    note: str = ""

    def encoded(self, text: str) -> bytes:
        """`text` as it is written; what the codec of a markup file lacks, as references."""
        return text.encode(self.codec, "xmlcharrefreplace")


def known_encoding(name: str) -> str:
    """`name` as the program calls it. Raises ConfigError where there is no such encoding."""
    if name.lower() in LEGACY:
        return name.lower()
    try:
        return codecs.lookup({"windows-1258": "cp1258"}.get(name.lower(), name)).name
    except LookupError:
        remedy = "one of utf-8, utf-16, tcvn3, vni, windows-1258 or another that Python knows"
        raise ConfigError(f"no encoding is called {name}", remedy=remedy) from None


def opened(name: str, file: BinaryIO, *, encoding: str | None = None) -> Opened:
    """Look into `file`, called `name` where it is told of; `encoding`: that it is in, where the user knows it better.

    Raises UnreadableSource where it is empty or damaged, UnknownFormat where it is no text, hOCR or ALTO.
    """
    head = file.read(BLOCK)
    if not head:
        raise UnreadableSource(f"{name} is empty", remedy="copy or make it again")
    for magic, what, remedy in OTHERS:
        if head.startswith(magic) or (magic == b"%PDF-" and magic in head[:1024]):
            raise UnknownFormat(f"{name} is {what}, not text", remedy=remedy)
    if kind := markup_kind(head):
        return _markup(name, head + file.read(), kind, encoding)
    if DOCUMENT.match(_shown(head)):
        raise UnknownFormat(f"{name} is markup without words of OCR", remedy="give hOCR, ALTO or plain text")
    return _text(name, head, file, encoding)


def _shown(head: bytes) -> str:
    """A file's first characters, good enough to know markup by."""
    wide = head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return head.decode("utf-16" if wide else "latin-1", "replace").removeprefix("ï»¿").removeprefix("\ufeff")


def markup_kind(head: bytes) -> str | None:
    """`alto` or `hocr` where a file's first bytes are those of one."""
    shown = _shown(head)
    if not shown.lstrip().startswith("<"):
        return None
    return "alto" if ALTO.search(shown[:8192]) else "hocr" if HOCR.search(shown) else None


# --- markup ----------------------------------------------------------------------------------------------------------
def _markup(name: str, data: bytes, kind: str, encoding: str | None) -> Opened:
    codec, mark = _codec(data, encoding)
    try:
        text = data.decode(codec).removeprefix(mark)
    except (UnicodeDecodeError, LookupError):
        raise UnreadableSource(f"{name} is not in {codec}, as it says", remedy="name it with --encoding") from None
    broken = fault(text)
    if broken and (kind == "alto" or (text.lstrip().startswith("<?xml") and "entity" not in broken)):
        raise UnreadableSource(f"{name} is broken XML ({broken})", remedy="copy or make it again")
    pages = alto_pages(text) if kind == "alto" else hocr_pages(name, text)
    return Opened(parts_of(text, list(pages)), codec, mark)


def _codec(data: bytes, encoding: str | None) -> tuple[str, str]:
    """The codec of a markup file and the mark before its text, both kept in the result."""
    for mark, codec in MARKS.items():
        if data.startswith(mark):
            return codec, "\ufeff"
    declared = DECLARED.search(data[:4096])
    said = next((group.decode() for group in declared.groups() if group), "") if declared else ""
    return encoding or said or "utf-8", ""


# --- text ------------------------------------------------------------------------------------------------------------
def _text(name: str, head: bytes, file: BinaryIO, encoding: str | None) -> Opened:
    codec = "cp1252" if encoding in LEGACY else encoding or coding_of(head, whole=len(head) < BLOCK)
    if codec is None:
        remedy = "name its encoding with --encoding (utf-8, tcvn3, vni, windows-1258) if it is text"
        raise UnknownFormat(f"{name} is no text in an encoding known here", remedy=remedy)
    mark = "\ufeff" if head.startswith(codecs.BOM_UTF8) else ""
    codec = "utf-8-sig" if codec == "utf-8" else codec
    parts = text_parts(decoded_blocks(name, head, file, codec), charset=LEGACY.get(encoding or ""))
    was = "" if codec in ("utf-8-sig", "ascii", "cp1252") else OLD.get(codec, codec)
    return Opened(parts, "utf-8", mark, f"{was}, written as UTF-8" if was else "")
