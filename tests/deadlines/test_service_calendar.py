"""The docket as a calendar file: read again with the icalendar library, as a telephone would."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar

from lawdesk.deadlines import ManualDeadline


def read(docket: Any, folder: Path) -> dict[str, Any]:
    path = folder / "docket.ics"
    count = docket.service.export_calendar(docket.lawyer, path)
    raw = path.read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    events = Calendar.from_ical(raw).walk("VEVENT")
    assert len(events) == count
    return {str(event["SUMMARY"]): event for event in events}


def test_a_deadline_is_a_whole_day_with_alarms_before_it(docket: Any, tmp_path: Path) -> None:
    docket.judgment()
    (event,) = read(docket, tmp_path).values()
    assert event["SUMMARY"] == "对一审判决上诉 · 栩岳建设诉砚溪置业"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2025, 11, 20), date(2025, 11, 21))
    assert "第171条" in event["DESCRIPTION"]
    assert "（2025）岚0302民初1187号" in event["DESCRIPTION"]
    offsets = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
    nine = [timedelta(hours=9) - timedelta(days=days) for days in (7, 3, 1, 0)]
    assert offsets == nine


def test_a_hearing_begins_at_its_hour_in_china(docket: Any, tmp_path: Path) -> None:
    day = date(2025, 12, 2)
    docket.service.add_deadline(docket.lawyer, ManualDeadline(docket.case_id, "开庭", day, "hearing", "09:30"))
    (event,) = read(docket, tmp_path).values()
    start = event.decoded("DTSTART")
    assert start.replace(tzinfo=None) == datetime(2025, 12, 2, 9, 30)
    assert start.utcoffset() == timedelta(hours=8)


def test_uids_stay_and_sequences_rise_so_that_a_telephone_updates(docket: Any, tmp_path: Path) -> None:
    event_id, _deadline = docket.judgment()
    (before,) = read(docket, tmp_path).values()
    docket.service.change_event(docket.lawyer, event_id, date(2025, 11, 7), "更正")
    (after,) = read(docket, tmp_path).values()
    assert before["UID"] == after["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after.decoded("DTSTART") == date(2025, 11, 24)


def test_what_is_done_is_not_exported(docket: Any, tmp_path: Path) -> None:
    _event, deadline = docket.judgment()
    docket.service.complete(docket.lawyer, deadline)
    assert read(docket, tmp_path) == {}
