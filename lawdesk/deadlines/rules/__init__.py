"""The pure heart of deadlines: law as data, calendar, two counting engines, events."""

from lawdesk.deadlines.rules.arithmetic import compute_by_arithmetic
from lawdesk.deadlines.rules.articles import CitedArticle, article_on
from lawdesk.deadlines.rules.calendar import (
    Calendar,
    CalendarYear,
    DayKind,
    HolidaySpan,
    load_calendar,
    read_year,
    statutory_year,
)
from lawdesk.deadlines.rules.calendarfile import validate_calendar
from lawdesk.deadlines.rules.computing import EARLIEST, LATEST, Computation, EnginesDisagree, compute, run_both
from lawdesk.deadlines.rules.data import (
    Bilingual,
    Bounds,
    Condition,
    DayType,
    Direction,
    Nature,
    Regime,
    Rule,
    RuleBook,
    Source,
    SpokenDay,
    Statute,
    Transition,
    Trigger,
    Unit,
)
from lawdesk.deadlines.rules.events import (
    FIELDS,
    NextEvent,
    Side,
    Whose,
    binds_us,
    deemed_receipt,
    next_events,
    rules_for_trigger,
    side_bound,
)
from lawdesk.deadlines.rules.holidays import holiday_name, statutory_holidays
from lawdesk.deadlines.rules.loading import build_rulebook, load_rulebook
from lawdesk.deadlines.rules.outcome import Outcome, Start
from lawdesk.deadlines.rules.triggers import ParsedEvent, find_trigger, parse_event
from lawdesk.deadlines.rules.validation import BOUND_PARTIES, validate_rulebook
from lawdesk.deadlines.rules.versions import Alternative, choose_version, find_rule
from lawdesk.deadlines.rules.walking import Step, walk
from lawdesk.deadlines.rules.words import explain, reason, rest_name, unit_name

__all__ = [
    "BOUND_PARTIES",
    "EARLIEST",
    "FIELDS",
    "LATEST",
    "Alternative",
    "Bilingual",
    "Bounds",
    "Calendar",
    "CalendarYear",
    "CitedArticle",
    "Computation",
    "Condition",
    "DayKind",
    "DayType",
    "Direction",
    "EnginesDisagree",
    "HolidaySpan",
    "Nature",
    "NextEvent",
    "Outcome",
    "ParsedEvent",
    "Regime",
    "Rule",
    "RuleBook",
    "Side",
    "Source",
    "SpokenDay",
    "Start",
    "Statute",
    "Step",
    "Transition",
    "Trigger",
    "Unit",
    "Whose",
    "article_on",
    "binds_us",
    "build_rulebook",
    "choose_version",
    "compute",
    "compute_by_arithmetic",
    "deemed_receipt",
    "explain",
    "find_rule",
    "find_trigger",
    "holiday_name",
    "load_calendar",
    "load_rulebook",
    "next_events",
    "parse_event",
    "read_year",
    "reason",
    "rest_name",
    "rules_for_trigger",
    "run_both",
    "side_bound",
    "statutory_holidays",
    "statutory_year",
    "unit_name",
    "validate_calendar",
    "validate_rulebook",
    "walk",
]
