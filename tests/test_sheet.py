"""Sources: what a file is, how many pages, what goes wrong and what is said then."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from pipeline.errors import LockedSource, PageError, SohoaError, UnknownFormat, UnreadableSource
from pipeline.sheet import PDF, TEXT, Sheet, open_source


def pdf(path: Path, pages: int, **save: object) -> Path:
    with pikepdf.new() as doc:
        for _ in range(pages):
            doc.add_blank_page(page_size=(595, 842))
        doc.save(path, **save)  # type: ignore[arg-type]
    return path


def page(width: int = 60, height: int = 80) -> Image.Image:
    return Image.new("RGB", (width, height), (200, 10, 10))


def test_pdf_pages_are_drawn_at_300_dpi(tmp_path: Path) -> None:
    source = open_source(pdf(tmp_path / "a.pdf", 2))
    assert (source.media_type, source.pages, len(source.id)) == (PDF, 2, 12)
    sheets = list(source.sheets())
    assert [s.number for s in sheets] == [1, 2]
    assert sheets[1].pixels().shape == (3509, 2480, 3)


def test_a_poster_is_drawn_smaller(tmp_path: Path) -> None:
    with pikepdf.new() as doc:
        doc.add_blank_page(page_size=(7000, 7000))
        doc.save(tmp_path / "a.pdf")
    (sheet,) = open_source(tmp_path / "a.pdf").sheets()
    assert sheet.dpi < 100
    assert sheet.pixels().size <= 3 * 80_000_000


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "misnamed.pdf"])
def test_pictures_are_known_by_content(tmp_path: Path, name: str) -> None:
    page().save(tmp_path / name, format="PNG" if name.endswith("pdf") else None)
    (sheet,) = open_source(tmp_path / name).sheets()
    assert sheet.pixels().shape == (80, 60, 3)
    assert sheet.pixels()[40, 30, 0] > 150


def test_every_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    page().save(tmp_path / "a.tif", save_all=True, append_images=[page(50, 70), page(40, 60)])
    source = open_source(tmp_path / "a.tif")
    assert [s.pixels().shape[:2] for s in source.sheets()] == [(80, 60), (70, 50), (60, 40)]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGBA", "I;16", "CMYK", "P", "LAB"])
def test_every_kind_of_pixel_comes_out_as_rgb(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("a.tif" if mode in ("CMYK", "LAB") else "a.png")
    white = Image.fromarray(np.full((10, 20), 65535, np.uint16))
    sheet_of = white if mode.startswith("I") else Image.new("RGB", (20, 10), "white").convert(mode)
    sheet_of.save(path)
    (sheet,) = open_source(path).sheets()
    assert sheet.pixels().shape == (10, 20, 3)
    assert (sheet.pixels() >= 253).all()


def test_transparent_paper_is_white(tmp_path: Path) -> None:
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(tmp_path / "a.png")
    (sheet,) = open_source(tmp_path / "a.png").sheets()
    assert np.all(sheet.pixels() == 255)


def test_resolution_is_the_files_or_that_of_a4(tmp_path: Path) -> None:
    Image.new("L", (1654, 2339), 255).save(tmp_path / "a.png", dpi=(200, 200))
    Image.new("L", (1654, 2339), 255).save(tmp_path / "b.png", dpi=(72, 72))
    assert [s.dpi for name in ("a.png", "b.png") for s in open_source(tmp_path / name).sheets()] == [200, 200]


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("một", ["một"]),
        ("một\n\fhai\n\f", ["một\n", "hai\n"]),
        ("một\f\fba", ["một", "", "ba"]),
        ("\ufeffmo\u0323\u0302t\r\nhai", ["một\nhai"]),
    ],
)
def test_text_pages_end_with_form_feeds(tmp_path: Path, text: str, pages: list[str]) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    source = open_source(tmp_path / "a.txt")
    assert source.media_type == TEXT
    assert [s.text() for s in source.sheets()] == pages


def test_utf16_text_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Kế hoạch".encode("utf-16"))
    assert [s.text() for s in open_source(tmp_path / "a.txt").sheets()] == ["Kế hoạch"]


def test_a_letter_cut_by_the_sample_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 4095 + "ế".encode())
    assert open_source(tmp_path / "a.txt").media_type == TEXT


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text_named_pdf(path: Path) -> None:
    path.write_text("Kế hoạch", encoding="utf8")


def markup(path: Path) -> None:
    path.write_text('<?xml version="1.0"?>\n<alto><Layout/></alto>', encoding="utf8")


def truncated(path: Path) -> None:
    pdf(path, 30)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def locked(path: Path) -> None:
    pdf(path, 1, encryption=pikepdf.Encryption(owner="a", user="b"))


def no_pages(path: Path) -> None:
    pdf(path, 0)


def noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 20)


def broken_png(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)


def broken_tiff(path: Path) -> None:
    path.write_bytes(b"II*\0\x08\0\0\0\xff\xff")


def folder(path: Path) -> None:
    path.mkdir()


def missing(path: Path) -> None:
    del path


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (empty, UnreadableSource),
        (text_named_pdf, UnknownFormat),
        (markup, UnknownFormat),
        (truncated, UnreadableSource),
        (locked, LockedSource),
        (no_pages, UnreadableSource),
        (noise, UnknownFormat),
        (broken_png, UnreadableSource),
        (broken_tiff, UnreadableSource),
        (folder, UnreadableSource),
        (missing, UnreadableSource),
    ],
)
def test_bad_sources_are_one_line_with_a_remedy(tmp_path: Path, make: object, error: type[SohoaError]) -> None:
    path = tmp_path / "doc.pdf"
    make(path)  # type: ignore[operator]
    with pytest.raises(error) as caught:
        open_source(path)
    assert "doc.pdf" in str(caught.value)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", 1)
    path.chmod(0)
    with pytest.raises(UnreadableSource, match="may not be read"):
        open_source(path)


def test_twenty_thousand_pixels_are_refused_or_reduced(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000), 1).save(tmp_path / "a.png")
    with pytest.raises(UnreadableSource, match="too many pixels"):
        open_source(tmp_path / "a.png")
    Image.new("1", (20_000, 5_000), 1).save(tmp_path / "b.png", dpi=(600, 600))
    (sheet,) = open_source(tmp_path / "b.png").sheets()
    assert sheet.pixels().shape == (2_500, 10_000, 3)


def test_a_cut_picture_is_a_failed_page(tmp_path: Path) -> None:
    Image.effect_noise((400, 400), 90).convert("RGB").save(tmp_path / "a.jpg")
    data = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "a.jpg").write_bytes(data[: len(data) // 2])
    (sheet,) = open_source(tmp_path / "a.jpg").sheets()
    with pytest.raises(PageError, match=r"a\.jpg, page 1"):
        sheet.pixels()


def test_a_fax_gets_square_pixels(tmp_path: Path) -> None:
    Image.new("1", (1728, 1145), 1).save(tmp_path / "a.tif", dpi=(204, 98))
    (sheet,) = open_source(tmp_path / "a.tif").sheets()
    assert (sheet.dpi, sheet.pixels().shape) == (204, (2383, 1728, 3))


def test_a_telephone_s_picture_stands_as_it_was_held(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    page(80, 60).save(tmp_path / "a.jpg", exif=exif)
    (sheet,) = open_source(tmp_path / "a.jpg").sheets()
    assert sheet.pixels().shape == (80, 60, 3)


def test_a_tiff_cut_between_its_pages_is_told_in_one_line(tmp_path: Path) -> None:
    page(400, 300).save(tmp_path / "a.tif", save_all=True, append_images=[page(400, 300)] * 2)
    data = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "a.tif").write_bytes(data[: int(0.5 * len(data))])
    with pytest.raises(UnreadableSource, match="damaged"):
        open_source(tmp_path / "a.tif")


def test_a_pdf_with_an_empty_password_opens(tmp_path: Path) -> None:
    source = open_source(pdf(tmp_path / "a.pdf", 1, encryption=pikepdf.Encryption(owner="a", user="")))
    assert next(source.sheets()).pixels().shape == (3509, 2480, 3)


def test_sheets_are_picklable_and_sources_unchanged(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", 1)
    before = path.read_bytes()
    (sheet,) = open_source(path).sheets()
    assert pickle.loads(pickle.dumps(sheet)) == sheet  # noqa: S301
    sheet.pixels()
    assert path.read_bytes() == before


def test_the_wrong_question_is_a_page_error(tmp_path: Path) -> None:
    with pytest.raises(PageError):
        Sheet(tmp_path / "a.txt", 1, TEXT).pixels()
    with pytest.raises(PageError):
        Sheet(tmp_path / "a.pdf", 1, PDF).text()
