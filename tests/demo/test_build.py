"""The demo firm is whole, the same each time, and everything it made opens again."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from lawdesk.cases import CaseFilter, matter_kinds
from lawdesk.cli import main
from lawdesk.deadlines import DocketFilter
from lawdesk.demo import DEMO_PASSPHRASE, Demo, build_demo
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import language, set_language
from lawdesk.office import open_office
from lawdesk.storage.audit import verify_chain


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """The command sets the language, and who opens the demo in the environment of its process."""
    spoken = language()
    with patch.dict(os.environ):
        yield
    set_language(spoken)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Demo, Demo]:
    spoken = language()
    set_language("zh")
    folder = tmp_path_factory.mktemp("demo") / "firm"
    first = build_demo(folder)
    second = build_demo(folder)  # in place of the first
    set_language(spoken)
    return first, second


@pytest.fixture
def demo(twice: tuple[Demo, Demo]) -> Demo:
    return twice[1]


def test_it_is_the_same_each_time(twice: tuple[Demo, Demo]) -> None:
    first, second = twice
    assert first.counts == second.counts
    assert first.story == second.story
    assert [path.name for path in first.files] == [path.name for path in second.files]


def test_the_firm_has_the_size_of_a_small_firm(demo: Demo) -> None:
    counts = demo.counts
    assert (counts["人员"], counts["案件"], counts["当事人"], counts["文件"]) == (8, 120, 500, 3)
    assert counts["期限"] >= 30
    assert counts["工时记录"] >= 800


def test_the_story_tells_the_last_day_and_why(demo: Demo) -> None:
    told = "\n".join(demo.story)
    assert "2025年11月20日（星期四），还剩 14 天。民事诉讼法 第171条" in told
    assert "未发现冲突" in told
    assert [line[0] for line in demo.story if line[0].isdigit()] == list("1234567")


def test_every_file_opens_with_a_program_of_its_kind(demo: Demo) -> None:
    from docx import Document
    from icalendar import Calendar
    from openpyxl import load_workbook
    from pypdf import PdfReader

    for path in demo.files:
        content = path.read_bytes()
        match path.suffix:
            case ".xlsx":
                assert load_workbook(io.BytesIO(content)).worksheets[0].max_row > 20
            case ".pdf":
                assert len(PdfReader(io.BytesIO(content)).pages) >= 1
            case ".csv":
                assert content.decode("utf-8-sig").count("\n") > 20
            case ".docx":
                text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
                assert text
                assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
            case ".ics":
                events = Calendar.from_ical(content).walk("VEVENT")
                assert date(2025, 11, 20) in {event["DTSTART"].dt for event in events}
            case other:
                pytest.fail(f"nobody opened a {other}")
    assert {path.suffix for path in demo.files} == {".xlsx", ".pdf", ".csv", ".docx", ".ics"}


def test_the_office_opens_on_the_day_of_the_story_and_is_sound(demo: Demo) -> None:
    office = open_office(str(demo.office), passphrase=DEMO_PASSPHRASE)
    try:
        actor = office.firm.queries.actor_by_login("gu")
        assert office.clock.today() == date(2025, 11, 6)
        kinds = {row.kind for row in office.cases.queries.list_cases(actor, limit=500)}
        assert kinds == set(matter_kinds())
        cases = office.cases.queries.list_cases(actor, CaseFilter(words="晨湖示例科技"))
        case = office.cases.queries.case(actor, cases[0].id)
        assert (case.amount_fen, case.lead) == (126_000_000, actor.name)
        docket = office.deadlines.queries.docket(actor, DocketFilter(case_id=case.id, status=None))
        assert [(row.due, row.status) for row in docket if row.rule == "civil-appeal-judgment"] == [
            (date(2025, 11, 20), "open")
        ]
        every = office.deadlines.queries.docket(actor, DocketFilter(), limit=1000)
        assert any(row.due < date(2025, 11, 6) for row in every)  # something is going wrong, as in life
        entries = office.timesheet.queries.entries(actor, limit=5000)
        assert {entry.narrative for entry in entries if entry.case_id == case.id} >= {"起草上诉状", "研究一审判决"}
        assert office.documents.check_vault(office.firm.queries.actor_by_login("qin")).sound
        with office.database.read() as session:
            assert verify_chain(session).sound
    finally:
        office.close()


def test_every_case_was_checked_before_it_opened(demo: Demo) -> None:
    office = open_office(str(demo.office), passphrase=DEMO_PASSPHRASE)
    try:
        actor = office.firm.queries.actor_by_login("qin")
        for row in office.cases.queries.list_cases(actor, limit=500):
            case = office.cases.queries.case(actor, row.id)
            assert case.clearances[0].result in ("clear", "noted")
            assert case.parties
            assert case.lead
    finally:
        office.close()


def test_nobody_elses_folder_is_touched(tmp_path: Path) -> None:
    other = tmp_path / "mine"
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    for place in (other, other / "letter.txt"):
        with pytest.raises(EnvironmentFailure):
            build_demo(place)
        assert main(["demo", "--headless", "--dir", str(place)]) == 4
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_the_command_prints_what_it_made(
    demo: Demo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("lawdesk.demo.build_demo", lambda _folder, _tell: demo)
    monkeypatch.setenv("LAWDESK_LANG", "en")
    pictures: list[tuple[str, str]] = []

    def shots(place: str, target: str) -> list[str]:
        pictures.append((place, target))
        return [str(demo.files[0])]

    assert main(["demo", "--headless", "--dir", str(tmp_path / "firm")], take_shots=shots) == 0
    out = capsys.readouterr().out
    assert all(str(path) in out for path in demo.files)
    assert DEMO_PASSPHRASE in out
    assert pictures == [(str(demo.office), str(demo.folder / "screenshots"))]
