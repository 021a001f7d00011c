"""Pictures of pages as scanners store them, and the PDF around them: the same pages give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np
from PIL import Image

from pipeline.train.damage import Pixels

if TYPE_CHECKING:
    import pikepdf

__all__ = ["Coded", "Mode", "encode", "to_pdf"]

#: Colour and grey are stored as JPEG, `mono` in black and white by CCITT group 4, as office copiers do.
Mode = Literal["colour", "grey", "mono"]
STRIP_OFFSETS, ROWS_PER_STRIP, STRIP_SIZES = 273, 278, 279  # TIFF 6.0 tags
THRESHOLD = 178


@dataclass(frozen=True, slots=True)
class Coded:
    """A stored picture of `width` x `height` pixels at `dpi`."""

    data: bytes
    mode: Mode
    width: int
    height: int
    dpi: int


def encode(pixels: Pixels, *, dpi: int, quality: int, mode: Mode = "colour") -> tuple[Coded, Pixels]:
    """The page (height x width x 3, RGB) stored in a mode, and the pixels that come out of it again."""
    data, back = _mono(pixels) if mode == "mono" else _jpeg(pixels, quality, grey=mode == "grey")
    return Coded(data, mode, pixels.shape[1], pixels.shape[0], dpi), back


def _jpeg(pixels: Pixels, quality: int, *, grey: bool) -> tuple[bytes, Pixels]:
    picture = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY if grey else cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
    back = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return data.tobytes(), np.asarray(cv2.cvtColor(back, cv2.COLOR_BGR2RGB), np.uint8)


def _mono(pixels: Pixels) -> tuple[bytes, Pixels]:
    white = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) > THRESHOLD)
    out = io.BytesIO()
    Image.fromarray(white).save(out, "TIFF", compression="group4", tiffinfo={ROWS_PER_STRIP: white.shape[0]})
    tags = Image.open(io.BytesIO(out.getvalue())).getexif()
    start, size = _only(tags[STRIP_OFFSETS]), _only(tags[STRIP_SIZES])
    back = np.repeat(white[..., None], 3, axis=2).astype(np.uint8) * np.uint8(255)
    return out.getvalue()[start : start + size], back


def _only(value: int | tuple[int, ...]) -> int:
    return value if isinstance(value, int) else value[0]


def to_pdf(pages: Sequence[Coded]) -> bytes:
    """A PDF of stored pictures, one a page, without date or random id."""
    import pikepdf

    pdf = pikepdf.new()
    for page in pages:
        width, height = page.width * 72 / page.dpi, page.height * 72 / page.dpi
        pdf.add_blank_page(page_size=(width, height))
        sheet = pdf.pages[-1].obj
        image = pdf.make_indirect(_image(pdf, page))
        sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        sheet.Contents = pdf.make_stream(f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Im0 Do Q".encode())
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _image(pdf: pikepdf.Pdf, page: Coded) -> pikepdf.Stream:
    from pikepdf import Dictionary, Name, Stream

    image = Stream(pdf, page.data)
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, page.width, page.height
    image.ColorSpace = Name.DeviceRGB if page.mode == "colour" else Name.DeviceGray
    image.BitsPerComponent, image.Filter = 8, Name.DCTDecode
    if page.mode == "mono":
        image.BitsPerComponent, image.Filter = 1, Name.CCITTFaxDecode
        image.DecodeParms = Dictionary(K=-1, Columns=page.width, Rows=page.height, BlackIs1=True)
    return image
