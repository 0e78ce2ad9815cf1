"""Which backups stay through a thousand days with wrong clocks, gaps, bad copies and kills."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from lawdesk.storage.backup import BackupSet, list_backups
from lawdesk.storage.rotation import GOOD, rotate, to_remove

START = datetime(2023, 1, 1, 1, tzinfo=UTC)  # nine in the morning in China
FORM = "%Y%m%dT%H%M%S%fZ"


def a_set(moment: datetime, *, verified: bool = True) -> BackupSet:
    name = moment.strftime(FORM)
    return BackupSet(f"/b/sets/{name}", name, {"x": 1}, (), verified)


def test_a_thousand_days_keep_fourteen_days_eight_weeks_twelve_months() -> None:
    sets: list[BackupSet] = []
    for day in range(1000):
        for hour in (0, 8):
            made = a_set(START + timedelta(days=day, hours=hour))
            sets.append(made)
            gone = {one.path for one in to_remove(sets, made)}
            sets = [one for one in sets if one.path not in gone]
    moments = sorted((one.moment for one in sets), reverse=True)
    days = [moment.date() for moment in moments]
    newest = (START + timedelta(days=999)).date()
    assert days[0] == newest
    assert set(days) >= {newest - timedelta(days=back) for back in range(14)}
    assert len({(day.year, day.month) for day in days}) == 12
    assert len({day.isocalendar()[:2] for day in days}) >= 8
    assert len(sets) <= 14 + 8 + 12 + GOOD


def test_never_fewer_than_three_good_ones_and_the_newest_good_one_stays() -> None:
    chance = Random(7)
    for _round in range(30):
        sets, now = [], START
        for _day in range(200):
            now += timedelta(days=chance.choice([1, 1, 1, 0, 3, -40, 400]), minutes=chance.randrange(1, 600))
            made = a_set(now, verified=chance.random() < 0.7)
            if made.path in {one.path for one in sets}:
                continue
            before = [one for one in sets if one.verified]
            sets.append(made)
            good = [one for one in sets if one.verified]
            gone = {one.path for one in to_remove(sets, made)}
            sets = [one for one in sets if one.path not in gone]
            left = [one for one in sets if one.verified]
            assert len(left) >= min(GOOD, len(good))
            assert made in sets
            assert not good or max(good, key=lambda one: one.made_at) in left
            assert before == [] or left != []


def test_bad_ones_stay_until_there_are_three_newer_good_ones() -> None:
    bad = a_set(START, verified=False)
    sets = [bad, *(a_set(START + timedelta(hours=hour)) for hour in (1, 2))]
    assert to_remove(sets) == []
    assert to_remove([*sets, a_set(START + timedelta(hours=3))]) == [bad]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Forty daily sets on disk, each with a document of its own and one that all have."""
    for day in range(40):
        address = f"{day:064x}"
        one = a_set(START + timedelta(days=day))
        place = tmp_path / "sets" / one.made_at
        place.mkdir(parents=True)
        (place / "office.db").write_bytes(b"x")
        entry = {**asdict(one), "documents": [address, "f" * 64]}
        (place / "manifest.json").write_text(json.dumps(entry), encoding="utf-8")
        for name in (address, "f" * 64):
            blob = tmp_path / "vault" / name[:2] / name[2:4] / f"{name}.ldv"
            blob.parent.mkdir(parents=True, exist_ok=True)
            blob.write_bytes(b"sealed")
    return tmp_path


def named(target: Path) -> set[str]:
    return {address for one in list_backups(target) for address in one.documents}


def stored(target: Path) -> set[str]:
    return {path.stem for path in (target / "vault").rglob("*.ldv")}


def test_sets_and_the_documents_nobody_names_go_from_the_disk(target: Path) -> None:
    assert rotate(target) > 15
    left = list_backups(target)
    assert len(left) == len(list((target / "sets").iterdir())) < 25
    assert stored(target) == named(target) and "f" * 64 in stored(target)
    assert rotate(target) == 0


def test_while_another_set_is_being_made_no_document_goes(target: Path) -> None:
    (target / "sets" / "20990101T000000000000Z").mkdir()
    rotate(target)
    assert len(stored(target)) == 41


def test_killed_anywhere_what_is_listed_is_whole(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remove = shutil.rmtree

    for steps in (0, 1, 5):
        count = iter(range(100))

        def killed(*arguments: object, steps: int = steps, count: object = count, **options: object) -> None:
            if next(count) >= steps:  # type: ignore[call-overload]
                raise KeyboardInterrupt
            remove(*arguments, **options)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr("lawdesk.storage.rotation.shutil.rmtree", killed)
            with pytest.raises(KeyboardInterrupt):
                rotate(target)
        assert all((Path(one.path) / "office.db").exists() for one in list_backups(target))
        assert named(target) <= stored(target)
        assert len(list_backups(target)) >= GOOD
    rotate(target)
    assert named(target) <= stored(target)
