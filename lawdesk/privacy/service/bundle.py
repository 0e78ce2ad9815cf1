"""The answer to a request for access as one ZIP: a page for any browser, PDF, Word, and plain data."""

from __future__ import annotations

import json
import zipfile
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import _, language
from lawdesk.paper.blocks import Block, Grid, Heading, Text, TextDocument
from lawdesk.privacy.service.gathering import Dossier

PAGE, DATA, WORD, PDF = "index.html", "data.json", "report.docx", "report.pdf"
_STYLE = (
    "body{font:15px/1.6 'Microsoft YaHei UI','PingFang SC','Noto Sans CJK SC',sans-serif;max-width:60em;"
    "margin:2em auto;padding:0 1em;color:#1f2124}table{border-collapse:collapse;width:100%;margin:.5em 0 1.5em}"
    "th,td{border:1px solid #c9c5bc;padding:.3em .5em;text-align:left;vertical-align:top}th{background:#f1efeb}"
    "small{color:#515459}"
)


def write_bundle(dossier: Dossier, target: Path, *, firm: str, made: str, request: str = "") -> None:
    """Write the ZIP; the target is the old file or the complete new one. Raises EnvironmentFailure."""
    from lawdesk.paper.blocks import write_text_pdf
    from lawdesk.paper.word import write_docx

    document = as_document(dossier, firm=firm, made=made, request=request)
    with TemporaryDirectory(prefix="lawdesk-person-") as name, atomic_path(target) as temporary:
        folder = Path(name)
        write_docx(document, folder / WORD)
        write_text_pdf(document, folder / PDF)
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(PAGE, as_page(dossier, firm=firm, made=made, request=request))
            archive.writestr(
                DATA, json.dumps(as_data(dossier, firm=firm, made=made), ensure_ascii=False, indent=1)
            )
            for part in (WORD, PDF):
                archive.write(folder / part, part)


def as_document(dossier: Dossier, *, firm: str, made: str, request: str = "") -> TextDocument:
    """Return the answer as a text for Word and PDF."""
    blocks: list[Block] = [
        Text(
            _("Everything {firm} keeps about this person in LawDesk, as of {made}.").format(firm=firm, made=made)
        ),
    ]
    for section in dossier.sections:
        blocks += [Heading(section.title), Grid(list(section.head), [list(row) for row in section.rows])]
    if not dossier.sections:
        blocks.append(Text(_("Nothing is kept about this person under the names and numbers searched.")))
    if dossier.withheld:
        blocks.append(Heading(_("Left out, and why")))
        blocks += [Text(words) for words in dossier.withheld]
    if lines := mention_lines(dossier):
        blocks.append(Heading(_("Named in texts of the firm")))
        blocks += [Text(line) for line in lines]
    blocks.append(Heading(_("What was searched")))
    blocks += [Text(line) for line in extent_lines(dossier)]
    subtitle = tuple(part for part in (dossier.name, request) if part)
    return TextDocument(_("Data on a person"), blocks, subtitle=subtitle, header=firm, author=firm)


def mention_lines(dossier: Dossier) -> list[str]:
    """Return where texts name the person, counted by table; the texts are other matters' and stay here."""
    counts: dict[tuple[str, str], int] = {}
    for one in dossier.mentions:
        counts[one.title, one.column_title] = counts.get((one.title, one.column_title), 0) + 1
    words = _("{table}, {column}: {count}")
    return [words.format(table=table, column=column, count=count) for (table, column), count in counts.items()]


def extent_lines(dossier: Dossier) -> list[str]:
    """Return what was searched and what could not be, as sentences."""
    extent = dossier.extent
    words = _("{tables} tables, {texts} texts and {documents} documents were read.")
    found = [words.format(tables=extent.tables, texts=extent.texts, documents=extent.documents)]
    return [*found, *extent.not_searched]


def as_page(dossier: Dossier, *, firm: str, made: str, request: str = "") -> str:
    """Return the answer as one page that loads nothing and runs nothing."""
    parts = [
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language() == "zh" else "en"}"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(dossier.name)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(_('Data on a person'))}</h1>",
        f"<p>{escape(' · '.join(part for part in (dossier.name, request, firm, made) if part))}</p>",
    ]
    for section in dossier.sections:
        head = "".join(f"<th>{escape(word)}</th>" for word in section.head)
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in section.rows)
        parts.append(f"<h2>{escape(section.title)}</h2><table><tr>{head}</tr>{rows}</table>")
    for title, lines in (
        (_("Left out, and why"), list(dossier.withheld)),
        (_("Named in texts of the firm"), mention_lines(dossier)),
        (_("What was searched"), extent_lines(dossier)),
    ):
        if lines:
            items = "".join(f"<li>{escape(line)}</li>" for line in lines)
            parts.append(f"<h2>{escape(title)}</h2><ul>{items}</ul>")
    return "\n".join([*parts, "</body></html>\n"])


def as_data(dossier: Dossier, *, firm: str, made: str) -> dict[str, Any]:
    """Return the answer as plain data."""
    return {
        "format": "lawdesk-person/1",
        "firm": firm,
        "made": made,
        **dossier.raw,
        "withheld": list(dossier.withheld),
        "mentions": [{"table": one.table, "column": one.column, "count": 1} for one in dossier.mentions],
        "searched": {
            "tables": dossier.extent.tables,
            "texts": dossier.extent.texts,
            "documents": dossier.extent.documents,
            "not_searched": list(dossier.extent.not_searched),
        },
    }
