"""Vietnamese text from before Unicode, and text whose Unicode is odd: all of it turned to plain NFC.

TCVN3 (`.VnTime` and the other fonts of the ABC set) is TCVN 5712:1993, Annex VN3: one byte a small letter, capitals
with a tone only as another font (`.VnTimeH`). VNI (`VNI-Times`) writes a letter and its mark as two bytes. Both come
out of files and PDF fonts as the letters that Windows-1252 has for these bytes: `Céng hoµ`, `Coäng hoøa`.
Windows-1258 keeps tones as marks of their own, which NFC joins to their letters.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from pipeline.vietnamese import bare, is_syllable, nfc

__all__ = ["charset_of", "coding_of", "decoded", "from_tcvn3", "from_vni", "is_capital_font", "plain", "to_unicode"]

#: TCVN3 and Unicode, letter by letter; `\xad` is the soft hyphen, TCVN3's `ư`.
TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
#: What VNI writes as one letter.
VNI_LETTERS = str.maketrans("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ")
#: What VNI writes behind a letter: a tone alone, behind a, e, o the circumflex (â), behind a the breve (ê), each also
#: with a tone.
TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
CIRCUMFLEX = {"â": "\u0302"} | {v: f"\u0302{t}" for v, t in zip("áàåãä", TONES.values(), strict=True)}
BREVE = {"ê": "\u0306"} | {v: f"\u0306{t}" for v, t in zip("éèúüë", TONES.values(), strict=True)}
VNI_PAIR = re.compile(r"([aouyeôö])([ùøûõï])|([aeo])([âáàåãä])|(a)([êéèúüë])", re.IGNORECASE)
#: A run of letters and hyphens: TCVN3's `ư` may be lost in it, since many programs make a hyphen of the soft hyphen
#: (`tr-êng`, `nh-`).
HYPHENED = re.compile(r"(?:[^\W\d_]|-)+")
#: Letters that look like the right ones, and signs that show nothing; ligatures are taken apart.
ODD = str.maketrans(
    dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", "") | {"ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "ﬁ": "fi", "ﬂ": "fl"}
)
#: What stands for the letters of Windows-1252 in some text layers.
LIKENESSES = str.maketrans({"μ": "µ", "∙": "·", "‑": "-", "\u02dc": "~"})
#: A text is taken for legacy where so many of its marked words are syllables then, and so many more than as it stands.
FORMED, GAIN, LEAST = 0.75, 0.3, 4
#: Bytes that no text holds.
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
EDGES = ".,;:!?()[]{}\"'“”‘’/…-–0123456789"


def from_tcvn3(text: str) -> str:
    """`text` in TCVN3, as Windows-1252 shows it, in Unicode."""
    return HYPHENED.sub(_with_horn, text.translate(LIKENESSES).translate(TCVN3))


def _with_horn(word: re.Match[str]) -> str:
    for dash in ("", "-") if "-" in word[0] else ():  # the first may be a bullet
        turned = dash + word[0].removeprefix(dash).replace("-", "ư")
        if word[0].startswith(dash) and len(turned) > 1 and is_syllable(turned.removeprefix(dash)):
            return turned
    return word[0]


def from_vni(text: str) -> str:
    """`text` in VNI, as Windows-1252 shows it, in Unicode."""
    return nfc(VNI_PAIR.sub(_vni_letter, text).translate(VNI_LETTERS).replace("\u0000", ""))


def _vni_letter(pair: re.Match[str]) -> str:
    """A letter with its marks. What stays as it is must not be taken for VNI's single letters again."""
    letter, mark = (part for part in pair.groups() if part)
    base = letter.translate(VNI_LETTERS)
    table = TONES if pair[2] else CIRCUMFLEX if pair[4] else BREVE
    return "\u0000".join(unicodedata.normalize("NFD", nfc(base + table[mark.lower()])))


Charset = Callable[[str], str]
CHARSETS: dict[str, Charset] = {"TCVN3": from_tcvn3, "VNI": from_vni}


def plain(text: str) -> str:
    """`text` as NFC with the right letter where another looks like it (`ð`), without signs that show nothing."""
    return nfc(text.translate(ODD))


def to_unicode(text: str, *, charset: str | None = None) -> str:
    """`text` in plain NFC, the lines of it that are in TCVN3 or VNI turned to Unicode. Other text stays as it is.

    `charset` tells which of the two it is, where that is known."""
    found = charset or charset_of(text)
    if found is None:
        return plain(text)
    return "\n".join(_line(line, CHARSETS[found]) for line in text.split("\n"))


def charset_of(text: str) -> str | None:
    """`TCVN3` or `VNI` where some lines of `text` are in it, else None."""
    if text.isascii():
        return None
    best = max(CHARSETS, key=lambda name: _formed(CHARSETS[name](text)))
    return best if _is_in(CHARSETS[best], text) else None


def _is_in(charset: Charset, text: str) -> bool:
    """Whether some lines of `text` are in `charset`: those it changes read as Vietnamese after, and not before."""
    changed = [line for line in text.split("\n") if _good(charset(line)) > _good(plain(line))]
    before, after = " ".join(map(plain, changed)), " ".join(map(charset, changed))
    return _good(after) >= LEAST and _formed(after) >= FORMED and _formed(after) >= _formed(before) + GAIN


def _line(line: str, charset: Charset) -> str:
    turned, kept = charset(line), plain(line)
    return turned if _good(turned) - _bad(turned) >= _good(kept) - _bad(kept) else kept


def _marked(text: str) -> list[str]:
    return [w for w in (word.strip(EDGES) for word in text.split()) if not w.isascii()]


@lru_cache(maxsize=65536)
def _is_formed(word: str) -> bool:
    return is_syllable(word) and bare(word) != word


def _good(text: str) -> int:
    """How many words carry marks and are syllables."""
    return sum(map(_is_formed, _marked(text)))


def _bad(text: str) -> int:
    return len(_marked(text)) - _good(text)


def _formed(text: str) -> float:
    """The share of the marked words that are syllables, 0 without any."""
    return _good(text) / max(len(_marked(text)), 1)


def is_capital_font(name: str) -> bool:
    """Whether a font of the ABC set draws small letters as capitals: `.VnTimeH`, `.VnArialH`."""
    return bool(re.search(r"\.?Vn[A-Z][A-Za-z ]*?H(?:$|[^a-z])", name))


def coding_of(data: bytes, *, whole: bool = True) -> str | None:
    """The codec that reads a file's bytes: `utf-8-sig`, `utf-16`, for old Vietnamese text `cp1252` (TCVN3, VNI) or
    `cp1258`; None where it is no text. Of a sample that is not the `whole` file the last letter may be cut."""
    coding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = codecs.getincrementaldecoder(coding)().decode(data, whole)
    except UnicodeDecodeError:
        return None if CONTROLS.search(data) else _legacy(data)
    return None if "\0" in text else coding


def _legacy(data: bytes) -> str | None:
    """The codec of text of one byte a letter, where it reads as Vietnamese in one of the old ways."""
    found = {coding: _unicode(data, coding) for coding in ("cp1252", "cp1258")}
    best = max(found, key=lambda coding: _formed(found[coding]))
    return best if _formed(found[best]) >= FORMED and _good(found[best]) >= LEAST else None


def _unicode(data: bytes, coding: str) -> str:
    text = codecs.getincrementaldecoder(coding)("replace").decode(data)
    return nfc(text) if coding == "cp1258" else to_unicode(text)


def decoded(data: bytes, *, whole: bool = True) -> str | None:
    """The text in a file's bytes, in Unicode whatever it was written in; None where it is no text.

    Of a sample that is not the `whole` file the last letter may be cut.
    """
    coding = coding_of(data, whole=whole)
    return _unicode(data, coding) if coding else None
