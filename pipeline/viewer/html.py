"""The page itself: one file that needs nothing else, and no network."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import PageError
from pipeline.schema import Rows
from pipeline.sheet import TEXT, open_source
from pipeline.viewer.contents import groups

__all__ = ["page_of", "pictures"]

TEMPLATE = Path(__file__).with_name("page.html")
EMPTY = '<script type="application/json" id="data">{}</script>'
#: Width of the pictures in pixels, and their quality as JPEG: print stays legible, a page takes some 100 KB.
WIDTH, QUALITY = 1240, 60


def page_of(rows: Rows, shown: Mapping[int, str | PageError]) -> str:
    """The HTML of a document, `shown` the pictures of its pages by number, or what went wrong with one."""
    (own,) = rows["documents"]
    title = " ".join(str(own[c]) for c in ("type_name", "code") if own[c]) or str(own["source"])
    data = {
        "title": title,
        "about": ", ".join(str(v) for v in (own["subject"], own["issuer"], own["issued"], own["source"]) if v),
        "pages": [_page(rows, int(str(p["page"])), shown) for p in rows["pages"]],
        "groups": groups(rows),
    }
    # No `<` of a text may end the script that holds it.
    stored = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return _template().replace(EMPTY, EMPTY.replace("{}", stored))


@cache
def _template() -> str:
    return TEMPLATE.read_text("utf8")


def _page(rows: Rows, number: int, shown: Mapping[int, str | PageError]) -> dict[str, Any]:
    (page,) = (p for p in rows["pages"] if p["page"] == number)
    picture = shown.get(number)
    lines = [(row["line"], row["text"]) for row in rows["lines"] if row["page"] == number]
    return {
        "page": number, "width": page["width"], "height": page["height"], "lines": lines,
        "picture": picture if isinstance(picture, str) else None,
        "error": page["error"] or (str(picture) if isinstance(picture, PageError) else None),
    }  # fmt: skip


def pictures(path: Path) -> Iterator[tuple[int, str | PageError]]:
    """(number, picture as a data URL) of each page of a source, none for text; a PageError where one cannot be drawn.

    Raises SourceError where the source is gone or cannot be opened.
    """
    source = open_source(path)
    if source.media_type == TEXT:
        return
    for sheet in source.sheets():
        try:
            yield sheet.number, _jpeg(sheet.pixels())
        except PageError as error:
            yield sheet.number, error


def _jpeg(pixels: Any) -> str:
    from PIL import Image

    image = Image.fromarray(pixels)
    if image.width > WIDTH:
        image = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.BOX)
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"
