"""One document as a page to look at: the scan beside what was found in it, each lighting the other."""

from pipeline.viewer.contents import Mark, Shown, groups
from pipeline.viewer.html import page_of, pictures

__all__ = ["Mark", "Shown", "groups", "page_of", "pictures"]
