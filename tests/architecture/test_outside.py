"""Files from outside are opened by a reader only (lawdesk.outside): libraries that open files have few homes.

What cannot be seen here: whether a function named below is called in this process. So each is named only by the
text the door hands to a reader, or by its neighbours in the same file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OPENERS = {
    "load_workbook",
    "csv.reader",
    "csv.DictReader",
    "zipfile.ZipFile",
    "tarfile",
    "Image.open",
    "pikepdf.open",
    "tomllib.load",
    "tomllib.loads",
    "ElementTree.fromstring",
    "ElementTree.parse",
    "ElementTree.iterparse",
    "pickle.load",
    "pickle.loads",
    "marshal.loads",
    "docx",
    "email",
    "fontTools",
}
# Where they may stand, and why nothing from outside is opened in the process of the office.
ALLOWED = {
    "lawdesk/outside/workbook.py": "run by a reader",
    "lawdesk/outside/texts.py": "run by a reader",
    "lawdesk/outside/documents.py": "run by a reader",
    "lawdesk/privacy/service/bundle.py": "writes an archive",
    "lawdesk/outside/worker.py": "the reader hears its tasks from LawDesk",
    "lawdesk/paper/parts.py": "run by a reader: open_file",
    "lawdesk/paper/images.py": "run by a reader: open_file; and the picture it has just packed",
    "lawdesk/paper/merge.py": "run by a reader: assemble",
    "lawdesk/paper/tables.py": "the workbook it has just written",
    "lawdesk/paper/word.py": "a new, empty document",
    "lawdesk/documents/service/package.py": "writes an archive",
    "lawdesk/kernel/resources.py": "files that ship with LawDesk",
    "lawdesk/conflicts/rules/vocabulary.py": "a file that ships with LawDesk",
    "lawdesk/demo/names.py": "a file that ships with LawDesk",
}
IN_READERS = {
    "read_workbook": "lawdesk/outside/workbook.py",
    "csv_rows": "lawdesk/outside/texts.py",
    "strict_json": "lawdesk/outside/texts.py",
    "document_text": "lawdesk/outside/documents.py",
    "parse_ics": "lawdesk/deadlines/rules/courtcalendar.py",
    "open_file": "lawdesk/paper/parts.py",
    "clean_pdf": "lawdesk/paper/parts.py",
    "sort_of": "lawdesk/paper/parts.py",
    "image_pdf": "lawdesk/paper/parts.py",
    "assemble": "lawdesk/paper/merge.py",
}


def opened(source: str) -> Iterator[str]:
    """Yield what a file calls or imports of the openers."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            yield from (one for one in OPENERS if name == one or name.endswith(f".{one}"))
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.split(".")[0] in OPENERS)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in OPENERS:
            yield node.module


def files() -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "lawdesk").rglob("*.py"))]


@pytest.mark.parametrize("name", files())
def test_only_readers_open_files_from_outside(name: str) -> None:
    if name not in ALLOWED:
        assert list(opened((ROOT / name).read_text(encoding="utf-8"))) == []


def test_nothing_is_allowed_in_vain() -> None:
    for name in ALLOWED:
        assert list(opened((ROOT / name).read_text(encoding="utf-8"))), name


@pytest.mark.parametrize(
    "line", ["import csv\ncsv.reader(x)", "from PIL import Image\nImage.open(x)", "import email"]
)
def test_an_opener_is_seen(line: str) -> None:
    assert list(opened(line))


@pytest.mark.parametrize("function", IN_READERS)
def test_what_readers_run_is_called_by_nobody_else(function: str) -> None:
    calls = [
        name
        for name in files()
        if re.search(rf"(?<![\w.:]){function}\(", (ROOT / name).read_text(encoding="utf-8"))
        and f"def {function}(" not in (ROOT / name).read_text(encoding="utf-8")
    ]
    assert set(calls) <= {IN_READERS[function]}
