"""The grammar around points in time: before, by, from, to, again and again.

Ends are inclusive: `trước ngày 16/11/2017` ends on 2017-11-15. What cannot be bounded has no bounds; nothing is
shifted to make it fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.extract.dateforms import Point, apart, bounds, edtf, points, with_year
from pipeline.extract.passage import Passage
from pipeline.records import DateKind

__all__ = ["Time", "times"]

ONE_DAY = timedelta(days=1)
BEFORE = re.compile(r"(?:(?:cham nhat|xong) )?truoc (?:het )?$")
#: `trước 17 giờ 00 ngày 15/5`: the hour is inside the day, which is still in time.
HOUR = re.compile(r"(?:cham nhat|truoc|den)(?: luc)? \d{1,2} ?(?:gio|h|g)(?: ?\d{2})?(?: phut)?,? $")
UNTIL = re.compile(
    r"(?:cham nhat(?: la)?(?: den| vao| trong)?(?: het)?|muon nhat(?: la)?|han chot(?: la)?|han cuoi(?: la)?"
    r"|(?:cho |tinh |keo dai )?den(?: cuoi)?(?: het)?|(?:truoc )?het|khong qua|khong (?:muon|cham|tre) hon) $"
)
FROM = re.compile(r"(?<![a-z])(?:ke tu|bat dau tu|tu)(?: thoi diem)? $")
AFTER = re.compile(r"(?<![a-z])sau $")
WITHIN = re.compile(r"(?<![a-z])trong(?: thang)? $")
JOINED = re.compile(r"\)? ?(?:-|den(?: het)?|toi|den cuoi) ?")
FROM_NAMED = re.compile(r"(?<![a-z])tu (?:[a-z]+ ){1,3}\($")
ONWARD = re.compile(r" va (?:nhung|cac) nam (?:ti\w{1,3}p theo|sau|toi)| tro di| den nay")
PART = re.compile(r"(?:cuoi|dau|giua) $")
#: The clock of a digital signature's banner, right behind its day: `04.04.2018 14:21:14`.
CLOCK = re.compile(r",? \d{1,2}:\d{2}:\d{2}(?!\d)")
AGAIN = re.compile(r" (?:cua )?(?:h[aằ]ng|hàng|mỗi|các|trong) (năm|tháng|quý)| (?:của )?tháng (?:cuối|đầu) (quý|năm)")
#: The first of two days of every year: `ngày 10/01 và ngày 10/7 hằng năm`.
AGAIN_BOTH = re.compile(
    r"(?=(?:,? (?:và|hoặc)|,)(?: trước)? ngày \d{1,2}(?: tháng |/)\d{1,2} (?:h[aằ]ng|hàng|mỗi) (năm)())"
)
#: A time of the year after, or before: `trước ngày 15/01 năm sau`, `từ ngày 15/12 năm trước`.
OTHER_YEAR = re.compile(r" (?:của )?năm (?:(?P<next>sau|tiếp theo|kế tiếp|liền kề|tới)|trước(?: liền kề)?)(?!\w)")
EVERY = r"(?:h[aằà]ng|từng|mỗi)"
#: Periods that follow another one in a list: `hằng tháng, quý, 6 tháng, năm`.
MORE = re.compile(
    rf"(?:,? (?:và|hoặc) |[,;/] ?)(?:{EVERY} |cả |theo )?"
    r"(?P<again>(?P<count>\d{1,2}|sáu|chín|\d\w{1,2}) tháng|tháng|quý|năm)"
    r"(?!\w| (?:\d|\(\d+\) |đầu|cuối|sau|tiếp))"
)
FREQUENCY = {"ngày": "DAILY", "tuần": "WEEKLY", "tháng": "MONTHLY", "quý": "MONTHLY;INTERVAL=3", "năm": "YEARLY"}
RECURRING = re.compile(
    rf"(?<!\w)(?:định kỳ )?(?:vào )?{EVERY} (?P<unit>ngày|tuần|tháng|quý|năm)(?!\w| học)"
    r"|(?<!\w)(?:định kỳ )?(?P<count>\d{1,2}) (?P<each>ngày|tuần|tháng|năm)(?: ?/ ?lần| một lần| 1 lần)"
    r"|(?<!\w)(?:định kỳ )?(?:ít nhất )?(?:một|mỗi|0?1) (?P<unit3>tuần|tháng|quý|năm)(?: một| ?/? ?0?1)? ?/? ?lần(?!\w)"
    r"|(?<!\w)định kỳ (?P<count2>\d{1,2}) (?P<each2>tháng|tuần|năm)(?!\w)"
    r"|(?<=định kỳ )(?P<unit2>tháng|quý|năm)(?!\w)"
    r"|(?<!\w)(?P<bare>tháng)(?=(?:, ?|/)quý(?: và|,|/| ?$))"
    rf"|(?<!\w)(?P<count3>6|06|sáu) tháng(?=,? (?:và )?(?:cả |{EVERY} )?năm(?!\w| \d))"
    r"|(?<!\w)định kỳ(?! \d| h[aằà]ng)(?!\w)"
)
ONGOING = re.compile(r"(?<!chi )(?<!\w)thường xuyên(?:,? liên tục)?(?!\w)|(?<!\w)liên tục, thường xuyên(?!\w)")
RELATIVE = re.compile(
    r"(?<!\w)(?:(?:chậm nhất|muộn nhất|trong (?:thời hạn|vòng|thời gian)|không quá|sau|trước)(?: là| sau)? )"
    r"(?:\d{1,3} (?:\([^)]{2,20}\) )?|(?:[^\W\d]+ ){1,3}\(\d{1,3}\) )"
    r"(?:ngày|giờ(?! \d| ngày)|tháng|tuần|năm)(?: làm việc)?"
    r"(?:,? (?:sau|kể từ|từ|trước)(?: (?:ngày|khi|thời điểm))?(?: (?!\d|và )[^\s,;.:]+){0,9})?"
    r"|(?<!\w)(?:(?:tối thiểu|ít nhất|trong)(?: là)? )?\d{1,3} ngày(?: làm việc)?,? (?:trước|sau|kể từ|tính từ)"
    r" (?:ngày|khi|thời điểm)(?: (?!\d|và )[^\s,;.:]+){1,9}"
    r"|(?<!\w)(?:kể )?từ ngày (?:ký|ban hành|công bố|nhận|có hiệu lực)(?:(?: ban hành)"
    r"|(?: được)?(?: đủ)? (?!và )[^\s,;.:]+){0,4}"
    r"|(?:(?<![^\n])|(?<=: ))(?:≤ ?|trong |tối đa |khoảng )?\d{1,3} (?:ngày|giờ|tháng|tuần|năm)(?: làm việc)?"
    r"(?=[.;]?(?![^\n]))"  # all that a cell says, or that follows a label
    r"|(?<!\w)cùng (?:thời gian|thời điểm|kỳ)(?: (?!\()[^\s,;.:(]+){1,9}"
    r"|(?<!\w)(?:vào )?(?:cuối|đầu|giữa) (?:năm|quý|tháng)(?! \d| [ivx]+\b|\w)"
)
DURATION = re.compile(
    r"(?<!\w)(?:(?<=kế hoạch )|(?<=thực hiện )|giai đoạn )\d{1,2} năm(?!\w)(?! \d{4})"
    r"|(?<!\w)(?:những|các) năm (?:tiếp theo|tới)|(?<!\w)giai đoạn (?:tiếp theo|tới)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time the text states at characters `start` to `end`; bounds are inclusive, None where open or unknown."""

    start: int
    end: int
    kind: DateKind
    first: date | None = None
    last: date | None = None
    edtf: str | None = None
    rrule: str | None = None
    sure: bool = True


def times(passage: Passage, *, year: int | None) -> Iterator[Time]:
    """Every time in the passage, left to right; `year` completes those that name none."""
    dated = list(_dated(passage, year))
    loose = [t for pattern, kind in _LOOSE for t in _plain(passage, pattern, kind)]
    return iter(sorted(apart((*dated, *loose)), key=lambda t: t.start))


_LOOSE: tuple[tuple[re.Pattern[str], DateKind], ...] = (
    (RELATIVE, "relative"),
    (RECURRING, "recurring"),
    (ONGOING, "ongoing"),
    (DURATION, "period"),
)


def _plain(passage: Passage, pattern: re.Pattern[str], kind: DateKind) -> Iterator[Time]:
    for match in pattern.finditer(passage.lower):
        if match.end() > match.start():
            rule = _frequency(match) if kind == "recurring" else None
            yield Time(match.start(), match.end(), kind, rrule=rule)
            if rule:
                yield from _listed(passage, match.end())


def _listed(passage: Passage, at: int) -> Iterator[Time]:
    """The periods that go on with a list of them: each recurs like the first."""
    while match := MORE.match(passage.lower, at):
        at = match.end()
        yield Time(match.start("again"), at, "recurring", rrule=_period(match["again"], match["count"]))


def _period(unit: str, count: str | None) -> str | None:
    """The rule of a report's period; what sums up nine months recurs by the year, in September. None where the
    count was misread."""
    if count is None:
        return f"FREQ={FREQUENCY[unit]}"
    months = {"sáu": 6, "chín": 9}.get(count) or (int(count) if count.isdigit() else 0)
    if not months:
        return None
    return f"FREQ=MONTHLY;INTERVAL={months}" if 12 % months == 0 else f"FREQ=YEARLY;BYMONTH={months}"


def _frequency(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    if unit := parts["unit"] or parts["unit2"] or parts["unit3"] or parts["bare"]:
        return f"FREQ={FREQUENCY[unit]}"
    if parts["count3"]:
        return "FREQ=MONTHLY;INTERVAL=6"
    count, each = parts["count"] or parts["count2"], parts["each"] or parts["each2"]
    interval = f";INTERVAL={int(count)}" if count and int(count) > 1 else ""
    return f"FREQ={FREQUENCY[each]}{interval}" if each and int(count) else None


def _dated(passage: Passage, year: int | None) -> Iterator[Time]:
    found = [p for p in points(passage.bare) if not CLOCK.match(passage.bare, p.end)]
    at = 0
    while at < len(found):
        here, then = found[at], found[at + 1] if at + 1 < len(found) else None
        if then and (time := _pair(passage, here, then, year)):
            yield time
            at += 2
        else:
            yield _single(passage, here, year)
            at += 1


def _pair(passage: Passage, here: Point, then: Point, year: int | None) -> Time | None:
    """Two points that are joined, or that are one day of two years whose dash was not read."""
    between = passage.bare[here.end : then.start]
    if JOINED.fullmatch(between):
        return _range(passage, _mended(passage, here, then), then, year)
    jubilee = here.year and then.year and here.year < then.year and (here.day, here.month) == (then.day, then.month)
    return _range(passage, here, then, year) if between == " " and here.unit == "day" and jubilee else None


def _mended(passage: Passage, here: Point, then: Point) -> Point:
    """A day that lost a slash (`19/121946 - 19/12/2021`), where it can but be the other's of an earlier year."""
    if here.unit != then.unit or here.month != 13 or not then.year:
        return here
    same = re.compile(rf"(?:ngay )?0?{then.day} ?/? ?0?{then.month} ?/? ?((?:18|19|20)\d\d)")
    match = same.fullmatch(passage.bare, here.start, here.end)
    return replace(here, month=then.month, day=then.day, year=int(match[1])) if match else here


def _range(passage: Passage, here: Point, then: Point, year: int | None) -> Time | None:
    """From one point to another; what the first leaves out it takes from the second."""
    last = with_year(then, year)
    month = here.month if here.month is not None or here.unit != "day" else last.month
    first = _dated_like(here, last, month)
    opened, closed = bounds(first), bounds(last)
    if not opened or not closed or opened[0] > closed[1]:
        return None
    start = min(_prefix(passage, here.start, pattern) for pattern in (FROM, FROM_NAMED))
    kind: DateKind = "period" if first.unit == last.unit == "year" else "range"
    return Time(start, then.end, kind, opened[0], closed[1], f"{edtf(first)}/{edtf(last)}")


def _dated_like(point: Point, model: Point, month: int | None) -> Point:
    return Point(point.start, point.end, point.unit, point.year or model.year, point.until, month, point.day,
                 point.quarter, point.count, point.first)  # fmt: skip


def _prefix(passage: Passage, at: int, pattern: re.Pattern[str]) -> int:
    match = pattern.search(passage.bare, max(0, at - 30), at)
    return match.start() if match and match.end() == at else at


def _single(passage: Passage, point: Point, year: int | None) -> Time:
    if time := _again(passage, point):
        return time
    other = OTHER_YEAR.match(passage.lower, point.end) if point.year is None else None
    if other and year:
        point = replace(point, year=year + 1 if other["next"] else year - 1, end=other.end())
    whole = with_year(point, year)
    known = bounds(whole)
    onward = None if point.unit == "years" else ONWARD.match(passage.bare, point.end)
    end = onward.end() if onward else point.end
    for pattern, shape in ((HOUR, _until), (BEFORE, _before), (UNTIL, _until), (FROM, _from), (AFTER, _after)):
        start = _prefix(passage, point.start, pattern)
        if start < point.start:
            return shape(start, end, whole, known)
    start = _prefix(passage, point.start, WITHIN)
    if onward and PART.search(passage.bare, max(0, point.start - 5), point.start):
        return Time(start, end, "relative")
    if onward and known:
        return Time(start, end, "period", known[0], None, f"{edtf(whole)}/..")
    first, last = known or (None, None)
    return Time(start, end, _kind(point), first, last, edtf(whole), sure=known is not None or point.unit == "school")


Known = tuple[date, date] | None


def _before(start: int, end: int, _point: Point, known: Known) -> Time:
    last = known[0] - ONE_DAY if known else None
    return Time(start, end, "by", None, last, f"../{last}" if last else None, sure=known is not None)


def _until(start: int, end: int, point: Point, known: Known) -> Time:
    if point.unit in ("years", "months", "school"):
        first, last = known or (None, None)
        return Time(point.start, end, _kind(point), first, last, edtf(point))
    return Time(start, end, "by", None, known and known[1], f"../{edtf(point)}" if known else None, sure=bool(known))


def _from(start: int, end: int, point: Point, known: Known) -> Time:
    if point.unit in ("years", "months", "school"):
        return _until(start, end, point, known)
    return Time(start, end, "range", known and known[0], None, f"{edtf(point)}/.." if known else None, sure=bool(known))


def _after(start: int, end: int, _point: Point, known: Known) -> Time:
    first = known[1] + ONE_DAY if known else None
    return Time(start, end, "range", first, None, f"{first}/.." if first else None, sure=bool(known))


def _kind(point: Point) -> DateKind:
    kinds: dict[str, DateKind] = {"day": "date", "month": "month", "quarter": "quarter", "year": "year"}
    return kinds.get(point.unit, "period")


def _again(passage: Passage, point: Point) -> Time | None:
    """A day of every month or year: `trước ngày 15 tháng 12 hằng năm`, `ngày 25 hàng tháng`."""
    match = AGAIN.match(passage.lower, point.end) or AGAIN_BOTH.match(passage.lower, point.end)
    if point.unit != "day" or point.year is not None or match is None or point.day is None:
        return None
    start = _prefix(passage, point.start, BEFORE)
    early = int(start < point.start)
    if not early:
        start = _prefix(passage, point.start, UNTIL)
    rule = _rule(match[1] or match[2], point.month, point.day, early)
    return Time(start, match.end(), "recurring", rrule=rule, sure=rule is not None)


def _rule(unit: str, month: int | None, day: int, early: int) -> str | None:
    """The RFC 5545 rule of a day of a month, moved `early` days forward (an exclusive end)."""
    if month is None:
        if not 1 <= day <= 31:
            return None
        return f"FREQ={FREQUENCY[unit]};BYMONTHDAY={day - early or -1}"
    try:
        last = date(2001, month, day) - early * ONE_DAY
    except ValueError:
        return None
    return f"FREQ=YEARLY;BYMONTH={last.month};BYMONTHDAY={last.day}"
