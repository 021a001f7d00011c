"""Paper formats and fonts: where the rules for administrative documents put what, in which size.

Nghị định 30/2020/NĐ-CP, Phụ lục I, and before it Thông tư 01/2011/TT-BNV, set the page (A4), its margins, the
place of the page number and the size of every element. Lengths are millimetres, sizes points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

from pipeline.errors import ConfigError, MissingProgram

__all__ = ["FONT_PACKAGES", "HANDS", "LAYOUTS", "Face", "Layout", "Style", "families", "font"]

Face = Literal["regular", "bold", "italic", "bold_italic", "hand"]
#: Debian packages that hold every font named below.
FONT_PACKAGES = ("fonts-texgyre", "fonts-liberation2", "fonts-dkg-handwriting", "fonts-breip", "fonts-sjfonts")
ROOTS = tuple(
    Path(p) for p in ("/usr/share/fonts", "/usr/share/texmf/fonts", "/usr/local/share/fonts", "/Library/Fonts")
)
FILES: dict[str, dict[Face, str]] = {
    "termes": {
        "regular": "opentype/public/tex-gyre/texgyretermes-regular.otf",
        "bold": "opentype/public/tex-gyre/texgyretermes-bold.otf",
        "italic": "opentype/public/tex-gyre/texgyretermes-italic.otf",
        "bold_italic": "opentype/public/tex-gyre/texgyretermes-bolditalic.otf",
    },
    "liberation": {
        "regular": "truetype/liberation2/LiberationSerif-Regular.ttf",
        "bold": "truetype/liberation2/LiberationSerif-Bold.ttf",
        "italic": "truetype/liberation2/LiberationSerif-Italic.ttf",
        "bold_italic": "truetype/liberation2/LiberationSerif-BoldItalic.ttf",
    },
    "sans": {
        "regular": "truetype/liberation2/LiberationSans-Regular.ttf",
        "bold": "truetype/liberation2/LiberationSans-Bold.ttf",
        "italic": "truetype/liberation2/LiberationSans-Italic.ttf",
        "bold_italic": "truetype/liberation2/LiberationSans-BoldItalic.ttf",
    },
    "typewriter": {
        "regular": "opentype/public/tex-gyre/texgyrecursor-regular.otf",
        "bold": "opentype/public/tex-gyre/texgyrecursor-bold.otf",
        "italic": "opentype/public/tex-gyre/texgyrecursor-italic.otf",
        "bold_italic": "opentype/public/tex-gyre/texgyrecursor-bolditalic.otf",
    },
}
HANDS = {
    "dkg": "truetype/fifthhorseman/dkgIt.ttf",
    "breip": "truetype/breip/Breip.ttf",
    "steve": "truetype/sjfonts/SteveHand.ttf",
}


@dataclass(frozen=True, slots=True)
class Style:
    """A face at a size in points."""

    face: Face = "regular"
    size: float = 14.0


@dataclass(frozen=True, slots=True)
class Layout:
    """One set of rules for the page. Margins, indents and gaps in mm, sizes in points, `leading` in sizes."""

    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    body: float = 14
    indent: float = 12.7
    leading: float = 1.2
    gap: float = 2.1
    header: float = 13
    motto: float = 14
    table: float = 12
    copies: float = 11
    page_number: Literal["top", "bottom_right"] = "top"
    width: float = 210
    height: float = 297


#: `nd30`: Nghị định 30/2020/NĐ-CP, Phụ lục I. `tt01`: Thông tư 01/2011/TT-BNV (number at the bottom right, 13 points).
#: `a5`: short papers on half a sheet, which Thông tư liên tịch 55/2005/TTLT-BNV-VPCP and Thông tư 01/2011 allow.
LAYOUTS = {
    "nd30": Layout(),
    "tt01": Layout(
        left=32, right=17, top=22, bottom=24, body=13, indent=10, leading=1.32, gap=1.2, header=12, motto=13, copies=11,
        page_number="bottom_right",
    ),
    "a5": Layout(
        left=20, right=10, top=10, bottom=10, body=11, indent=8, leading=1.2, gap=1.0, header=9, motto=10, table=10,
        copies=9, width=148, height=210, page_number="bottom_right",
    ),
}  # fmt: skip


def families() -> tuple[str, ...]:
    """The families a document may be set in."""
    return tuple(FILES)


@cache
def font(family: str, hand: str, face: Face, pixels: float) -> ImageFont.FreeTypeFont:
    """The font of a face at `pixels` to the em. Raises MissingProgram where it is not installed."""
    try:
        relative = HANDS[hand] if face == "hand" else FILES[family][face]
    except KeyError as error:
        raise ConfigError(f"no font called {error.args[0]!r}", remedy=f"one of {', '.join((*FILES, *HANDS))}") from None
    return ImageFont.truetype(str(_path(relative)), pixels, layout_engine=ImageFont.Layout.BASIC)


@cache
def _path(relative: str) -> Path:
    plain = relative.replace("liberation2/", "liberation/")  # newer Debian keeps version 2 under the old name
    for root in (*ROOTS, Path.home() / ".fonts", Path.home() / "Library/Fonts"):
        for path in (root / relative, root / plain, root / Path(relative).name):
            if path.exists() and (relative in HANDS.values() or _covers(path)):
                return path
    wanted = " ".join(FONT_PACKAGES)
    raise MissingProgram(f"font {Path(relative).name} is not installed", remedy=f"apt-get install {wanted}")


def _covers(path: Path) -> bool:
    """Whether a font has the letters that old fonts lack (Liberation before version 2 has no `ộ`)."""
    letters = ImageFont.truetype(str(path), 20, layout_engine=ImageFont.Layout.BASIC)
    return bytes(letters.getmask("ộ")) != bytes(letters.getmask("\uffff"))
