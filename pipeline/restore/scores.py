"""What becomes of confidence: votes for the search, and a score for every word when it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.restore.confidence import Column, Confidence, Read, Surroundings, features, lift
from pipeline.restore.decode import Verdict
from pipeline.restore.votes import Vote

__all__ = ["Place", "Reads", "evidence", "scores", "surroundings", "votes"]

#: A token by (line, place in the line).
Place = tuple[int, int]
Reads = Mapping[Place, Read]
#: Odds (log10) from which a change tells that the page was misread here.
SURE = 3.0


def _places(lines: Sequence[Sequence[str]]) -> Iterator[Place]:
    return ((number, place) for number, line in enumerate(lines) for place in range(len(line)))


def surroundings(lines: Sequence[Sequence[str]], found: Iterable[Verdict]) -> dict[Place, Surroundings]:
    """How well the parts of a document were read, by what the language model would surely change."""
    wrong = {(v.line, v.token) for v in found if v.margin >= SURE}
    places = list(_places(lines))
    return dict(zip(places, Surroundings.of([place in wrong for place in places]), strict=True))


def votes(
    confidence: Confidence,
    lines: Sequence[Sequence[str]],
    reads: Reads,
    around: Mapping[Place, Surroundings] | None = None,
) -> dict[Place, Vote]:
    """What the engine says of each token that it scored, and what stands around it where that is known."""
    column: Column = "again" if around else "read"
    found: dict[Place, Vote] = {}
    for at, read in reads.items():
        values = features(lines[at[0]][at[1]], read, around[at] if around else None)
        found[at] = Vote.of(lift(confidence.wrong(column, values)), read)
    return found


def leads(found: Iterable[Verdict], applied: Iterable[Verdict]) -> dict[Place, float]:
    """The odds (log10) of each token with rivals as it reads after the changes `applied`, its least sure unit's."""
    done = set(applied)
    least: dict[Place, float] = {}
    for v in found:
        lead = v.lead if v.margin == 0 or v in done else -v.margin
        least[v.line, v.token] = min(least.get((v.line, v.token), lead), lead)
    return least


def evidence(
    lines: Sequence[Sequence[str]], reads: Reads, found: Sequence[Verdict], applied: Sequence[Verdict]
) -> Iterator[tuple[Place, list[float]]]:
    """The features of each token as it reads after the changes `applied`, for the last three models."""
    around, sure, changed = surroundings(lines, found), leads(found, applied), {(v.line, v.token) for v in applied}
    for at in _places(lines):
        token = lines[at[0]][at[1]]
        yield at, features(token, reads.get(at), around[at], lead=sure.get(at), changed=at in changed)


def scores(
    confidence: Confidence,
    column: Column,
    lines: Sequence[Sequence[str]],
    reads: Reads,
    found: Sequence[Verdict],
    applied: Sequence[Verdict],
) -> dict[Place, float]:
    """The chance of each token to be right as it reads after the changes `applied`."""
    said = evidence(lines, reads, found, applied)
    return {at: round(1 - confidence.wrong(column, values), 4) for at, values in said}
