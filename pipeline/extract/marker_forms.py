"""How markers look in print, and what their glyphs are misread as: the data of `numbering`.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.5 (parts, chapters, sections, articles, clauses `1.`, points
`a)` in the order of the Vietnamese alphabet); Thông tư 01/2011/TT-BNV, Điều 11; common practice for bullets; for
misreadings, what Tesseract makes of scans.
"""

from __future__ import annotations

import re

from pipeline.records import SectionKind
from pipeline.vietnamese import LIST_LETTERS

#: The order of points.
ALPHABET = list(LIST_LETTERS)
#: How deep a style usually stands; a marker under one of a higher rank is unusual.
RANKS = {
    "annex": 0, "Phần": 1, "letter": 2, "label": 2, "Chương": 3, "Mục": 4, "Tiểu mục": 5, "roman": 6, "Điều": 7,
    "1.": 8, "1/": 8, "dotted2": 9, "dotted3": 10, "dotted4": 11, "1)": 11, "(1)": 12, "a.": 12, "a)": 12, "(i)": 13,
    "*": 13, "-": 14, "+": 15, "•": 16,
}  # fmt: skip
KINDS: dict[str, SectionKind] = {
    "annex": "annex", "Phần": "part", "letter": "part", "label": "part", "Chương": "chapter", "Mục": "section",
    "Tiểu mục": "section", "roman": "section", "Điều": "article", "1.": "clause", "1/": "clause", "1)": "clause",
    "(1)": "clause", "a.": "point", "a)": "point", "(i)": "point", "*": "bullet", "-": "bullet", "+": "subbullet",
    "•": "subbullet",
}  # fmt: skip
BULLETS = {
    "-": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "+": "+",
    "•": "•",
    "●": "•",
    "·": "•",
    "": "•",
    "▪": "•",
    "*": "*",
}
#: Glyphs Tesseract makes of a dash or a bullet.
MISREAD_BULLETS = {
    ":": "-",
    ".": "-",
    ",": "-",
    "'": "-",
    "“": "-",
    "|": "-",
    "~": "-",
    "_": "-",
    "¬": "-",
    "=": "-",
    "ˆ": "-",
    "^": "-",
    "«": "-",
    "»": "-",
    "©": "•",
    "¢": "•",
    "†": "+",
}
#: What digits and letters are misread as, in the place of a numeral.
AS_DIGIT = str.maketrans("IlOoSB|!¡ií[]Z", "11005811111112")
AS_ROMAN = str.maketrans("1lL|!T¡iHY", "IIIIIIIIIV")
ORDINALS = "nhat hai ba tu nam sau bay tam chin muoi".split()
#: Run-in labels that count: `Mục tiêu 1: ...`.
LABELS = (
    "Phần|Mục tiêu|Nhiệm vụ|Giải pháp|Hoạt động|Nội dung|Giai đoạn|Bước|Đợt|Nhóm|Vòng|Chuyên đề"
    "|Tiêu chí|Dự án|Trường hợp"
)

WORDED = re.compile(
    r"(?P<word>Phần|Chương|Mục|Tiểu mục|Điều)\s+(?P<number>thứ\s+\S+|[IVXLTH1l|]{1,7}|\d{1,3}[a-zđ]?"
    r"|[A-ZĐ])(?P<end>\s?[.:,;\-–]|$|\s)",
    re.IGNORECASE,
)
LABEL = re.compile(rf"(?P<label>{LABELS})\s+(?P<number>\d{{1,2}}|[IVX]{{1,4}}|[A-ZĐ])\s?:")
DOTTED = re.compile(r"(?P<core>[0-9IlOSZB|§]{1,2}(?:[.,][0-9IlOSZB|§]{1,2}){1,3})(?P<end>[.):,]?)(?=\s|[^\W\d_]{2}|$)")
NUMBER = re.compile(r"(?P<open>\(?)(?P<core>[0-9IlOSZB|!¡\[\]]{1,3})\s?(?P<end>[.)/,:;\-])[.,]?(?=\s|[^\W\d_]{2}|$)")
#: A glyph that is no letter or digit where a digit should stand: `§.` for `8.`.
STRANGE = re.compile(r"(?P<core>[§$&€£¥#%?°®@])\s?(?P<end>[.,])(?=\s)")
AS_STRANGE = {"§": "58", "$": "58", "&": "8", "£": "6", "?": "7"}
BARE_NUMBER = re.compile(r"(?P<core>\d{1,2})(?=\s+[^\W\d_])")
ROMAN = re.compile(r"(?P<open>\(?)(?P<core>[IVX1lL|!THY]{1,7}|[IVX][il]{1,3})\s?(?P<end>[.)/,:;\-–])(?=\s|[^\W\d_]|$)")
LOWER_ROMAN = re.compile(r"(?P<open>\(?)(?P<core>[ivx]{1,4})(?P<end>\))(?=\s|[^\W\d_]|$)")
LETTER = re.compile(
    r"(?P<open>\(?)(?P<core>[^\W\d_]{1,2}|[€£¢©®§&@¡46890])\s?(?P<end>[.)/:])[.;,]?(?=\s|[^\W\d_]{2}|$)"
)
#: Dirt of the scan before a marker.
SPECK = re.compile(
    r"[|_.,'‘’`~\\:;—–¬“-]{2,8}\s?(?=[^\W_]{1,3}[.)][;,]?\s)|[|_.,'‘’`~\\:;¬](?=(?:[a-zđ]|\d{1,2})[.)]\s)"
    r"|[|_.,'‘’`~\\:;]{1,2}\s+(?=\S)"
)
#: A dash with dirt around it: `¬- Tổ chức`, `___~ Theo`, `_Thành lập`.
RUN = re.compile(r"[-–—_~¬=.,:'`|“\"«»]{2,5}\s?(?=[^\W\d_])|[_¬~](?=[^\W\d_])|[-–—_~¬=|]\s[-–—_~¬=]\s(?=[^\W\d_])")
DASHED = re.compile(r"[-–—]\s+(?=\S{1,5}[.)](?:\s|[^\W\d_]))")
BULLET = re.compile(r"(?P<core>[-–—−‐+•●·▪*])(?=\s|[^\W\d_]|“)|(?P<misread>[:.,'“|~_¬=ˆ^«»©¢†])(?=\s[^\W\d_])")
