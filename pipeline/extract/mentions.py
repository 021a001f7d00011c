"""Bodies of the gazetteer named anywhere in a document, whatever the grammar of names makes of the words.

spaCy's PhraseMatcher does the matching, token i being word i: `Doc(vocab, words=ours)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.extract.gazetteer import key, table
from pipeline.types import Document, Found, Span

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.vocab import Vocab

__all__ = ["known_bodies"]

CLOSING = '.,;:()“”"/…!?'


@cache
def _matcher() -> tuple[Vocab, PhraseMatcher]:
    import spacy
    from spacy.matcher import PhraseMatcher

    vocab = spacy.blank("xx").vocab
    matcher = PhraseMatcher(vocab)
    for row in (*table("central"), *table("agencies")):
        if len(row["name"].split()) > 1:
            matcher.add(row["name"], [_tokens(vocab, key(row["name"]).split())])
    return vocab, matcher


def _tokens(vocab: Vocab, words: list[str]) -> Any:
    from spacy.tokens import Doc

    return Doc(vocab, words=words)


def known_bodies(doc: Document) -> Iterator[Found[str]]:
    """Each mention of a central body or agency of the gazetteer, longest first where they overlap."""
    from spacy.util import filter_spans

    items = [(i, key(w.text.strip(CLOSING)) or w.text) for i, w in doc.printed()]
    if not items:
        return
    vocab, matcher = _matcher()
    for span in filter_spans(matcher(_tokens(vocab, [text for _, text in items]), as_spans=True)):
        words = Span(items[span.start][0], items[span.end - 1][0] + 1)
        yield Found(span.label_, words, min(w.score for w in doc.words[words.start : words.end]))
