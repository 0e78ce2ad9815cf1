"""The audit chain as a whole: judged against what is kept outside, and put on paper once a month."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from sqlmodel import col, func, select

from lawdesk.firm import Actor, FirmQueries, require
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import N_, _
from lawdesk.safekeeping.backups import heads_in
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.database import Database
from lawdesk.storage.heads import SignedHead, Verdict, judge, short_seal, take_head
from lawdesk.storage.keys import OfficeKey
from lawdesk.storage.state import get_state, set_state

PRINTED = "audit_sheet"
FAULTS = {
    "content": N_("Record {number} was changed after it was written."),
    "link": N_("At record {number} a record was deleted, inserted or moved."),
    "cut": N_("The end of the records is missing: on {at} there was a record {number}."),
    "rewritten": N_("The records were written anew: record {number} is not the one kept on {at}."),
    "seal": N_("A head kept outside, of {at}, was changed."),
}


class ChainService:
    """Judging and printing the chain. ``folder`` returns where backups lie, None for an office on a server."""

    def __init__(
        self,
        database: Database,
        firm: FirmQueries,
        key: Callable[[], OfficeKey],
        folder: Callable[[], Path] | None,
    ) -> None:
        self._database, self._firm, self._key, self._folder = database, firm, key, folder

    def judge(self, folder: Path | None = None) -> Verdict:
        """Walk the chain and compare it with the heads kept with the backups, or with those in ``folder``."""
        place = folder or (self._folder() if self._folder is not None else None)
        with self._database.read() as session:
            return judge(session, self._key(), heads_in(place) if place is not None else [])

    def print_head(self, actor: Actor, target: Path) -> SignedHead:
        """Write the signed head as one page to print; on record, and remembered as this month's."""
        from lawdesk.paper.blocks import Block, Facts, Text, TextDocument, write_text_pdf

        require(actor, "office.backup")
        with self._database.read() as session:
            head = take_head(session, self._key())
        local = head.moment.astimezone(CHINA)
        facts = [
            (_("Name of the firm"), self._firm.firm_name(actor)),
            (_("Taken on"), f"{long_date(local.date())} {local:%H:%M}"),
            (_("Records so far"), str(head.records)),
            (_("Last record"), str(head.record_id)),
            (_("Code"), sheet_code(head.record_id, head.hash)),
            (_("Seal"), short_seal(head)),
        ]
        words = _(
            "Keep this sheet in the firm's safe. It proves later that no record up to this one was changed, "
            "removed or written anew: compare it then with “lawdesk audit compare”."
        )
        signed = _("Signature and date: ______________________________")
        blocks: list[Block] = [Text(words), Facts(facts), Text(signed)]
        write_text_pdf(TextDocument(_("Head of the audit records"), blocks), target)
        with self._database.write(actor, "audit.print") as work:
            set_state(work.session, PRINTED, self._database.clock.today().isoformat())
            work.audit("audit", number=head.record_id)
        return head

    def sheet_due(self) -> bool:
        """Whether this month has no printed sheet yet, and there is anything to print it for."""
        month = f"{self._database.clock.today():%Y-%m}"
        with self._database.read() as session:
            printed = get_state(session, PRINTED)
            count = session.exec(select(func.count(col(AuditRecord.id)))).one()
        return count > 0 and (printed is None or printed[:7] != month)

    def fits_sheet(self, record_id: int, code: str) -> bool:
        """Whether the chain is sound and its record ``record_id`` is the one on the printed sheet."""
        with self._database.read() as session:
            record = session.get(AuditRecord, record_id)
            if record is None or not judge(session, self._key(), []).sound:
                return False
            return _plain(sheet_code(record_id, record.hash)) == _plain(code)


def sheet_code(record_id: int, record_hash: str) -> str:
    """Return what stands on the sheet for a record: 80 bits of its hash, in groups of four, to be typed again."""
    digest = hashlib.sha256(f"{record_id} {record_hash}".encode()).hexdigest()[:20].upper()
    return " ".join(digest[start : start + 4] for start in range(0, 20, 4))


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").upper()
