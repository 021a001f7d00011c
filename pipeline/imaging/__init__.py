"""Pictures of pages: `Raster` and the pure steps on it. OpenCV lives here alone, and is imported when used."""

from __future__ import annotations
