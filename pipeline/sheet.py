"""Sources and their pages. A `Source` is a file that was looked into; a `Sheet` is one page, its pixels on demand.

What a file is, its content decides, not its name. Sources are only ever read. One page is in memory at a time.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
from pipeline.textpages import text_pages

if TYPE_CHECKING:
    import numpy as np
    import pikepdf
    from numpy.typing import NDArray
    from PIL import Image

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
#: PDF pages are drawn at this resolution, the one Tesseract's models were trained for.
DPI = 300
#: A page of more pixels is reduced when loaded (A3 at 600 dpi has 70 million); beyond REFUSED it is not decoded at all.
LARGEST, REFUSED = 80_000_000, 300_000_000
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
        dpi = {PDF: _pdf_dpi, TEXT: _text_dpi}.get(self.media_type, _image_dpi)
        for number, resolution in enumerate(dpi(self.path), start=1):
            yield Sheet(self.path, number, self.media_type, resolution)


def open_source(path: str | Path) -> Source:
    """Look into the file at `path`. Raises a SourceError that names the file and the remedy."""
    path = Path(path)
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
    count = {PDF: _pdf_dpi, TEXT: _text_dpi}.get(media_type, _image_dpi)
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
    return text_pages(_decode(path, path.read_bytes()))


def _text_dpi(path: Path) -> Iterator[int]:
    for _ in _text_pages(path):
        yield 0


# --- PDF -------------------------------------------------------------------------------------------------------------
def _pdf_dpi(path: Path) -> Iterator[int]:
    """The resolution to draw each page at: DPI, less where the sheet is a poster."""
    with _pdf(path) as pdf:
        for page in pdf.pages:
            x0, y0, x1, y1 = (float(v) for v in page.cropbox)
            area = abs(x1 - x0) * abs(y1 - y0) / 72**2 or 1.0
            yield max(1, min(DPI, int((LARGEST / area) ** 0.5)))


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
            sheet.path, dpi=sheet.dpi, first_page=sheet.number, last_page=sheet.number, timeout=PATIENCE
        )
    except exceptions.PDFInfoNotInstalledError:
        raise MissingProgram("poppler is not installed", remedy="run `sudo apt install poppler-utils`") from None
    except exceptions.PDFPopplerTimeoutError:
        raise PageError(f"{sheet} took poppler over {PATIENCE} s", remedy="print it to PDF again") from None
    except (exceptions.PDFPageCountError, exceptions.PDFSyntaxError, OSError):
        raise PageError(f"{sheet} cannot be drawn", remedy="print it to PDF again") from None
    if not pictures:
        raise PageError(f"{sheet} cannot be drawn", remedy="print it to PDF again")
    return np.asarray(pictures[0].convert("RGB"))


# --- images ----------------------------------------------------------------------------------------------------------
@contextmanager
def _image(path: Path) -> Iterator[Image.Image]:
    """The opened picture; its size is known and checked here, so Pillow's own bomb guard has nothing to warn of."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is checked below, and damage shows when it is decoded
            image = Image.open(path, formats=("PNG", "JPEG", "TIFF"))
    except Image.DecompressionBombError:
        image = None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise UnreadableSource(f"{path} is a damaged picture", remedy="copy or scan it again") from None
    if image is None or image.width * image.height > REFUSED:
        raise UnreadableSource(f"{path} has too many pixels", remedy="scan it at 300 dpi")
    with image:
        yield image


def _image_dpi(path: Path) -> Iterator[int]:
    with _image(path) as image:
        try:
            frames = getattr(image, "n_frames", 1)
            for frame in range(frames):
                image.seek(frame)
                yield max(1, round(_stated_dpi(image) / _reduction(image)))
        except (OSError, EOFError, SyntaxError, ValueError):
            raise UnreadableSource(f"{path} is a damaged picture", remedy="copy or scan it again") from None


def _stated_dpi(image: Image.Image) -> float:
    """What the file says; where it says nothing likely, what makes the longer side that of A4."""
    stated = float(image.info.get("dpi", (0, 0))[0] or 0)
    guess = max(image.size) / 11.69
    return stated if 60 <= stated <= 2400 and 0.4 < stated / guess < 2.5 else max(guess, 1.0)


def _reduction(image: Image.Image) -> int:
    factor = 1
    while image.width * image.height > LARGEST * factor**2:
        factor += 1
    return factor


def _decoded(sheet: Sheet) -> Pixels:
    import numpy as np
    from PIL import ImageOps

    try:
        with _image(sheet.path) as image:
            image.seek(sheet.number - 1)
            return np.asarray(_rgb(ImageOps.exif_transpose(_reduced(image, _reduction(image)))))
    except SourceError as error:
        raise PageError(error.problem, remedy=error.remedy) from None
    except (OSError, EOFError, SyntaxError, ValueError, MemoryError):
        raise PageError(f"{sheet} is damaged", remedy="copy or scan it again") from None


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    if factor == 1:
        return image
    averaged = image if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK") else image.convert("L")
    return averaged.reduce(factor)


def _rgb(image: Image.Image) -> Image.Image:
    """The picture on white paper, 8 bits a channel."""
    from PIL import Image

    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    if "A" in image.getbands() or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    return image.convert("RGB")
