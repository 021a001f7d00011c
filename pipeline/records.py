"""What a document says: the records an extractor finds and a `Decree` holds.

Each is a row, or a group of columns, of the dataset. A value read from words is a `Found`: its span is its
evidence. Records point to each other by position in the decree's tuples, because printed paths may repeat.
The meaning of each record is the one of the gold standard: a task is a leaf that orders work, a role says who
leads, a deadline links a task to the date row that states its time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.types import Box, Document, Found, Span

__all__ = [
    "Assignment",
    "Body",
    "Citation",
    "DateKind",
    "DateMention",
    "DateRole",
    "Deadline",
    "Decree",
    "Header",
    "Recipient",
    "Relation",
    "Role",
    "Section",
    "SectionKind",
    "Stamp",
    "Task",
    "TaskKind",
]

SectionKind = Literal[
    "part", "chapter", "section", "article", "clause", "subclause", "point", "bullet", "subbullet", "paragraph",
    "annex", "row",
]  # fmt: skip
TaskKind = Literal["directive", "requirement", "purpose", "target"]
Role = Literal["lead", "coordinate", "advise", "report_to", "monitor"]
DateKind = Literal["date", "by", "range", "month", "quarter", "year", "period", "recurring", "relative", "ongoing"]
DateRole = Literal["issued", "reference", "deadline", "period", "event", "other"]
Relation = Literal["basis", "amends", "repeals", "mentions"]


@dataclass(frozen=True, slots=True)
class Body:
    """An agency, unit, office holder or group of them, under its full canonical name.

    `level` is `central`, `province`, `district`, `commune` or None; `parent` and `successor` are canonical
    names; validity bounds are ISO days, inclusive. `is_group`: the name stands for several (`Các sở, ngành`).
    """

    name: str
    kind: str | None = None
    level: str | None = None
    place: str | None = None
    parent: str | None = None
    successor: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """The header and foot of a document: elements b, c, d, đ, g of Nghị định 30/2020/NĐ-CP, Điều 8.

    `issuer` and `parent_issuer` hold full canonical names, `issued` an EDTF date (`2021-03-1X`: the day's last
    digit is unreadable). None: the document does not say, or it could not be read.
    """

    type_code: Found[str] | None = None
    type_name: Found[str] | None = None
    number: Found[str] | None = None
    notation: Found[str] | None = None
    code: Found[str] | None = None
    issuer: Found[str] | None = None
    parent_issuer: Found[str] | None = None
    place: Found[str] | None = None
    issued: Found[str] | None = None
    subject: Found[str] | None = None
    signing_authority: Found[str] | None = None
    signer_position: Found[str] | None = None
    signer_name: Found[str] | None = None
    secrecy: Found[str] | None = None
    urgency: Found[str] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A marked or unmarked block of the body: heading or leaf.

    `path` joins the markers from the root (`A/I/1/-2`); `parent` is the parent's position in
    `Decree.sections`, None at the root. `text` is the node's own text without marker and children; `heading` the
    same text where the node heads others. `span` covers marker and own text.
    """

    path: str
    parent: int | None
    kind: SectionKind
    marker: str | None
    marker_raw: str | None
    heading: str | None
    text: str
    span: Span
    page: int
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time the text states. `starts` and `ends` are ISO days, inclusive, None where open; `edtf` may be
    uncertain; `rrule` is an RFC 5545 rule of a recurring time. `section` is a position in `Decree.sections`,
    None outside the body."""

    text: Found[str]
    kind: DateKind
    role: DateRole
    edtf: str | None
    starts: str | None
    ends: str | None
    rrule: str | None = None
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who acts in a task. `body` is a canonical name found in `Decree.bodies`; `as_printed` its words.
    `inherited`: the body is named only in a heading above, or in the table's header."""

    body: str
    role: Role
    as_printed: Found[str]
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due time of a task: `date` is a position in `Decree.dates`."""

    date: int
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A leaf that tells somebody to do something. `section` is a position in `Decree.sections`."""

    section: int
    kind: TaskKind
    text: Found[str]
    product: Found[str] | None = None
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document. `issued` is an ISO day or a bare year; `pinpoint` the article or clause cited."""

    text: Found[str]
    type: str | None
    code: str | None
    issued: str | None
    issuer: str | None
    relation: Relation
    pinpoint: str | None = None
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """One entry of `Kính gửi` (role `to`) or `Nơi nhận` (role `copy`), as printed without dash and end mark."""

    role: Literal["to", "copy"]
    text: Found[str]
    purpose: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp put on the paper after printing; number and date None where they could not be read."""

    kind: Literal["incoming", "copy", "urgency", "secrecy"]
    page: int
    box: Box | None
    receiver: str | None = None
    number: str | None = None
    date: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Decree:
    """A document and everything found in it. Spans index the very `document` held here, so none can go stale.

    Extractors are functions `Decree -> Decree` that add their records; a fresh decree has none.
    """

    document: Document
    header: Header = field(default_factory=Header)
    sections: tuple[Section, ...] = ()
    dates: tuple[DateMention, ...] = ()
    citations: tuple[Citation, ...] = ()
    bodies: tuple[Body, ...] = ()
    tasks: tuple[Task, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    stamps: tuple[Stamp, ...] = ()

    @property
    def id(self) -> str:
        """The document's id: the first 12 hex digits of the source's sha256."""
        return self.document.id

    def children(self, section: int | None) -> tuple[int, ...]:
        """Positions of the sections directly under `section` (None: at the root), in reading order."""
        return tuple(i for i, s in enumerate(self.sections) if s.parent == section)
