"""One person's data handed over (个人信息保护法 art. 45)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lawdesk.firm import Actor, require
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_
from lawdesk.privacy.queries import PrivacyQueries
from lawdesk.privacy.queries.tables import tables
from lawdesk.privacy.rules.finding import needles
from lawdesk.privacy.service.bundle import write_bundle
from lawdesk.privacy.service.desk import Subject
from lawdesk.privacy.service.finding import RIGHT, FindingService, Progress, family_of, names_of, read_texts
from lawdesk.privacy.service.gathering import Dossier, gather


class ExportingService(FindingService):
    """Giving a person what is kept about them."""

    queries: PrivacyQueries

    def dossier(
        self, actor: Actor, parties: Sequence[int], *, documents: bool = True, progress: Progress | None = None
    ) -> Dossier:
        """Return everything about the person these parties are. Raises UserError for an unknown party."""
        require(actor, RIGHT)
        with self._desk.database.read() as session:
            family = family_of(session, parties)
            party = tables()["party"]
            rows = session.execute(party.select().where(party.c.id.in_(family)).order_by(party.c.id)).all()
            if not parties or not set(parties) <= {row.id for row in rows}:
                raise UserError("party.unknown", N_("There is no such party."))
            name = next(row.name for row in rows if row.id == parties[0])
            names, numbers = names_of(session, family)
            wanted = needles(names, numbers)
            sections, raw, withheld, client = gather(session, actor, name, parties)
            found, read = read_texts(session, actor, wanted, progress)
        more, extent = self._documents(actor, wanted, read, asked=documents)
        own = {"party", "party_name", "party_identifier", "enquiry", "privacy_request"}
        mentions = tuple(one for one in (*found, *more) if one.table not in own)
        uids = tuple(row.uid for row in rows)
        return Dossier(name, family, uids, client, sections, tuple(withheld), mentions, extent, raw)

    def export_person(
        self,
        actor: Actor,
        parties: Sequence[int],
        target: Path,
        *,
        request_id: int | None = None,
        documents: bool = True,
        progress: Progress | None = None,
    ) -> Dossier:
        """Write what is kept about a person as a ZIP; on record before the file is there, because it leaves.

        Raises UserError without the right or for an unknown party, EnvironmentFailure when it cannot be written.
        """
        request = "" if request_id is None else self.queries.request(actor, request_id).number
        found = self.dossier(actor, parties, documents=documents, progress=progress)
        with self._desk.write(actor, "personal.export") as work:
            for party, uid in zip(found.parties, found.uids, strict=True):
                work.audit("party", Subject(party, uid), request=request_id, sections=len(found.sections))
        made = f"{self._desk.database.clock.now().astimezone(CHINA):%Y-%m-%d %H:%M}"
        write_bundle(found, target, firm=self._desk.firm.firm_name(actor), made=made, request=request)
        return found
