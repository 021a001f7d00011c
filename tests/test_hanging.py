"""Bullets and numbers before lines are found where they were passed over, and nothing else is taken for one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.engines.hanging import MARK, with_marks
from pipeline.engines.tokens import Token
from pipeline.imaging.hanging import Mark, hanging
from pipeline.imaging.raster import Raster, from_scan
from pipeline.types import Box

LINE = [Box(300, 200, 400, 244), Box(415, 200, 520, 244)]


def page(*shapes: tuple[int, int, int, int], text: str = "") -> Raster:
    image = Image.new("L", (900, 500), 255)
    draw = ImageDraw.Draw(image)
    for shape in shapes:
        draw.rectangle(shape, fill=0)
    draw.text((215, 196), text, font=ImageFont.load_default(44), fill=0)
    draw.text((300, 196), "Ban hanh", font=ImageFont.load_default(44), fill=0)
    return from_scan(np.asarray(image), 300)


def test_a_dash_is_known_by_its_shape() -> None:
    (mark,) = hanging(page((220, 222, 238, 226)), [LINE])
    assert mark == Mark(0, Box(220, 222, 239, 227), is_dash=True)


@pytest.mark.parametrize("text", ["1.", "a)", "IV."])
def test_a_number_or_letter_is_to_be_read(text: str) -> None:
    (mark,) = hanging(page(text=text), [LINE])
    assert not mark.is_dash
    assert 210 <= mark.box.x0 < mark.box.x1 <= 298


@pytest.mark.parametrize(
    "shapes",
    [
        (),
        ((236, 222, 239, 225),),  # a speck
        ((220, 252, 238, 256),),  # under the line
        ((230, 100, 234, 400),),  # a rule down the page
        ((125, 222, 240, 226), (122, 200, 126, 244)),  # what goes on to the left
    ],
)
def test_no_mark(shapes: Sequence[tuple[int, int, int, int]]) -> None:
    assert hanging(page(*shapes), [LINE]) == ()


def test_what_was_read_is_no_mark_of_another_line() -> None:
    raster = page((220, 222, 238, 226))
    assert hanging(raster, [LINE, [Box(215, 210, 245, 240)]])[:1] == ()


TOKENS = (Token("Ban", LINE[0], 0.9, (1,)), Token("hành", LINE[1], 0.9, (1,)))


def test_a_dash_goes_before_its_line_unread() -> None:
    def read(_box: Box) -> Sequence[Token]:
        raise AssertionError

    tokens = with_marks(page((220, 222, 238, 226)), TOKENS, read)
    assert [(t.text, t.line) for t in tokens] == [("-", (1,)), ("Ban", (1,)), ("hành", (1,))]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ([Token("1.", Box(215, 200, 250, 240), 0.9, (0,)), Token("Ban", LINE[0], 0.9, (0,))], ["1.", "Ban", "hành"]),
        ([Token("1.", Box(215, 200, 250, 240), 0.3, (0,)), Token("Ban", LINE[0], 0.9, (0,))], [".", "Ban", "hành"]),
        ([Token("~4", Box(215, 200, 250, 240), 0.9, (0,)), Token("Ban", LINE[0], 0.9, (0,))], [".", "Ban", "hành"]),
        ([], [".", "Ban", "hành"]),
    ],
)
def test_a_mark_read_well_takes_the_place_of_its_rest(read: list[Token], expected: list[str]) -> None:
    rest = Token(".", Box(243, 232, 249, 238), 0.6, (1,))
    tokens = with_marks(page(text="1."), (rest, *TOKENS), lambda _box: read)
    assert [t.text for t in tokens] == expected
    assert {t.line for t in tokens} == {(1,)}


@pytest.mark.parametrize(
    ("text", "is_mark"),
    [
        ("-", True),
        ("+", True),
        ("2.1.", True),
        ("đ)", True),
        ("(1)", True),
        ("IV.", True),
        ("Số", False),
        ("2021", False),
    ],
)
def test_what_may_be_a_mark(text: str, is_mark: bool) -> None:
    assert bool(MARK.fullmatch(text)) == is_mark
