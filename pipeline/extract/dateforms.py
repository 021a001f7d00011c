"""The written forms of points in time: days, months, quarters, years, in the spelling without marks.

Each form has its own pattern, matched on lower-case bare text (`vietnamese.bare`), so that a lost tone does not
lose a date. `FORMS` lists them with the wording that needs each; the first that matches at a place wins.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol, TypeVar

from pipeline.vietnamese import from_roman

__all__ = ["Point", "apart", "bounds", "edtf", "points", "with_year"]

Unit = Literal["day", "month", "quarter", "months", "year", "years", "school"]
#: Years that a paper of the archive can speak of; others are numbers.
YEARS = range(1858, 2101)
YEAR = r"(?P<year>(?:18|19|20)\d\d)(?!\d)(?! ?(?:/[a-z]|dong|nguoi|ho\b))"
NAM = r"(?<!viet )(?<!mien )(?<![a-z])nam"

#: (unit, pattern, wording that needs it)
FORMS: tuple[tuple[Unit, str, str], ...] = (
    ("school", r"(?:nam hoc|nien khoa|mua \w+|vu \w+) (?P<year>\d{4}) ?- ?(?P<until>\d{4})", "năm học 2025 - 2026"),
    ("years", (
        rf"(?:(?:giai doan|nhiem ky|thoi ky|cac nam|{NAM}"
        rf"|tu nam) (?:\d+ nam )?\(?)?{YEAR} ?- ?(?P<until>(?:19|20)\d\d)(?![\d/])"
    ),
     "giai đoạn 2021 - 2025"),
    ("day", (
        r"(?:ngay )?(?<![\d/.,-])(?P<day>\d{1,2}) ?(?P<sep>[/.-]) ?(?P<month>\d{1,2})"
        r" ?(?P=sep) ?(?P<year>\d{4})(?![\d/])"
    ),
     "ngày 07/4/2014"),
    ("day", (
        r"(?:ngay )?(?<![\d/.,-])(?P<day>\d|[0-3] ?\d) ?/ ?(?P<month>\d"
        r"|[01] ?\d) ?/ ?(?P<year>[12] ?\d ?\d ?\d)(?![\d/])"
    ), "22/1 1/2017 (a gap in print)"),
    ("day", (
        rf"ngay (?P<day>\d|[0-3] ?\d) thang (?P<month>\d"
        rf"|[01] ?\d) {NAM}[.,;:]? (?P<year>[12] ?\d ?\d ?\d)(?!\d)"
    ), "ngày 21 tháng 1 1 năm. 2025"),
    ("day", r"(?:ngay |hom )?(?<![\d/])(?P<day>\d{1,2}) ?/ ?(?P<bad>\d{5,6})(?![\d/])", "19/121946"),
    ("day", (
        rf"ngay (?P<day>\d{{1,2}}) ?(?:thang|-"
        rf"|/) ?(?P<month>\d{{1,2}}),? {NAM} ?(?P<year>\d{{4}})"
    ), "ngày 18 tháng 3 năm 2021"),
    ("day", rf"ngay (?P<day>\d{{1,2}}) ?thang ?(?P<bad>\S{{1,4}}) {NAM} \d{{4}}", "ngày 22 tháng 1] năm 2019"),
    ("month", rf"ngay [^a-z\d\s]{{1,5}} thang (?P<month>\d{{1,2}}) {NAM} {YEAR}", "ngày … tháng 02 năm 2025 (a blank)"),
    ("day", rf"ngay (?P<bad>\S{{1,5}}) thang ?\S{{1,4}} {NAM} \d{{4}}", "ngày 2l tháng 11 năm 2025"),
    ("day", rf"ngay (?P<bad>\S{{1,3}} \S{{1,3}}) thang \S{{1,4}} {NAM} \d{{4}}", "ngày 20 0 tháng 1 năm 2017"),
    ("day", (
        rf"ngay (?P<day>\d{{1,2}}) thang (?P<bad>\d{{1,2}}),? {NAM}(?![.,;:]? ?\d| (?:nay|truoc|sau|toi|hien|tiep"
        r"|ke|lien|bao cao|tai chinh|ngan sach|hoc))(?![a-z])"
    ), "ngày 19 tháng 6 năm (its year not read)"),
    ("day", r"ngay (?P<day>\d{1,2}) ?thang (?P<month>\d{1,2})(?!\d| \d)", "ngày 15 tháng 12"),
    ("day", (
        r"(?:tu |den |het |truoc |diem |cham nhat |muon nhat |han cuoi |han chot )(?P<day>\d{1,2})"
        r" thang (?P<month>\d{1,2})(?: nam (?P<year>\d{4}))?(?!\d| \d| ngay| nam \d)"
    ),
     "trước 15 tháng 12 hằng năm"),
    ("day", r"(?<=\()(?P<day>\d{1,2})/(?P<month>\d{1,2})(?=\) (?:den|toi) )", "từ đêm nay (31/10) đến hết ngày 02/11"),
    ("day", r"(?:ngay |tu |den |truoc )(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/%]|,\d| ?\d? ?/)", "ngày 20/11"),
    ("day", (
        r"ngay (?P<day>\d{1,2})(?= (?:hang|moi|cua|cac|trong) (?:thang|quy)| thang (?:cuoi"
        r"|dau) )"
    ), "ngày 15 hàng tháng"),
    ("day", (
        r"(?:ngay |tu (?:ngay )?)(?P<day>\d{1,2})(?= ?(?:-|den"
        r"|den (?:het )?ngay) ?\d{1,2}(?:/\d{1,2}(?:/\d{4})?(?![\d/])| thang \d))"
    ),
     "từ 22 đến 24/9/2008"),
    ("day", r"(?<=den )(?P<day>\d{1,2}) thang (?P<month>\d{1,2}) nam (?P<year>\d{4})",
     "từ ngày 5 đến 9 tháng 3 năm 2021"),
    ("months", rf"(?P<count>\d{{1,2}}) thang (?P<side>dau|cuoi) {NAM}(?: {YEAR})?", "6 tháng đầu năm 2021"),
    ("month", rf"thang (?P<month>\d{{1,2}})(?: {NAM} ?| ?[/-] ?){YEAR}", "tháng 3 năm 2021"),
    ("month", (
        r"(?<![\d/.,-])(?<!so )(?<!quy )(?<!/\d )(?<!/\d\d )(?P<month>\d{1,2})/(?P<year>20\d\d)(?![\d/])"
    ), "12/2021"),
    ("month", r"thang (?P<month>1[0-2]|0?[1-9])(?![\d,.]*\d)", "tháng 6"),
    ("quarter", (
        rf"quy (?P<quarter>iv|i{{1,3}}|ih|hi?|[1-4])(?![a-z\d])(?:(?:(?: -)? {NAM} ?| ?[/-] ?"
        rf"| ){YEAR})?"
    ), "quý III/2021"),
    ("year", rf"{NAM} {YEAR}", "năm 2021"),
    ("year", (
        rf"(?:(?<=nam \d{{4}}, )|(?<=nam \d{{4}} va )|(?<=\d{{4}}, \d{{4}} va )"
        rf"|(?<=\d{{4}}, \d{{4}}, )){YEAR}"
    ), "các năm 2019, 2020"),
)  # fmt: skip
PATTERNS = tuple((unit, re.compile(rf"(?<![a-z\d])(?:{form})")) for unit, form, _ in FORMS)


@dataclass(frozen=True, slots=True)
class Point:
    """One written time at characters `start` to `end`. `first` and `count` say which part of the year `months` is."""

    start: int
    end: int
    unit: Unit
    year: int | None = None
    until: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    count: int = 0
    first: int = 1


def points(text: str) -> Iterator[Point]:
    """The points in bare lower-case `text`, left to right, none overlapping."""
    found = [_point(unit, m) for unit, p in PATTERNS for m in p.finditer(text)]
    return iter(sorted(apart(found), key=lambda p: p.start))


class Placed(Protocol):
    """What stands at characters `start` to `end`."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


def apart(items: Sequence[P]) -> Iterator[P]:
    """The items that overlap none of those given before them."""
    taken = bytearray(max((item.end for item in items), default=0))
    for item in items:
        if not any(taken[item.start : item.end]):
            taken[item.start : item.end] = b"\1" * (item.end - item.start)
            yield item


def _point(unit: Unit, match: re.Match[str]) -> Point:
    parts = match.groupdict()
    quarter, count = parts.get("quarter"), int(parts.get("count") or 0)
    # Readers take two strokes of a Roman numeral for an H: `IH` can only be III.
    return Point(
        _begin(match),
        match.end(),
        unit,
        year=_number(parts.get("year")),
        until=_number(parts.get("until")),
        month=13 if parts.get("bad") else _number(parts.get("month")),
        day=_number(parts.get("day")),
        quarter=None if quarter is None else from_roman(quarter.upper().replace("H", "II")) or int(quarter),
        count=count,
        first=1 if parts.get("side") == "dau" else 13 - count,
    )


def _begin(match: re.Match[str]) -> int:
    """Where the point begins: the words `từ`, `đến`, `trước` that show a short day belong to the grammar."""
    shown = re.match(r"(?:tu(?! nam)|den|het|truoc|diem|(?:cham|muon) nhat|han (?:cuoi|chot)) ", match[0])
    return match.start() + (shown.end() if shown else 0)


def _number(digits: str | None) -> int | None:
    return int(digits.replace(" ", "")) if digits else None


def with_year(point: Point, year: int | None) -> Point:
    """The point in `year` where it names none of its own."""
    return replace(point, year=year) if point.year is None else point


def bounds(point: Point) -> tuple[date, date] | None:
    """(first, last) day of the point; None where it is impossible (31/02) or has no year."""
    year = point.year or 0
    if year not in YEARS or (point.until is not None and not year <= point.until <= year + 120):
        return None
    try:
        return _bounds(point, year)
    except ValueError:
        return None


def _bounds(point: Point, year: int) -> tuple[date, date] | None:
    if point.unit == "day":
        day = date(year, point.month or 0, point.day or 0)
        return day, day
    if point.unit in ("year", "years"):
        return date(year, 1, 1), date(point.until or year, 12, 31)
    if point.unit == "school":
        return None
    first = {"month": point.month, "quarter": 3 * (point.quarter or 1) - 2}.get(point.unit, point.first) or 0
    last = first + {"month": 0, "quarter": 2}.get(point.unit, point.count - 1)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def edtf(point: Point) -> str | None:
    """The point in EDTF (ISO 8601-2): `2021-03-18`, `2021-03`, `2021-35` (quarter III), `2021/2025`."""
    known = bounds(point)
    if known is None:
        return None
    year = f"{point.year:04}"
    forms = {
        "day": known[0].isoformat(),
        "month": f"{year}-{point.month or 0:02}",
        "quarter": f"{year}-{32 + (point.quarter or 0)}",
        "year": year,
        "years": f"{year}/{point.until}",
    }
    return forms.get(point.unit, f"{known[0].isoformat()}/{known[1].isoformat()}")
