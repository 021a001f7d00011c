"""The characters of a Tesseract model: which output of the network stands for which, and room for more.

Component `lstm-unicharset` lists characters, one a line, with their properties; `lstm-recoder` gives each the
number of its output. Outputs of new characters come after all others, so that no number changes and the
dictionaries of the model stay valid.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import ModelError

__all__ = ["Charset", "extended", "read_charset"]

#: Line of the unicharset that stands for the blank, and first words of lines that are no characters.
SPACE = 0
SPECIAL = 3


@dataclass(frozen=True, slots=True)
class Charset:
    """`codes`: the output of each character; `blank`: the output that says "nothing new"; `size`: of the network."""

    codes: Mapping[str, int]
    blank: int
    size: int

    def encode(self, text: str) -> list[int] | None:
        """The outputs that spell `text`, None where it has a character without one."""
        found = [self.codes.get(letter) for letter in text]
        known = [code for code in found if code is not None]
        return known if len(known) == len(found) else None

    def decode(self, best: Sequence[int]) -> str:
        """The text of the best output at each step: repeats and blanks drop out (CTC, Graves et al., 2006)."""
        letters = {code: letter for letter, code in self.codes.items()}
        before = [self.blank, *best]
        steps = zip(best, before, strict=False)
        return "".join(letters[code] for code, last in steps if code not in (last, self.blank))


def read_charset(parts: Mapping[str, bytes]) -> Charset:
    """The characters of a model's components. Raises ModelError where one is written with several outputs."""
    codes = _codes(parts["lstm-recoder"])
    names = [line.split(" ")[0] for line in parts["lstm-unicharset"].decode("utf8").splitlines()[1:]]
    outputs = {" ": codes[SPACE]} | dict(zip(names[SPECIAL:], codes[SPECIAL:], strict=True))
    return Charset(outputs, blank=codes[1], size=max(codes) + 1)


def _codes(recoder: bytes) -> list[int]:
    (count,) = struct.unpack_from("<I", recoder)
    if len(recoder) != 4 + 9 * count:
        raise ModelError("a model with characters of several codes", remedy="give a model of a Latin script")
    return [struct.unpack_from("<Bii", recoder, 4 + 9 * n)[2] for n in range(count)]


def extended(parts: Mapping[str, bytes], more: Mapping[str, str]) -> dict[str, bytes]:
    """The components with characters added; `more` gives for each the one whose properties it takes."""
    lines = parts["lstm-unicharset"].decode("utf8").splitlines()
    size = read_charset(parts).size
    known = [line.split(" ")[0] for line in lines[1:]]
    place = {letter: len(known) + n for n, letter in enumerate(more)}
    added = [_line(letter, lines[1 + known.index(like)], place) for letter, like in more.items()]
    recoder = parts["lstm-recoder"]
    count = struct.pack("<I", len(known) + len(more))
    codes = b"".join(struct.pack("<Bii", 1, 1, size + n) for n in range(len(more)))
    text = "\n".join([str(len(known) + len(more)), *lines[1:], *added]) + "\n"
    return dict(parts) | {"lstm-unicharset": text.encode("utf8"), "lstm-recoder": count + recoder[4:] + codes}


def _line(letter: str, like: str, place: Mapping[str, int]) -> str:
    """The line of a new character: name, properties, boxes, script, other case, direction, mirror, normal form."""
    fields = like.split("\t")[0].split(" ")
    other = place.get(letter.swapcase(), place[letter])
    return " ".join([letter, *fields[1:4], str(other), fields[5], str(place[letter]), letter])
