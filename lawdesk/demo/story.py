"""The story: a company calls about unpaid goods; from the first call to the bound file."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from lawdesk.cases import (
    CaseDraft,
    CaseOpened,
    CasePartyDraft,
    EnquiryDraft,
    FeeMode,
    PartyDraft,
    PartyKind,
    ProceedingDraft,
    Side,
)
from lawdesk.conflicts import Asked, Matter, Role, outcome
from lawdesk.deadlines import ChosenDeadline, EventDraft, ManualDeadline, explain
from lawdesk.firm import Actor
from lawdesk.kernel.clock import CHINA, FixedClock
from lawdesk.kernel.dates import long_date, weekday
from lawdesk.kernel.i18n import _
from lawdesk.office import Office
from lawdesk.paper.blocks import Block, Facts, Text, TextDocument, write_text_pdf
from lawdesk.paper.word import write_docx
from lawdesk.timesheet import By, Format

CALLER = "晨湖示例科技有限公司"
OTHER = "澄湖市维砚示例电气有限公司"
GUARANTOR = "刘𬀩"


def play_story(
    office: Office,
    actors: dict[str, Actor],
    clock: FixedClock,
    folder: Path,
    *,
    lines: list[str],
    files: list[Path],
) -> None:
    """Play it through the services; append what was seen to ``lines`` and what was made to ``files``."""
    lawyer = actors["gu"]
    clock.set(datetime(2025, 10, 27, 9, 10, tzinfo=CHINA))
    opened = _take_in(office, lawyer, lines)
    _summons(office, lawyer, clock, opened)
    _judgment(office, lawyer, clock, opened, lines)
    _work(office, lawyer, clock, opened, lines)
    _papers(office, lawyer, opened, folder, lines)
    _reports(office, actors["he"], folder, files, lines)
    _packages(office, lawyer, opened, folder, files=files, lines=lines)
    calendar = folder / "期限.ics"
    office.deadlines.export_calendar(lawyer, calendar)
    files.append(calendar)


def _take_in(office: Office, lawyer: Actor, lines: list[str]) -> CaseOpened:
    parties = (
        CasePartyDraft(
            PartyDraft(CALLER, PartyKind.ORGANIZATION, phone="021-0000 0000"),
            Side.CLIENT.value,
            "原告",
            legal_representative="王知白",
        ),
        CasePartyDraft(PartyDraft(OTHER, PartyKind.ORGANIZATION), Side.ADVERSE.value, "被告"),
        CasePartyDraft(PartyDraft(GUARANTOR, PartyKind.PERSON), Side.ADVERSE.value, "被告"),
    )
    enquiry = office.cases.take_enquiry(
        lawyer,
        EnquiryDraft(
            _("Unpaid goods"), date(2025, 10, 27), tuple((Side(party.side), party.party) for party in parties)
        ),
    )
    asked = [Asked(party.party.name, Role(party.side), party.party.kind.value) for party in parties]
    result = office.conflicts.check(lawyer, asked, Matter(kind="civil"))
    searched = result.searched
    lines.append(
        _("1. Conflict check: {outcome}; searched {names} names, {cases} cases, {enquiries} enquiries.").format(
            outcome=_("clear") if outcome(result).value == "clear" else outcome(result).value,
            names=searched.names,
            cases=searched.cases,
            enquiries=searched.enquiries,
        )
    )
    clearance = office.conflicts.clear(lawyer, result)
    draft = CaseDraft(
        kind="civil",
        cause="买卖合同纠纷",
        parties=parties,
        lead=lawyer.person_id,
        received_on=date(2025, 10, 27),
        proceeding=ProceedingDraft("civil-first", "青岚市望江区人民法院", "（2025）岚0302民初1187号"),
        amount_fen=126_000_000,
        fee_mode=FeeMode.FIXED,
        fee_fen=3_000_000,
        received_fen=1_500_000,
        power="特别授权",
        facts="2025-01-15 交货\n已付620000元，余款1260000元逾期",
    )
    opened = office.cases.open_case(lawyer, draft, clearance, enquiry_id=enquiry)
    lines.append(_("2. Case {number} opened: {title}.").format(number=opened.number, title=opened.title))
    return opened


def _summons(office: Office, lawyer: Actor, clock: FixedClock, opened: CaseOpened) -> None:
    clock.set(datetime(2025, 10, 30, 15, 0, tzinfo=CHINA))
    office.deadlines.add_deadline(
        lawyer,
        ManualDeadline(opened.case_id, "开庭", date(2025, 11, 3), "hearing", "14:30", opened.proceeding_id),
    )
    hearing = office.deadlines.queries.next_due(lawyer, [opened.case_id])[opened.case_id]
    clock.set(datetime(2025, 11, 3, 17, 0, tzinfo=CHINA))
    office.deadlines.complete(lawyer, hearing.id)


def _judgment(office: Office, lawyer: Actor, clock: FixedClock, opened: CaseOpened, lines: list[str]) -> None:
    clock.set(datetime(2025, 11, 5, 16, 20, tzinfo=CHINA))
    draft = EventDraft(
        opened.case_id, date(2025, 11, 5), "收到一审判决书", "judgment-served", opened.proceeding_id
    )
    ticked = [found for found in office.deadlines.propose(lawyer, draft) if found.ticked]
    office.deadlines.record_event(lawyer, draft, tuple(ChosenDeadline(found.rule.id) for found in ticked))
    office.cases.set_stage(lawyer, opened.case_id, "调解或裁判")
    clock.set(datetime(2025, 11, 6, 10, 0, tzinfo=CHINA))
    for found in ticked:
        due = found.computation.due
        words = _("3. Judgment served on {served}: {what} until {due} ({weekday}), {days} days left. {basis}")
        lines.append(
            words.format(
                served=long_date(draft.happened_on),
                what=found.rule.title,
                due=long_date(due),
                weekday=weekday(due),
                days=(due - office.clock.today()).days,
                basis=f"{found.rule.statute_zh} {found.computation.article}",
            )
        )
        lines += ["   " + line for line in explain(found.computation).splitlines()[2:]]


def _work(office: Office, lawyer: Actor, clock: FixedClock, opened: CaseOpened, lines: list[str]) -> None:
    office.timesheet.start_timer(lawyer, opened.case_id, "研究一审判决")
    clock.advance(timedelta(minutes=42))
    office.timesheet.stop_timer(lawyer)
    office.timesheet.quick_entry(lawyer, "1h20m 起草上诉状", case_id=opened.case_id)
    lines.append(_("4. Timer 42 minutes; entry “1h20m 起草上诉状” booked."))


def _papers(office: Office, lawyer: Actor, opened: CaseOpened, folder: Path, lines: list[str]) -> None:
    papers = folder / "papers"
    papers.mkdir(exist_ok=True)
    judgment, appeal, list_of_evidence = (
        papers / n for n in ("一审民事判决书.pdf", "民事上诉状.docx", "证据清单.docx")
    )
    facts = Facts([("原告", CALLER), ("被告", OTHER), ("被告", GUARANTOR), ("案号", "（2025）岚0302民初1187号")])
    ruling: list[Block] = [
        facts,
        *(Text(f"本院认为（示例文书，第{number}段）……", indent=True) for number in range(1, 30)),
    ]
    write_text_pdf(TextDocument("民事判决书（示例）", ruling), judgment)
    plea: list[Block] = [facts, Text("上诉请求：撤销原判，改判支付货款1260000元及违约金。", indent=True)]
    write_docx(TextDocument("民事上诉状", plea), appeal)
    write_docx(TextDocument("证据清单", [Text("1. 买卖合同\n2. 送货单\n3. 对账函")]), list_of_evidence)
    ids = office.documents.add_files(lawyer, opened.case_id, [judgment, appeal, list_of_evidence])
    lines.append(_("5. {count} documents in the encrypted vault.").format(count=len(ids)))


def _reports(office: Office, administrator: Actor, folder: Path, files: list[Path], lines: list[str]) -> None:
    first, last = date(2025, 10, 1), date(2025, 10, 31)
    wanted: tuple[tuple[By, Format], ...] = ((By.LAWYER, "xlsx"), (By.LAWYER, "pdf"), (By.CLIENT, "csv"))
    for by, form in wanted:
        target = folder / f"工时报表-2025-10-{by.value}.{form}"
        office.timesheet.month_report(administrator, first, last, by=by, form=form, path=target)
        files.append(target)
    lines.append(_("6. Timesheet of October as XLSX, PDF and CSV."))


def _packages(
    office: Office, lawyer: Actor, opened: CaseOpened, folder: Path, *, files: list[Path], lines: list[str]
) -> None:
    for kind in ("docx", "pdf"):
        target = folder / f"案卷.{kind}"
        packed = office.packages.package(lawyer, opened.case_id, target, kind)
        files.append(target)
        if kind == "pdf":
            lines.append(_("7. The case as Word and as a bound PDF of {pages} pages.").format(pages=packed.pages))
