"""The proof: consents attached to a kept check, its certificate, and the same question asked again."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lawdesk.cases import CaseQueries, ClearanceResult
from lawdesk.conflicts.model import ConflictCheck, ConflictConsent
from lawdesk.conflicts.queries import CheckRow, ConflictQueries
from lawdesk.conflicts.rules import Asked, CheckResult, Hit, Role
from lawdesk.firm import Actor, FirmQueries, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.files import atomic_path, file_failure
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.masking import mask_number
from lawdesk.storage.database import Database

if TYPE_CHECKING:
    from lawdesk.conflicts.rules import Matter

MAX_CONSENT = 20_000_000
"""Bytes of one signed consent: a scan of a few pages."""


@dataclass(frozen=True)
class Since:
    """A hit of now that the kept check did not have; ``on_file`` whether the party was on file that day."""

    hit: Hit
    on_file: bool


@dataclass(frozen=True)
class Again:
    """The question of a kept check asked on the data of now, beside what was found then.

    ``gone`` and ``still`` are the kept hits; ``changed`` pairs a kept hit with its other grade of now.
    """

    row: CheckRow
    result: CheckResult
    new: tuple[Since, ...]
    gone: tuple[dict[str, Any], ...]
    still: tuple[dict[str, Any], ...]
    changed: tuple[tuple[dict[str, Any], Hit], ...]


class ProvingService(ABC):
    """What is done with kept checks."""

    _database: Database
    _cases: CaseQueries
    _firm: FirmQueries
    queries: ConflictQueries

    @abstractmethod
    def check(
        self, actor: Actor, asked: Sequence[Asked], matter: Matter | None = None, *, limit: int = 50
    ) -> CheckResult:
        """See :meth:`ConflictService.check`."""

    def attach_consent(self, actor: Actor, which: str | int, path: Path) -> int:
        """Attach the signed consent to a kept check that was waived; return its id.

        The file is kept in the office's database, as it is and for good. Raises Refused for a check without a
        waiver, an empty file or one too large, EnvironmentFailure when it cannot be read.
        """
        require(actor, "conflict.decide")
        row = self.queries.check(actor, which)
        if row.result != ClearanceResult.WAIVED.value:
            message = N_("Only a waived conflict has a signed consent.")
            raise Refused([Problem("consent.not_waived", message, "consent")])
        try:
            size = path.stat().st_size
            content = path.read_bytes() if 0 < size <= MAX_CONSENT else b""
        except OSError as error:
            raise file_failure(error, path) from error
        if not content:
            message = N_("The consent is empty or larger than {count} MB.")
            params = {"count": MAX_CONSENT // 1_000_000}
            raise Refused([Problem("consent.size", message, "consent", params=params)])
        digest = hashlib.sha256(content).hexdigest()
        with self._database.write(actor, "conflict.consent") as work:
            consent = work.add(
                ConflictConsent(
                    check_id=row.id, name=path.name[-120:], sha256=digest, size=len(content), content=content
                )
            )
            work.audit("conflict_consent", consent, check=row.uid, sha256=digest)
            work.announce(Changed("conflict_check", "consented", (row.id,)))
            return consent.key

    def export_consent(self, actor: Actor, consent_id: int, path: Path) -> None:
        """Write an attached consent to ``path``. Raises UserError for an unknown one, or one that was altered."""
        require(actor, "conflict.check")
        with self._database.read(actor) as session:
            consent = session.get(ConflictConsent, consent_id)
            if consent is None:
                raise UserError("consent.unknown", N_("There is no such consent."))
            if hashlib.sha256(consent.content).hexdigest() != consent.sha256:
                raise UserError(
                    "consent.altered",
                    N_("The consent is no longer what was attached."),
                    hint=N_("Verify the audit trail and restore from a backup."),
                )
            content = consent.content
        with atomic_path(path) as temporary:
            temporary.write_bytes(content)

    def certificate(self, actor: Actor, which: str | int, path: Path) -> None:
        """Write the certificate of a kept check on one page: Word for ``.docx``, else PDF.

        Raises UserError for an unknown check, Refused for another kind of file.
        """
        from lawdesk.conflicts.service.certificate import certificate_of, write_certificate

        require(actor, "conflict.check")
        row = self.queries.check(actor, which)
        make = partial(
            certificate_of,
            row,
            firm=self._firm.firm_name(actor),
            consents=self.queries.consents(actor, row.id),
            untouched=self.queries.untouched(actor, row),
        )
        write_certificate(make, path)

    def _kept(self, actor: Actor, row: CheckRow) -> dict[str, Any]:
        """Return a kept check as it was written, numbers and names whole: to ask it again, never to be shown."""
        with self._database.read(actor) as session:
            kept = session.get(ConflictCheck, row.id)
            content: dict[str, Any] = json.loads(kept.content) if kept is not None else {}
        return content

    def again(self, actor: Actor, which: str | int) -> Again:
        """Ask the names of a kept check on the data of now, and say what is found today and was not then."""
        row = self.queries.check(actor, which)
        kept = self._kept(actor, row)
        asked = [
            Asked(one["name"], Role(one["role"]), one["kind"], tuple(one.get("identifiers", ())))
            for one in kept.get("asked", [])
        ]
        result = _masked(self.check(actor, asked))
        then = {(hit["asked"], hit["role"], str(hit["party"])): hit for hit in kept.get("hits", [])}
        now = {(hit.asked.name, hit.asked.role.value, str(hit.party)): hit for hit in result.hits}
        since = self._cases.known_since(actor, [hit.party for hit in result.hits if isinstance(hit.party, int)])
        new = tuple(
            Since(hit, not isinstance(hit.party, int) or since[hit.party] <= row.asked_at)
            for key, hit in now.items()
            if key not in then
        )
        return Again(
            row,
            result,
            new,
            tuple(hit for key, hit in then.items() if key not in now),
            tuple(hit for key, hit in then.items() if key in now),
            tuple(
                (hit, now[key])
                for key, hit in then.items()
                if key in now and hit["severity"] != str(now[key].severity or "")
            ),
        )


def _masked(result: CheckResult) -> CheckResult:
    """Return a result with the numbers asked for masked, as a kept check shows them."""

    def hide(one: Asked) -> Asked:
        return replace(one, identifiers=tuple(map(mask_number, one.identifiers)))

    hits = tuple(replace(hit, asked=hide(hit.asked)) for hit in result.hits)
    return replace(result, asked=tuple(map(hide, result.asked)), hits=hits)
