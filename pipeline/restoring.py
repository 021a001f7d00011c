"""`sohoa restore`: the restoration alone, text in, text out, line breaks kept."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.errors import UnreadableSource
from pipeline.registry import part
from pipeline.types import Document, Line, Page, Word
from pipeline.vietnamese import nfc

__all__ = ["restore_text", "restored_text"]


def restored_text(file: str) -> str:
    """The text of `file` (`-`: standard input) with lost marks and letters given back.

    Raises UnreadableSource where it cannot be read or is not UTF-8.
    """
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return restore_text(data.decode("utf-8-sig"))
    except OSError as error:
        raise UnreadableSource(f"{file} cannot be read ({error.strerror})", remedy="check the name") from None
    except UnicodeDecodeError:
        raise UnreadableSource(f"{file} is not UTF-8 text", remedy="convert it with iconv") from None


def restore_text(text: str) -> str:
    """`text` with lost marks and letters given back; lines stay lines."""
    rows = [row.split() for row in nfc(text).splitlines()]
    words = tuple(Word(token, None, n) for n, row in enumerate(rows) for token in row)
    doc = Document("", "", "", "text/plain", (Page(1, read_from="ocr_text"),), tuple(Line(1) for _ in rows), words)
    doc = part("sohoa.stages", "restore")(doc)
    lines = (" ".join(w.text for w in doc.words[span.start : span.end]) for span in doc.line_spans())
    return "".join(f"{line}\n" for line in lines)
