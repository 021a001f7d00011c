"""The renderer: letters, boxes, determinism, severities, tables, marks."""

from __future__ import annotations

import io
from functools import cache

import cv2
import numpy as np
import pikepdf
import pytest

from pipeline.errors import ConfigError, MissingProgram
from pipeline.train import paper
from pipeline.train.damage import LEVELS, damage, mapped
from pipeline.train.markup import Manuscript, parse
from pipeline.train.paper import HANDS, LAYOUTS, Style, font
from pipeline.train.pdf import to_pdf
from pipeline.train.render import DPI, Rendered, render
from pipeline.train.typeset import Setter, tokens
from pipeline.types import PRINTED, Box, assemble
from pipeline.vietnamese import nfc

FRONT = """+++
left = ["ỦY BAN NHÂN DÂN", "HUYỆN THỬ NGHIỆM"]
number = "Số: ⟦12⟧/KH-UBND"
place_date = "Thử Nghiệm, ngày ⟦5⟧ tháng 4 năm 2022"
type = "KẾ HOẠCH"
subject = "Thử máy dựng trang"
copies = ["Như trên;", "Lưu: VT."]
sign = ["CHỦ TỊCH"]
name = "Đỗ Văn Mẫu"
%s
+++
"""
BODY = """Trang này chỉ dùng để thử máy.
I. VIỆC CẦN LÀM
  1. Xếp chữ thành dòng, dòng thành trang, trang thành văn bản có đầu có cuối và có cả chỗ ký.
  |= 10 60 30
  | TT | Việc | Ai
  |# A | Nhóm việc
  | 1 | Đo chiều dài từng chữ rồi mới ngắt dòng cho vừa khổ | Máy
"""
LETTERS = nfc("aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ")


def manuscript(extra: str = "", body: str = BODY) -> Manuscript:
    return parse(FRONT % extra + body)


@cache
def pages(severity: int = 0, seed: int = 1, extra: str = "") -> tuple[Rendered, ...]:
    return render(manuscript(extra), seed=seed, severity=severity)


def pdf_of(made: tuple[Rendered, ...]) -> bytes:
    return to_pdf([page.stored for page in made])


def darkness(page: Rendered) -> list[float]:
    """For each printed word, how much darker than the paper the darkest pixel in its box is."""
    grey = cv2.cvtColor(page.pixels, cv2.COLOR_RGB2GRAY)
    paper_grey = float(np.median(grey))
    words = (w for w in page.truth.words if page.truth.lines[w.line].zone in PRINTED)
    boxes = [w.box or Box(0, 0, 1, 1) for w in words]
    return [paper_grey - float(grey[b.y0 : b.y1, b.x0 : b.x1].min()) for b in boxes]


@pytest.mark.parametrize("family", paper.families())
@pytest.mark.parametrize("face", ["regular", "bold", "italic", "bold_italic"])
def test_fonts_have_every_letter(family: str, face: paper.Face) -> None:
    letters = font(family, "dkg", face, 40)
    missing = bytes(letters.getmask("\uffff"))
    assert [c for c in LETTERS + LETTERS.upper() + "“”–•" if bytes(letters.getmask(c)) == missing] == []


@pytest.mark.parametrize("hand", HANDS)
def test_hands_write_digits(hand: str) -> None:
    letters = font("termes", hand, "hand", 40)
    assert len({bytes(letters.getmask(c)) for c in "0123456789"}) == 10


def test_absent_font_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "ROOTS", ())
    paper.font.cache_clear()
    paper._path.cache_clear()
    with pytest.raises(MissingProgram, match=r"apt-get install .*fonts-texgyre"):
        font("termes", "dkg", "regular", 12)


def test_unknown_font_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="termes"):
        font("comic", "dkg", "regular", 12)


@pytest.mark.parametrize("severity", range(len(LEVELS)))
def test_boxes_land_on_ink(severity: int) -> None:
    """Every printed word's box holds ink."""
    assert min(d for page in pages(severity) for d in darkness(page)) > 60


def test_clean_boxes_are_tight() -> None:
    """On a clean page each box touches its word's ink on all four sides."""
    page = pages(0)[0]
    ink = page.pixels.mean(axis=2) < 200
    for word in (w for w in page.truth.words if page.truth.lines[w.line].zone == "title"):
        assert word.box
        rows, columns = np.nonzero(ink[word.box.y0 : word.box.y1, word.box.x0 : word.box.x1])
        assert rows.min() <= 2
        assert rows.max() >= word.box.height - 3
        assert columns.min() <= 2
        assert columns.max() >= word.box.width - 3


def test_same_seed_same_bytes_other_seed_other_pixels() -> None:
    again = render(manuscript(), seed=1, severity=2)
    assert pdf_of(again) == pdf_of(pages(2))
    assert not np.array_equal(pages(2)[0].pixels, pages(2, seed=2)[0].pixels)


def margin_noise(page: Rendered) -> float:
    margin = cv2.cvtColor(page.pixels, cv2.COLOR_RGB2GRAY)[60:-60, 30:110].astype(np.float32)
    return float(np.std(margin - cv2.GaussianBlur(margin, (0, 0), 5)))


def sharpness(page: Rendered) -> float:
    """The steepest step between neighbouring pixels, the mean over words."""
    boxes = [w.box for w in page.truth.words if w.box]
    steps = (np.abs(np.diff(page.pixels[b.y0 : b.y1, b.x0 : b.x1, 1].astype(int), axis=1)).max() for b in boxes)
    return float(np.mean(list(steps)))


def test_severities_are_ordered() -> None:
    """Worse levels have noisier paper, paler ink and softer edges."""
    first = [pages(s)[0] for s in range(len(LEVELS))]
    assert [margin_noise(p) for p in first] == sorted(margin_noise(p) for p in first)
    assert [np.mean(darkness(p)) for p in first] == sorted((np.mean(darkness(p)) for p in first), reverse=True)
    assert [sharpness(p) for p in first] == sorted((sharpness(p) for p in first), reverse=True)


def test_damage_says_where_things_went() -> None:
    picture = np.full((400, 300, 3), 255, np.uint8)
    picture[100:110, 200:220] = 0
    for seed in range(5):
        moved, affine, turn = damage(picture, LEVELS[3], np.random.default_rng(seed))
        x0, y0, x1, y1 = mapped(affine, (200, 100, 220, 110))
        y, x = np.unravel_index(cv2.GaussianBlur(moved, (0, 0), 3)[..., 0].argmin(), (400, 300))
        assert x0 - 3 <= x <= x1 + 3
        assert y0 - 3 <= y <= y1 + 3
        assert abs(turn) <= LEVELS[3].skew


def test_truth_is_a_document_in_reading_order() -> None:
    doc = assemble([p.truth for p in pages()], id="x", sha256="x", source="x", media_type="application/pdf")
    assert doc.text().startswith("ỦY BAN NHÂN DÂN HUYỆN THỬ NGHIỆM Số: 12/KH-UBND CỘNG HÒA XÃ HỘI")
    assert doc.text().endswith("Nơi nhận: - Như trên; - Lưu: VT. CHỦ TỊCH Đỗ Văn Mẫu")
    assert {r.kind for r in doc.regions} == {"seal", "signature"}


def test_tables_have_cells_with_their_lines() -> None:
    page = pages()[0]
    (table,) = page.truth.tables
    said = {(c.row, c.column): " ".join(w.text for w in page.truth.words if w.line in c.lines) for c in table.cells}
    assert said[0, 1] == "Việc"
    assert said[1, 1] == "Nhóm việc"
    assert said[2, 1] == "Đo chiều dài từng chữ rồi mới ngắt dòng cho vừa khổ"
    assert {(c.row, c.column): c.column_span for c in table.cells}[1, 1] == 2
    boxes = [page.truth.lines[n].box for c in table.cells for n in c.lines]
    assert all(b and table.box and (b & table.box) == b for b in boxes)


def test_long_tables_repeat_their_header() -> None:
    rows = "".join(f"  | {n} | Việc thứ {n} cần một dòng dài để chiếm chỗ trong ô này | Máy\n" for n in range(1, 80))
    made = render(manuscript(body="I. BẢNG\n  |= 10 60 30\n  | TT | Việc | Ai\n" + rows), severity=0)
    heads = [[w.text for w in p.truth.words if w.line in p.truth.tables[0].cells[1].lines] for p in made[:3]]
    assert heads == [["Việc"]] * 3
    numbers = [w.text for p in made[1:] for w in p.truth.words if p.truth.lines[w.line].zone == "page_number"]
    assert numbers == [str(n) for n in range(2, len(made) + 1)]


def test_stamps_are_read_as_stamps() -> None:
    extra = (
        '[incoming]\nat = [20, 60]\nreceiver = ["UBND HUYỆN", "PHÒNG MẪU"]\nnumber = "⟦9⟧"\ndate = "Ngày ⟦6⟧/⟦4⟧/2022"'
    )
    page = pages(1, 1, extra)[0]
    words = [w.text for w in page.truth.words if page.truth.lines[w.line].zone == "stamp"]
    assert " ".join(words) == "UBND HUYỆN PHÒNG MẪU CÔNG VĂN ĐẾN Số: 9 Ngày 6/4/2022"
    (box,) = [r.box for r in page.truth.regions if r.kind == "stamp"]
    assert all(w.box and w.box & box for w in page.truth.words if page.truth.lines[w.line].zone == "stamp")
    inside = page.pixels[box.y0 : box.y1, box.x0 : box.x1].astype(int)
    assert (inside[..., 2] - inside[..., 0] > 40).sum() > 500  # blue ink


def test_pdf_has_the_pages_at_their_size() -> None:
    with pikepdf.open(io.BytesIO(pdf_of(pages()))) as pdf:
        assert len(pdf.pages) == len(pages())
        assert [round(float(v)) for v in pdf.pages[0].mediabox] == [0, 0, 595, 842]
    assert pages()[0].truth.page.dpi == DPI


@pytest.mark.parametrize("mode", ["colour", "grey", "mono"])
def test_pdf_shows_the_pixels(mode: str) -> None:
    """What another program draws from the PDF are the pixels that the truth was made for."""
    made = pages(1, 1, f'mode = "{mode}"')
    with pikepdf.open(io.BytesIO(pdf_of(made))) as pdf:
        image = pdf.pages[0].obj.Resources.XObject.Im0
        assert isinstance(image, pikepdf.Stream)
        drawn = pikepdf.PdfImage(image).as_pil_image().convert("L")
    grey = cv2.cvtColor(made[0].pixels, cv2.COLOR_RGB2GRAY)
    assert np.abs(np.asarray(drawn, np.int16) - grey).mean() < 1
    assert (mode == "mono") == (len(np.unique(grey)) == 2)


def test_lines_fit_and_are_justified() -> None:
    setter = Setter(LAYOUTS["nd30"], "termes", "dkg", DPI)
    style = Style("regular", 14)
    words = tokens("Một câu dài vừa phải để xem máy ngắt dòng ở đâu và giãn chữ ra sao cho đều hai bên lề giấy", style)
    rows = setter.broken(words, 600, style)
    assert all(setter.measure(row, style) <= 600 for row in rows)
    placed = setter.set_row(rows[0], 100, 600, 50, style, "justify")
    last = placed[-1].inks[-1]
    assert last.x + setter.length(last.text, style) == pytest.approx(700)


def test_styles_nest_and_handwriting_keeps_its_brackets() -> None:
    made = tokens("**Điều 1.** Số: ⟦74⟧/KH *nghiêng*", Style("regular", 14))
    assert [t.text for t in made] == ["Điều", "1.", "Số:", "⟦74⟧/KH", "nghiêng"]
    assert [[s.face for _, s in t.pieces] for t in made] == [
        ["bold"], ["bold"], ["regular"], ["hand", "regular"], ["italic"]
    ]  # fmt: skip
