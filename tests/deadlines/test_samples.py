"""The sample events and intakes, worked out by hand from the law data (periods, counting, calendar).

The comments are the hand count; the tables are what a lawyer would write on the file's cover.
"""

import json
from datetime import date

import pytest

from lawdesk.deadlines.rules import (
    Whose,
    binds_us,
    compute,
    find_trigger,
    load_rulebook,
    next_events,
    rules_for_trigger,
)
from lawdesk.kernel.resources import resource_path

D = date
BOOK = load_rulebook()


def sample(folder, number):
    (path,) = resource_path("samples", folder).glob(f"{number}-*.json")
    return json.loads(path.read_text(encoding="utf-8"))


def day(text):
    return date.fromisoformat(text)


def dues(trigger, on, procedure, **circumstances):
    """Return what is proposed: rule id -> last day."""
    rules = rules_for_trigger(trigger, on=on, procedure=procedure, **circumstances)
    return {rule.id: compute(rule.id, on, **circumstances).due for rule in rules}


@pytest.mark.parametrize(
    ("number", "trigger"),
    [
        ("01", "judgment-served"),
        ("02", "hearing-date"),
        ("03", "preservation-measure-taken"),
        ("04", "ruling-served"),
        ("05", "award-received"),
        ("06", "evidence-notice-served"),
        ("07", "judgment-served"),
        ("08", "performance-period-last-day"),
        ("09", "public-notice-published"),
        ("10", "fee-notice-received"),
        ("11", "mediation-effective"),
        ("12", "recon-decision-received"),
        ("13", "court-received-case"),
        ("14", "preservation-measure-taken"),
        ("15", "ruling-served"),
    ],
)
def test_the_words_of_the_event_find_its_trigger(number, trigger):
    assert find_trigger(sample("events", number)["what"])[0].id == trigger


def test_01_first_instance_judgment():
    # Served 26 September 2024; day 1 is the 27th, day 4 the 30th, day 15 Friday 11 October, after the holidays
    # (1-7 October), a working day: nothing moves. Both sides are domiciled here: fifteen days (民诉法171).
    event = sample("events", "01")
    assert dues("judgment-served", day(event["happened_on"]), "civil") == {
        "civil-appeal-judgment": D(2024, 10, 11)
    }


def test_02_summons_for_8_may():
    # The event is the hearing on 8 May 2024, not the day the paper came. Three days before: 5 May, in the May
    # holidays (1-5 May; 11 May made up): never later, so the court must have notified by Tuesday 30 April.
    hearing = day(sample("events", "02")["hearing"]["date"])
    found = compute("civil-hearing-notice", hearing)
    assert (found.due, found.early_warning) == (D(2024, 5, 5), D(2024, 4, 30))
    assert binds_us(found.rule, "defendant") is Whose.COURT
    assert list(dues("hearing-date", hearing, "civil")) == ["civil-hearing-notice"]


def test_03_bank_deposit_frozen_for_one_year():
    # Frozen 3 March 2025. One year, first day excluded: 3 March 2026; the court's stop day would be 2 March, and
    # that is planned with. Renewal seven days before 2 March: 23 February, the last day of the Spring Festival
    # 2026 (15-23 February); working day before: Saturday 14 February, a make-up day.
    preservation = sample("events", "03")["preservation"]
    freeze = compute("pres-term-bank", day(preservation["from"]), length_override=preservation["years"])
    assert (freeze.due, freeze.early_warning) == (D(2026, 3, 3), D(2026, 3, 2))
    (expiry,) = next_events(freeze)
    renewal = compute("pres-renew-apply", expiry.on)
    assert (renewal.due, renewal.early_warning) == (D(2026, 2, 23), D(2026, 2, 14))
    assert binds_us(renewal.rule, "原告") is Whose.OURS
    # A preservation before the suit: sue within thirty days, 2 April 2025 (Wednesday).
    assert compute("pre-suit-pres-sue", day(preservation["from"])).due == D(2025, 4, 2)


def test_04_ruling_on_jurisdiction():
    # Served 4 June 2024, ten days: Friday 14 June. (The Dragon Boat holiday of 10 June lies inside and counts.)
    event = sample("events", "04")
    found = dues("ruling-served", day(event["happened_on"]), "civil")
    assert found["civil-appeal-ruling"] == D(2024, 6, 14)
    assert found["pres-reconsideration"] == D(2024, 6, 11)  # a preservation ruling: five days, 9 June is a Sunday


def test_05_labour_award():
    # Received 30 August 2024. Fifteen days: Saturday 14 September, a make-up day: no move. Thirty days for the
    # employer's annulment: Sunday 29 September, a make-up day too.
    event = sample("events", "05")
    assert dues("award-received", day(event["happened_on"]), "labour") == {
        "labour-sue": D(2024, 9, 14),
        "labour-sue-final-worker": D(2024, 9, 14),
        "labour-set-aside-employer": D(2024, 9, 29),
    }
    whose = {
        rule: binds_us(BOOK.rules[rule], "被申请人")
        for rule in ("labour-sue-final-worker", "labour-set-aside-employer")
    }
    assert whose == {"labour-sue-final-worker": Whose.THEIRS, "labour-set-aside-employer": Whose.OURS}


def test_06_evidence_notice():
    # The paper says thirty days from the day after 6 February 2025: 22 days take it to 28 February, 8 more to
    # Saturday 8 March; Monday 10 March. The law's least, fifteen days, would be Friday 21 February.
    event = sample("events", "06")
    served = day(event["happened_on"])
    found = compute("civil-evidence-ordinary", served, length_override=event["text_says"]["evidence_within_days"])
    assert (found.raw_end, found.due) == (D(2025, 3, 8), D(2025, 3, 10))
    assert "deadlines.below_minimum" not in {note.code for note in found.notes}
    assert compute("civil-evidence-ordinary", served).due == D(2025, 2, 21)


def test_07_criminal_judgment_in_custody():
    # Pronounced and served 11 June 2025, ten days from the second day: Saturday 21 June; moves to Monday 23
    # June. In custody the move should not be relied on. The victim may ask for a protest within five days: 16
    # June.
    event = sample("events", "07")
    served = day(event["happened_on"])
    assert dues("judgment-served", served, "criminal", in_custody=event["in_custody"]) == {
        "crim-appeal-judgment": D(2025, 6, 23),
        "crim-victim-protest-request": D(2025, 6, 16),
    }
    found = compute("crim-appeal-judgment", served, in_custody=True)
    assert found.early_warning == D(2025, 6, 21)
    assert "deadlines.custody" in {note.code for note in found.notes}


def test_08_judgment_final_and_not_performed():
    # Last day to pay 6 December 2024; two years: Sunday 6 December 2026, so Monday the 7th. The judgment became
    # final on 26 November 2024: retrial within six months, Monday 26 May 2025.
    event = sample("events", "08")
    last_day = day(event["performance"]["due_on"])
    found = compute("enf-apply", last_day)
    assert (found.raw_end, found.due, found.provisional) == (D(2026, 12, 6), D(2026, 12, 7), False)
    assert compute("civil-retrial-apply", day(event["happened_on"])).due == D(2025, 5, 26)
    # property preserved before enforcement must be followed by the application within five days: 11 December
    assert compute("pre-exec-pres-apply", last_day).due == D(2024, 12, 11)


def test_09_service_by_public_notice():
    # Published 15 March 2024; thirty days: 16 to 31 March are 16, 14 April (a Sunday) is day 30: served, no move
    # (disputed: 15 April). Answer and evidence, fifteen days each: Monday 29 April; by the disputed reading 30
    # April.
    event = sample("events", "09")
    notice = compute("public-notice-domestic", day(event["document"]["published_on"]))
    assert (notice.due, [other.due for other in notice.alternatives]) == (D(2024, 4, 14), [D(2024, 4, 15)])
    served = {event.trigger.id: event.on for event in next_events(notice)}
    assert compute("civil-answer", served["complaint-copy-served"]).due == D(2024, 4, 29)
    assert compute("civil-evidence-public-notice", served["public-notice-completed"]).due == D(2024, 4, 29)
    assert compute("civil-answer", notice.alternatives[0].due).due == D(2024, 4, 30)


def test_10_notice_of_the_appeal_fee():
    # Received 15 January 2024; counted from the next day, seven days: Monday 22 January.
    event = sample("events", "10")
    assert dues("fee-notice-received", day(event["happened_on"]), "civil-second") == {
        "civil-appeal-fee": D(2024, 1, 22)
    }


def test_11_mediation_in_instalments():
    # Signed 22 April 2025: retrial against the mediation within six months, 22 October 2025 (Wednesday).
    # Enforcement: two years from the last instalment, 30 November 2025: 30 November 2027, a Tuesday; 2027 is not
    # announced, so provisional. If the first is missed all falls due: two years from 31 May 2025 end Monday 31
    # May 2027.
    event = sample("events", "11")
    assert compute("civil-retrial-mediation", day(event["happened_on"])).due == D(2025, 10, 22)
    first, last = (compute("enf-apply", day(event["instalments"][at]["due_on"])) for at in (0, -1))
    assert (first.due, first.provisional) == (D(2027, 5, 31), True)
    assert (last.due, last.provisional) == (D(2027, 11, 30), True)


def test_12_decision_on_reconsideration():
    # Received 25 April 2025; fifteen days: Saturday 10 May (the May holidays inside count): Monday 12 May.
    event = sample("events", "12")
    found = dues("recon-decision-received", day(event["happened_on"]), "administrative-first")
    assert found == {"admin-sue-after-recon": D(2025, 5, 12), "recon-forced-first-sue": D(2025, 5, 12)}
    assert binds_us(BOOK.rules["admin-sue-after-recon"], "原告") is Whose.OURS


def test_13_indictment_of_a_detained_person():
    # Detained 15 December 2024: request for arrest within 3, at most 7 (22 December, a Sunday) or 30 days (14
    # January 2025); 37 days in all: 21 January. Arrested 28 December: two months, 28 February 2025. Charged 12
    # March 2025: first instance two months, Monday 12 May; summary 20 days, 1 April; expedited 10 days, Saturday
    # 22 March. In custody nothing moves.
    event = sample("events", "13")
    detained, arrested = (day(measure["from"]) for measure in event["custody"])
    found = dues("detention-executed", detained, "criminal-investigation", in_custody=True)
    assert found["crim-detention-arrest-request"] == D(2024, 12, 18)
    assert found["crim-detention-arrest-request-7"] == D(2024, 12, 22)
    assert found["crim-detention-arrest-request-30"] == D(2025, 1, 14)
    assert found["crim-detention-max-37"] == D(2025, 1, 21)
    assert found["crim-detention-notify"] == D(2024, 12, 16)
    assert dues("arrest-executed", arrested, "criminal", in_custody=True) == {
        "crim-investigation-custody": D(2025, 2, 28)
    }
    assert dues("court-received-case", day(event["happened_on"]), "criminal", in_custody=event["in_custody"]) == {
        "crim-limit-first": D(2025, 5, 12),
        "crim-limit-simple": D(2025, 4, 1),
        "crim-limit-expedited": D(2025, 3, 22),
    }


def test_14_vehicle_seized_for_two_years():
    # Seized 12 March 2024; two years: 12 March 2026, planned with 11 March. Renewal by law seven days before: 4
    # March; the paper asks for fifteen: 24 February, the first working day after the Spring Festival (15-23
    # February 2026).
    event = sample("events", "14")
    seizure = compute("pres-term-movable", day(event["preservation"]["from"]))
    assert (seizure.due, seizure.early_warning) == (D(2026, 3, 12), D(2026, 3, 11))
    (expiry,) = next_events(seizure)
    assert compute("pres-renew-apply", expiry.on).due == D(2026, 3, 4)
    by_paper = compute("pres-renew-apply", expiry.on, length_override=event["text_says"]["renew_before_days"])
    assert (by_paper.due, by_paper.early_warning) == (D(2026, 2, 24), D(2026, 2, 24))


def test_15_ruling_to_try_the_case_again():
    # No appeal lies against it, and the law data knows no period a civil retrial ruling starts; the appeal
    # against rulings is proposed with the three kinds it is limited to, so the lawyer sees that it does not hold
    # here.
    event = sample("events", "15")
    rules = rules_for_trigger(
        "ruling-served", on=day(event["happened_on"]), procedure=("civil-second", "civil-retrial")
    )
    assert [rule.id for rule in rules] == ["civil-appeal-ruling"]
    assert "可上诉裁定仅限" in rules[0].consequence_zh


@pytest.mark.parametrize(
    ("number", "fact", "rule", "due", "provisional"),
    [
        # 01: the loan fell due 5 May 2023; three years end 5 May 2026, in the holidays (1-5 May): 6 May.
        ("01", "2023-05-05 借期届满", "limitation-3y", D(2026, 5, 6), False),
        # The reminder of 18 March 2024 (answered "月底还") interrupts: three years from then, Thursday 18 March
        # 2027.
        ("01", "2024-03-18 最后一次微信催款", "limitation-3y", D(2027, 3, 18), True),
        # 02: goods delivered 15 January 2022: objections to quality at most two years, Monday 15 January 2024.
        ("02", "2022-01-15 交货", "inspection-2y", D(2024, 1, 15), False),
        # 03: dismissed 8 July 2024: labour arbitration within one year, Tuesday 8 July 2025.
        ("03", "2024-07-08 公司发出辞退通知", "labour-arb-limitation", D(2025, 7, 8), False),
        ("03", "2024-07-08 公司发出辞退通知", "labour-arb-limitation-wages", D(2025, 7, 8), False),
        # 06: detained, arrested, charged, as in event 13.
        ("06", "2024-12-15 被刑事拘留", "crim-detention-max-37", D(2025, 1, 21), False),
        ("06", "2024-12-28 被逮捕", "crim-investigation-custody", D(2025, 2, 28), False),
        ("06", "2025-03-12 提起公诉", "crim-limit-first", D(2025, 5, 12), False),
        # 07: as in event 12.
        ("07", "2025-04-25 收到不予受理复议决定书", "admin-sue-after-recon", D(2025, 5, 12), False),
    ],
)
def test_dated_facts_of_the_intakes(number, fact, rule, due, provisional):
    intake = sample("intake", number)
    assert any(text.startswith(fact) for text in intake["facts"])
    custody = any(client.get("in_custody", False) for client in intake["clients"])
    found = compute(rule, day(fact[:10]), in_custody=custody)
    assert (found.due, found.provisional) == (due, provisional)
    assert found.rule.trigger in {trigger.id for trigger in find_trigger(fact[11:])}


def test_intake_05_appeal_judged_by_the_day_of_service_not_of_the_judgment():
    # Dated 20 March, served 31 March 2025: fifteen days end Tuesday 15 April; taken in on 14 April, one day
    # before.
    intake = sample("intake", "05")
    found = compute("civil-appeal-judgment", day(intake["first_instance"]["served_on"]))
    assert found.due == D(2025, 4, 15)
    assert (found.due - day(intake["received_on"])).days == 1
