"""hOCR and ALTO: the words change, every other byte stays; scores and other readings count."""

from __future__ import annotations

import io
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SohoaError
from pipeline.restore.confidence import Read
from pipeline.restore.strings import RestoredWord, restore_words
from pipeline.restoring.files import opened
from pipeline.restoring.parts import Part, bounds, rendered

HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en">
 <head><title>thuc hien</title><meta name='ocr-capabilities' content='ocr_page ocrx_word'/></head>
 <body><!-- thuc hien <b> -->
  <div class='ocr_page' id='page_1' title='image "a &amp; b.png"; bbox 0 0 1654 2339'>
   <p class='ocr_par' lang='vie'>
{lines}
   </p>
  </div>
 </body>
</html>
"""
LINE = "    <span class='ocr_line' id='line_1_{n}' title=\"bbox 1 2 3 4; baseline 0 -3\">{words}\n    </span>"
LOST = "Uy ban nhan dan huyen to chuc thuc hien ke hoach".split()
BOLD = "<strong>{}</strong>"
TRUE = "Ủy ban nhân dân huyện tổ chức thực hiện kế hoạch".split()


def word(text: str, *, sure: int = 90, inner: str = "{}") -> str:
    return f"\n     <span class='ocrx_word' title='bbox 5 6 7 8; x_wconf {sure}'>{inner.format(text)}</span>"


def hocr(*rows: list[str]) -> str:
    return HOCR.format(lines="\n".join(LINE.format(n=n, words="".join(row)) for n, row in enumerate(rows, start=1)))


def alto(*lines: str, space: str = "http://www.loc.gov/standards/alto/ns-v3#", prefix: str = "") -> str:
    rows = "\n".join(f"<{prefix}TextLine>{line}</{prefix}TextLine>" for line in lines)
    blocks = f"<{prefix}TextBlock ID='b'>{rows}</{prefix}TextBlock>"
    name = f'xmlns:{prefix.rstrip(":")}="{space}"' if prefix else f'xmlns="{space}"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{prefix}alto {name}><{prefix}Layout>'
        f'<{prefix}Page ID="p1"><{prefix}PrintSpace>{blocks}</{prefix}PrintSpace></{prefix}Page>'
        f"</{prefix}Layout></{prefix}alto>\n"
    )


def strings(words: list[str], prefix: str = "") -> str:
    pieces = (f'<{prefix}String HPOS="1" WC="0.9" CONTENT="{w}"/>' for w in words)
    return f'<{prefix}SP WIDTH="9"/>\n'.join(pieces)


def parts(text: str | bytes) -> list[Part]:
    data = text.encode() if isinstance(text, str) else text
    return list(opened("a.xml", io.BytesIO(data)).parts)


def restored(data: str | bytes) -> str | bytes:
    file = opened("a.xml", io.BytesIO(data.encode() if isinstance(data, str) else data))
    texts = [rendered(part, restore_words(part.lines, reads=part.reads)) for part in file.parts]
    made = file.encoded(file.mark + "".join(texts))
    return made.decode() if isinstance(data, str) else made


def rewritten(text: str, new: dict[str, str]) -> str:
    """The file with some words replaced, whatever restoration would say."""
    made = ""
    for part in parts(text):
        made += rendered(part, [[RestoredWord(w, new.get(w, w), 1.0) for w in row] for row in part.lines])
    return made


@pytest.mark.parametrize(
    ("lost", "true"),
    [
        (hocr([word(w) for w in LOST]), hocr([word(w) for w in TRUE])),
        (hocr([word(w, inner=BOLD) for w in LOST]), hocr([word(w, inner=BOLD) for w in TRUE])),
        (hocr([word(w, inner="\n {}\n ") for w in LOST]), hocr([word(w, inner="\n {}\n ") for w in TRUE])),
        (hocr([" ".join(LOST)]), hocr([" ".join(TRUE)])),  # lines without words of their own
        (hocr([word(w) for w in LOST]).replace("\n", "\r\n"), hocr([word(w) for w in TRUE]).replace("\n", "\r\n")),
        ("\ufeff" + hocr([word(w) for w in LOST]), "\ufeff" + hocr([word(w) for w in TRUE])),
        (alto(strings(LOST)), alto(strings(TRUE))),
        (alto(strings(LOST), space="http://www.loc.gov/standards/alto/ns-v2#"),
         alto(strings(TRUE), space="http://www.loc.gov/standards/alto/ns-v2#")),
        (alto(strings(LOST, "a:"), prefix="a:", space="http://www.loc.gov/standards/alto/ns-v4#"),
         alto(strings(TRUE, "a:"), prefix="a:", space="http://www.loc.gov/standards/alto/ns-v4#")),
        (alto(strings([" ".join(LOST)])), alto(strings([" ".join(TRUE)]))),  # a String that holds a line
        (alto(strings(LOST)).replace("WC=\"0.9\" ", ""), alto(strings(TRUE)).replace("WC=\"0.9\" ", "")),
    ],
    ids=["hocr", "bold", "blanks", "loose", "crlf", "bom", "alto", "v2", "v4 prefixed", "line strings", "no scores"],
)  # fmt: skip
def test_only_words_change(lost: str, true: str) -> None:
    assert restored(lost) == true


HTML = (
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>x</title><script>if (a<b) thuc()</script></head><body>"
    "<p>thuc hien<div class=ocr_page title='bbox 0 0 9 9'><p class=ocr_par>{}<br>{}<img src=a.png><hr></p></div>"
    "</body></html>"
)


def test_html_that_is_no_xml() -> None:
    assert restored(HTML.format(" ".join(LOST), "74/KH-UBND&nbsp;thuc hien")) == HTML.format(
        " ".join(TRUE), "74/KH-UBND&nbsp;thực hiện"
    )


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be", "iso-8859-1", "ascii"])
def test_the_encoding_stays_and_what_it_lacks_becomes_references(codec: str) -> None:
    mark = b"\xfe\xff" if codec == "utf-16-be" else b""
    named = codec.removesuffix("-be")
    lost = mark + alto(strings(LOST)).replace("UTF-8", named).encode(codec)
    true = mark + alto(strings(TRUE)).replace("UTF-8", named).encode(codec, "xmlcharrefreplace")
    assert restored(lost) == true


@pytest.mark.parametrize(
    ("raw", "new", "made"),
    [
        ("A&amp;B", {}, "A&amp;B"),
        ("&#x1EA1;&quot;", {}, "&#x1EA1;&quot;"),  # what stays keeps its references
        ("hoach&amp;", {"hoach&": "hoạch&"}, "hoạch&amp;"),
        ("&quot;hoach&quot;", {'"hoach"': '"hoạch"'}, "&quot;hoạch&quot;"),
        ("&lt;hoach", {"<hoach": "<hoạch"}, "&lt;hoạch"),
    ],
)
def test_references_survive(raw: str, new: dict[str, str], made: str) -> None:
    assert rewritten(alto(strings([raw])), new) == alto(strings([made]))
    assert rewritten(hocr([word(raw)]), new) == hocr([word(made)])


def test_quotes_of_text_stay_quotes() -> None:
    assert rewritten(hocr([word('"hoach"')]), {'"hoach"': '"hoạch"'}) == hocr([word('"hoạch"')])


LETTER = "<span class='ocrx_cinfo' title='x_bboxes {n} 0 9 9; x_conf 99'>{c}</span>"
GLYPH = '<Glyph ID="g{n}" CONTENT="{c}"><Variant CONTENT="x"/></Glyph>'


def letters(pieces: list[str]) -> str:
    return "\n".join(LETTER.format(n=n, c=c) for n, c in enumerate(pieces))


def glyphs(text: str, pieces: list[str]) -> str:
    return f'<String CONTENT="{text}">{"".join(GLYPH.format(n=n, c=c) for n, c in enumerate(pieces))}</String>'


@pytest.mark.parametrize(
    ("was", "became", "pieces"),
    [
        ("hién", "hiện", ["h", "i", "ệ", "n"]),
        ("ctia", "của", ["c", "ủ", "", "a"]),
        ("qucn", "quyền", ["q", "uy", "ề", "n"]),
    ],
)
def test_boxes_of_letters_follow_their_word(was: str, became: str, pieces: list[str]) -> None:
    made = rewritten(hocr([word(letters(list(was)))]), {was: became})
    assert made == hocr([word(letters(pieces))])
    made = rewritten(alto(glyphs(was, list(was))), {was: became})
    assert made == alto(glyphs(became, pieces))


def test_glyphs_that_are_not_the_word_stay() -> None:
    text = alto(glyphs("hien", ["h", "ii", "n"]))
    assert rewritten(text, {"hien": "hiện"}) == text.replace('"hien"', '"hiện"')


@given(st.text(min_size=1, max_size=12), st.text(max_size=12))
def test_bounds_go_from_end_to_end_and_never_back(was: str, became: str) -> None:
    places = bounds(was, became)
    assert len(places) == len(was) + 1
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, len(became))


HALVES = (
    '<String CONTENT="Uy"/><SP/><String CONTENT="{}" SUBS_TYPE="HypPart1" SUBS_CONTENT="{}"/><HYP CONTENT="-"/>',
    '<String CONTENT="{}" SUBS_TYPE="HypPart2" SUBS_CONTENT="{}"/><SP/><String CONTENT="huyen"/>',
)


@pytest.mark.parametrize(
    ("first", "second", "whole", "new", "made"),
    [
        ("nghi", "em", "nghiem", {"nghiem": "nghiệm"}, ("nghi", "ệm", "nghiệm")),
        ("quye", "n,", "quyen", {"quyen,": "quyền,"}, ("quyề", "n,", "quyền")),
        ("nghi-", "em", "nghiem", {"nghiem": "nghiệm"}, ("nghi-", "ệm", "nghiệm")),
        ("nghi", "em", "other", {"nghi": "nghĩ", "em": "êm"}, ("nghi", "em", "other")),  # halves of no whole stay
        ("nghi", "em", "", {"nghi": "nghĩ"}, ("nghi", "em", "")),
    ],
)
def test_a_word_parted_at_a_line_end_is_one(
    first: str, second: str, whole: str, new: dict[str, str], made: tuple[str, str, str]
) -> None:
    before = alto(HALVES[0].format(first, whole), HALVES[1].format(second, whole))
    after = alto(HALVES[0].format(made[0], made[2]), HALVES[1].format(made[1], made[2]))
    assert rewritten(before, new) == after


OTHER = '<String CONTENT="hien" WC="0.7"><ALTERNATIVE PURPOSE="ocr">hiện</ALTERNATIVE></String>'
CHOICES = (
    "<span class='alternatives'><ins class='alt' title='nlp 0.4'>hien</ins>"
    "<del class='alt' title='nlp 0.9'>hiện</del></span>"
)


@pytest.mark.parametrize(
    ("text", "score"),
    [(alto(strings(["thuc"]) + OTHER), 0.4), (hocr([word("thuc"), word("", sure=70, inner=CHOICES)]), 0.4066)],
)
def test_scores_and_other_readings_are_told_to_restoration(text: str, score: float) -> None:
    (part,) = parts(text)
    assert part.lines[0] == ["thuc", "hien"]
    assert part.reads[0, 0] == Read(0.9)
    read = part.reads[0, 1]
    assert read.score == 0.7
    assert [(text, round(s, 4)) for text, s in read.others] == [("hiện", score)]


def test_scores_that_are_all_the_same_say_nothing() -> None:
    assert not parts(alto(strings(LOST)))[0].reads


def test_what_choices_of_letters_weighed_is_no_text() -> None:
    info = "{}<span class='ocrx_cinfo' id='lstm_choices_1'><span class='ocrx_cinfo' title='x_confs 9'>h</span></span>"
    assert parts(hocr([word("hien", inner=info)]))[0].lines[0] == ["hien"]


def test_lines_and_paragraphs_are_kept_apart() -> None:
    text = hocr([word("a")], [word("b"), word("c")]).replace("</p>", f"</p><p class='ocr_par'>{word('d')}</p>")
    assert parts(text)[0].lines == [["a"], ["b", "c"], [], ["d"], []]
    assert parts(alto(strings(["a", "b"]), strings(["c"])))[0].lines == [["a", "b"], ["c"], [], []]
    assert [(r.page, r.line) for r in parts(text)[0].rows if r.slots] == [(1, 1), (1, 2), (1, 3)]


@pytest.mark.parametrize("one", [hocr([word(w) for w in LOST]), alto(strings(LOST))], ids=["hocr", "alto"])
def test_long_files_are_cut_between_pages_and_put_together_whole(one: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.restoring.markup.LIMIT", 100)
    page = re.search(r"<div class='ocr_page'.*</div>|<Page.*</Page>", one, re.DOTALL)
    assert page
    many = one.replace(page[0], page[0] * 7)
    found = parts(many)
    assert len(found) == 4
    assert "".join(part.text for part in found) == many
    made = many
    for old, new in zip(LOST, TRUE, strict=True):
        made = re.sub(rf"(?<=[>\"]){old}(?=[<\"])", new, made)
    assert restored(many) == made


PIECES = (
    *(
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<br/>",
        "</span>",
        "<span class='ocrx_word' title='x_wconf 9'>",
        "<del>",
        "</div>",
    ),
    *("<!-- a -->", "<![CDATA[x]]>", "<", ">", '"', "&amp;", "&nbsp;", "&none;", "ke", "hoach", " ", "\r\n", "<?a?>"),
    *("<span class=ocrx_cinfo title='x_bboxes 1'>", "<String CONTENT='a b'>", "<!DOCTYPE x [<!ENTITY a 'b'>]>"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_where_no_word_changes_no_byte_does(pieces: list[str]) -> None:
    text = f"<html><div class=ocr_page>{''.join(pieces)}</div></html>"
    with suppress(SohoaError):
        assert rewritten(text, {}) == text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (alto(strings(LOST))[:-40], "is broken XML (line 12: unclosed token)"),
        (alto(strings(["a"])).replace("</TextLine>", ""), "is broken XML (line 2: mismatched tag)"),
        (hocr([word("a")])[:-30], "is broken XML"),
        (HTML.format("a", "b")[:-20], "ends in the midst of a page: it was cut off"),
        (alto(strings(["quyết"])).replace("UTF-8", "ascii"), "is not in ascii, as it says"),
        (alto(strings(["a"])).replace("UTF-8", "klingon"), "is not in klingon, as it says"),
        ('<?xml version="1.0"?><mets xmlns="http://www.loc.gov/METS/"/>', "is markup without words of OCR"),
        ("<html><body>thuc hien</body></html>", "is markup without words of OCR"),
    ],
)
def test_a_broken_file_is_told(data: str, told: str) -> None:
    with pytest.raises(SohoaError, match=re.escape(told)):
        parts(data)
