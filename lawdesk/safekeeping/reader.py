"""The reader of an export: one page that holds its data, style and script and is allowed to load nothing else.

The script is named by its hash in the page's own content policy, so nothing that stands in the data can run; data
lie in blocks that browsers do not execute, with ``<`` escaped.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Connection

from lawdesk.kernel.resources import resource_path
from lawdesk.safekeeping.opening import OpenDocument, rows_of
from lawdesk.safekeeping.shapes import TableShape, reading_order, to_words

INDEX = "index.html"


def write_reader(
    connection: Connection, folder: Path, documents: Iterable[OpenDocument], *, firm: str, made: str, language: str
) -> None:
    """Write ``index.html`` into ``folder``; ``made`` says when, ``language`` what it speaks at first."""
    script = resource_path("reader", "reader.js").read_text(encoding="utf-8")
    style = resource_path("reader", "reader.css").read_text(encoding="utf-8")
    shapes = list(reading_order())
    files: dict[str, list[str]] = {}
    for one in documents:
        files.setdefault(str(one.document_id), []).append(one.path)
    schema = {
        "firm": firm,
        "made": made,
        "language": language,
        "tables": [_table(shape) for shape in shapes],
        "files": files,
    }
    with (folder / INDEX).open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD.format(hash=_hash(script), style=style, title=_escape(firm)))
        _block(file, "schema", [json.dumps(schema, ensure_ascii=False)])
        for shape in shapes:
            _block(file, f"data-{shape.name}", _rows(connection, shape))
        file.write(f"<script>{script}</script>\n</body>\n</html>\n")


def _table(shape: TableShape) -> dict[str, Any]:
    columns = [
        {
            "name": column.name,
            "en": column.en,
            "zh": column.zh,
            **({"to": column.points_to} if column.points_to else {}),
        }
        for column in shape.columns
    ]
    return {"name": shape.name, "en": shape.en, "zh": shape.zh, "label": shape.label, "columns": columns}


def _rows(connection: Connection, shape: TableShape) -> Iterable[str]:
    yield "["
    before = ""
    for row in rows_of(connection, shape):
        cells = [to_words(value, column.kind) for value, column in zip(row, shape.columns, strict=True)]
        yield before + json.dumps(cells, ensure_ascii=False)
        before = ",\n"
    yield "]"


def _block(file: TextIO, name: str, parts: Iterable[str]) -> None:
    """Write a data block; ``<`` is escaped, so nothing in it can end it."""
    file.write(f'<script type="application/json" id="{name}">')
    for part in parts:
        file.write(part.replace("<", "\\u003c"))
    file.write("</script>\n")


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


_HEAD = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; script-src 'sha256-{hash}'; style-src 'unsafe-inline';
 base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<header><b id="firm"></b><input id="search" type="search" autofocus><button id="language"></button></header>
<div class="frame"><nav id="nav"></nav><main id="main"></main></div>
<p id="note" style="padding: 0 20px"></p>
"""
