"""Builds the firm: people, parties, cases, docket, three months of time; then plays the story."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from lawdesk.cases import (
    CaseDraft,
    CaseOpened,
    CasePartyDraft,
    EnquiryDraft,
    FeeMode,
    NameKind,
    PartyDraft,
    PartyKind,
    ProceedingDraft,
    RelationDraft,
    RelationKind,
    Side,
    matter_kinds,
)
from lawdesk.conflicts import Asked, Decision, Matter, Role, grave
from lawdesk.deadlines import ChosenDeadline, EventDraft, ManualDeadline
from lawdesk.demo.happenings import CAUSES, COUNSEL, SHARES, TRIGGERS, WORK
from lawdesk.demo.names import companies, credit_code, parts, persons
from lawdesk.demo.story import play_story
from lawdesk.firm import Actor
from lawdesk.firm import Role as FirmRole
from lawdesk.kernel.clock import CHINA, FixedClock
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import N_, _
from lawdesk.office import DEMO_CLOCK, Office, create_office
from lawdesk.storage.state import set_state
from lawdesk.timesheet import EntryDraft

DEMO_PASSPHRASE = "示例密码 demo"
DEMO_LOGIN = "gu"
"""The lawyer who plays the story; the demo's window opens at their desk."""
FIRM = "恒岚律师事务所"
TODAY = date(2025, 11, 6)
MOMENT = datetime(2025, 11, 6, 10, 42, tzinfo=CHINA)
PARTIES, STORY_PARTIES = 500, 4
ADVICE = ("retainer", "non-litigation", "consult-drafting", "village-adviser")
"""Kinds of cases without a court and without an opponent."""


@dataclass
class Demo:
    """What the demo made: the office, a folder of files, the story's lines, counts."""

    office: Path
    folder: Path
    story: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)


def build_demo(folder: Path, tell: Callable[[str], None] = lambda _line: None) -> Demo:
    """Build the firm in ``folder`` and play the story; the same each time, except for keys and uids.

    A demo that lies there already is replaced; raises EnvironmentFailure when something else does.
    """
    _make_room(folder)
    clock = FixedClock(datetime(2025, 7, 1, 9, 0, tzinfo=CHINA))
    made = create_office(
        str(folder / "office"),
        firm_name=FIRM,
        founder=parts()["lawyers"][0][0],
        login="qin",
        passphrase=DEMO_PASSPHRASE,
        clock=clock,
    )
    demo = Demo(folder / "office", folder)
    maker = _Maker(made.office, made.founder, clock)
    try:
        tell(_("Colleagues and parties …"))
        maker.people()
        maker.parties()
        tell(_("Cases with their conflict checks …"))
        maker.cases()
        tell(_("Docket and three months of time …"))
        maker.docket()
        maker.hours()
        clock.set(MOMENT)
        tell(_("The story …"))
        play_story(made.office, maker.actors, clock, demo.folder, lines=demo.story, files=demo.files)
        maker.keep_clock()
        demo.counts = maker.counts()
    finally:
        made.office.close()
    return demo


def _make_room(folder: Path) -> None:
    """Remove an earlier demo; never anything else."""
    if not folder.exists():
        return
    if folder.is_file():
        raise EnvironmentFailure(
            "demo.folder", N_("{path} is a file."), hint=N_("Name a new folder with --dir."), path=str(folder)
        )
    if (folder / ".lawdesk-demo").exists():
        shutil.rmtree(folder)
    elif any(folder.iterdir()):
        raise EnvironmentFailure(
            "demo.folder",
            N_("{path} holds other files."),
            hint=N_("Name a new folder with --dir; the demo never overwrites anything."),
            path=str(folder),
        )
    folder.mkdir(parents=True, exist_ok=True)


class _Maker:
    """Makes everything through the services, in a fixed order of chance."""

    def __init__(self, office: Office, founder: Actor, clock: FixedClock) -> None:
        self.office, self.clock = office, clock
        self.random = Random(20251106)
        self.actors: dict[str, Actor] = {"qin": founder}
        self.companies = companies(self.random)
        self.persons = persons(self.random)
        self.opened: list[tuple[CaseOpened, str]] = []
        self.closing: list[tuple[date, str, int]] = []
        Path(office.place).parent.joinpath(".lawdesk-demo").write_text("LawDesk demo\n", encoding="utf-8")

    @property
    def director(self) -> Actor:
        return self.actors["qin"]

    def people(self) -> None:
        for name, login, role in parts()["lawyers"][1:]:
            kind = FirmRole(role)
            person_id = self.office.firm.add_person(self.director, name=name, login=login, role=kind)
            self.actors[login] = Actor(person_id, name, login, kind)
        for login, yuan in (
            ("qin", 2400),
            ("gu", 1800),
            ("xu", 1800),
            ("lu", 1500),
            ("song", 1200),
            ("xie", 1200),
        ):
            person_id = self.actors[login].person_id or 0
            self.office.timesheet.set_rate(self.director, person_id, yuan * 100, date(2025, 1, 1))

    def parties(self) -> None:
        """Parties the firm knows besides those of its cases, tied to each other."""
        cases = self.office.cases
        for number in range(60):
            company = PartyDraft(
                self.companies.pop(),
                PartyKind.ORGANIZATION,
                identifiers=(("uscc", credit_code(self.random)),) if number % 2 else (),
            )
            party_id = cases.add_party(self.director, company)
            head = cases.add_party(self.director, PartyDraft(self.persons.pop(), PartyKind.PERSON))
            cases.add_relation(self.director, RelationDraft(head, party_id, RelationKind.LEGAL_REPRESENTATIVE))
            if number % 3 == 0:
                owner = cases.add_party(self.director, PartyDraft(self.companies.pop(), PartyKind.ORGANIZATION))
                share = 10_000 if number % 2 else 6_000
                cases.add_relation(self.director, RelationDraft(owner, party_id, RelationKind.SHAREHOLDER, share))
            if number % 4 == 0:
                spouse = cases.add_party(self.director, PartyDraft(self.persons.pop(), PartyKind.PERSON))
                cases.add_relation(self.director, RelationDraft(spouse, head, RelationKind.SPOUSE))
            if number % 10 == 0:
                self._enquiry()

    def _enquiry(self) -> None:
        day = self.clock.today() + timedelta(days=self.random.randrange(100))
        caller = PartyDraft(self.companies.pop(), PartyKind.ORGANIZATION)
        other = PartyDraft(self.persons.pop(), PartyKind.PERSON)
        draft = EnquiryDraft("咨询货款追讨", day, ((Side.CLIENT, caller), (Side.ADVERSE, other)), "139****0000")
        self.office.cases.take_enquiry(self.director, draft)

    def cases(self) -> None:
        kinds = [kind for kind, share in SHARES.items() for _number in range(share)]
        self.random.shuffle(kinds)
        start = date(2025, 1, 6)
        days = sorted(self.random.randrange(0, 295) for _kind in kinds)
        for kind, offset in zip(kinds, days, strict=True):
            day = start + timedelta(days=offset)
            self._close_until(day)
            self.clock.set(datetime(day.year, day.month, day.day, 9, 30, tzinfo=CHINA))
            self._open(kind, day)
        self._close_until(TODAY)
        self._fill()

    def _fill(self) -> None:
        """Add companies with their heads until the firm knows :data:`PARTIES` once the story has added its own."""
        cases = self.office.cases
        missing = PARTIES - STORY_PARTIES - cases.queries.count_parties(self.director)
        for _number in range(missing // 2):
            company = PartyDraft(self.companies.pop(), PartyKind.ORGANIZATION)
            head = PartyDraft(self.persons.pop(), PartyKind.PERSON)
            party_id, head_id = cases.add_party(self.director, company), cases.add_party(self.director, head)
            cases.add_relation(self.director, RelationDraft(head_id, party_id, RelationKind.LEGAL_REPRESENTATIVE))
        if missing % 2:
            cases.add_party(self.director, PartyDraft(self.persons.pop(), PartyKind.PERSON))

    def _close_until(self, day: date) -> None:
        for closed, lead, case_id in sorted(found for found in self.closing if found[0] <= day):
            self.clock.set(datetime(closed.year, closed.month, closed.day, 17, 0, tzinfo=CHINA))
            self.office.cases.close_case(self.actors[lead], case_id, closed)
        self.closing = [found for found in self.closing if found[0] > day]

    def _open(self, kind: str, day: date) -> None:
        lawyers = [self.actors[login] for login in ("gu", "xu", "lu", "song", "xie")]
        lead, helper = self.random.sample(lawyers, 2)
        parties = self._case_parties(kind)
        fee = self.random.choice((12_000, 15_000, 20_000, 30_000, 50_000)) * 100
        mode = {"retainer": FeeMode.ANNUAL, "legal-aid": FeeMode.AID}.get(kind, FeeMode.FIXED)
        court = self.random.choice(parts()["courts"]) if kind not in ADVICE else ""
        draft = CaseDraft(
            kind=kind,
            cause=self.random.choice(CAUSES[kind]),
            parties=tuple(parties),
            lead=lead.person_id,
            received_on=day,
            assistants=(helper.person_id or 0,),
            proceeding=self._proceeding(kind, court, day),
            amount_fen=self.random.randrange(3, 900) * 1_000_000 if kind in ("civil", "enforcement") else None,
            fee_mode=mode,
            fee_fen=fee if mode is not FeeMode.AID else None,
            received_fen=fee // 2 if mode is not FeeMode.AID else None,
        )
        asked = [
            Asked(p.party.name, Role(p.side) if p.side in set(Role) else Role.THIRD, p.party.kind.value)
            for p in draft.parties
        ]
        result = self.office.conflicts.check(lead, asked, Matter(kind=kind))
        decisions = [
            Decision(hit.asked.name, hit.party, "other_person", "证件号不同，已核对")
            for hit in result.hits
            if grave(hit)
        ]
        clearance = self.office.conflicts.clear(self.director, result, decisions)
        opened = self.office.cases.open_case(lead, draft, clearance)
        self.opened.append((opened, kind))
        stages = matter_kinds()[kind].stages
        so_far = min(len(stages) - 2, (TODAY - day).days // 16)
        if so_far > 0:
            self.office.cases.set_stage(lead, opened.case_id, stages[so_far])
        if self.random.random() < 0.18:
            closed = min(day + timedelta(days=60), date(2025, 10, 31))
            if closed > day:
                self.closing.append((closed, lead.login, opened.case_id))

    def _proceeding(self, kind: str, court: str, day: date) -> ProceedingDraft | None:
        if not court:
            return None
        codes = {
            "civil": "民初",
            "criminal": "刑初",
            "administrative": "行初",
            "enforcement": "执",
            "legal-aid": "民初",
        }
        kinds = {"criminal": "criminal-first", "civil": "civil-first", "legal-aid": "civil-first"}
        kinds |= {"administrative": "administrative-first", "enforcement": "enforcement"}
        number = f"（{day.year}）岚0302{codes[kind]}{self.random.randrange(100, 9000)}号" if kind in codes else ""
        judge = self.random.choice(("沈清", "陶然", "白露", ""))
        return ProceedingDraft(kinds.get(kind, kind), court, number, judge, day)

    def _case_parties(self, kind: str) -> list[CasePartyDraft]:
        client_is_company = (
            kind in ("retainer", "non-litigation", "village-adviser", "commercial-arbitration")
            or self.random.random() < 0.6
        )
        client = self._party(company=client_is_company and kind not in ("criminal", "legal-aid"))
        claims = self.random.random() < 0.6
        standing = {"criminal": "被告人", "retainer": "顾问单位", "enforcement": "申请执行人"}.get(kind, "")
        standing = standing or (
            ("原告" if claims else "被告") if kind in ("civil", "administrative", "legal-aid") else ""
        )
        parties = [CasePartyDraft(client, Side.CLIENT.value, standing)]
        if kind in ADVICE:
            return parties
        others = 2 if self.random.random() < 0.3 else 1
        opposite = {"criminal": "被害人", "enforcement": "被执行人"}.get(kind, "")
        opposite = opposite or (("被告" if claims else "原告") if standing in ("原告", "被告") else "")
        for _number in range(others):
            counsel = self.random.choice(COUNSEL).partition(" ")
            parties.append(
                CasePartyDraft(
                    self._party(company=self.random.random() < 0.5 and kind != "criminal"),
                    Side.ADVERSE.value,
                    opposite,
                    counsel_firm=counsel[0],
                    counsel_name=counsel[2],
                )
            )
        if self.random.random() < 0.12:
            parties.append(CasePartyDraft(self._party(company=True), Side.THIRD.value, "第三人"))
        return parties

    def _party(self, *, company: bool) -> PartyDraft:
        if not company:
            return PartyDraft(self.persons.pop(), PartyKind.PERSON)
        name = self.companies.pop()
        short = ((NameKind.SHORT, name[:4]),) if self.random.random() < 0.15 else ()
        code = (("uscc", credit_code(self.random)),) if self.random.random() < 0.4 else ()
        return PartyDraft(name, PartyKind.ORGANIZATION, short, code)

    def docket(self) -> None:
        """Events with the deadlines taken from them, hearings, tasks."""
        deadlines = self.office.deadlines
        open_ids = {
            row.id
            for row in self.office.cases.queries.list_cases(self.director, limit=500)
            if row.status == "open"
        }
        for number, (opened, kind) in enumerate(self.opened):
            if opened.case_id not in open_ids or kind not in TRIGGERS or number % 3 == 0:
                continue
            title, trigger = self.random.choice(TRIGGERS[kind])
            day = TODAY - timedelta(days=self.random.randrange(1, 12))
            draft = EventDraft(opened.case_id, day, title, trigger, opened.proceeding_id)
            ticked = [
                p for p in deadlines.propose(self.director, draft) if p.ticked and p.computation.due >= TODAY
            ]
            chosen = tuple(ChosenDeadline(p.rule.id) for p in ticked[:2])
            if chosen:
                deadlines.record_event(self.director, draft, chosen)
            if number % 7 == 1:
                hearing = TODAY + timedelta(days=self.random.randrange(0, 30))
                deadlines.add_deadline(
                    self.director,
                    ManualDeadline(
                        opened.case_id,
                        "开庭",
                        hearing,
                        "hearing",
                        self.random.choice(("09:00", "14:30")),
                        opened.proceeding_id,
                    ),
                )
        overdue = next(opened for opened, kind in self.opened if opened.case_id in open_ids and kind == "civil")
        deadlines.add_deadline(
            self.director,
            ManualDeadline(overdue.case_id, "补交运输单据原件（法院通知限期）", TODAY - timedelta(days=2)),
        )

    def hours(self) -> None:
        """Three months of work of everybody who keeps time, on working days."""
        calendar = self.office.deadlines.calendar
        open_cases = [opened.case_id for opened, _kind in self.opened]
        for login in ("gu", "xu", "lu", "song", "xie"):
            actor = self.actors[login]
            mine = self.random.sample(open_cases, 14)
            day = date(2025, 8, 6)
            while day < TODAY:
                if not calendar.is_rest(day):
                    self._day(actor, day, mine)
                day += timedelta(days=1)

    def _day(self, actor: Actor, day: date, cases: list[int]) -> None:
        self.clock.set(datetime(day.year, day.month, day.day, 18, 0, tzinfo=CHINA))
        for _number in range(self.random.randrange(2, 5)):
            minutes, narrative = self.random.choice(WORK)
            self.office.timesheet.add_entry(actor, EntryDraft(self.random.choice(cases), day, minutes, narrative))

    def keep_clock(self) -> None:
        """Let the demo's office open on the story's day, whenever that is."""
        with self.office.database.write(self.director, "demo.clock") as work:
            set_state(work.session, DEMO_CLOCK, self.clock.now().astimezone(UTC).isoformat())
            work.audit("office")

    def counts(self) -> dict[str, int]:
        """Return what the firm holds now."""
        queries = self.office.cases.queries
        return {
            _("people"): len(self.office.firm.queries.people(self.director)),
            _("cases"): queries.count_cases(self.director),
            _("parties"): queries.count_parties(self.director),
            _("deadlines"): self.office.deadlines.queries.count(self.director),
            _("time entries"): self.office.timesheet.queries.count_entries(self.director),
            _("documents"): len(self.office.documents.queries.addresses(self.director)),
        }
