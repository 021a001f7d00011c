"""How good results are, against documents whose text and facts are known (gold)."""

from pipeline.evaluate.counts import FoundCounts, Measure, compared, count_found, paired
from pipeline.evaluate.document import Gold, Score, load_gold, pooled, score_rows, score_text
from pipeline.evaluate.text import TextCounts, count_text, normal, plain

__all__ = [
    "FoundCounts",
    "Gold",
    "Measure",
    "Score",
    "TextCounts",
    "compared",
    "count_found",
    "count_text",
    "load_gold",
    "normal",
    "paired",
    "plain",
    "pooled",
    "score_rows",
    "score_text",
]
