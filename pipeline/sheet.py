"""Sources and their pages. A `Source` is a file that was looked into; a `Sheet` is one page, its pixels on demand.

What a file is, its content decides, not its name. Sources are only ever read. One page is in memory at a time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.encodings import decoded
from pipeline.errors import (
    LockedSource,
    MissingProgram,
    PageError,
    SourceError,
    UnknownFormat,
    UnreadableSource,
)
from pipeline.pictures import LARGEST, frames_dpi
from pipeline.pictures import decoded as decoded_picture
from pipeline.scans import scanned_dpi
from pipeline.textpages import text_pages

if TYPE_CHECKING:
    import numpy as np
    import pikepdf
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

__all__ = ["PDF", "TEXT", "Sheet", "Source", "open_source"]

PDF, TEXT = "application/pdf", "text/plain"
IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
}
#: Names that promise something else than text.
NOT_TEXT = frozenset((".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"))
#: How XML and HTML begin.
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|alto)\b", re.IGNORECASE)
#: PDF pages are drawn at this resolution, the one Tesseract's models were trained for.
DPI = 300
#: Scans within this range are drawn as they are, which resampling could only blur; under LOW only where no text is set.
NATIVE, LOW = (90, 405), 140
#: Seconds poppler may take over one page.
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a source, numbered from 1. `dpi` is the resolution of `pixels()`, 0 for text."""

    path: Path
    number: int
    media_type: str
    dpi: int = DPI

    def pixels(self) -> Pixels:
        """The page as RGB, uint8 of shape (height, width, 3). Raises PageError where it cannot be drawn."""
        if self.media_type == TEXT:
            raise PageError(f"{self} is text and has no pixels", remedy="read it with the engine ocr_text")
        return _drawn(self) if self.media_type == PDF else _decoded(self)

    def text(self) -> str:
        """The page's characters, NFC. Raises PageError for a page that is a picture."""
        if self.media_type != TEXT:
            raise PageError(f"{self} is no text", remedy="read it with the engine tesseract or text_layer")
        return _text_pages(self.path)[self.number - 1]

    def __str__(self) -> str:
        return f"{self.path.name}, page {self.number}"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to digitise: `sha256` of its bytes in hex, its media type and how many pages it has (at least 1)."""

    path: Path
    sha256: str
    media_type: str
    pages: int

    @property
    def id(self) -> str:
        """The document id: the first 12 hex digits of the sha256."""
        return self.sha256[:12]

    def sheets(self) -> Iterator[Sheet]:
        """The pages in order."""
        dpi = {PDF: _pdf_dpi, TEXT: _text_dpi}.get(self.media_type, frames_dpi)
        for number, resolution in enumerate(dpi(self.path), start=1):
            yield Sheet(self.path, number, self.media_type, resolution)


def open_source(path: str | Path) -> Source:
    """Look into the file at `path`. Raises a SourceError that names the file and the remedy."""
    path = Path(path)
    if any("\ud800" <= letter <= "\udfff" for letter in str(path)):
        raise UnreadableSource(f"{path} has a name that is no text", remedy="rename it")
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            head = file.read(4096)
    except FileNotFoundError:
        raise UnreadableSource(f"{path} does not exist", remedy="check the name") from None
    except IsADirectoryError:
        raise UnreadableSource(f"{path} is a folder", remedy="name the files in it") from None
    except PermissionError:
        raise UnreadableSource(f"{path} may not be read", remedy=f"run `chmod u+r {path}` or ask its owner") from None
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read ({error.strerror})", remedy="copy it to a sound disk") from None
    media_type = _media_type(path, head)
    count = {PDF: _pdf_areas, TEXT: _text_dpi}.get(media_type, frames_dpi)
    pages = sum(1 for _ in count(path))
    if not pages:
        raise UnreadableSource(f"{path} has no pages", remedy="scan or export it again")
    return Source(path, sha256, media_type, pages)


def _media_type(path: Path, head: bytes) -> str:
    if not head:
        raise UnreadableSource(f"{path} is empty", remedy="scan or copy it again")
    if b"%PDF-" in head[:1024]:
        return PDF
    for magic, media_type in IMAGES.items():
        if head.startswith(magic):
            return media_type
    if MARKUP.match(head):
        remedy = "restore its words with `sohoa restore` if it is hOCR or ALTO, digitise the scan itself"
        raise UnknownFormat(f"{path} is markup, neither scan nor text", remedy=remedy)
    _decode(path, head, whole=False)
    if path.suffix.lower() in NOT_TEXT:
        raise UnknownFormat(f"{path} is text, whatever its name says", remedy="rename it to .txt if it is OCR text")
    return TEXT


# --- text ------------------------------------------------------------------------------------------------------------
def _decode(path: Path, data: bytes, *, whole: bool = True) -> str:
    """`data` as text; of a sample that is not the whole file the last letter may be cut."""
    text = decoded(data, whole=whole)
    if text is None:
        raise UnknownFormat(f"{path} is neither PDF, PNG, JPEG, TIFF nor Vietnamese text", remedy="export it as PDF")
    return text


def _text_pages(path: Path) -> tuple[str, ...]:
    return _pages_of(path, path.stat().st_mtime_ns, path.stat().st_size)


@lru_cache(maxsize=1)
def _pages_of(path: Path, _changed: int, _size: int) -> tuple[str, ...]:
    """The pages of the file as it is since its last change: each page is asked for alone, decoding takes them all."""
    return text_pages(_decode(path, path.read_bytes()))


def _text_dpi(path: Path) -> Iterator[int]:
    for _ in _text_pages(path):
        yield 0


# --- PDF -------------------------------------------------------------------------------------------------------------
def _pdf_dpi(path: Path) -> Iterator[int]:
    """The resolution to draw each page at: a scan's own, else DPI, less where the sheet is a poster."""
    areas = list(_pdf_areas(path))
    scans = scanned_dpi(path, [area for area, _ in areas])
    for n, (area, is_set) in enumerate(areas, start=1):
        own = scans.get(n, DPI)
        fits = NATIVE[0] <= own <= NATIVE[1] and (own >= LOW or not is_set)
        yield max(1, min(own if fits else DPI, int((LARGEST / area) ** 0.5)))


def _pdf_areas(path: Path) -> Iterator[tuple[float, bool]]:
    """Each page's area in square inches, and whether text is set on it."""
    with _pdf(path) as pdf:
        for page in pdf.pages:
            x0, y0, x1, y1 = (float(v) for v in page.cropbox)
            yield abs(x1 - x0) * abs(y1 - y0) / 72**2 or 1.0, "/Font" in page.obj.get("/Resources", {})


@contextmanager
def _pdf(path: Path) -> Iterator[pikepdf.Pdf]:
    import pikepdf

    try:
        with _sound_pdf(path) as pdf:
            yield pdf
    except pikepdf.PasswordError:
        remedy = "remove the password (qpdf --decrypt) and digitise the copy"
        raise LockedSource(f"{path} asks for a password", remedy=remedy) from None
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError) as error:
        reason = str(error).removeprefix(f"{path}").strip(": ").splitlines()[0] if str(error) else type(error).__name__
        raise UnreadableSource(f"{path} is a damaged PDF ({reason})", remedy="copy or scan it again") from None


def _sound_pdf(path: Path) -> pikepdf.Pdf:
    """The PDF at `path`. One whose end is missing is refused, since poppler draws its lost pages white."""
    import pikepdf

    try:
        return pikepdf.open(path, attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise
    except pikepdf.PdfError:
        if b"%%EOF" not in path.read_bytes()[-2048:]:
            raise pikepdf.PdfError("its end is missing") from None
        return pikepdf.open(path, suppress_warnings=True)


def _drawn(sheet: Sheet) -> Pixels:
    import numpy as np
    from pdf2image import convert_from_path, exceptions

    try:
        pictures = convert_from_path(
            sheet.path, dpi=sheet.dpi, first_page=sheet.number, last_page=sheet.number, timeout=PATIENCE,
            use_cropbox=True,
        )  # fmt: skip
    except exceptions.PDFInfoNotInstalledError:
        raise MissingProgram("poppler is not installed", remedy="run `sudo apt install poppler-utils`") from None
    except exceptions.PDFPopplerTimeoutError:
        raise PageError(f"{sheet} took poppler over {PATIENCE} s", remedy="print it to PDF again") from None
    except (exceptions.PDFPageCountError, exceptions.PDFSyntaxError, OSError):
        raise PageError(f"{sheet} cannot be drawn", remedy="print it to PDF again") from None
    if not pictures:
        raise PageError(f"{sheet} cannot be drawn", remedy="print it to PDF again")
    return np.asarray(pictures[0].convert("RGB"))


# --- pictures --------------------------------------------------------------------------------------------------------
def _decoded(sheet: Sheet) -> Pixels:
    try:
        return decoded_picture(sheet.path, sheet.number - 1)
    except SourceError as error:
        raise PageError(f"{sheet} cannot be read, since {error.problem}", remedy=error.remedy) from None
