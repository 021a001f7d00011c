"""Words that are dirt: specks of the scanner that the recogniser took for letters or signs."""

from __future__ import annotations

from pipeline.engines.tokens import Token

__all__ = ["is_speck"]

#: Inches: what letters are higher than (those of 6 points are 0.04 high), what a dash is longer than.
LOW, SHORT = 0.04, 0.03
#: A low word that scores so much has a wrong box, not wrong letters.
SURE = 0.9
DASHES = frozenset("-_—–=")
#: Signs that no administrative paper prints by themselves.
ODD = frozenset("‹›ˆ^¬¡`\\~¦¨´«»‚„†‡¢¥£€")


def is_speck(token: Token, dpi: int) -> bool:
    """Whether the token is too small for what it reads, or a sign that nobody prints."""
    signs, width, height = set(token.text), token.box.width / dpi, token.box.height / dpi
    if any(c.isalnum() for c in signs):
        return height < LOW and (token.score < SURE or width < LOW)
    return signs <= ODD or (signs <= DASHES and width < SHORT)
