"""Which lines begin a block, and at which level: a beam search for the most consistent outline of a whole document.

Every line either goes on with the block before it, begins an unmarked paragraph, or begins a block with one of the
markers it could be read as. Costs are in nats by feel: what the line looks like (`Clue`), how its marker follows
the ones above it (`I` first or after nothing, `II` after `I`), and what had to be repaired.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.extract.numbering import RANKS, Marker

__all__ = ["Clue", "Decision", "decode"]

#: Hypotheses kept after each line.
BEAM = 40
#: A line that looks like a marked one is seldom the rest of a sentence, the less where a block seems to begin.
IGNORED_MARKER = 2.0
IGNORED_NUMBER = 3.0
IGNORED_START = 3.0
IGNORED_HEADING = 2.5
IGNORED_ITEM = 1.5
LATE = 2.0
#: A list that begins with what may be dirt is less likely one.
UNSURE = 0.5
#: Styles that may stand under themselves or return at another depth are not modelled: one level a style.
#: Run-in labels (`Mục tiêu 1:`) may stand under any style, and any under them.
LABEL = "label"
UNORDERED = ("-", "+", "•", "*")


@dataclass(frozen=True, slots=True)
class Clue:
    """What a line looks like. `start`: evidence that a block begins here, in nats, negative where it seems to go on;
    `markers`: what its beginning could be read as; `small`: what follows the marker begins with a small letter;
    `alone`: nothing follows the marker; `capital`: a heading in capitals does; `reset`: numbering begins
    anew (an annex)."""

    start: float
    markers: tuple[Marker, ...] = ()
    small: bool = False
    alone: bool = False
    capital: bool = False
    reset: bool = False


class Decision(NamedTuple):
    """What a line is: it goes on (`more`), begins a `paragraph`, or a `marked` block. `depth` counts the levels above
    a marked block; `cost` is what choosing it cost."""

    what: Literal["more", "paragraph", "marked"]
    marker: Marker | None
    depth: int
    cost: float


class _Level(NamedTuple):
    style: str
    value: int | None
    prefix: tuple[int, ...]


class _Path(NamedTuple):
    """A hypothesis: its cost, its open levels, whether the last block has no words yet, its decisions as a chain,
    last first, and the last number of each style, closed levels' too."""

    cost: float
    levels: tuple[_Level, ...]
    empty: bool
    trail: tuple[object, Decision] | None
    last: Mapping[str, int]


def decode(clues: Sequence[Clue]) -> tuple[Decision, ...]:
    """The decisions for all lines of the cheapest outline, one a line."""
    beam = [_Path(0.0, (), False, None, {})]
    for clue in clues:
        if clue.reset:
            beam = [path._replace(levels=(), last={}) for path in beam]
        steps = [step for path in beam for step in _steps(path, clue)]
        beam = _best(steps)
    return _unwound(beam[0].trail) if beam else ()


def _best(paths: list[_Path]) -> list[_Path]:
    """The cheapest paths, one for each state."""
    kept: dict[tuple[object, ...], _Path] = {}
    for path in sorted(paths, key=lambda p: p.cost):
        kept.setdefault((path.levels, path.empty), path)
        if len(kept) == BEAM:
            break
    return list(kept.values())


def _unwound(trail: tuple[object, Decision] | None) -> tuple[Decision, ...]:
    found: list[Decision] = []
    while trail is not None:
        trail, decision = trail  # type: ignore[assignment]
        found.append(decision)
    return tuple(reversed(found))


def _steps(path: _Path, clue: Clue) -> Iterator[_Path]:
    begins, goes_on = max(0.0, -clue.start), max(0.0, clue.start)
    if path.empty:  # the heading's own words follow its marker: `Chương I` `QUY ĐỊNH CHUNG`
        begins, goes_on = begins + 2.0, 0.0
    ignored = _ignored(path, clue)
    yield _after(path, Decision("more", None, 0, goes_on + ignored), path.levels, empty=False)
    yield _after(path, Decision("paragraph", None, 0, begins + ignored), path.levels, empty=False)
    for marker in clue.markers:
        looks = (
            marker.cost
            + 0.8 * begins
            + (1.5 if clue.small else 0.0)
            + (2.0 * clue.alone * (marker.style not in TITLED))
        )
        for levels, cost in _places(path, marker):
            yield _after(path, Decision("marked", marker, len(levels) - 1, looks + cost), levels, empty=clue.alone)


def _ignored(path: _Path, clue: Clue) -> float:
    """The cost of taking a line that could be marked for one without a marker; within a list its next item is
    likelier than a dash in a name."""
    if not clue.markers:
        return 0.0
    first = clue.markers[0]
    cost = first.cost
    seldom = IGNORED_NUMBER if cost < 0.5 and first.value is not None else IGNORED_MARKER
    weight = 1.0 if cost < 0.5 else 0.6 if cost < 1.55 else 0.0
    heading = IGNORED_HEADING if clue.capital else 0.0
    listed = first.cost < 0.5 and not clue.small and any(level.style == first.style for level in path.levels)
    seldom += IGNORED_ITEM if listed and first.value is None else 0.0
    return seldom + heading + weight * min(IGNORED_START, max(0.0, clue.start))


#: Headings whose words may stand on the next line.
TITLED = ("annex", "Phần", "Chương", "Mục", "Tiểu mục")


def _after(path: _Path, decision: Decision, levels: tuple[_Level, ...], *, empty: bool) -> _Path:
    marker = decision.marker
    last = path.last if marker is None or marker.value is None else {**path.last, marker.style: marker.value}
    return _Path(path.cost + decision.cost, levels, empty, (path.trail, decision), last)


def _places(path: _Path, marker: Marker) -> Iterator[tuple[tuple[_Level, ...], float]]:
    """Where the marker can stand under the open levels, each with its cost: in its style's sequence, or below."""
    levels, new = path.levels, _Level(marker.style, marker.value, marker.prefix)
    first = _first(new, path.last.get(new.style)) + (UNSURE if marker.value is None and marker.cost > 1.5 else 0.0)
    at = next((n for n, level in enumerate(levels) if level.style == marker.style), None)
    if at is not None:
        yield (*levels[:at], new), _sequence(levels[at], new) + _parent(levels[:at], new)
        return
    yield (*levels, new), first + _parent(levels, new)
    for depth in range(len(levels)):  # the level it belongs to was closed: `b)` under 2 after `-` under 1
        if _closable(levels[depth].style, marker.style):
            late = LATE if levels[depth].style == "Điều" and _is_late(path, marker) else 0.0
            yield (*levels[:depth], new), first + _parent(levels[:depth], new) + 0.5 + late


def _is_late(path: _Path, marker: Marker) -> bool:
    """Whether these would be the first numerals over articles that began without: `I.` is then a misread `1.`."""
    return marker.style in ("roman", "letter") and marker.style not in path.last


def _closable(open_: str, new: str) -> bool:
    """Whether a marker may close an open level: one as deep or deeper; a run-in label, which has no rank, bullets."""
    return open_ in UNORDERED if LABEL in (open_, new) else RANKS[open_] >= RANKS[new]


def _sequence(before: _Level, new: _Level) -> float:
    """The cost of `new` next after `before` in one style."""
    if new.style in UNORDERED:
        return 0.0
    if before.prefix != new.prefix:
        grown = new.prefix > before.prefix
        return _first(new) + (0.0 if grown else 3.0)
    if new.value is None or before.value is None:
        return 2.0
    step = new.value - before.value
    if step == 1 or (step == 2 and new.style in ("a)", "a.") and new.value > 5):
        return 0.0
    if step == 0:
        return 4.0
    return min(3.0 + 0.7 * step, 8.0) if step > 1 else (5.0 if new.value == 1 else 7.0)


def _first(new: _Level, last: int | None = None) -> float:
    """The cost of beginning a sequence with `new`; `last` is the number before it in a sequence that was closed.

    Articles run on over chapters, and so do the numbers of some plans and tables over their groups.
    """
    if new.value is None:
        return 0.6
    if last is not None and new.value == last + 1:
        return 0.3 if new.style == "Điều" else 0.8
    return 0.3 if new.value == 1 else min(2.8 + 0.7 * (new.value - 1), 8.0)


def _parent(above: tuple[_Level, ...], new: _Level) -> float:
    """The cost of standing right under `above`."""
    if not above:
        return 0.0
    parent = above[-1]
    cost = 4.0 if LABEL not in (parent.style, new.style) and RANKS[parent.style] > RANKS[new.style] else 0.0
    if new.prefix:
        numbers = tuple(level.value for level in above if level.value is not None)
        nested = parent.prefix + ((parent.value,) if parent.value is not None else ())
        agrees = nested == new.prefix or (len(new.prefix) == 1 and numbers[-1:] == new.prefix)
        return cost + (0.0 if agrees else 1.0)
    return cost
