"""Layout of text that came without pixels: what a line is, its wording tells.

OCR text often holds two columns on one line (`UY BAN NHAN DAN CONG HOA XA HOI ...`) and a stamp's lines among the
printed ones. Lines are cut where a fixed form of the paper begins; everything is kept, some of it as margin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from pipeline.layout import forms
from pipeline.layout.barred import barred_tables
from pipeline.layout.rows import Grid, Row

__all__ = ["lay_out_text"]

#: The head of a document ends within so many lines, or there is none.
HEAD = 30
#: Lines a subject may have after the type name.
SUBJECT = 6


def lay_out_text(rows: Sequence[Row]) -> tuple[Row | Grid, ...]:
    """The rows of a whole document in zones and reading order, merged columns cut; empty rows are gone."""
    start = _head_end(rows)
    end = _foot_start(rows, start)
    head, title = _head(rows[:start])
    subject, body = _title(rows[start:end], title)
    laid = (*head, *subject, *_body(body), *_foot(rows[end:]))
    return tuple(barred_tables([row for row in laid if row.words]))


# --- head ------------------------------------------------------------------------------------------------------------
def _head_end(rows: Sequence[Row]) -> int:
    """How many rows the head has: up to the type name, or the addressee, or the last form of the head."""
    last = 0
    for n, row in enumerate(rows[:HEAD]):
        if row.page != rows[0].page or (last and forms.key(row.text).startswith("kinh gui")):
            return n if last else 0
        if last and forms.split_at(row.words, forms.is_type_name) is not None:
            return n + 1 if forms.split_at(row.words, forms.is_type_name) else n
        if _right_start(row) is not None:
            last = n + 1
    return last


def _right_start(row: Row) -> int | None:
    """Where in the row the right column of the head begins, None where it has none of it."""
    score, at = max(((forms.likeness_right(row.cut(k)[1].text), k) for k in range(len(row.words))), default=(0.0, 0))
    if score:
        return at
    after = next((k + 1 for k, w in enumerate(row.words) if forms.NOTATION.search(w.text)), 0)
    return forms.split_at(row.words, forms.is_place_date, first=after)


def _head(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The head's rows, left column first, stamp last; and a title that stood on a stamp's line."""
    left: list[Row] = []
    right: list[Row] = []
    stamp: list[Row] = []
    title: list[Row] = []
    for row in rows:
        at = _right_start(row)
        if at is not None:
            (stamp if _complete(left, right) else left).append(row.cut(at)[0].to("header_left"))
            right.append(row.cut(at)[1].to("header_right"))
        elif (begin := forms.split_at(row.words, forms.is_type_name)) is not None:
            stamp.append(row.cut(begin)[0].to("stamp"))
            title.append(row.cut(begin)[1].to("title"))
        elif _complete(left, right) and not _is_about(row, left):
            stamp.append(row.to("stamp"))
        else:
            left.append(row.to("header_left"))
    return [piece for row in (*left, *right, *stamp) for piece in _trimmed(row)], title


def _complete(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether the head has all its parts: nothing more of it can follow."""
    return any(forms.is_number(r.text) for r in left) and any(forms.is_place_date(r.text) for r in right)


def _is_about(row: Row, left: Sequence[Row]) -> bool:
    """Whether the row is what a letter is about, which stands under its number: the first such line or one after it."""
    return bool(row.words) and (forms.is_about(row.text) or any(forms.is_about(r.text) for r in left))


def _or_dirt(row: Row) -> Row:
    return row.to("margin") if forms.is_dirt(row.text) else row


# --- title -----------------------------------------------------------------------------------------------------------
def _title(rows: Sequence[Row], title: Sequence[Row]) -> tuple[list[Row], Sequence[Row]]:
    """The type name and subject, what is left of a stamp among them, and the rows of the body."""
    rows = list(rows)
    found, stamp = list(title), []
    if not found and rows and forms.is_type_name(rows[0].text):
        found.append(rows.pop(0).to("title"))
    while found and rows and len(found) <= SUBJECT:
        if not rows[0].words and not _stamp_ahead(rows):
            break
        mark, rest = rows[0].cut(_stamp_length(rows[0]))
        if rest.words and not mark.words and len(found) > 1 and not _continues(rest, found[-1]):
            break
        stamp.append(mark.to("stamp"))
        found += [_or_dirt(rest.to("title"))] if rest.words else []
        del rows[0]
    return [*found, *(row for row in stamp if row.words)], rows


def _stamp_ahead(rows: Sequence[Row]) -> bool:
    return any(_stamp_length(row) for row in rows[:3])


def _stamp_length(row: Row) -> int:
    """How many words of an incoming stamp the row begins with: `CÔNG VĂN ĐẾN`, `Số:......`, `Ngày ... tháng ...`."""
    words = [w.text for w in row.words]
    if words[:2] and forms.is_capital(" ".join(words[:3])) and forms.like(" ".join(words[:3]), "cong van den"):
        return 3
    dotted = [k for k, w in enumerate(words) if ".." in w]
    if dotted and dotted[0] <= 2 and dotted[-1] < 8:
        return next((k for k in range(dotted[-1] + 1, len(words)) if not _is_year(words[k])), len(words))
    return 0


def _is_year(word: str) -> bool:
    """Whether this can be the last of a stamp's `Ngày.... tháng.... năm 20..`."""
    return fuzz.ratio(forms.key(word)[:3], "nam") > 60 or word.strip(".,)").isdigit()


def _continues(row: Row, before: Row) -> bool:
    """Whether the row goes on with the subject: it begins small, or the line before cannot be its end."""
    first = row.words[0].text
    aside = row.text.startswith("(") and row.text.endswith(")") and "kèm theo" not in row.text
    if forms.is_about(row.text) or forms.is_issued_by(row.text) or aside or before.text.endswith((";", ",")):
        return True
    if forms.opens_body(row.text) and first[0].isupper():
        return False
    return first[0].islower() or first[0].isdigit() or _is_open(before.words[-1].text)


def _is_open(word: str) -> bool:
    """Whether a phrase cannot end with this word."""
    return forms.key(word) in {"cua", "va", "nam", "thang", "ngay", "tinh", "huyen", "quan", "ban", "so", "cac", "ve"}


# --- body ------------------------------------------------------------------------------------------------------------
def _body(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        if not row.words:
            continue
        if forms.is_page_number(row.text):
            yield row.to("page_number")
        elif forms.is_dirt(row.text) and "|" not in row.text:
            yield row.to("margin")
        else:
            yield from _end_mark(row)


def _end_mark(row: Row) -> Iterator[Row]:
    """The row, and as margin what stands behind the end mark `./.` and is no word."""
    at = next((k + 1 for k, w in enumerate(row.words) if w.text.endswith("./.")), len(row.words))
    text, rest = row.cut(at)
    if rest.words and any(c.isalnum() for c in rest.text):
        text, rest = row, row.cut(len(row.words))[1]
    yield text
    yield rest.to("margin")


# --- foot ------------------------------------------------------------------------------------------------------------
def _foot_start(rows: Sequence[Row], start: int) -> int:
    """The first row of the foot: `Nơi nhận`, or the authority and position that stand above it."""
    own = range(start, _next_head(rows, start))
    found = [n for n in own if forms.is_recipients(rows[n].text)]
    if not found:
        signed = [n for n in own if forms.is_authority(rows[n].text)]
        return signed[-1] if signed else len(rows)
    at = found[-1]
    while at > start and (not rows[at - 1].words or _right_test(rows[at - 1].text)):
        at -= 1
    return at


def _next_head(rows: Sequence[Row], start: int) -> int:
    """Where the head of a document begins that goes with this one, on a later page: the national title is in it."""
    return next(
        (n for n in range(start, len(rows)) if rows[n].page != rows[0].page and _is_national(rows[n])), len(rows)
    )


def _is_national(row: Row) -> bool:
    return len(row.words) > 4 and forms.likeness_right(row.text) > 0


def _right_test(text: str) -> bool:
    return forms.is_authority(text) or forms.is_position(text)


def _foot(rows: Sequence[Row]) -> Iterator[Row]:
    """The foot, left column first, then what follows it: annexes are body."""
    end = _foot_end(rows)
    left: list[Row] = []
    right: list[Row] = []
    for row in rows[:end]:
        at = 0 if forms.is_signed(row.text) or _approves(row.text) else forms.split_at(row.words, _right_test)
        at = _signer_start(row, signed=bool(right)) if at is None else at
        left.append(row.cut(at)[0].to("foot_left"))
        right += [row.cut(at)[1].to("foot_right")] if at < len(row.words) else []
    yield from (piece for row in left for piece in _trimmed(row))
    yield from right
    yield from _attached(rows[end:])


def _approves(text: str) -> bool:
    """Whether another signs here, who approves: `PHÊ DUYỆT GIÁM ĐỐC SỞ Y TẾ`."""
    return forms.is_capital(text) and forms.key(text).startswith(("phe duyet", "duyet", "xac nhan"))


def _attached(rows: Sequence[Row]) -> Iterator[Row]:
    """What follows the foot: annexes are body; a document that goes with this one has a foot of its own."""
    head = next((n for n, row in enumerate(rows) if _is_national(row)), len(rows))
    end = head + _foot_start(rows[head:], 0)
    yield from _body(rows[:end])
    if end < len(rows):
        yield from _foot(rows[end:])


def _foot_end(rows: Sequence[Row]) -> int:
    """Where annexes begin: at their heading, or on a new page that goes on with no list."""
    for n, row in enumerate(rows[1:], start=1):
        if forms.is_annex(row.text) or (row.page != rows[n - 1].page and not row.text.startswith(("-", "+"))):
            return n
    return len(rows)


def _signer_start(row: Row, *, signed: bool) -> int:
    """Where a signer's name begins: the whole row, or behind the end of the list (`- Lưu: VT. Trần Văn A`)."""
    if not signed:
        return len(row.words)
    if forms.is_name(row.text):
        return 0
    archive = forms.key(row.text).startswith("luu")
    found = forms.split_at(row.words, forms.is_name, first=2) if archive else None
    return len(row.words) if found is None else found


def _trimmed(row: Row) -> tuple[Row, ...]:
    """A row of the head or foot, and as margin the specks at its end or all of it that is dirt."""
    if forms.is_page_number(row.text):
        return (row.to("page_number"),)
    at = len(row.words)
    while at and _is_speck(row.words[at - 1].text):
        at -= 1
    text, specks = row.cut(at)
    return (_or_dirt(text), specks.to("margin"))


def _is_speck(text: str) -> bool:
    return not any(c.isalnum() for c in text) and text not in (":", ";", ".", ",", ")", "./.")
