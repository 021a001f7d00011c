"""Tesseract inside this process: what it reads in a picture, and what else each doubtful letter could be.

A process of its own for each call costs more than a third of the time of a page. The recogniser's runners-up cost
next to nothing and hold the right word four times as often as a second reading of the page in another picture.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.engines.tokens import Token
from pipeline.errors import MissingProgram, ModelError, PageError
from pipeline.resources import model_path
from pipeline.sheet import Sheet
from pipeline.types import Box
from pipeline.vietnamese import nfc

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

    from pipeline.imaging.raster import Raster

__all__ = ["BLOCK", "COLUMN", "LINE", "PAGE", "SPARSE", "alternatives", "library_version", "model", "recognise"]

#: Tesseract's page segmentation modes: a page of blocks, one column, one block, one line, text wherever it stands.
PAGE, COLUMN, BLOCK, LINE, SPARSE = 3, 4, 6, 7, 11
LANGUAGE = "vie"
#: Where systems keep Tesseract's models.
FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
#: No second try of white print on black; runners-up by three searches of each line (more find next to nothing more).
SETTINGS = {
    "debug_file": os.devnull,
    "tessedit_do_invert": "0",
    "lstm_choice_mode": "2",
    "lstm_choice_iterations": "3",
}
#: What a unit of Tesseract's rating of a letter takes off a word's score; a runner-up that falls to 0 is none.
RATING = 0.05
#: How many other readings a word keeps.
MOST = 5
#: The runners-up of one letter: it and its rating, best first.
Choices = Sequence[tuple[str, float]]

_own = threading.local()


def recognise(raster: Raster, sheet: Sheet, *, mode: int, timeout: float) -> tuple[Token, ...]:
    """The tokens Tesseract finds in a grey picture, in its own order; `mode` is its page segmentation mode.

    `timeout` is in seconds. Raises PageError where the picture takes longer or Tesseract fails, MissingProgram where
    there is no Vietnamese model, ModelError where it is damaged. One reader a thread: none is shared.
    """
    reader = _reader(model())
    height, width = raster.pixels.shape
    try:
        reader.SetPageSegMode(mode)
        reader.SetImageBytes(raster.pixels.tobytes(), width, height, 1, width)
        reader.SetSourceResolution(raster.dpi)
        if not reader.Recognize(round(timeout * 1000)):
            raise PageError(f"{sheet} took too long", remedy="scan it again at 300 dpi")
        return tuple(_tokens(reader))
    except RuntimeError:
        raise PageError(f"{sheet} made Tesseract fail", remedy="scan it again at 300 dpi") from None
    finally:
        reader.Clear()
        reader.ClearAdaptiveClassifier()  # what one page taught must not change how the next one reads


@cache
def model() -> Path:
    """The file of the model that reads: our own, else the system's. Raises MissingProgram where there is neither."""
    try:
        own = sorted(model_path("reading").glob("*.traineddata"))
    except ModelError:
        own = []
    prefix = Path(os.environ.get("TESSDATA_PREFIX", os.devnull))
    folders = [prefix, *(found for pattern in FOLDERS for found in sorted(Path("/").glob(pattern[1:])))]
    known = [*own, *(folder / f"{LANGUAGE}.traineddata" for folder in folders)]
    for path in known:
        if path.is_file():
            return path
    remedy = "run `sudo apt install tesseract-ocr-vie`"
    raise MissingProgram("Tesseract's Vietnamese model is not installed", remedy=remedy)


def library_version() -> str:
    """The version of the Tesseract library inside this process, `5.5.4`."""
    from tesserocr import tesseract_version

    return str(tesseract_version()).split()[1]


def _reader(path: Path) -> PyTessBaseAPI:
    """This thread's reader with the model at `path`."""
    readers: dict[Path, PyTessBaseAPI] = _own.__dict__.setdefault("readers", {})
    if path not in readers:
        readers[path] = _loaded(path)
    return readers[path]


def _loaded(path: Path) -> PyTessBaseAPI:
    from tesserocr import OEM, PyTessBaseAPI

    try:
        reader = PyTessBaseAPI(path=f"{path.parent}/", lang=path.stem, oem=OEM.LSTM_ONLY)
    except RuntimeError:
        raise ModelError(f"model file {path.name} is damaged", remedy="install it again") from None
    for name, value in SETTINGS.items():
        reader.SetVariable(name, value)
    return reader


def _tokens(reader: PyTessBaseAPI) -> Iterator[Token]:
    """The words found, with their lines numbered from 0; empty words are left out."""
    from tesserocr import RIL, iterate_level

    line = -1
    for word in iterate_level(reader.GetIterator(), RIL.WORD):
        line += word.IsAtBeginningOf(RIL.TEXTLINE)
        try:
            text = nfc(word.GetUTF8Text(RIL.WORD)).strip()
        except RuntimeError:  # a word without letters
            continue
        box = word.BoundingBox(RIL.WORD)
        if text and box:
            score = min(word.Confidence(RIL.WORD) / 100, 1.0)
            others = alternatives(text, score, word.GetBestLSTMSymbolChoices() or ())
            yield Token(text, Box(*box), score, (line,), others)


def alternatives(text: str, score: float, letters: Sequence[Choices]) -> tuple[tuple[str, float], ...]:
    """Other readings of a word with their scores, best first, from its letters' runners-up.

    None where the first choices are not the word: the dictionary decided, and what else it weighed is not told.
    """
    shown = [choices for choices in letters if choices and choices[0][0].strip()]
    if nfc("".join(choices[0][0] for choices in shown)) != text:
        return ()
    beam = [("", score)]
    for choices in shown:
        best = choices[0][1]
        steps = [(letter, RATING * (rating - best)) for letter, rating in choices if letter.strip()]
        longer = ((word + letter, left - lost) for word, left in beam for letter, lost in steps)
        beam = sorted((b for b in longer if b[1] > 0), key=lambda b: -b[1])[: 2 * MOST]
    found = ((nfc(word), round(left, 4)) for word, left in beam)
    return tuple((word, left) for word, left in found if word != text)[:MOST]
