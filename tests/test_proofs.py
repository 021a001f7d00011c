"""What a form proves: Roman and lettered labels, hours, days, letter case; and what it does not."""

from __future__ import annotations

import pytest

from pipeline.restore.capitals import capitals, last_word
from pipeline.restore.confidence import Read
from pipeline.restore.numerals import numerals
from pipeline.restore.stage import restore_lines, rewritten


def numbered(*rows: str) -> list[str]:
    lines = [row.split() for row in rows]
    for found in sorted(numerals(lines), reverse=True):
        token = lines[found.line][found.token]
        lines[found.line][found.token] = token[: found.start] + found.text + token[found.end :]
    return [" ".join(line) for line in lines]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("I. H. III.", "I. II. III."),
        ("L. II. HI. IV.", "I. II. III. IV."),
        ("I. II. IH. IV.", "I. II. III. IV."),
        ("I. II. II. IV.", "I. II. III. IV."),
        ("I. II. II.", "I. II. II."),
        ("H. K.", "H. K."),
        ("I. II. I. H.", "I. II. I. II."),
        ("IV. IL. III.", "IV. II. III."),
        ("IL. IV.", "IL. IV."),
        # a one for the stroke of the first
        ("1. 1. 2. II. III.", "I. 1. 2. II. III."),
        ("B. 1. 1. 2. IL. 1.", "B. I. 1. 2. IL. 1."),
        ("IV. 1. 2. 1. 1. 2. II.", "IV. 1. 2. I. 1. 2. II."),
        ("1. 2. 1. 2. II.", "1. 2. 1. 2. II."),
        ("I. 1. 1. II.", "I. 1. 1. II."),
        ("1. 1. 2. 3.", "1. 1. 2. 3."),
        ("1. II.", "1. II."),
    ],
)
def test_roman_labels(labels: str, expected: str) -> None:
    rows = [f"{label} Nhiệm vụ" for label in labels.split()]
    assert [row.split()[0] for row in numbered(*rows)] == expected.split()


def test_roman_numerals_alone_in_cells() -> None:
    assert numbered("I", "Phân công", "H", "Nghiên cứu", "IH") == ["I", "Phân công", "II", "Nghiên cứu", "III"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("e) ø) h)", "e) g) h)"),
        ("e) 8) h)", "e) g) h)"),
        ("h) ¡) k)", "h) i) k)"),
        ("c) đ) đ) e)", "c) d) đ) e)"),
        ("a) b) c)", "a) b) c)"),
        ("a) c) d)", "a) c) d)"),
    ],
)
def test_lettered_labels(labels: str, expected: str) -> None:
    rows = [f"{label} Phối hợp" for label in labels.split()]
    assert [row.split()[0] for row in numbered(*rows)] == expected.split()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("từ I4h00 đến l7h30.", "từ 14h00 đến 17h30."),
        ("lúc 08h00, ngày 2l tháng l0", "lúc 08h00, ngày 21 tháng 10"),
        ("lúc I9h75", "lúc I9h75"),
        ("ngày ll tháng", "ngày ll tháng"),
        ("ngày 4l", "ngày 4l"),
        ("đường 2l", "đường 2l"),
        ("Sở Y tế (để b/©);", "Sở Y tế (để b/©);"),
        ("- Thường trực (b/©);", "- Thường trực (b/c);"),
        ("quý IH/2023", "quý III/2023"),
        ("Phụ lục H", "Phụ lục II"),
        ("khu H", "khu H"),
        ("(ï) Dự án", "(i) Dự án"),
    ],
)
def test_digits_and_signs(row: str, expected: str) -> None:
    assert numbered(row) == [expected]


def cased(row: str, *, before: str = "", reads: dict[int, Read] | None = None) -> str:
    line = row.split()
    for place, unit, text in reversed(list(capitals(line, reads or {}, before=before))):
        line[place] = line[place][: unit.start] + text + line[place][unit.end :]
    return " ".join(line)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("sáng kiến cấp CƠ SỞ.", "sáng kiến cấp cơ sở."),
        ("hệ thống chính trỊ, số", "hệ thống chính trị, số"),
        ("giám đốc SỞ Y tế", "giám đốc Sở Y tế"),
        ("CƠ SỞ KHÁM BỆNH", "CƠ SỞ KHÁM BỆNH"),
        ("các cơ quan. SỞ chỉ đạo", "các cơ quan. SỞ chỉ đạo"),
        ("của UBND quận", "của UBND quận"),
        ("và các SO", "và các SO"),
    ],
)
def test_letter_case(row: str, expected: str) -> None:
    assert cased(row) == expected


def test_letter_case_over_the_end_of_a_line() -> None:
    assert cased("SỞ.", before=last_word(["cấp", "cơ"])) == "sở."
    assert cased("SỞ.", before=last_word(["cấp", "cơ;"])) == "SỞ."


def test_a_near_runner_up_tells_small_letters() -> None:
    near, far = Read(0.9, (("và", 0.85),)), Read(0.96, (("và", 0.3),))
    assert cased("kinh tế Và các khu", reads={2: near}) == "kinh tế và các khu"
    assert cased("kinh tế Và các khu", reads={2: far}) == "kinh tế Và các khu"


def test_a_code_with_a_letter_for_a_digit_is_no_words() -> None:
    lines = [
        "Thực hiện Nghị quyết số I16/NO-CP của Chính phủ về các nhiệm vụ".split(),
        "bảo đảm an toàn cho người dân trong mùa mưa bão năm nay".split(),
    ]
    assert rewritten(lines, restore_lines(lines).changes)[0][5] == "I16/NO-CP"
