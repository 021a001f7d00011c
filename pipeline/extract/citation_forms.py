"""How documents are cited: patterns built from named pieces, on text without Vietnamese marks but with its capitals.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6 (how a legal basis is cited: type, number, date, issuer, title);
Quy định 66-QĐ/TW of 2017 (the Party's papers). Each form names a wording of our own that needs it.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.doctypes import document_types
from pipeline.resources import model_path
from pipeline.vietnamese import bare, fold

__all__ = [
    "AMENDING",
    "BEHIND",
    "CODE",
    "CONGRESS",
    "DATE",
    "LAW",
    "MADE",
    "NAMED",
    "PINPOINT",
    "QUOTED",
    "TITLE_END",
    "YEARS",
    "law_title",
    "plain",
    "type_before",
    "types",
]

#: Types that are cited by name alone, no letters standing for them.
MORE_TYPES = (
    "Hiến pháp",
    "Quy tắc ứng xử",
    "Công ước",
    "Hiệp định",
    "Chương trình mục tiêu quốc gia",
    "Quy hoạch",
    "Quy chuẩn",
)
NOTE = (
    r"[^\W\d_a-z](?:(?!ngay)(?:[^\W\d_]|&)|'(?=[A-Z])|\.(?=[A-Za-z]))*(?:\d{1,3}[A-Za-z]{0,4})?(?:(?![^\W_])|(?=ngay))"
)
#: `34-CT/TW`, `38/2010/TT-BYT`, `130/SYT-HĐKHCN`, `105/2016/QH13`, `1502/KCB - NV`; blanks of broken lines allowed,
#: and those that slanted print is read with: `số 1 07/2021/NĐ-CP`, `số J1 07/201 7/NĐ-CP`, `27/2014/T T-BYT`.
CODE = re.compile(
    r"(?<![\w/.-])(?:(?<=[sS]o )[jJ]\s?)?(?P<number>(?:(?:(?<=[sS]o )|(?<=[jJ])|(?<=[jJ] ))\d{1,3} '?)?\d{1,6}[a-z]?)"
    r"\s?(?:/\s?(?P<year>(?:1\s?9|2\s?0)\s?\d\s?\d)\s?)?"
    rf"(?:(?:/\s?|-\s?(?=[A-Z]{{2,4}}/))(?P<note>(?:[A-Z]\s(?=[A-Z]{{1,2}}-[A-Z]))?{NOTE}(?:\s?[-/]\s?(?:{NOTE}))*))"
)
DATE = re.compile(
    r"(?:(?:\s?,)?\s?(?:ban hanh |ky )?ngay\s?|(?:\s?,)?\s)(?P<day>[\dIl|O]{1,2})(?:\s?[/.-]\s?"
    r"|\sthang\s)(?P<month>[\dIl|O\]]{1,2})(?:\s?[/.-]\s?|,?\snam\s)(?P<year>(?:1\s?9|2\s?0)\s?\d\s?\d)(?!\d)"
    r"|\s(?:ban hanh )?nam\s(?P<only>(?:19|20)\d\d)(?!\d)"
)
#: Who issued a document, and when, told before it: `ngày 31/10/2017 Bộ Y tế ban hành Công điện số ...`.
MADE = re.compile(
    r"ngay\s(?P<day>\d{1,2})(?:[/.-]|\sthang\s)(?P<month>\d{1,2})(?:[/.-]|\snam\s)(?P<year>\d{4}),?\s"
    r"(?P<issuer>[A-Z][^.;:()\n]{2,60}?)\s(?:da\s)?(?:ban hanh|co|ky|ky ban hanh)\s$"
)
#: The day of a document cited by name, in a parenthesis behind it: `Lời kêu gọi thi đua ái quốc (11/6/1948)`.
BEHIND = re.compile(r"\s\((?:ngay )?(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")
#: `Nghị quyết Đại hội Đảng bộ huyện lần thứ XX, nhiệm kỳ 2020 - 2025`.
CONGRESS = re.compile(
    r"(?P<type>Nghi quyet|Van kien|Ket luan)\s(?P<title>(?:Dai hoi|Hoi nghi"
    r"|Trung uong)(?:(?!Nghi quyet)[^.;:()“”\n]){0,110}?"
    r"(?:lan thu [IVXL]+|khoa [IVXL]+|lan thu [a-z]+)(?: (?:cua Dang|Dang bo [^.,;:()\n]{2,40}?(?=[.,;:()\n]"
    r"|$)))?)(?:, (?:nhiem ky|giai doan) \d{4}\s?-\s?\d{4})?"
)
#: `Đề án “Văn hóa công vụ”`.
QUOTED = re.compile(
    r"(?P<type>De an|Du an|Chuong trinh|Ke hoach|Quy che|Chien luoc|Nghi quyet|Chi thi"
    r"|Phong trao)\s[“\"][^”\"\n]{3,160}[”\"]"
)
#: Documents cited by type and title: `Quy chế làm việc mẫu của ...`; where the title ends, `TITLE_END` says.
NAMED = re.compile(
    r"(?P<type>De an|Quy che|Chuong trinh hanh dong|Chien luoc|Chuong trinh muc tieu quoc gia|Loi keu goi|Ke hoach"
    r"|Quy tac ung xu)\s"
    r"(?P<title>(?!nay\b|tren\b|cua\b|ve\b|va\b|la\b|chi tiet|cu the|duoc\b|nham\b|da\b|do\b|so\b|kem\b|cong tac"
    r"|trien khai|thuc hien (?!Nghi quyet)|\d)[^.;:()“”|\n]{8,170})"
)
TITLE_END = re.compile(
    r",(?! dinh huong| (?:tam nhin|bao ve|chua|danh gia|khen|cham|phong|ung|nghien|su co|van hoa|trat tu|an toan)\b)"
    r"| (?:do|duoc|theo|de|da|nham|trong do|va cac|tai Quyet dinh|ban hanh|dat|co hieu qua|kip thoi)\b"
)
#: The years that a title ends with.
YEARS = re.compile(
    r"\b(?:den nam|giai doan|nam) \d{4}(?:\s?-\s?\d{4})?(?:,? (?:dinh huong|tam nhin)(?: den)?(?: nam)? \d{4})?"
)
#: `các điểm a và b khoản 1 Điều 3 của`, before the document it points into.
PINPOINT = re.compile(
    r"(?P<point>(?:(?:cac )?(?:diem|khoan|dieu|chuong|muc|phu luc)\s(?:(?:[a-z]|\d+[a-z]?|[IVX]+)\b"
    r"(?:\s?,\s?|\sva\s|\s)?)+)+)(?:cua\s)?$",
    re.IGNORECASE,
)
#: In small letters only a law known by its title is one: `một số điều luật an toàn vệ sinh lao động`.
LAW = re.compile(r"(?<!\w)(?P<type>Bo luat|Bo Luat|Luat|(?<!phap )(?<!bo )luat|Phap lenh|Hien phap)(?=\s)")
AMENDING = re.compile(
    r"Luat[.,]? (?:[Ss]ua doi|[Bb]o sung)[^.;:()\n]{5,60}?(?:(?:cua|cac|so dieu) (?=cac |Luat |Bo luat )"
    r"|(?= ngay | so \d| nam \d))"
)
#: A law's title printed without a number and not in the list ends here.
LAW_END = re.compile(
    r"[.;:()“”|\n]|,? (?:so|ngay|nam|va cac|va Luat|va Nghi|ve viec|quy dinh|theo|duoc|da|thi|de|co hieu luc|nay|tai"
    r"|cho|doi voi|trong|khi)\b|,(?= )"
)


@cache
def types() -> str:
    """The names of all types as a pattern, longest first."""
    names = [fold(t.name) for t in document_types()] + [fold(name) for name in MORE_TYPES]
    return "|".join(sorted(set(names), key=len, reverse=True))


@cache
def _before() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A type right before a code; a law with its title before one."""
    tail = r",?(?P<so>\s(?i:so))?\s?:?\s?$"
    near = rf"(?<!\w)(?P<type>(?i:{types()}))(?:\s(?i:khan|hoa toc|mat|lien tich))?{tail}"
    law = rf"(?<!\w)(?P<type>(?i:bo luat|luat|phap lenh))\s(?:(?!(?i:{types()})\b)[^;:.()\n\d-]){{2,110}}?{tail}"
    return re.compile(near), re.compile(law)


def type_before(text: str, end: int) -> re.Match[str] | None:
    """The type's name, with a law's title, that ends at character `end`, right before a code: `Thông tư số`."""
    near, law = _before()
    return near.search(text, max(0, end - 60), end) or law.search(text, max(0, end - 160), end)


@cache
def _laws() -> re.Pattern[str]:
    """The known titles, longest first, whether their commas are printed or not."""
    rows = model_path("gazetteers/laws.tsv").read_text("utf8").splitlines()
    titles = sorted((fold(row) for row in rows if row and not row.startswith("#")), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(re.escape(t).replace(',', ',?') for t in titles)})(?![^\\W_])")


def law_title(text: str, start: int) -> int | None:
    """Where the title ends of the law that begins at `start` of bare `text`; None where no title follows.

    >>> law_title("Can cu Luat Dau tu cong va Luat", 7)
    22
    """
    low = text[start : start + 140].lower()
    if known := _laws().match(low):
        return start + known.end()
    end = LAW_END.search(text, start)
    title = text[start : end.start() if end else start + 80].rstrip()
    words = title.split()[1:]
    proper = len(words) >= 1 and words[0][0].isupper() and len(words) <= 14 and words[0].lower() not in ("su", "nay")
    return start + len(title) if proper else None


def plain(text: str) -> str:
    """`text` without Vietnamese marks, dashes plain, letter for letter."""
    return bare(text).replace("–", "-").replace("—", "-").replace("−", "-")
