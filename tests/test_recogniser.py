"""Tesseract's model files read and written back, their characters, and the lines that the recogniser learns from."""

from __future__ import annotations

import random
import subprocess
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.errors import ModelError
from pipeline.imaging.raster import as_pixels
from pipeline.train.recogniser import BASE, MORE, TARGET
from pipeline.train.recogniser_charset import Charset, extended, read_charset
from pipeline.train.recogniser_format import Weights, components, pack, parse, serialise, weights
from pipeline.train.recogniser_lines import FACES, HEIGHT, block, scaled
from pipeline.train.recogniser_net import build, grown, logits, normalised
from pipeline.train.recogniser_text import LONGEST, Texts, as_read

needs_model = pytest.mark.skipif(not BASE.exists(), reason="tesseract-ocr-vie is not installed")
needs_fonts = pytest.mark.skipif(
    not all(Path(file).exists() for files, _ in FACES for file in files), reason="fonts are not installed"
)
needs_torch = pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed")
PARAGRAPHS = ("Ủy ban nhân dân huyện giao phòng Nội vụ lập kế hoạch kiểm tra việc kỷ luật lao động năm 2019.",)
SYLLABLES = ("ma", "má", "mà", "mả", "mã", "mạ", "ban", "bán", "bàn", "quỵ", "luật")


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    return components(BASE.read_bytes())


@needs_model
def test_the_installed_model_comes_back_byte_by_byte(parts: dict[str, bytes]) -> None:
    assert pack(parts) == BASE.read_bytes()
    assert serialise(parse(parts["lstm"])) == parts["lstm"]


@needs_model
def test_weights_as_integers_again_are_the_same(parts: dict[str, bytes]) -> None:
    for matrix in weights(parse(parts["lstm"]).root):
        again = Weights(matrix.dense).whole()
        assert again.scales is not None
        assert np.abs(again.dense - matrix.dense).max() <= again.scales.max() / 2 + 1e-9


@pytest.mark.parametrize("data", [b"", b"\1\0\0\0", b"\xff\xff\xff\xff" + bytes(300)])
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(ModelError):
        components(data)


@needs_model
def test_a_broken_network_is_refused(parts: dict[str, bytes]) -> None:
    with pytest.raises(ModelError):
        parse(parts["lstm"][:-100])


@needs_model
def test_new_characters_come_after_the_others(parts: dict[str, bytes]) -> None:
    before, after = read_charset(parts), read_charset(extended(parts, MORE))
    assert {c: n for c, n in after.codes.items() if c in before.codes} == before.codes
    assert [after.codes[c] for c in MORE] == list(range(before.size, before.size + len(MORE)))
    assert after.blank == before.blank
    assert after.encode("kỵ 1") is not None
    assert before.encode("kỵ") is None


@pytest.mark.parametrize(
    ("best", "text"),
    [([], ""), ([9, 9], ""), ([1, 1, 1], "a"), ([1, 9, 1], "aa"), ([0, 1, 2, 2, 9, 9], " ab"), ([9, 2, 1, 0], "ba ")],
)
def test_repeats_and_blanks_drop_out(best: list[int], text: str) -> None:
    assert Charset({" ": 0, "a": 1, "b": 2}, blank=9, size=10).decode(best) == text


@needs_model
def test_new_outputs_come_after_the_others(parts: dict[str, bytes]) -> None:
    known = read_charset(parts)
    network = grown(parse(parts["lstm"]), [known.codes[like] for like in MORE.values()])
    output = network.root.layers[-1]
    whole = [w.whole() for w in output.weights]
    assert network.root.outputs == output.outputs == known.size + len(MORE)
    assert whole[0].values.shape[0] == known.size + len(MORE)


@pytest.mark.parametrize(
    ("printed", "read"),
    [("năm 2016 – 2020", "năm 2016 - 2020"), ("lao động…", "lao động..."), ("Y’Bia", "Y'Bia"), ("“kỵ”", "“kỵ”")],
)
def test_signs_in_several_shapes_are_read_as_one(printed: str, read: str) -> None:
    assert as_read(printed) == read


def test_lines_are_the_same_for_the_same_seed() -> None:
    made = [[Texts(PARAGRAPHS, SYLLABLES, random.Random(seed)).line() for _ in range(1)] for seed in (1, 1)]
    assert made[0] == made[1]


def test_lines_are_never_empty_nor_too_long() -> None:
    texts = Texts(PARAGRAPHS, SYLLABLES, random.Random(0))
    for line in (texts.line() for _ in range(400)):
        assert 0 < len(line) <= LONGEST
        assert line == line.strip()


@needs_fonts
def test_pictures_of_a_block() -> None:
    made = block(Texts(PARAGRAPHS, SYLLABLES, random.Random(3)), 3, lines=5)
    again = block(Texts(PARAGRAPHS, SYLLABLES, random.Random(3)), 3, lines=5)
    assert len(made) == 5
    for one, other in zip(made, again, strict=True):
        assert one.pixels.shape[0] == HEIGHT
        assert one.text == other.text != ""
        assert (one.pixels == other.pixels).all()
        assert one.pixels.min() < 128 < one.pixels.max()


def test_a_line_is_stretched_from_its_ink_to_its_paper() -> None:
    line = np.tile(np.array([200, 60, 200, 60, 60, 200], np.uint8), (HEIGHT, 6))
    found = normalised(line)
    assert found.min() == pytest.approx(-1)
    assert found.max() == pytest.approx(1)


@pytest.mark.parametrize("shape", [(50, 400), (36, 300), (20, 10), (90, 2)])
def test_scaling_keeps_the_shape(shape: tuple[int, int]) -> None:
    made = scaled(np.full(shape, 255, np.uint8))
    assert made.shape == (HEIGHT, max(3, round(shape[1] * HEIGHT / shape[0])))
    assert (made == 255).all()


@needs_model
@needs_fonts
@needs_torch
def test_the_network_in_pytorch_reads_like_tesseract(parts: dict[str, bytes], tmp_path: Path) -> None:
    torch = import_module("torch")
    text = "quận, huyện, thị xã; kỷ luật, tiến, tiền, tiện, ngày 05/12/2017"
    font = ImageFont.truetype(FACES[0][0][0], 56)
    image = Image.new("L", (60 + int(font.getlength(text)), 110), 255)
    ImageDraw.Draw(image).text((30, 20), text, font=font, fill=10)
    image.save(tmp_path / "line.png")
    command = ["tesseract", str(tmp_path / "line.png"), "-", "-l", "vie", "--psm", "7"]
    read = subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()
    pixels = as_pixels(image)
    rows, columns = np.nonzero(pixels < 128)
    line = pixels[rows.min() - 4 : rows.max() + 5, columns.min() - 4 : columns.max() + 5]
    picture = normalised(scaled(line))
    with torch.no_grad():
        best = logits(build(parse(parts["lstm"])), torch.from_numpy(picture[None]))[:, 0].argmax(-1).tolist()
    assert read_charset(parts).decode(best) == read == text


def test_the_model_that_is_shipped() -> None:
    parts = components(TARGET.read_bytes())
    assert serialise(parse(parts["lstm"])) == parts["lstm"]
    charset = read_charset(parts)
    assert parse(parts["lstm"]).root.outputs == charset.size
    assert set(MORE) <= set(charset.codes)
    assert TARGET.stat().st_size < 2**20
