"""Uncertain days and what they can stand for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edtf import bounds


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2021-03-18", ("2021-03-18", "2021-03-18")),
        ("2021-03-1X", ("2021-03-10", "2021-03-19")),
        ("2021-03-3X", ("2021-03-30", "2021-03-31")),
        ("2021-03-X5", ("2021-03-05", "2021-03-25")),
        ("2021-02-XX", ("2021-02-01", "2021-02-28")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2021", ("2021-01-01", "2021-12-31")),
        ("2021-1X", ("2021-10-01", "2021-12-31")),
        ("202X", ("2020-01-01", "2029-12-31")),
        ("2021-03-18?", ("2021-03-18", "2021-03-18")),
        ("2021-13-01", (None, None)),
        ("ngày 18", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_bounds(edtf: str | None, expected: tuple[str | None, str | None]) -> None:
    assert bounds(edtf) == expected


@given(st.dates(min_value=date(1945, 9, 2)), st.sets(st.sampled_from([3, 6, 9]), max_size=3))
def test_a_day_lies_between_the_bounds_of_every_form_of_it(day: date, unread: set[int]) -> None:
    form = "".join("X" if i in unread else c for i, c in enumerate(day.isoformat()))
    first, last = bounds(form)
    assert first is not None
    assert last is not None
    assert first <= day.isoformat() <= last
