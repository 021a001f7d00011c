"""Vietnamese writing: one normal form, bare letters, syllables, tones, Roman numerals.

Everything here is a pure function on strings. Text inside the pipeline is always NFC: the 144 letters that
carry a vowel mark and a tone are then single code points, so that string length is letter count.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

__all__ = [
    "LIST_LETTERS",
    "bare",
    "fold",
    "from_roman",
    "is_roman",
    "is_syllable",
    "legibility",
    "nfc",
    "parse_syllable",
    "to_roman",
    "tone",
    "tones_as_modern",
]

#: The letters of a list in their order: `d)` is followed by `đ)`, and `f j w z` are left out (Nghị định 30/2020/NĐ-CP,
#: Phụ lục I, mục II.5).
LIST_LETTERS = "abcdđeghiklmnopqrstuvxy"
TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}

# Longest first, so that `ngh` is tried before `ng`; the empty onset last (`anh`, `uy`).
ONSETS = (*"ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x".split(), "")
# Rimes without tone. Those in -p, -t, -c, -ch take only sắc and nặng.
OPEN_RIMES = frozenset(
    """a ai ao au ay an am ang anh âu ây ân âm âng ăn ăm ăng
    e eo en em eng ê êu ên êm ênh êng i ia iu in im inh iêu iên iêm iêng yêu yên yêm yêng y ya
    o oi on om ong oong ô ôi ôn ôm ông ôông ơ ơi ơn ơm ơng
    oa oai oay oao oan oam oang oanh oăn oăm oăng oe oeo oen oem
    u ua ui un um ung ưa ưi ưu ư ưn ưm ưng ươi ươu ươn ươm ương uôi uôn uôm uông uơ
    uê uên uênh uêu uy uya uyn uynh uyu uyên uân uây uâng uai uay uan uang uanh uăn uăng ue ueo uen""".split()
)
STOPPED_RIMES = frozenset(
    """ap at ac ach âp ât âc ăp ăt ăc ep et ec êp êt êch êc ip it ich iêp iêt iêc yêt yêp
    op ot oc ooc ôp ôt ôc ơp ơt ơc oap oat oac oach oăt oăc oet up ut uc ưp ưt ưc ươp ươt ươc uôt uôc uôp
    uât uêt uêch uyt uyêt uych uyp uat uac uach uăt uăc uet uơt""".split()
)
# One sound, two spellings: `k gh ngh` stand before front vowels, `c g ng` before all others (`gìn` is the exception).
FRONT = frozenset("eêiy")
BEFORE_FRONT = frozenset(("k", "gh", "ngh"))
BEFORE_BACK = frozenset(("c", "g", "ng"))
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
MODERN = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe",
    "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
MODERN_PATTERN = re.compile("(?<![qQ])(" + "|".join(MODERN) + r")(?![^\W\d_])", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]+")


def nfc(text: str) -> str:
    """`text` in Unicode normal form C, the only form the pipeline holds."""
    return unicodedata.normalize("NFC", text)


def bare(text: str) -> str:
    """`text` without Vietnamese marks, letter case kept: `Độc lập` gives `Doc lap`.

    Exactly one character comes out for each NFC character that goes in, so that offsets agree.
    """
    return text if text.isascii() else nfc(text).translate(BARE)


class _Bare(dict[int, str]):
    """Bare letters by the code point of a letter, each found when it is first asked for."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bared = unicodedata.normalize("NFD", letter)[0] if letter.isalpha() else letter
        self[code] = bared
        return bared


BARE = _Bare({ord("đ"): "d", ord("Đ"): "D"})


def fold(text: str) -> str:
    """The key under which spellings of one word meet: bare, lower case, single blanks."""
    return " ".join(bare(text).lower().split())


def tone(syllable: str) -> str:
    """The tone of a syllable by name: `ngang`, `huyền`, `sắc`, `hỏi`, `ngã` or `nặng`."""
    marks = (m for m in unicodedata.normalize("NFD", syllable) if m in TONES)
    return TONES[mark] if (mark := next(marks, "")) else "ngang"


@lru_cache(maxsize=65536)
def parse_syllable(text: str) -> tuple[str, str, str] | None:
    """(onset, rime, tone) of a well-formed Vietnamese syllable in any case, else None.

    Well-formed means that the phonotactics allow it (Đoàn Thiện Thuật, Ngữ âm tiếng Việt, 1977); it may not be
    a word. `thưởng` gives ("th", "ương", "hỏi"); `hql` gives None; both tone placements (`hoá`, `hóa`) are read.
    """
    letters = unicodedata.normalize("NFD", text.lower())
    found = [c for c in letters if c in TONES]
    if len(found) > 1:
        return None
    body = nfc("".join(c for c in letters if c not in TONES))
    pitch = TONES[found[0]] if found else "ngang"
    for onset in ONSETS:
        rime = body[len(onset) :]
        if body.startswith(onset) and _fits(onset, rime, pitch):
            return onset, rime, pitch
    return None


def _fits(onset: str, rime: str, pitch: str) -> bool:
    if onset == "gi" and rime == "":
        return True
    if onset == "qu" and rime[:1] not in tuple("aăâeêiơoôuy"):
        return False
    if onset in BEFORE_FRONT and rime[:1] not in FRONT:
        return False
    if onset in BEFORE_BACK and rime[:1] in FRONT and onset + rime != "gin":
        return False
    return rime in OPEN_RIMES or (rime in STOPPED_RIMES and pitch in ("sắc", "nặng"))


def is_syllable(text: str) -> bool:
    """Whether `text` can be one written Vietnamese syllable, in any case."""
    return parse_syllable(text) is not None


@lru_cache(maxsize=65536)
def tones_as_modern(text: str) -> str:
    """`text` with tones on `oa oe uy` in the modern place, as a key for comparing: `hoá` gives `hóa`."""
    return MODERN_PATTERN.sub(lambda m: _cased(MODERN[m[0].lower()], m[0]), nfc(text))


def _cased(new: str, old: str) -> str:
    if old.isupper():
        return new.upper()
    return new.capitalize() if old[0].isupper() else new


def is_roman(text: str) -> bool:
    """Whether `text` is a well-formed Roman numeral in capitals: `XVIII` is, `IL` is not."""
    value = from_roman(text)
    return value is not None and to_roman(value) == text


def from_roman(text: str) -> int | None:
    """The value of a Roman numeral in capitals, None where a letter is not Roman."""
    value, rest = 0, text
    for worth, letters in ROMAN:
        while rest.startswith(letters):
            value, rest = value + worth, rest[len(letters) :]
    return value if text and not rest else None


@cache
def to_roman(value: int) -> str:
    """`value` (1 or more) as a Roman numeral in capitals."""
    text = ""
    for worth, letters in ROMAN:
        while value >= worth:
            value, text = value - worth, text + letters
    return text


def legibility(text: str) -> float:
    """How well `text` reads as Vietnamese with its marks, in 0..1.

    The share of letter runs that are well-formed syllables, scaled down where marks are rarer than running text
    has them (some 70 % of syllables carry a mark; text that lost them falls far below half).
    Text with fewer than five letter runs says nothing: 0.
    """
    runs = LETTERS.findall(nfc(text))
    if len(runs) < 5:
        return 0.0
    formed = [w for w in runs if is_syllable(w)]
    marked = sum(bare(w) != w for w in formed)
    scale: float = min(1.0, marked / len(runs) / 0.5)
    return len(formed) / len(runs) * scale
