"""Results on disk: one JSON file a document, written whole or not at all. The dataset is made from them.

store = Store(Path("outputs"))
store.save(Result(decree, config, version))
store.load(decree.id)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import StoreError
from pipeline.records import Decree
from pipeline.whole import write_atomically

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["Result", "Store"]


@dataclass(frozen=True, slots=True)
class Result:
    """A decree with what made it: the settings as JSON and the version of program and models.

    `faults` tells of parts that failed and were left out.
    """

    config: str
    version: str
    decree: Decree
    faults: tuple[str, ...] = ()


@cache
def _adapter() -> TypeAdapter[Result]:
    from pydantic import TypeAdapter

    return TypeAdapter(Result)


@dataclass(frozen=True, slots=True)
class Store:
    """The results under `folder`/documents, named by document id."""

    folder: Path

    @property
    def dataset(self) -> Path:
        """Where the tables made from these results are."""
        return self.folder / "dataset.sqlite"

    def path(self, document_id: str) -> Path:
        """The file of one document's result, whether it is there or not."""
        return self.folder / "documents" / f"{document_id}.json"

    def save(self, result: Result) -> None:
        """Write `result`, replacing an older one. Raises StoreError, and leaves the older one, where it cannot."""
        write_atomically(self.path(result.decree.id), _adapter().dump_json(result))

    def load(self, document_id: str) -> Result:
        """The result of one document. Raises StoreError where there is none or it is damaged."""
        path = self.path(document_id)
        try:
            return _adapter().validate_json(path.read_bytes())
        except OSError as error:
            raise StoreError(f"{path} cannot be read ({error.strerror})", remedy="digitise its source again") from None
        except ValueError:  # pydantic's ValidationError is one
            raise StoreError(f"{path} is damaged", remedy="digitise its source again with --force") from None

    def ids(self) -> tuple[str, ...]:
        """The ids of all documents that have a result, sorted."""
        return tuple(sorted(p.stem for p in self.path("x").parent.glob("*.json")))

    def has(self, sha256: str, config: str, version: str) -> bool:
        """Whether there is a result of this very file, these settings and this version that lacks nothing."""
        return self._stamp(sha256[:12]) == (sha256, config, version, True)

    def _stamp(self, document_id: str) -> tuple[str, str, str, bool] | None:
        """What a result says of its making, and whether it lacks nothing, without building its records."""
        from pydantic_core import from_json

        try:
            data: Any = from_json(self.path(document_id).read_bytes())
            doc = data["decree"]["document"]
            whole = not data["faults"] and not any(p["error"] for p in doc["pages"])
            return doc["sha256"], data["config"], data["version"], whole
        except (OSError, ValueError, KeyError, TypeError):
            return None
