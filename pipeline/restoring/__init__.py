"""`sohoa restore`: the restoration alone, for many files. Text, hOCR and ALTO in, the same out with better words.

`run` does it, `sources` finds the files, `files` looks into one, `texts`, `hocr` and `alto` cut it into `parts`.
"""

from pipeline.restoring.run import Options, restore_all

__all__ = ["Options", "restore_all"]
