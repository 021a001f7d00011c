"""Text layers: words and boxes as poppler tells them, old fonts in Unicode, layers that a recogniser left."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pipeline.engines import layer
from pipeline.engines.layer import layer_tokens
from pipeline.engines.textlayer import TextLayerEngine
from pipeline.errors import PageError
from pipeline.sheet import Sheet, open_source
from pipeline.types import Box

LAYER = """<page width="595.0" height="842.0"><flow><block xMin="1" yMin="1" xMax="9" yMax="9">
<line xMin="72.0" yMin="36.0" xMax="300.0" yMax="50.0">
<word xMin="72.000000" yMin="36.000000" xMax="90.000000" yMax="50.000000">Kê\u0301</word>
<word xMin="93.000000" yMin="36.000000" xMax="120.000000" yMax="50.000000">A&amp;B</word></line>
<line xMin="72.0" yMin="60.0" xMax="300.0" yMax="74.0">
<word xMin="72.000000" yMin="60.000000" xMax="90.000000" yMax="74.000000">hai</word></line></block></flow></page>"""
#: The same in TCVN3 and VNI, as Windows-1252 has them.
OLD_HEAD, OLD_BODY = (
    "uû ban nh©n d©n x· mÉu",
    "C¨n cø ®Ò nghÞ cña tr\xadêng häc, th\xad viÖn huyÖn ®\xadîc m\xadîn phßng häp.",
)
VNI_BODY = "Caên cöù ñeà nghò cuûa tröôøng hoïc, thö vieän huyeän ñöôïc möôïn phoøng hoïp."
HEAD, BODY = "uỷ ban nhân dân xã mẫu", "Căn cứ đề nghị của trường học, thư viện huyện được mượn phòng họp."


def sheet_of(
    path: Path, lines: list[tuple[str, str]], *, mode: int = 0, picture: tuple[int, int] | None = None, **box: object
) -> Sheet:
    """A PDF page with lines of (font, Windows-1252 text), drawn in a text rendering mode, over a picture or none."""
    fonts = sorted({name for name, _ in lines})
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[0].obj
        page.Resources = pikepdf.Dictionary()
        if fonts:
            page.Resources.Font = pikepdf.Dictionary({f"/F{n}": font(f) for n, f in enumerate(fonts)})
        for name, value in box.items():
            page[f"/{name}"] = value
        told = b"q 595 0 0 842 0 0 cm /Im0 Do Q\n" if picture else b""
        if picture:
            page.Resources.XObject = pikepdf.Dictionary(Im0=scan(pdf, *picture))
        for n, (name, text) in enumerate(lines):
            shown = text.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)")
            told += b"BT %d Tr /F%d 12 Tf 60 %d Td (%s) Tj ET\n" % (mode, fonts.index(name), 780 - 20 * n, shown)
        page.Contents = pdf.make_stream(told)
        pdf.save(path)
    (sheet,) = open_source(path).sheets()
    return sheet


def font(name: str) -> pikepdf.Dictionary:
    kind, coding = pikepdf.Name.TrueType, pikepdf.Name.WinAnsiEncoding
    return pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=kind, BaseFont=pikepdf.Name(f"/{name}"), Encoding=coding)


def scan(pdf: pikepdf.Pdf, width: int, height: int) -> pikepdf.Object:
    out = io.BytesIO()
    Image.new("L", (width, height), 250).save(out, "JPEG")
    image = pikepdf.Stream(pdf, out.getvalue())
    image.Type, image.Subtype, image.Width, image.Height = pikepdf.Name.XObject, pikepdf.Name.Image, width, height
    image.ColorSpace, image.BitsPerComponent, image.Filter = pikepdf.Name.DeviceGray, 8, pikepdf.Name.DCTDecode
    return pdf.make_indirect(image)


def text(sheet: Sheet) -> str:
    return " ".join(token.text for token in layer_tokens(sheet, timeout=30))


def test_words_are_scaled_to_pixels(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(layer, "_told", lambda *args, **options: LAYER)
    tokens = layer_tokens(Sheet(tmp_path / "a.pdf", 1, "application/pdf"), timeout=1)
    assert [(t.text, t.line) for t in tokens] == [("Kế", (1,)), ("A&B", (1,)), ("hai", (2,))]
    assert tokens[0].box == Box(300, 150, 375, 208)


def test_tcvn3_is_turned_and_fonts_of_capitals_print_capitals(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path / "a.pdf", [(".VnTimeH", OLD_HEAD), (".VnTime", OLD_BODY)])
    assert text(sheet) == f"{HEAD.upper()} {BODY}"


def test_vni_is_turned_and_unicode_beside_it_stays(tmp_path: Path) -> None:
    lines = [("VNI-Times", VNI_BODY), ("Times-Roman", "Tel: 024 3825 1234, café")]
    assert text(sheet_of(tmp_path / "a.pdf", lines)) == f"{BODY} Tel: 024 3825 1234, café"


@pytest.mark.parametrize(("rotate", "place"), [(0, (250, 200)), (90, (3308, 250)), (270, (200, 2230))])
def test_boxes_are_where_the_page_shows_them(tmp_path: Path, rotate: int, place: tuple[int, int]) -> None:
    sheet = sheet_of(tmp_path / "a.pdf", [("Times-Roman", "I")], Rotate=rotate)
    (token,) = layer_tokens(sheet, timeout=30)
    pixels = sheet.pixels()
    assert token.box.centre == pytest.approx(place, abs=70)
    assert (pixels[token.box.y0 : token.box.y1, token.box.x0 : token.box.x1] < 128).any()


def test_a_layer_over_a_scan_is_another_recognisers_reading(tmp_path: Path) -> None:
    lines = [("VNI-Times", VNI_BODY)] * 3
    over = sheet_of(tmp_path / "a.pdf", lines, mode=3, picture=(413, 585))
    with pytest.raises(PageError, match="from a scan"):
        TextLayerEngine().read(over)


def test_only_what_the_crop_box_shows_is_page(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path / "a.pdf", [("Times-Roman", "I")], CropBox=pikepdf.Array((0, 600, 300, 842)))
    (token,) = layer_tokens(sheet, timeout=30)
    pixels = sheet.pixels()
    assert pixels.shape[:2] == pytest.approx((1008, 1250), abs=2)
    assert (pixels[token.box.y0 : token.box.y1, token.box.x0 : token.box.x1] < 128).any()


@pytest.mark.parametrize(
    ("lines", "picture", "dpi"),
    [([], (1654, 2339), 200), ([], (827, 1170), 100), ([("Times-Roman", "I")], (827, 1170), 300),
     ([("Times-Roman", "I")], (1654, 2339), 200), ([], (4961, 7016), 300), ([("Times-Roman", "I")], None, 300)],
)  # fmt: skip
def test_scans_are_drawn_as_they_were_scanned(
    tmp_path: Path, lines: list[tuple[str, str]], picture: tuple[int, int] | None, dpi: int
) -> None:
    assert sheet_of(tmp_path / "a.pdf", lines, picture=picture).dpi == dpi
