"""The kept check as proof: complete, unchangeable, on one page, comparable with today."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import delete, update
from sqlmodel import col, select

from lawdesk.cases import CaseDraft, CasePartyDraft, NameKind, PartyDraft, PartyKind, Side
from lawdesk.conflicts import Asked, Decision, Role
from lawdesk.conflicts.model import ConflictCheck, ConflictConsent
from lawdesk.conflicts.queries import CheckRow
from lawdesk.conflicts.service import to_decide
from lawdesk.kernel.errors import Refused, UserError
from lawdesk.kernel.i18n import language, set_language
from tests.conflicts.conftest import CLIENT, Window, words_in
from tests.offices import Firm


@pytest.fixture
def waived(office: Firm) -> Firm:
    """An office on each engine with CLIENT as client, and a waived check against it."""
    lawyer, conflicts = office.lawyer, office.office.conflicts
    parties = (CasePartyDraft(PartyDraft(CLIENT, PartyKind.ORGANIZATION), Side.CLIENT),)
    clearance = conflicts.clear(lawyer, conflicts.check(lawyer, [Asked(CLIENT, Role.CLIENT, "organization")]))
    draft = CaseDraft("non-litigation", "合同审查", parties, lawyer.person_id, date(2025, 3, 3))
    office.office.cases.open_case(lawyer, draft, clearance)
    asked = [
        Asked("青帆广告有限公司", Role.CLIENT, "organization", ("91330100MA27XL3J6T",)),
        Asked(CLIENT, Role.ADVERSE),
    ]
    result = conflicts.check(lawyer, asked)
    decisions = [Decision(name, party, "waived", "双方书面同意") for name, party in to_decide(result)]
    conflicts.clear(lawyer, result, decisions)
    return office


def newest(firm: Firm) -> CheckRow:
    return firm.office.conflicts.queries.recent(firm.lawyer, 1)[0]


def test_the_record_says_who_typed_what_and_how_it_was_found(waived: Firm) -> None:
    content = newest(waived).content
    assert content["by"] == {"id": waived.lawyer.person_id, "name": "顾知行"}
    assert content["asked"][0]["identifiers"] == ["9133**********3J6T"], "kept whole, shown masked"
    [hit] = content["hits"]
    assert [step["name"] for step in hit["path"]] == [CLIENT, CLIENT]
    assert content["searched"]["parties"] >= 3


def test_nobody_changes_a_kept_check(waived: Firm) -> None:
    database, row = waived.office.database, newest(waived)

    def refused(change: object) -> None:
        with pytest.raises(UserError) as error, database.write(waived.director, "tamper") as work:
            change(work)  # type: ignore[operator]
            work.audit("conflict_check")
        assert error.value.code == "conflict.immutable"

    def edit(work: object) -> None:
        kept = work.session.exec(select(ConflictCheck).where(col(ConflictCheck.id) == row.id)).one()  # type: ignore[attr-defined]
        kept.result = "clear"
        work.session.flush()  # type: ignore[attr-defined]

    refused(edit)
    refused(lambda work: work.session.execute(update(ConflictCheck).values(result="clear")))
    refused(lambda work: work.session.execute(delete(ConflictCheck)))
    refused(lambda work: work.session.execute(delete(ConflictConsent)))
    assert newest(waived) == row
    assert waived.office.conflicts.queries.untouched(waived.lawyer, row)


def test_a_change_past_the_program_shows(waived: Firm) -> None:
    row = newest(waived)
    with waived.office.database.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE conflict_check SET result = 'clear' WHERE id = {row.id}")
    assert not waived.office.conflicts.queries.untouched(waived.lawyer, newest(waived))


def test_the_signed_consent_stays_with_its_check(waived: Firm, tmp_path: Path) -> None:
    conflicts, row = waived.office.conflicts, newest(waived)
    scan = tmp_path / "知情同意书.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    conflicts.attach_consent(waived.lawyer, row.uid, scan)
    [kept] = conflicts.queries.consents(waived.lawyer, row.id)
    assert (kept.name, kept.size) == ("知情同意书.pdf", 15)
    conflicts.export_consent(waived.lawyer, kept.id, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == scan.read_bytes()
    scan.write_bytes(b"")
    with pytest.raises(Refused):
        conflicts.attach_consent(waived.lawyer, row.uid, scan)
    first = conflicts.queries.recent(waived.lawyer)[-1]
    scan.write_bytes(b"x")
    with pytest.raises(Refused):
        conflicts.attach_consent(waived.lawyer, first.id, scan)  # a clear check has no waiver


def test_the_certificate_is_one_page_in_pdf_and_word(waived: Firm, tmp_path: Path) -> None:
    conflicts, row = waived.office.conflicts, newest(waived)
    conflicts.certificate(waived.lawyer, row.id, tmp_path / "c.pdf")
    conflicts.certificate(waived.lawyer, row.uid, tmp_path / "c.docx")
    pdf = PdfReader(tmp_path / "c.pdf")
    assert len(pdf.pages) == 1
    text = pdf.pages[0].extract_text()
    word = Document(str(tmp_path / "c.docx"))
    words = "\n".join(
        [p.text for p in word.paragraphs] + [c.text for t in word.tables for r in t.rows for c in r.cells]
    )
    for said in ("利益冲突检索证明", "顾知行", CLIENT, "双方书面同意", row.content["searched"]["fingerprint"]):
        assert said in words
        assert said in text.replace("\n", "")
    assert "尚未附上" in words
    with pytest.raises(Refused):
        conflicts.certificate(waived.lawyer, row.id, tmp_path / "c.txt")
    with pytest.raises(UserError):
        conflicts.certificate(waived.lawyer, 999_999, tmp_path / "c.pdf")


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_the_certificate_speaks_one_language_throughout(waived: Firm, tmp_path: Path, spoken: str) -> None:
    conflicts, cases = waived.office.conflicts, waived.office.cases
    cases.add_party(waived.lawyer, PartyDraft("张玮", PartyKind.PERSON))
    result = conflicts.check(
        waived.lawyer, [Asked("张伟", Role.CLIENT, "person"), Asked("从未见过", Role.ADVERSE)]
    )
    conflicts.clear(waived.lawyer, result)
    before = language()
    set_language(spoken)
    try:
        for row in conflicts.queries.recent(waived.lawyer):
            conflicts.certificate(waived.lawyer, row.id, tmp_path / f"{row.id}.docx")
            conflicts.certificate(waived.lawyer, row.id, tmp_path / f"{row.id}.pdf")
    finally:
        set_language(before)
    for path in tmp_path.glob("*.docx"):
        word = Document(str(path))
        cells = [c.text for t in word.tables for r in t.rows for c in r.cells]
        footer = " ".join(p.text for s in word.sections for p in s.footer.paragraphs)
        words = "\n".join([p.text for p in word.paragraphs if p.text[:1] != "·"] + cells) + footer
        assert "schema" not in words and "conflicts 1" not in words and "names " not in footer
        assert "–" not in cells, "a cell that says nothing"
        if spoken == "zh":
            assert "名称比对规则第" in footer and "截至2026年" in footer
            assert not re.search(r"[\u4e00-\u9fff] ?[,;()]|[,;(] ?[\u4e00-\u9fff]", words), words
        else:
            assert "conflict rules as of" in footer
            assert not re.search(r"[、，；（]", re.sub(r"（\d{4}）", "", words)), words


def test_a_crowded_certificate_stays_on_one_page(waived: Firm, tmp_path: Path) -> None:
    conflicts, cases = waived.office.conflicts, waived.office.cases
    for number in range(40):
        cases.add_party(waived.lawyer, PartyDraft(f"杭州墨禾食品有限公司第{number}分公司", PartyKind.ORGANIZATION))
    asked = [Asked(f"{CLIENT}的很长很长的关联名称之{number}", Role.CLIENT, "organization") for number in range(12)]
    result = conflicts.check(waived.lawyer, [*asked, Asked(CLIENT, Role.ADVERSE)])
    conflicts.refuse(waived.lawyer, result, "理由" * 200)
    conflicts.certificate(waived.lawyer, newest(waived).id, tmp_path / "c.pdf")
    assert len(PdfReader(tmp_path / "c.pdf").pages) == 1


def test_asked_again_it_tells_then_from_now(waived: Firm) -> None:
    conflicts, cases, row = waived.office.conflicts, waived.office.cases, newest(waived)
    assert conflicts.again(waived.lawyer, row.uid).new == ()
    waived.clock.advance(timedelta(days=30))
    cases.add_party(waived.lawyer, PartyDraft("青帆广告有限公司", PartyKind.ORGANIZATION))
    client = next(r.id for r in cases.queries.list_parties(waived.lawyer, CLIENT))
    cases.add_name(waived.lawyer, client, NameKind.FORMER, "青帆广告有限公司")
    found = conflicts.again(waived.lawyer, row.uid)
    assert {(one.hit.name, one.on_file) for one in found.new} == {("青帆广告有限公司", False), (CLIENT, True)}
    assert [hit["name"] for hit in found.still] == [CLIENT]
    assert newest(waived) == row  # asking again records nothing


def test_the_window_offers_certificate_and_consent(window: Window, tmp_path: Path) -> None:
    conflicts, lawyer = window.firm.office.conflicts, window.firm.lawyer
    result = conflicts.check(lawyer, [Asked("青帆广告有限公司", Role.CLIENT), Asked(CLIENT, Role.ADVERSE)])
    decisions = [Decision(name, party, "waived", "书面同意") for name, party in to_decide(result)]
    conflicts.clear(lawyer, result, decisions)
    page = window.page()
    page.list.choose_first()
    window.settle()
    bar = page.result.kept.proof
    assert bar.consent.isVisibleTo(page)
    assert "尚未附上" in words_in(bar)
    scan = tmp_path / "同意书.pdf"
    scan.write_bytes(b"signed")
    bar._choose = lambda _parent, _title, name: tmp_path / "out.pdf" if name else scan
    bar.write_certificate()
    window.settle()
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    bar.attach_consent()
    window.settle(lambda: "同意书.pdf" in words_in(bar))
    bar.ask_again()
    window.settle(lambda: "与当日相同" in words_in(bar))
