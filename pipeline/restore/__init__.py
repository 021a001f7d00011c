"""Restoration: a noisy channel decoded over a lattice gives lost marks and letters back.

`restore` is the stage for documents, `restore_text` the same for strings, `edits_of` tells what that changes. The
parts: `units` cuts tokens, `guards` says what may change, `candidates` asks the `channel`, `lattice` searches with the
`ngram` model.
"""

from pipeline.restore.stage import restore
from pipeline.restore.strings import TextEdit, edits_of, restore_text, restore_texts

__all__ = ["TextEdit", "edits_of", "restore", "restore_text", "restore_texts"]
