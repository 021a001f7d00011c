"""Restoration: a noisy channel decoded over a lattice gives lost marks and letters back.

`restore` is the stage for documents, `restore_text` the same for strings. The parts: `units` cuts tokens,
`guards` says what may change, `candidates` asks the `channel`, `lattice` searches with the `ngram` model.
"""

from pipeline.restore.stage import restore, restore_text, restore_texts

__all__ = ["restore", "restore_text", "restore_texts"]
