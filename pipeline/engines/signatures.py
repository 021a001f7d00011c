"""Digital signatures of a PDF: when each was made, as a line of the page where it is drawn.

A signature dictionary holds the time of signing (`/M`, ISO 32000-1, 12.8.1 and 7.9.4). It is put among the page's
lines, outside the printed text, so that what it proves is traced as other values are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.sheet import PDF, Sheet
from pipeline.types import Box, Line, PageReading, Reading, Word

if TYPE_CHECKING:
    import pikepdf

__all__ = ["SIGNATURE", "signing_time", "with_signatures"]

#: The engine's name on words that were taken from a signature.
SIGNATURE = "signature"
TIME = re.compile(r"D:(?P<moment>\d{14})(?:(?P<sign>[-+])(?P<hours>\d\d)'?(?P<minutes>\d\d)?'?|(?P<zulu>Z)[\d']*)?\s*")
#: Local time of a signature in universal time.
VIETNAM = timezone(timedelta(hours=7))


class _Signature(NamedTuple):
    """A page (from 1), the corners of its widget in points from the page's lower left, the page's size, the time."""

    page: int
    corners: tuple[float, float, float, float]
    size: tuple[float, float]
    time: str


def with_signatures(reading: PageReading, sheet: Sheet) -> PageReading:
    """The page's reading, and for each digital signature on it a banner's line: the time of signing."""
    if sheet.media_type != PDF or not sheet.path.exists():
        return reading
    out = reading
    for signature in _signatures(sheet.path, sheet.path.stat().st_mtime_ns):
        if signature.page == sheet.number:
            box = _box(signature, reading.page.width, reading.page.height)
            known = (Reading(signature.time, SIGNATURE, 1.0),)
            word = Word(signature.time, box, len(out.lines), readings=known)
            line = Line(sheet.number, "banner", box)
            out = replace(out, lines=(*out.lines, line), words=(*out.words, word))
    return out


def signing_time(text: str) -> str | None:
    """A PDF date, `D:20210105081524+07'00'`, as ISO 8601; universal time becomes Vietnam's. None for another text."""
    match = TIME.fullmatch(text)
    if not match:
        return None
    try:
        moment = datetime.strptime(match["moment"], "%Y%m%d%H%M%S")
    except ValueError:
        return None
    if match["zulu"]:
        return moment.replace(tzinfo=UTC).astimezone(VIETNAM).isoformat()
    shift = timedelta(hours=int(match["hours"] or 7), minutes=int(match["minutes"] or 0))
    return moment.replace(tzinfo=timezone(-shift if match["sign"] == "-" else shift)).isoformat()


@lru_cache(maxsize=8)
def _signatures(path: Path, _changed: int) -> tuple[_Signature, ...]:
    """The signed fields of the file (kept for this time of its last change); none where it cannot be looked into."""
    import pikepdf

    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            pages = enumerate(pdf.pages, start=1)
            return tuple(found for number, page in pages for found in _on_page(page, number))
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError):
        return ()


def _on_page(page: pikepdf.Page, number: int) -> Iterator[_Signature]:
    left, bottom, right, top = (float(v) for v in page.mediabox)
    for widget in page.get("/Annots", ()):
        field: Any = widget if "/FT" in widget else widget.get("/Parent", {})
        value = field.get("/V") if str(field.get("/FT", "")) == "/Sig" else None
        time = signing_time(str(value.get("/M", ""))) if value is not None else None
        if time:
            x0, y0, x1, y1 = (float(v) for v in widget.get("/Rect", (0, 0, 0, 0)))
            corners = x0 - left, y0 - bottom, x1 - left, y1 - bottom
            yield _Signature(number, corners, (right - left, top - bottom), time)


def _box(signature: _Signature, width: int, height: int) -> Box | None:
    """Where the signature is drawn, in the page's pixels; None where it is drawn nowhere on it."""
    across, up = width / max(signature.size[0], 1.0), height / max(signature.size[1], 1.0)
    x0, y0, x1, y1 = signature.corners
    left, right = (min(max(round(x * across), 0), width) for x in sorted((x0, x1)))
    upper, lower = (min(max(round(height - y * up), 0), height) for y in sorted((y0, y1), reverse=True))
    return Box(left, upper, right, lower) if left < right and upper < lower else None
