"""Language models mixed: what comes out is a model again, and each part speaks where it knows the wording."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.train.arpa import Grams, model_of
from pipeline.train.mixture import mixed

WORDS = ("<s>", "</s>", "uỷ", "ban", "nhân", "<oov>")
SIZE = len(WORDS)
PAIRS = [(before, word) for before in range(SIZE) for word in range(1, SIZE)]
Model = list[Grams]


def _model(unigrams: np.ndarray, given_: dict[tuple[int, int], float]) -> Model:
    """A bigram model whose probabilities sum to one: `given_` shares out half of what follows a word."""
    weights = np.zeros(SIZE)
    chances: dict[tuple[int, int], float] = {}
    for before in range(SIZE):
        pairs = [pair for pair in given_ if pair[0] == before]
        total = 2 * sum(given_[pair] for pair in pairs)
        chances |= {pair: given_[pair] / total for pair in pairs}
        left = 1 - sum(unigrams[word] for _, word in pairs)
        weights[before] = np.log10(0.5 / left) if pairs else 0.0
    first = Grams(np.arange(SIZE, dtype=np.int32)[:, None], _log(unigrams), weights.astype(np.float32))
    words = np.array(list(chances), dtype=np.int32)
    return [first, Grams(words, _log([*chances.values()]), np.zeros(len(chances), dtype=np.float32))]


def _log(values: object) -> np.ndarray:
    return np.log10(np.maximum(np.asarray(values, dtype=np.float64), 1e-30)).astype(np.float32)


def _chance(model: Model, before: int, word: int) -> float:
    first, second = model
    for pair, chance in zip(second.words.tolist(), second.chances.tolist(), strict=True):
        if pair == [before, word]:
            return float(10**chance)
    return float(10 ** (first.weights[before] + first.chances[word]))


shares = st.floats(0.1, 1.0)
models = st.builds(
    lambda parts, pairs: _model(np.array([0.0, *parts]) / sum(parts), pairs),
    st.lists(shares, min_size=SIZE - 1, max_size=SIZE - 1),
    st.dictionaries(st.sampled_from([p for p in PAIRS if p[1] < SIZE - 1]), shares, min_size=1),
)


@settings(deadline=None)
@given(st.lists(models, min_size=2, max_size=3), st.floats(0.1, 0.8))
def test_a_mixture_is_a_model(parts: list[Model], prior: float) -> None:
    rest = (1 - prior) / (len(parts) - 1)
    both = mixed(parts, [prior, *[rest] * (len(parts) - 1)])
    for before in range(SIZE):
        assert sum(_chance(both, before, word) for word in range(1, SIZE)) == pytest.approx(1, abs=1e-3)


@settings(deadline=None)
@given(models)
def test_a_model_mixed_with_itself_is_itself(part: Model) -> None:
    both = mixed([part, part], [0.3, 0.7])
    for before, word in PAIRS:
        assert _chance(both, before, word) == pytest.approx(_chance(part, before, word), rel=1e-3)


def test_the_part_that_knows_a_history_decides_what_follows() -> None:
    law = _model(np.array([0, 0.1, 0.6, 0.1, 0.1, 0.1]), {(2, 3): 1.0})
    news = _model(np.array([0, 0.1, 0.1, 0.6, 0.1, 0.1]), {(2, 4): 1.0})
    both = mixed([law, news], [0.5, 0.5])
    # `uỷ` is six times as likely in law, where `ban` follows it half of the time; in news it shares what is left
    assert _chance(both, 2, 3) == pytest.approx(6 / 7 * 0.5 + 1 / 7 * 0.6 * 0.5 / 0.9, abs=1e-4)


def test_mixed_models_run() -> None:
    part = _model(np.array([0, 0.2, 0.2, 0.2, 0.2, 0.2]), {(0, 2): 1.0, (2, 3): 1.0})
    model = model_of(WORDS, mixed([part, part], [0.5, 0.5]))
    assert model.text(["uỷ", "ban"]) == pytest.approx([np.log10(0.5)] * 2, abs=1e-3)
