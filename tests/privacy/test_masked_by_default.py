"""Masked by default: generated from the code and from ``privacy.toml``.

Every public method of every service and query class of the office that only answers questions is called, by
somebody who may look at masked values and by somebody who may not. None gives a number, telephone or address
whole; who wants it whole asks (``reveal…``), on record. A new method whose arguments nobody taught makes it fail.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from lawdesk.cases import EnquiryDraft, PartyDraft, PartyKind, Side
from lawdesk.cli.session import OPTIONS
from lawdesk.conflicts import Asked
from lawdesk.firm import Actor, Role
from lawdesk.kernel.i18n import language, set_language
from lawdesk.kernel.resources import load_rules
from lawdesk.privacy.queries.tables import tables
from tests.offices import PASSPHRASE, Firm
from tests.privacy.conftest import ADDRESS, DAY, NUMBER, PHONE
from tests.walls.conftest import OPEN_CLIENT, OPEN_OTHER, Walled, open_case
from tests.walls.test_cli_leaks import said
from tests.walls.test_no_leaks import BEHIND, calls, holders, methods, outcome

CALLER = "13787654321"
PLANTED = {
    "party_identifier.value": NUMBER,
    "party.phone": PHONE,
    "party.address": ADDRESS,
    "enquiry.phone": CALLER,
}
"""A value in every column that must be masked."""
COMPARED = {
    "CaseQueries.known_open_cases": "what a rerun of the conflict check compares; its pages get hits, not numbers",
    "ConflictService.rerun_begin": "hands what will be compared to rerun_some, part by part",
}
"""Methods that see whole values, and why: they hand them to a comparison, no page and no command shows them."""


@pytest.fixture
def planted(office: Firm, tmp_path: Path) -> Walled:
    """An office whose parties and enquiries carry all of it; the outsider of the walls' tests is who asks."""
    return plant(office, tmp_path)


@pytest.fixture
def planted_file(file_office: Firm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walled]:
    """The same for the command line, whose lawyer asks."""
    spoken = language()
    made = plant(file_office, tmp_path)
    for name, value in (
        ("LAWDESK_OFFICE", file_office.place),
        ("LAWDESK_PASSPHRASE", PASSPHRASE),
        ("LAWDESK_USER", "gu"),
        ("LAWDESK_LANG", "zh"),
        ("LAWDESK_CONFIG", str(tmp_path / "config")),
    ):
        monkeypatch.setenv(name, value)
    yield made
    OPTIONS.office = OPTIONS.login = None
    set_language(spoken)


def plant(office: Firm, tmp_path: Path) -> Walled:
    """Enter a case, an enquiry and a kept check, and put a value into every masked column."""
    cases = office.office.cases
    case = open_case(office, office.lawyer, (OPEN_CLIENT, OPEN_OTHER), tmp_path, "公开")
    conflicts = office.office.conflicts  # a check kept with the number it asked
    asked = [Asked("无关之人", kind="person", identifiers=(NUMBER,))]
    conflicts.clear(office.lawyer, conflicts.check(office.lawyer, asked))
    draft = PartyDraft("郦栖梧", PartyKind.PERSON, (), (("id-card", NUMBER),), PHONE, ADDRESS)
    cases.take_enquiry(office.lawyer, EnquiryDraft("借款", DAY, ((Side.CLIENT, draft),), CALLER))
    party = cases.queries.find_party(office.lawyer, OPEN_OTHER)[0]
    cases.add_identifier(office.lawyer, party, "passport", "E12345678")
    for value, (table, column) in ((value, name.split(".")) for name, value in PLANTED.items()):
        with office.office.database.write(office.director, "test") as work:
            changed = work.session.connection().execute(tables()[table].update().values({column: value}))
            work.not_audited()
            assert changed.rowcount
    return Walled(office, office.lawyer, office.lawyer, case)


def answers(walled: Walled, who: Actor, path: Path) -> Iterator[tuple[str, str]]:
    """Yield every answer somebody gets, by method and arguments."""
    asks = Walled(walled.firm, who, who, walled.open_case)
    for full, method in methods(walled.firm.office, reading=True):
        if full in BEHIND or full in COMPARED or "actor" not in inspect.signature(method).parameters:
            continue
        for arguments in calls(full, method, asks, path):
            shown = {key: value for key, value in arguments.items() if key not in ("actor", "without")}
            yield f"{full}({shown})", outcome(method, arguments, path)


def test_every_masked_column_is_planted_here() -> None:
    assert set(PLANTED) == set(load_rules("privacy")["masks"])


@pytest.mark.parametrize("role", [Role.LAWYER, Role.AUDITOR])
def test_no_look_up_gives_a_masked_value_whole(planted: Walled, tmp_path: Path, role: Role) -> None:
    firm = planted.firm
    who = firm.lawyer
    if role is Role.AUDITOR:
        number = firm.office.firm.add_person(firm.director, name="查账", login="cha", role=role)
        who = Actor(number, "查账", "cha", role)
    found = dict(answers(planted, who, tmp_path / "out.pdf"))
    assert len(found) > 250
    leaks = [(call, column) for call, said in found.items() for column, value in PLANTED.items() if value in said]
    assert leaks == []
    masked = "\n".join(found.values())
    assert "1101**********002X" in masked and "137****4321" in masked  # they are there to be seen


def test_every_exception_is_a_method_that_exists(planted: Walled) -> None:
    known = {full for full, _method in methods(planted.firm.office, reading=True)}
    assert set(COMPARED) <= known and any(name == "CaseService" for name, _one in holders(planted.firm.office))


def test_what_answers_for_personal_data_shows_them_masked_too(planted: Walled) -> None:
    privacy, director = planted.firm.office.privacy, planted.firm.director
    found = privacy.find(director, "郦栖梧", (NUMBER,))
    parties = [one.party_id for one in found.candidates]
    told = repr((found, privacy.plan_erasure(director, parties[:1]), privacy.queries.blocks(director, DAY)))
    assert "1101**********002X" in told
    assert [value for value in PLANTED.values() if value in told] == []


def test_no_command_prints_a_masked_value_whole(
    planted_file: Walled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = said(capsys, tmp_path)
    assert [call for call, words in printed.items() if any(value in words for value in PLANTED.values())] == []


def test_a_conflict_check_finds_by_a_number_and_never_tells_another(planted: Walled) -> None:
    conflicts, lawyer = planted.firm.office.conflicts, planted.firm.lawyer
    other = Asked("郦栖梧", kind="person", identifiers=("110101199003077571",), address="青岚市", born_year=1990)
    told = repr([conflicts.check(lawyer, [other]), conflicts.alike(lawyer, "郦栖梧")])
    assert [value for value in PLANTED.values() if value in told] == []
    assert conflicts.check(lawyer, [Asked("查无此人", kind="person", identifiers=(NUMBER,))]).hits
