"""The certificate of an erasure, a blocking, a refusal or a destroyed file, for Word and PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lawdesk.kernel.i18n import N_, _, language
from lawdesk.paper.blocks import Block, Facts, Gap, Grid, Heading, Text, TextDocument
from lawdesk.privacy.queries.rows import ErasureRow
from lawdesk.privacy.rules import ErasureKind
from lawdesk.privacy.rules.erasing import REASONS

_TITLES = {
    ErasureKind.ERASED: N_("Certificate of erasure"),
    ErasureKind.BLOCKED: N_("Notice of blocking"),
    ErasureKind.REFUSED: N_("Refusal of an erasure, with reasons"),
    ErasureKind.DISPOSED: N_("Certificate of destruction of closed files"),
}
_LEDES = {
    ErasureKind.ERASED: N_(
        "The data below were erased from the office's records (Personal Information Protection Law, art. 47)."
    ),
    ErasureKind.BLOCKED: N_(
        "The data must still be kept for the reasons below. Until then they are only stored and kept safe, appear "
        "in no list and are used for nothing but the conflict checks the law demands (Personal Information "
        "Protection Law, art. 47, second part)."
    ),
    ErasureKind.REFUSED: N_(
        "The data cannot be erased now, for the reasons below (Personal Information Protection Law, arts. 47 "
        "and 50). Who does not agree may turn to the authority or sue in a people's court (art. 50, second part)."
    ),
    ErasureKind.DISPOSED: N_("The retention of the files below was over; two people signed; they were destroyed."),
}
KEPT = {
    "audit": N_("record of who did what; it cannot be changed without showing"),
    "check": N_("proof of a conflict check"),
    "case_file": N_("file of another matter that must be kept"),
    "proof": N_("proof that is written once"),
}


@dataclass(frozen=True)
class Remains:
    """Where erased data still lie: backups by count, the newest of them, and when the last is let go."""

    backups: int = 0
    newest: date | None = None
    until: date | None = None
    server: bool = False

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {key: str(value) if isinstance(value, date) else value for key, value in asdict(self).items()}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Remains:
        """Return it from plain data."""
        days = {key: date.fromisoformat(data[key]) if data.get(key) else None for key in ("newest", "until")}
        return cls(int(data.get("backups", 0)), days["newest"], days["until"], bool(data.get("server")))

    def words(self) -> str:
        """Return the sentence in the user's language."""
        if self.server:
            return _("The server's own backups and logs still hold them; its administrator says until when.")
        if not self.backups:
            return _("LawDesk knows of no backup that holds them.")
        words = _(
            "{count} backups made until {newest} still hold them, encrypted. With a backup every month the last "
            "of them is let go by {until}. Copies of backups made by hand must be destroyed by hand; after a "
            "backup of before is restored, the erasure must be done again."
        )
        return words.format(count=self.backups, newest=self.newest, until=self.until)


@dataclass(frozen=True)
class Certificate:
    """What a certificate says; ``name`` only on the paper handed over, never in LawDesk."""

    row: ErasureRow
    name: str
    firm: str


def write_certificate(certificate: Certificate, target: Path) -> None:
    """Write a certificate: Word for ``.docx``, else PDF. Raises EnvironmentFailure when it cannot be written."""
    write_paper(as_document(certificate), target)


def write_paper(document: TextDocument, target: Path) -> None:
    """Write a text: Word for ``.docx``, else PDF."""
    if target.suffix.lower() == ".docx":
        from lawdesk.paper.word import write_docx

        write_docx(document, target)
    else:
        from lawdesk.paper.blocks import write_text_pdf

        write_text_pdf(document, target)


def as_document(certificate: Certificate) -> TextDocument:
    """Return the certificate as a text."""
    row, content = certificate.row, certificate.row.content
    kind = row.kind
    facts = [(_("Number"), row.number)]
    if kind is not ErasureKind.DISPOSED:
        facts.append((_("Person"), certificate.name or _("entry {uid}").format(uid=", ".join(row.parties))))
    facts += [(_("Day"), f"{row.done_at:%Y-%m-%d %H:%M}"), (_("Done by"), row.done_by)]
    blocks: list[Block] = [Facts(facts), Text(_(_LEDES[kind]), indent=True)]
    if content.get("reasons"):
        blocks.append(Heading(_("Reasons")))
        blocks += [Text(f"{number}. {reason_words(one)}") for number, one in enumerate(content["reasons"], 1)]
        if kind is ErasureKind.BLOCKED:
            until = content.get("until")
            words = _("The last of these days is {until}; then the data are erased.").format(until=until)
            blocks.append(Text(words if until else _("For one of the reasons no day is known yet.")))
    if content.get("cases"):
        rows = [[one["number"], one["term"], one["closed_on"], one["until"]] for one in content["cases"]]
        blocks += [Heading(_("Files")), Grid([_("Case"), _("Class"), _("Closed on"), _("Kept until")], rows)]
    if kind in (ErasureKind.ERASED, ErasureKind.DISPOSED):
        blocks += _done_blocks(certificate)
    blocks += [Gap(12), Facts([(_("For the firm (signature, seal)"), ""), (_("Second signature"), "")])]
    title = _(_TITLES[kind])
    return TextDocument(
        title, blocks, subtitle=(certificate.firm,), header=certificate.firm, author=certificate.firm
    )


def reason_words(data: Mapping[str, Any]) -> str:
    """Return a kept reason as a sentence."""
    sentence = REASONS[data["code"]]
    return _(sentence).format(until=data.get("until"), **data.get("params", {}))


def _done_blocks(certificate: Certificate) -> list[Block]:
    content = certificate.row.content
    rows = [[table_title(table), str(count)] for table, count in content.get("rows", {}).items()]
    blocks: list[Block] = []
    if rows:
        blocks += [Heading(_("What was erased")), Grid([_("Table"), _("Rows")], rows, (3, 1), right=(1,))]
    if content.get("blacked"):
        words = _("In {count} further texts the name was replaced by a mark.")
        blocks.append(Text(words.format(count=content["blacked"])))
    if content.get("spared"):
        words = _("{count} texts that name somebody else of this name were left as they are.")
        blocks.append(Text(words.format(count=content["spared"])))
    if content.get("documents"):
        blocks.append(Text(_("{count} stored files were deleted.").format(count=content["documents"])))
    kept = [
        [table_title(table), _(KEPT[why]), until or _("no day known"), str(count)]
        for table, why, until, count in content.get("kept", ())
    ]
    if kept:
        head = [_("Where"), _("Why"), _("Until"), _("Texts")]
        blocks += [Heading(_("Where the name remains")), Grid(head, kept, (1.4, 3, 1.2, 0.7), right=(3,))]
    blocks.append(Heading(_("How, and what lies elsewhere")))
    blocks.append(Text(_how(certificate)))
    blocks.append(
        Text(_("The records of who did what hold numbers, no names; they stay, so that a change shows."))
    )
    blocks.append(Text(Remains.of(content.get("remains", {})).words()))
    if certificate.row.kind is ErasureKind.ERASED:
        blocks.append(
            Text(_("The content of stored documents was not changed: they belong to the files of cases."))
        )
    blocks.append(Text(_("Paper files and files that left LawDesk before are not covered by this certificate.")))
    return blocks


def _how(certificate: Certificate) -> str:
    if not certificate.row.compacted:
        return _(
            "Deleted values were overwritten in the file; it could not be rewritten as a whole yet, because "
            "another program had it open. “Rewrite the file” in Settings, Personal data, does it later."
        )
    if certificate.row.content.get("engine") == "postgresql":
        return _("The tables were rewritten on the server, so that no free page holds the deleted values.")
    return _(
        "Deleted values were overwritten, taken out of every index, and the encrypted file was rewritten with an "
        "empty log, so that no free page holds them."
    )


def table_title(name: str) -> str:
    """Return what a table is called; of the search and the keys, which are in no export, in our own words."""
    from lawdesk.safekeeping.shapes import table_shapes

    if name == "party_key":
        return _("Keys of the conflict check")
    return next((shape.title(language()) for shape in table_shapes() if shape.name == name), name)
