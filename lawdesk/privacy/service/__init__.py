"""What is done about personal data: found, handed over, erased or blocked, logged, told, disposed of."""

from pathlib import Path

from lawdesk.firm import Actor, require
from lawdesk.privacy.queries import PrivacyQueries
from lawdesk.privacy.service.breaches import BreachService, as_scope
from lawdesk.privacy.service.certificates import Remains, reason_words, write_paper
from lawdesk.privacy.service.coming_back import CameBack
from lawdesk.privacy.service.desk import Desk
from lawdesk.privacy.service.disposing import DisposalService
from lawdesk.privacy.service.erasing import Plan, Spared
from lawdesk.privacy.service.finding import Found
from lawdesk.privacy.service.gathering import Dossier
from lawdesk.privacy.service.lists import log_document
from lawdesk.privacy.service.requests import RequestService


class PrivacyService(DisposalService, RequestService, BreachService):
    """Personal data (个人信息保护); ``queries`` looks up what was done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.queries = PrivacyQueries(desk.database)

    def print_log(self, actor: Actor, target: Path) -> None:
        """Write the request log: Word for ``.docx``, else PDF."""
        require(actor, "privacy.handle")
        rows = self.queries.requests(actor, limit=100_000)
        with self._desk.write(actor, "privacy.print") as work:
            work.audit("privacy_request", rows=len(rows))
        today = self._desk.database.clock.today()
        write_paper(log_document(rows, self._desk.firm.firm_name(actor), today), target)


__all__ = [
    "CameBack",
    "Desk",
    "Dossier",
    "Found",
    "Plan",
    "PrivacyService",
    "Remains",
    "Spared",
    "as_scope",
    "reason_words",
]
