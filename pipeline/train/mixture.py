"""One back-off model of several: each history is weighed by how likely each part of the corpus is to hold it.

P(w|h) = sum over parts of P(part|h) P(w|h, part), where P(part|h) follows by Bayes' rule from the part's prior and its
own probability of h: law speaks where wording is of the law, the others elsewhere. The n-grams of all parts are kept,
back-off weights are made anew (static interpolation, as in SRILM; Stolcke, 2002).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.ngram import Keys, Places
from pipeline.train.arpa import Grams

__all__ = ["mixed"]

Doubles = NDArray[np.float64]
#: Bits of a word's id in the packed key of an n-gram (four words at most); log10 probability of a word never seen.
BITS, UNSEEN = np.uint64(14), -9.0
#: The least probability that n-grams leave for back-off, and the largest log10 weight.
LEAST, LARGEST = 1e-6, 3.0


class _Order(NamedTuple):
    """The n-grams of one order: packed keys, sorted; the places of their first and last n-1 words in the order below;
    each part's log10 of the last word's probability, of the back-off weight, and of the whole n-gram's probability;
    the mixed log10 probability of the last word."""

    keys: Keys
    first: Places
    last: Places
    chances: list[Doubles]
    weights: list[Doubles]
    whole: list[Doubles]
    mixed: Doubles


def mixed(models: Sequence[Sequence[Grams]], priors: Sequence[float]) -> list[Grams]:
    """The mixture of models over one vocabulary, each its n-grams by order.

    The first and the last n-1 words of every n-gram must be in its model too."""
    orders: list[_Order] = []
    for grams in zip(*models, strict=True):
        orders.append(_order(grams, priors, orders[-1] if orders else None))
    weights = [_weights(order, above) for order, above in pairwise(orders)]
    weights.append(np.zeros(len(orders[-1].keys)))
    return [
        Grams(_unpacked(order.keys, n), order.mixed.astype(np.float32), weight.astype(np.float32))
        for n, (order, weight) in enumerate(zip(orders, weights, strict=True), 1)
    ]


def _packed(grams: Grams) -> Keys:
    key = np.zeros(len(grams.words), dtype=np.uint64)
    for column in range(grams.words.shape[1]):
        key = (key << BITS) | grams.words[:, column].astype(np.uint64)
    return key


def _unpacked(keys: Keys, size: int) -> NDArray[np.int32]:
    words = [(keys >> (BITS * np.uint64(size - 1 - n))) & ((np.uint64(1) << BITS) - np.uint64(1)) for n in range(size)]
    return np.stack(words, axis=1).astype(np.int32)


def _order(grams: Sequence[Grams], priors: Sequence[float], below: _Order | None) -> _Order:
    packed = [_packed(g) for g in grams]
    keys = np.unique(np.concatenate(packed))
    first = last = np.zeros(len(keys), dtype=np.int64)
    shares = [np.full(len(keys), np.log10(prior)) for prior in priors]
    lower = [np.full(len(keys), UNSEEN) for _ in grams]
    if below:
        rest = (np.uint64(1) << (BITS * np.uint64(grams[0].words.shape[1] - 1))) - np.uint64(1)
        first, last = np.searchsorted(below.keys, keys >> BITS), np.searchsorted(below.keys, keys & rest)
        shares = [share + whole[first] for share, whole in zip(shares, below.whole, strict=True)]
        lower = [w[first] + c[last] for w, c in zip(below.weights, below.chances, strict=True)]
    chances, weights = lower, [np.zeros(len(keys)) for _ in grams]
    for own, chance, weight, key in zip(grams, chances, weights, packed, strict=True):
        at = np.searchsorted(keys, key)
        chance[at], weight[at] = own.chances, own.weights
    whole = [below.whole[n][first] + chance for n, chance in enumerate(chances)] if below else chances
    total = _sum(shares)
    both = _sum([share - total + chance for share, chance in zip(shares, chances, strict=True)])
    return _Order(keys, first, last, chances, weights, whole, both)


def _sum(logs: Sequence[Doubles]) -> Doubles:
    """log10 of the sum of numbers, given by their log10."""
    most = np.maximum.reduce(list(logs))
    return np.asarray(most + np.log10(np.sum([10.0 ** (log - most) for log in logs], axis=0)))


def _weights(order: _Order, above: _Order) -> Doubles:
    """log10 back-off weights: what the n-grams above leave of a history, by what their words would get without."""
    size = len(order.keys)
    given = np.bincount(above.first, 10.0**above.mixed, minlength=size)
    instead = np.bincount(above.first, 10.0 ** order.mixed[above.last], minlength=size)
    left = np.log10(np.maximum(1 - given, LEAST) / np.maximum(1 - instead, LEAST))
    return np.where(given > 0, np.minimum(left, LARGEST), 0.0)
