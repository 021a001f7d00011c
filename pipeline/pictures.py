"""Picture files as pixels: PNG, JPEG and TIFF of every kind that scanners, faxes and telephones write."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UnreadableSource

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    Pixels = NDArray[np.uint8]

__all__ = ["LARGEST", "decoded", "frames_dpi"]

#: A page of more pixels is reduced when loaded (A3 at 600 dpi has 70 million); beyond REFUSED it is not decoded at all.
LARGEST, REFUSED = 80_000_000, 300_000_000
#: What Pillow raises where a picture is damaged.
DAMAGED = (OSError, EOFError, SyntaxError, ValueError, TypeError, KeyError)


@contextmanager
def _image(path: Path) -> Iterator[Image.Image]:
    """The opened picture; its size is known and checked here, so Pillow's own bomb guard has nothing to warn of."""
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the size is checked below, and damage shows when it is decoded
        try:
            image = Image.open(path, formats=("PNG", "JPEG", "TIFF"))
        except Image.DecompressionBombError:
            image = None
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
            raise UnreadableSource(f"{path} is a damaged picture", remedy="copy or scan it again") from None
        if image is None or image.width * image.height > REFUSED:
            raise UnreadableSource(f"{path} has too many pixels", remedy="scan it at 300 dpi")
        with image:
            yield image


def frames_dpi(path: Path) -> Iterator[int]:
    """The resolution of each frame as `decoded` gives it: stated by the file, else what makes it A4."""
    with _image(path) as image:
        try:
            frames = getattr(image, "n_frames", 1)
            for frame in range(frames):
                image.seek(frame)
                yield max(1, round(_stated_dpi(image) / _reduction(image)))
        except DAMAGED:
            raise UnreadableSource(f"{path} is a damaged picture", remedy="copy or scan it again") from None


def _stated_dpi(image: Image.Image) -> float:
    """What the file says; where it says nothing likely, what makes the longer side that of A4."""
    stated = max(_both_dpi(image))
    guess = max(image.size) / 11.69
    return stated if 60 <= stated <= 2400 and 0.4 < stated / guess < 2.5 else max(guess, 1.0)


def _both_dpi(image: Image.Image) -> tuple[float, float]:
    """The resolution along x and y that the file states; zeros where it states none."""
    x, y = (float(v or 0) for v in image.info.get("dpi", (0, 0)))
    return x, y


def _square(image: Image.Image) -> Image.Image:
    """The picture with square pixels: a fax has half as many lines as columns to the inch."""
    x, y = _both_dpi(image)
    if not 1.2 < max(x, y) / max(min(x, y), 1) < 4:
        return image
    wide = image.convert("L") if image.mode == "1" else image
    return wide.resize((round(image.width * max(1, y / x)), round(image.height * max(1, x / y))))


def _reduction(image: Image.Image) -> int:
    factor = 1
    while image.width * image.height > LARGEST * factor**2:
        factor += 1
    return factor


def decoded(path: Path, frame: int) -> Pixels:
    """A frame, from 0, as RGB, uint8 of shape (height, width, 3). Raises UnreadableSource where it is damaged."""
    import numpy as np
    from PIL import ImageOps

    with _image(path) as image:
        try:
            image.seek(frame)
            return np.asarray(_rgb(ImageOps.exif_transpose(_square(_reduced(image, _reduction(image))))))
        except (*DAMAGED, MemoryError):
            raise UnreadableSource(f"{path} is damaged", remedy="copy or scan it again") from None


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
