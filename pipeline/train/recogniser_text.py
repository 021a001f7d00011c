"""What the lines say that the recogniser learns from: running text, headings, codes, dates, cells, tone exercises.

Most lines are cut from the corpus. The rest are made: figures and codes, because a digit must be read and not guessed,
and syllables that differ by a mark alone, because what stands around a mark must not decide how it is read.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.vietnamese import bare, nfc

__all__ = ["Texts", "as_read"]

#: Signs that are printed in several shapes and read as one.
READ_AS = str.maketrans({"–": "-", "−": "-", "‐": "-", "‑": "-", "’": "'", "‘": "'", "…": "...", "\u00a0": " "})
LONGEST = 105
KINDS = ("QĐ", "KH", "CT", "TB", "BC", "CV", "TTr", "NQ", "HD", "TT", "NĐ-CP", "KH-UBND", "QĐ-UBND", "CT-TTg", "TB-VP")
OFFICES = ("UBND", "HĐND", "SYT", "STC", "BYT", "BTC", "BNV", "VPCP", "TTg", "SNN", "SGDĐT", "KGVX", "NC", "TU", "CP")
COUNTED = ("%", " người", " triệu đồng", " tỷ đồng", " ha", " hộ", " km", " tháng", "đ", " m²", " m³", ".000", " lít")
LABELS = (
    "Số:",
    "Nơi nhận:",
    "Kính gửi:",
    "Căn cứ",
    "Lưu: VT,",
    "Như Điều",
    "Điện thoại:",
    "Email:",
    "TM.",
    "KT.",
    "TL.",
)
MARKERS = (
    "-",
    "+",
    "*",
    "•",
    "a)",
    "b)",
    "đ)",
    "1.",
    "2.",
    "1.1.",
    "3.2.1.",
    "I.",
    "II.",
    "IV.",
    "VII.",
    "(1)",
    "Điều 4.",
)
PLACES = ("Kiên Giang", "Hà Nội", "Quảng Ngãi", "Đắk Lắk", "Cần Thơ", "Huế", "Tây Ninh", "Bạc Liêu", "Mỹ Đức", "Sa Pa")


def as_read(text: str) -> str:
    """`text` with the signs that a reading gives for those printed."""
    return nfc(text).translate(READ_AS)


@dataclass(slots=True)
class Texts:
    """Draws lines: `paragraphs` of the corpus, `syllables` of its vocabulary."""

    paragraphs: Sequence[str]
    syllables: Sequence[str]
    rng: random.Random
    families: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        alike: dict[str, list[str]] = defaultdict(list)
        for syllable in self.syllables:
            alike[bare(syllable)].append(syllable)
        self.families = [family for family in alike.values() if len(family) > 2]

    def line(self) -> str:
        """One line as printed; never empty, at most about 100 letters."""
        makers: tuple[tuple[Callable[[], str], int], ...] = (
            (self._running, 42), (self._capitals, 15), (self._titled, 6), (self._marked, 8), (self._figures, 9),
            (self._cell, 5), (self._exercise, 9), (self._rare, 6),
        )  # fmt: skip
        made = self.rng.choices([m for m, _ in makers], [w for _, w in makers])[0]()
        return re.sub(r"\s+", " ", made).strip()[:LONGEST].strip() or "-"

    def _words(self, least: int, most: int) -> str:
        words = self.rng.choice(self.paragraphs).split()
        start = self.rng.randrange(max(1, len(words) - least))
        return " ".join(words[start : start + self.rng.randint(least, most)])

    def _running(self) -> str:
        words = self.rng.choice(self.paragraphs).split()
        start = 0 if self.rng.random() < 0.3 else self.rng.randrange(max(1, len(words) - 8))
        most = self.rng.choice((40, 75, 85, 90, 95, 100))
        line = ""
        for word in words[start:]:
            if len(line) + 1 + len(word) > most:
                break
            line += " " + word
        return line

    def _capitals(self) -> str:
        return self._words(2, 12).upper()[: self.rng.choice((30, 50, 70))]

    def _titled(self) -> str:
        return self._words(2, 6).title()

    def _marked(self) -> str:
        start = self.rng.choice((*MARKERS, *LABELS))
        return f"{start} {self._words(2, 10)}{self.rng.choice(('', ';', '.', ':', ','))}"

    def _number(self) -> str:
        rng = self.rng
        whole = rng.randrange(10 ** rng.randint(1, 9))
        return rng.choice((
            str(whole), f"{whole:02d}", f"{whole:,}".replace(",", "."), f"{whole % 1000},{rng.randrange(100)}",
            f"0{rng.randrange(10**9):09d}", f"{rng.randint(1900, 2030)}", f"{rng.randint(1, 99)}/{rng.randint(1, 99)}",
        ))  # fmt: skip

    def _date(self) -> str:
        rng = self.rng
        day, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(1990, 2030)
        return rng.choice((
            f"ngày {day:02d} tháng {month:02d} năm {year}", f"ngày {day:02d}/{month:02d}/{year}",
            f"{rng.choice(PLACES)}, ngày {day:02d} tháng {month:02d} năm {year}", f"tháng {month} năm {year}",
            f"{day}/{month}/{year}", f"{day:02d}.{month:02d}.{year}", f"{rng.randint(5, 22)}h{rng.randrange(60):02d}",
            f"quý {rng.choice(('I', 'II', 'III', 'IV'))}/{year}",
        ))  # fmt: skip

    def _code(self) -> str:
        rng = self.rng
        number, kind, office = rng.randint(1, 9999), rng.choice(KINDS), rng.choice(OFFICES)
        year = rng.randint(1998, 2028)
        return rng.choice((
            f"{number}/{kind}-{office}", f"{number:02d}/{year}/{kind}-{office}", f"Số: {number}/{kind}",
            f"số {number}-{kind}/{office}",
            f"{number}/{office}-{rng.choice(OFFICES)}", f"{number}/{year}/QH{rng.randint(9, 16)}",
        ))  # fmt: skip

    def _figures(self) -> str:
        parts = []
        for _ in range(self.rng.randint(1, 5)):
            some = self.rng.choice((self._number, self._date, self._code, self._counted, lambda: self._words(1, 4)))
            parts.append(some())
        return self.rng.choice((" ", " ", ", ", "; ")).join(parts)

    def _counted(self) -> str:
        return self._number() + self.rng.choice(COUNTED)

    def _cell(self) -> str:
        return self.rng.choice((self._number, self._date, self._code, self._counted, lambda: self._words(1, 5)))()

    def _exercise(self) -> str:
        """Syllables of the same letters with other marks."""
        words: list[str] = []
        for _ in range(self.rng.randint(1, 3)):
            family = self.rng.choice(self.families)
            words += self.rng.sample(family, min(len(family), self.rng.randint(2, 5)))
        return self._cased(words)

    def _rare(self) -> str:
        return self._cased(self.rng.choices(self.syllables, k=self.rng.randint(3, 14)))

    def _cased(self, words: list[str]) -> str:
        form = self.rng.choice((str.lower, str.lower, str.title, str.upper, str.capitalize))
        return form(" ".join(words))
