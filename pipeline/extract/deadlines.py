"""Which of a document's times are due times of a task."""

from __future__ import annotations

import re

from pipeline.records import DateMention
from pipeline.types import Document, Span

__all__ = ["ORDERS", "is_due", "words_before"]

#: A time inside the name of a document or programme is no due time: `Đề án ... đến năm 2030`, `kế hoạch hằng năm`.
IN_NAME = re.compile(
    r"(?i)(?:đề án|chiến lược|chương trình|quy hoạch|nghị quyết|kết luận|chỉ thị|luật"
    r"|quyết định|dự án|định hướng|tầm nhìn)(?!\w)[^.;:]*$"
    r"|(?:kế hoạch|báo cáo|dự toán|ngân sách|kinh phí|quỹ|chi|nguồn|vốn|dự phòng|đợt"
    r"|chi thường xuyên|giai đoạn|giai đoạn \d+ năm và)(?: [^\W\d]+){0,3} $"
)
IN_PERIODIC_NAME = re.compile(
    r"(?i)(?<!xây dựng )(?<!lập )(?:kế hoạch|báo cáo|dự toán)(?: (?:công tác|hoạt động"
    r"|ngân sách)){0,2} $|(?:ngân sách|kinh phí|chi thường xuyên|dự phòng ngân sách|vốn"
    r"|giai đoạn \d+ năm và) $"
    r"|(?:vào|trong|theo) (?:kế hoạch|dự toán|chương trình)(?: [^\W\d]+| [-–]){1,9} $"
)
#: `tiến tới Đại hội ... vào năm 2030` says when something else happens.
TOWARDS = re.compile(r"(?i)(?:tiến tới|hướng tới|chào mừng|kỷ niệm)(?!\w)[^.;:]*$")
ADJECTIVE = re.compile(r"(?i)(?:vùng|chi|nhiệm vụ|hoạt động|trọng tâm,|phong trào thi đua|công tác|người|hình thức) $")
#: `tính đến ngày ...` counts what is, it orders nothing.
AS_OF = re.compile(r"(?i)tính $")
#: From a day on which a document is in force nothing is due: `có hiệu lực thi hành kể từ ngày ký`.
IN_FORCE = re.compile(r"(?i)hiệu lực(?: thi hành| áp dụng| pháp lý)?,? $")
#: A lead-in's order, in whose own sentence a time must stand to be due: `yêu cầu các xã, trước ngày 05/4, làm ...:`.
ORDERS = re.compile(r"(?i)(?<!theo )(?:yêu cầu|đề nghị|giao|chỉ thị|chỉ đạo|phân công)(?!\w)(?: [^.;:]*)?$")
WHEN = re.compile(
    r"(?i)(?:trong|(?<!\w)vào|(?:hoàn thành|xong)(?: [^\W\d]+){0,6}(?: vào)?|thực hiện(?: từ)?|:|^\W*) ?$"
)


def is_due(date: DateMention, before: str, *, cell: bool, covered: bool) -> bool:
    """Whether `date` is a due time of the task in whose words it stands.

    `before` are the words in front of it; `cell`: it stands in a time cell or after a time label, where everything
    is due; `covered`: it is what the whole document covers.
    """
    if cell or date.role in ("reference", "issued", "event"):
        return cell
    if IN_FORCE.search(before):
        return False
    if date.kind in ("year", "period"):
        return _stated(date, before) and not covered
    if date.kind == "recurring":
        return date.rrule is not None and not IN_PERIODIC_NAME.search(before)
    unless = {"ongoing": ADJECTIVE, "by": IN_NAME if "-" not in (date.edtf or "-") else AS_OF}
    return not unless.get(date.kind, AS_OF).search(before)


def _stated(date: DateMention, before: str) -> bool:
    """A year or a period says when only where it is put so: `trong năm 2021`, at the head of the leaf."""
    if date.starts is None and date.ends is None:
        return False
    return date.text.value.lower().startswith("trong") or bool(
        WHEN.search(before) and not IN_NAME.search(before) and not TOWARDS.search(before)
    )


def words_before(doc: Document, span: Span, start: int) -> str:
    """The printed text of `span` in front of word `start`, with a closing blank."""
    text = doc.text(Span(span.start, start))
    return f"{text} " if text else ""
