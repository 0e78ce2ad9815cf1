"""Random use and colliding changes, with small counts; the full ones run by ``python dev.py torture``."""

from __future__ import annotations

import os
from contextlib import suppress
from random import Random

from lawdesk.cases import PartyDraft, PartyKind
from lawdesk.kernel.errors import UserError
from tests.offices import Firm
from tests.storage import random_use
from tests.storage.edit_pairs import Pairs, Record, collide, one_pair
from tests.storage.random_use import random_day

CALLS = int(os.environ.get("LAWDESK_RANDOM_CALLS", "500"))
PAIRS = int(os.environ.get("LAWDESK_EDIT_PAIRS", "60"))


def test_whatever_is_called_it_does_it_or_refuses_in_words() -> None:
    day = random_day(CALLS, seed=int(os.environ.get("LAWDESK_RANDOM_SEED", "7")))
    assert day.failed == []
    assert day.calls > CALLS * 0.9 and day.done > CALLS * 0.3
    assert len(day.called) > 100, "most functions of the services are among them"


def test_a_fault_is_found(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(random_use, "faults", lambda _firm: ["a fault"])
    assert random_day(20, seed=1).failed == ["at the end: a fault"]


def test_of_two_who_change_the_same_at_once_one_is_told(server_office: Firm) -> None:
    result = collide(server_office, PAIRS, seed=5)
    assert result.failed == [] and result.pairs == PAIRS


def test_a_silent_overwrite_would_be_seen(server_office: Firm) -> None:
    office, director = server_office.office, server_office.director
    party = office.cases.add_party(director, PartyDraft("张三", PartyKind.PERSON))

    def overwrite(seat, who, seen, words) -> None:  # type: ignore[no-untyped-def]
        while True:
            now = seat.cases.queries.party(director, party).version
            with suppress(UserError):
                return seat.cases.change_party(
                    director, party, seen=now, name="张三", phone="", address="", note=words
                )

    def row(seat):  # type: ignore[no-untyped-def]
        return seat.cases.queries.party(director, party)

    careless = Record("party", lambda seat: row(seat).version, overwrite, lambda seat: str(row(seat).note))
    result, chance = Pairs(), Random(1)
    for number in range(20):
        one_pair(careless, [office, office], (director, director), number, chance=chance, result=result)
    assert any("came to ['saved', 'saved']" in one for one in result.failed)
