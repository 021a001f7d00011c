"""The incoming stamp of a page, read by itself, and the page without it.

What it says is prescribed: `CÔNG VĂN ĐẾN` or `ĐẾN`, and `Số:`, `Ngày:`, `Chuyển:`, `Lưu hồ sơ số:` before blanks
(Công văn 425/VTLTNN-NVTW of 2005, mục II.1.b; Nghị định 30/2020/NĐ-CP, Phụ lục IV).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.engines.tokens import Token
from pipeline.types import Box
from pipeline.vietnamese import fold

if TYPE_CHECKING:
    from pipeline.imaging.raster import Raster

__all__ = ["Stamp", "beside", "is_incoming", "without_coloured_stamp", "without_stamp"]

#: Without marks: what the stamp is called, some letters misread, and the labels of its blanks.
NAME = re.compile(r"[dbo][ei]n|cv|congvanden")
LABELS = ("so", "ngay", "chuyen", "luu")
#: Least likeness of a label of four letters or more, in percent.
LIKE = 75

#: White around a stamp that is read, in inches.
MARGIN = 0.07
#: Readings of one picture, in several ways.
Read = Callable[["Raster"], Sequence[Sequence[Token]]]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp's frame and what was read in it, boxes in the picture's pixels."""

    frame: Box
    tokens: tuple[Token, ...]

    def mapped(self, move: Callable[[Box], Box]) -> Stamp:
        """The stamp with its boxes moved."""
        return Stamp(move(self.frame), tuple(replace(t, box=move(t.box)) for t in self.tokens))


def without_coloured_stamp(scan: Raster, read: Read) -> tuple[Raster, Stamp | None]:
    """The upright RGB picture without its incoming stamp of red or blue ink, and the stamp."""
    from pipeline.imaging.stamps import coloured_frames, parted
    from pipeline.imaging.turn import cropped

    for frame in coloured_frames(scan):
        rest, own = parted(scan, frame)
        crop, (dx, dy) = cropped(own, frame, margin=round(MARGIN * scan.dpi))
        readings = [[token.moved(dx, dy) for token in found] for found in read(crop)]
        if is_incoming([t.text for found in readings for t in found]):
            return rest, Stamp(frame, _best(readings))
    return scan, None


def without_stamp(picture: Raster, read: Read) -> tuple[Raster, Stamp | None]:
    """The level grey picture without its incoming stamp, and the stamp; as it is where it has none."""
    from pipeline.imaging.stamps import stamp_frames, unruled, unstamped
    from pipeline.imaging.turn import cropped

    for frame in stamp_frames(picture):
        crop, (dx, dy) = cropped(picture, frame, margin=round(MARGIN * picture.dpi))
        cleaned = crop.with_pixels(unruled(crop.pixels, crop.dpi))
        readings = [[token.moved(dx, dy) for token in found] for found in read(cleaned)]
        if is_incoming([t.text for found in readings for t in found]):
            own = [t.box for found in readings for t in _own(found)]
            return unstamped(picture, frame, own), Stamp(frame, _best(readings))
    return picture, None


def beside(tokens: Sequence[Token], stamps: Sequence[Stamp]) -> tuple[Token, ...]:
    """The page's tokens, and on lines of their own the stamps' that are not among them."""
    out = tuple(tokens)
    for stamp in stamps:
        new = (t for t in stamp.tokens if not any(_same(t.box, other.box) for other in tokens))
        out = (*out, *(replace(t, line=(-1 - len(out), *t.line)) for t in new))
    return out


def _same(one: Box, two: Box) -> bool:
    common = one & two
    return common is not None and common.area > 0.5 * min(one.area, two.area)


def is_incoming(words: Sequence[str]) -> bool:
    """Whether words in a stamp's frame are those of an incoming stamp: its name and a label, or three labels."""
    labels = {label for w in words if (label := _label(w))}
    return len(labels) >= (1 if any(_is_name(w) for w in words) else 3)


def _is_name(word: str) -> bool:
    return word.isupper() and bool(NAME.fullmatch(_key(word)))


def _label(word: str) -> str | None:
    """The label that a word is: `Ngày:`, `Chuyên`."""
    from rapidfuzz import fuzz

    key = _key(word)
    if key in LABELS:
        return key
    return next((x for x in LABELS if len(x) > 3 and fuzz.ratio(key[: len(x)], x) >= LIKE), None)


def _key(word: str) -> str:
    return re.sub(r"[^a-z]", "", fold(word))


def _own(tokens: Sequence[Token]) -> list[Token]:
    """The words that are surely the stamp's: its name, its labels, the receiver's name in capitals above them."""
    first = min((t.box.y0 for t in tokens if _label(t.text)), default=0)
    return [t for t in tokens if _is_name(t.text) or _label(t.text) or _is_heading(t, first)]


def _is_heading(token: Token, first: int) -> bool:
    return token.text.isupper() and len(token.text) > 1 and token.box.centre[1] < first


def _best(readings: Sequence[Sequence[Token]]) -> tuple[Token, ...]:
    best: Sequence[Token] = max(readings, key=_own_letters)
    return tuple(best)


def _own_letters(tokens: Sequence[Token]) -> float:
    return sum(len(t.text) * t.score for t in _own(tokens))
