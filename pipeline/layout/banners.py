"""Banners of digital signatures at a page's edge: no line of the paper, though they stand in its columns.

Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II: name of the office and time of signing (day, clock, zone) beside or under
a picture of the seal. Offices' programs print more: certificate, system, e-mail.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layout import forms
from pipeline.layout.pieces import Piece

__all__ = ["banners"]

#: A clock with seconds: papers tell hours and minutes at most.
CLOCK = re.compile(r"\b\d\d?:\d\d:\d\d\b|\b\d{4} \d\d?\.\d\d\.\d\d\b|[+-]0?7:?00$")
#: The share of the page's height at top and bottom where banners stand; how far apart their lines are, in heights.
EDGE, PITCH = 0.15, 1.6


def banners(pieces: Sequence[Piece], *, height: int) -> list[Piece]:
    """The lines of banners among the pieces of a page `height` pixels high: those around a clock with seconds.

    A line belongs to it that begins where the clock's does, in its pitch, at the same edge of the page.
    """
    edge = [p for p in pieces if p.box.y1 < EDGE * height or p.box.y0 > (1 - EDGE) * height]
    found = [p for p in edge if CLOCK.search(p.text) or forms.is_banner(p.text)]
    for piece in found:  # grows while it is gone through: what is near a line found is found
        found += [p for p in edge if p not in found and _is_next(p, piece)]
    return found if any(CLOCK.search(p.text) for p in found) else []


def _is_next(one: Piece, other: Piece) -> bool:
    size = max(one.height, other.height)
    near = abs(one.middle - other.middle) < PITCH * size
    return near and abs(one.box.x0 - other.box.x0) < 0.6 * size and min(one.height, other.height) > 0.5 * size
