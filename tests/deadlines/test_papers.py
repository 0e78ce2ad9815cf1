"""Register, control sheet, court calendars, clashes: what stands on paper and what a court's file brings."""

from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from lawdesk.deadlines import ManualDeadline
from lawdesk.deadlines.rules import Appointment, find_clashes, parse_ics
from lawdesk.kernel.errors import Refused, UserError

D = date
ICS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:a1@court
DTSTART;TZID=Asia/Shanghai:20251118T093000
SUMMARY:开庭 （2025）岚0302民初1187号
LOCATION:第三法庭
BEGIN:VALARM
DTSTART:20200101T000000
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:b2@court
DTSTART:20251119T013000Z
SUMMARY:别的案件\\, 与本所无关
END:VEVENT
END:VCALENDAR
"""


def text_of(path):
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def test_the_register_of_a_day_lists_what_was_entered_on_it(docket, tmp_path):
    docket.judgment()
    docket.firm.clock.advance(timedelta(days=1))
    docket.judgment(D(2025, 11, 6))
    service, lawyer = docket.service, docket.lawyer
    assert [row.due for row in service.queries.entered(lawyer, D(2025, 11, 5))] == [D(2025, 11, 20)]
    path = tmp_path / "register.pdf"
    service.write_paper(lawyer, service.register(lawyer, D(2025, 11, 6)), path)
    words = text_of(path)
    assert "2025-11-21" in words
    assert "2025-11-20" not in words
    assert "顾知行" in words


def test_the_control_sheet_proves_every_date(docket, tmp_path):
    docket.judgment(printed=D(2025, 11, 21))
    service, lawyer = docket.service, docket.lawyer
    docket.firm.clock.advance(timedelta(days=2))
    service.reminders.collect(lawyer)
    service.reminders.acknowledge(lawyer, [row.id for row in service.reminders.show(lawyer)])
    for name in ("sheet.pdf", "sheet.docx"):
        service.write_paper(lawyer, service.control_sheet(lawyer, docket.case_id), tmp_path / name)
    words = text_of(tmp_path / "sheet.pdf").replace("\n", "")
    for part in ("2025-11-20", "2025-11-21", "第171条", "顾知行", "收到一审判决", "✓", "11月20日"):
        assert part in words, part
    assert (tmp_path / "sheet.docx").read_bytes()[:2] == b"PK"
    with pytest.raises(UserError):
        service.write_paper(lawyer, service.control_sheet(lawyer, docket.case_id), tmp_path / "sheet.txt")


def test_a_court_calendar_enters_its_hearings_once_and_moves_them(docket, tmp_path):
    service, lawyer, path = docket.service, docket.lawyer, tmp_path / "court.ics"
    path.write_text(ICS, encoding="utf-8")
    entries = service.read_court_calendar(lawyer, path)
    assert [entry.case_id for entry in entries] == [docket.case_id, None]
    assert (entries[1].day, entries[1].time) == (D(2025, 11, 19), "09:30")  # UTC taken to China
    assert service.import_court_calendar(lawyer, entries) == (1, 0)
    assert service.import_court_calendar(lawyer, entries) == (0, 0)
    (row,) = service.queries.docket(lawyer)
    assert (row.kind, row.due, row.due_time, row.note) == ("hearing", D(2025, 11, 18), "09:30", "第三法庭")
    path.write_text(ICS.replace("20251118T093000", "20251125T140000"), encoding="utf-8")
    assert service.import_court_calendar(lawyer, service.read_court_calendar(lawyer, path)) == (0, 1)
    assert service.queries.docket(lawyer)[0].due == D(2025, 11, 25)
    path.write_text(ICS.replace("SUMMARY:开庭", "STATUS:CANCELLED\nSUMMARY:开庭"), encoding="utf-8")
    service.import_court_calendar(lawyer, service.read_court_calendar(lawyer, path))
    assert service.queries.docket(lawyer) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Asia/Shanghai", "Mars/Olympus", "zone"),
        ("20251118T093000", "20251331T093000", "day"),
        ("DTSTART;TZID=Asia/Shanghai:20251118T093000\n", "", "no_start"),
        ("UID:a1@court\n", "", "uid"),
        ("END:VCALENDAR\n", "", "no_end"),
        ("BEGIN:VCALENDAR\n", "", "no_calendar"),
        ("LOCATION:第三法庭", "RRULE:FREQ=DAILY", "repeats"),
    ],
)
def test_a_broken_court_calendar_is_refused_whole(file_docket, tmp_path, old, new, code):
    path = tmp_path / "bad.ics"
    path.write_text(ICS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        file_docket.service.read_court_calendar(file_docket.lawyer, path)
    assert f"deadlines.ics.{code}" in {one.code for one in refused.value.problems}
    assert file_docket.service.queries.docket(file_docket.lawyer) == []


def test_other_zones_are_taken_to_china():
    text = ICS.replace("Asia/Shanghai:20251118T093000", "Europe/Berlin:20251118T023000")
    entries, problems = parse_ics(text)
    assert (problems, entries[0].day, entries[0].time) == ([], D(2025, 11, 18), "09:30")


def test_a_file_that_is_not_text_is_refused(file_docket, tmp_path):
    path = tmp_path / "gbk.ics"
    path.write_bytes(ICS.encode("gb18030"))
    with pytest.raises(UserError):
        file_docket.service.read_court_calendar(file_docket.lawyer, path)


def at(day, clock, court):
    return Appointment(day, clock, court)


def test_hearings_that_cannot_both_be_attended():
    day, court = D(2025, 11, 18), "望江区人民法院"
    planned = at(day, "09:30", "杭州市西湖区人民法院")
    assert find_clashes(planned, [at(day, "10:30", court)])[0].overlap
    same = find_clashes(planned, [at(day, "13:00", "杭州市拱墅区人民法院")])
    assert (same[0].overlap, same[0].needed) == (False, timedelta(minutes=90))  # an hour is left
    assert find_clashes(planned, [at(day, "14:00", "浙江省杭州市中级人民法院")]) == []
    assert len(find_clashes(planned, [at(day, "14:00", "宁波市海曙区人民法院")])) == 1
    assert find_clashes(planned, [at(D(2025, 11, 19), "09:00", "宁波市海曙区人民法院")]) == []
    assert len(find_clashes(at(day, "", "甲市法院"), [at(day, "09:00", "乙市法院")])) == 1
    assert find_clashes(at(day, "", "甲市法院"), [at(day, "09:00", "甲市法院")]) == []


def test_the_office_sees_a_clash_before_a_hearing_is_entered(docket):
    service, lawyer = docket.service, docket.lawyer
    first = ManualDeadline(docket.case_id, "开庭", D(2025, 11, 18), "hearing", "09:30")
    assert service.clashes(lawyer, first) == []
    service.add_deadline(lawyer, first)
    (clash,) = service.clashes(lawyer, ManualDeadline(docket.case_id, "开庭", D(2025, 11, 18), "hearing", "11:00"))
    assert clash.overlap
