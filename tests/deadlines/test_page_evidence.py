"""Done, let go, moved, extended: each with the document of the case that proves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lawdesk.deadlines.page.evidence import ProofSheet

D = date


@pytest.fixture
def receipt(window: Any, tmp_path: Path) -> int:
    """A receipt of the post among the documents of the case."""
    path = tmp_path / "EMS收寄回执.pdf"
    path.write_bytes(b"%PDF-1.4 receipt")
    documents = window.docket.firm.office.documents
    return int(documents.add_file(window.docket.lawyer, window.docket.case_id, path))


def row(window: Any, number: int) -> Any:
    return window.docket.service.queries.deadline(window.docket.lawyer, number)


def choose(window: Any, field: Any, number: int) -> None:
    window.settle()
    field.document.choose(number)


def test_done_with_a_document_of_the_case(window: Any, receipt: int) -> None:
    _event, number = window.docket.judgment()
    window.go("deadlines", deadline_id=number)
    window.page._actions.act(row(window, number), "proof")
    window.settle()
    sheet = window.sheet
    assert isinstance(sheet, ProofSheet)
    choose(window, sheet.paper, receipt)
    sheet.day.setText("2025-11-04")
    sheet.submit()
    window.settle()
    found = row(window, number)
    assert (found.status, found.done_on, found.evidence, found.evidence_id) == (
        "done", D(2025, 11, 4), "EMS收寄回执.pdf", receipt)  # fmt: skip
    window.go("deadlines", deadline_id=number)
    assert "EMS收寄回执.pdf" in window.words(window.page.view.side)


def test_words_win_over_the_name_of_the_document(window: Any, receipt: int) -> None:
    _event, number = window.docket.judgment()
    window.go("deadlines", deadline_id=number)
    window.page._actions.waive(row(window, number))
    window.settle()
    sheet = window.sheet
    sheet.reason.setPlainText("委托人放弃上诉")
    choose(window, sheet.paper, receipt)
    sheet.paper.words.setText("委托人的书面确认")
    sheet.submit()
    window.settle()
    found = row(window, number)
    assert (found.status, found.evidence, found.evidence_id) == ("waived", "委托人的书面确认", receipt)


def test_an_extension_is_proved_by_a_document_alone(window: Any, receipt: int) -> None:
    _event, number = window.docket.judgment()
    window.go("deadlines", deadline_id=number)
    window.page._actions.extend(row(window, number))
    window.settle()
    sheet = window.sheet
    sheet.day.setText("2025-12-01")
    sheet.reason.setPlainText("当事人住院")
    sheet.submit()
    window.settle()
    assert sheet.form.field("evidence").problem
    choose(window, sheet.paper, receipt)
    sheet.submit()
    window.settle()
    found = row(window, number)
    assert (found.extended_to, found.evidence_id) == (D(2025, 12, 1), receipt)


def test_a_file_is_stored_in_the_case_and_chosen(window: Any, tmp_path: Path) -> None:
    _event, number = window.docket.judgment()
    path = tmp_path / "延期通知书.pdf"
    path.write_bytes(b"%PDF-1.4 notice")
    window.go("deadlines", deadline_id=number)
    window.page._actions._desk = replace(window.page._actions._desk, ask_open=lambda _parent, _kinds: path)
    window.page._actions.prove(row(window, number))
    window.settle()
    sheet = window.sheet
    sheet.paper.add.click()
    window.settle()
    window.settle()
    documents = window.docket.firm.office.documents.queries.documents(window.docket.lawyer, window.docket.case_id)
    assert [one.name for one in documents] == ["延期通知书.pdf"]
    assert sheet.paper.evidence().document_id == documents[0].id
    sheet.submit()
    window.settle()
    assert row(window, number).evidence_id == documents[0].id


def test_a_file_that_cannot_be_stored_says_why_and_changes_nothing(window: Any, tmp_path: Path) -> None:
    _event, number = window.docket.judgment()
    window.go("deadlines", deadline_id=number)
    gone = tmp_path / "没有.pdf"
    window.page._actions._desk = replace(window.page._actions._desk, ask_open=lambda _parent, _kinds: gone)
    window.page._actions.prove(row(window, number))
    window.settle()
    sheet = window.sheet
    sheet.paper.add.click()
    window.settle()
    assert sheet.paper._trouble.isVisible()
    assert sheet.paper.add.isEnabled()
    assert sheet.paper.evidence().document_id is None
