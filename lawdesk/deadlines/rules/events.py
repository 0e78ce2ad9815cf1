"""What follows from something that happened: which periods start, whom they bind, what their end starts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from lawdesk.deadlines.rules.computing import Computation
from lawdesk.deadlines.rules.data import Condition, Rule, RuleBook, Trigger
from lawdesk.deadlines.rules.loading import load_rulebook
from lawdesk.deadlines.rules.versions import choose_version
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_

FIELDS: dict[str, frozenset[str]] = {
    "civil": frozenset(
        str.split("""
    civil-first civil-second civil-retrial civil-special civil-any preservation service enforcement
    limitation guarantee contract property inheritance marriage company bankruptcy
""")
    ),
    "criminal": frozenset(
        [
            "criminal-investigation",
            "criminal-prosecution",
            "criminal-first",
            "criminal-second",
            "criminal-retrial",
            "criminal-special",
            "criminal-any",
            "supervision",
        ]
    ),
    "administrative": frozenset(
        str.split("""
    administrative-first administrative-second administrative-retrial administrative-reconsideration
    administrative-penalty administrative-enforcement state-compensation enforcement service
""")
    ),
    "labour": frozenset(("labour-arbitration",)),
    "arbitration": frozenset(("commercial-arbitration", "preservation", "enforcement")),
    "intellectual-property": frozenset(("trademark", "patent")),
    "firm": frozenset(("firm", "legal-aid")),
}
"""Kinds of matters and the ``procedure`` values of the rules that can matter in them."""


class Whose(StrEnum):
    """Whose deadline it is, seen from our client."""

    OURS = "ours"
    THEIRS = "theirs"
    COURT = "court"
    AUTHORITY = "authority"
    OPEN = "open"
    """Depends on facts the role does not tell: ask, never guess."""


class Side(StrEnum):
    """Which side of the table a party rule binds."""

    CLAIMING = "claiming"
    ANSWERING = "answering"
    EITHER = "either"


_ANSWERING = frozenset(
    str.split("""
    civil-answer civil-answer-foreign civil-answer-small civil-jurisdiction-objection
    civil-jurisdiction-objection-foreign civil-appeal-answer civil-appeal-answer-foreign
    civil-retrial-respond labour-arb-answer labour-set-aside-employer payment-order-objection
    enf-award-refuse enf-notary-refuse arb-review-jurisdiction arb-review-jurisdiction-foreign
    admin-jurisdiction-objection compulsion-demand tm-opposition-answer tm-review-answer
    tm-nonuse-evidence injury-apply-employer bkr-debtor-objection crim-medical-reconsider
    crim-nonprosecution-suspect penalty-hearing penalty-pay bkr-plan
""")
)
_CLAIMING = frozenset(
    str.split("""
    civil-fee-prepay pre-suit-pres-sue pre-suit-pres-sue-15-until-2012 pre-exec-pres-apply
    pres-renew-apply ip-injunction-renew ip-injunction-sue ship-arrest-term cargo-arrest-term enf-apply
    enf-apply-1991-natural enf-apply-1991-legal enf-change-court enf-distribution-suit recognition-apply
    public-summons-judgment payment-order-no-suit labour-arb-limitation labour-arb-limitation-wages
    labour-sue-final-worker injury-apply-worker labour-sue-after-nonenforcement civil-divorce-refile
    crim-nonprosecution-victim crim-victim-protest-request admin-exec-apply tm-opposition-evidence
    pat-invalid-supplement rural-arb-limitation
""")
)
_CLAIMING_PREFIXES = (
    "pres-term-",
    "bkr-claim-",
    "limitation-",
    "admin-sue-",
    "admin-nonperformance-",
    "recon-apply",
    "recon-not-told",
    "recon-max-",
)
_CLAIMING_ROLES = frozenset(
    str.split("""
    plaintiff claimant applicant appellant retrial-applicant enforcement-applicant creditor victim
    private-prosecutor 原告 申请人 上诉人 再审申请人 申请执行人 债权人 被害人 自诉人 反诉原告 异议人 请求人
""")
)
_ANSWERING_ROLES = frozenset(
    str.split("""
    defendant respondent appellee retrial-respondent enforcement-respondent debtor accused suspect 被告
    被申请人 被上诉人 再审被申请人 被执行人 债务人 被告人 犯罪嫌疑人 反诉被告
""")
)
_AUTHORITY_ROLES = frozenset(("agency", "authority", "行政机关", "被告行政机关"))
_AUTHORITIES = frozenset(
    ["agency", "police", "authority", "procuratorate", "institution", "aid-agency", "administrator"]
)


_ALWAYS = {"court": Whose.COURT, "lawyer": Whose.OURS, "deemed": Whose.OPEN, "company": Whose.OPEN}


def rules_for_trigger(
    trigger: str,
    *,
    on: date,
    procedure: str | Collection[str] | None = None,
    foreign: bool = False,
    in_custody: bool = False,
    rulebook: RuleBook | None = None,
) -> list[Rule]:
    """Return the versions in force of every period that starts when ``trigger`` happens on ``on``.

    ``procedure``: one ``procedure`` of the rules, a kind of matter of :data:`FIELDS`, or several procedures.
    Rules for other people (with or without a domicile in the PRC) are left out.
    Raises UserError for an unknown trigger.
    """
    book = rulebook or load_rulebook()
    if trigger not in book.triggers:
        raise UserError(
            "deadlines.unknown_trigger",
            N_("There is no event called {name}."),
            hint=N_("Describe what happened in a few words; LawDesk proposes events."),
            name=trigger,
        )
    wanted = _procedures(procedure)
    found: dict[str, Rule] = {}
    for rule in book.by_trigger.get(trigger, ()):
        if wanted is not None and rule.procedure not in wanted:
            continue
        if rule.condition is Condition.NO_PRC_DOMICILE and not foreign:
            continue
        if in_custody and rule.id == "crim-limit-private":  # 刑事诉讼法 第212条: only where nobody is in custody
            continue
        try:
            choice = choose_version(book, rule, on, foreign=foreign)
        except UserError:
            continue  # no version was in force on that day: nothing started
        for version in (choice.rule, *choice.rivals):
            found.setdefault(version.id, version)
    return list(found.values())


def _procedures(procedure: str | Collection[str] | None) -> Collection[str] | None:
    if procedure is None:
        return None
    if isinstance(procedure, str):
        return FIELDS.get(procedure, (procedure,))
    return frozenset().union(*(FIELDS.get(name, frozenset((name,))) for name in procedure))


def side_bound(rule: Rule) -> Side:
    """Return which side of the table ``rule`` binds, where it binds a party."""
    if rule.id in _ANSWERING:
        return Side.ANSWERING
    if rule.id in _CLAIMING or rule.id.startswith(_CLAIMING_PREFIXES):
        return Side.CLAIMING
    return Side.EITHER


def binds_us(rule: Rule, role_of_client: str) -> Whose:
    """Return whose deadline ``rule`` is when our client has ``role_of_client`` (English code or Chinese word).

    Appeals and the like bind whichever side wants them, so they count as ours. An unknown role is never guessed.
    """
    if rule.bound in _AUTHORITIES:
        return Whose.OURS if role_of_client in _AUTHORITY_ROLES else Whose.AUTHORITY
    if rule.bound in _ALWAYS:
        return _ALWAYS[rule.bound]
    side = side_bound(rule)
    if side is Side.EITHER:
        return Whose.OURS
    claiming, answering = role_of_client in _CLAIMING_ROLES, role_of_client in _ANSWERING_ROLES
    if not claiming and not answering:
        return Whose.OPEN
    return Whose.OURS if claiming == (side is Side.CLAIMING) else Whose.THEIRS


@dataclass(frozen=True, slots=True)
class NextEvent:
    """What the end of a period is the trigger of, and on which day."""

    trigger: Trigger
    on: date


_CHAINS: dict[str, tuple[tuple[str, Literal["due", "raw", "early", "next"]], ...]] = {
    # 公告期满即送达 (民事诉讼法 第95条): the notice's own end, not moved; what was served decides the second
    "public-notice-30": (
        ("public-notice-completed", "raw"),
        ("complaint-copy-served", "raw"),
        ("judgment-served", "raw"),
    ),
    "public-summons": (("summons-period-ended", "due"),),
    "divorce-cooling": (("cooling-off-ended", "due"),),
    # renew before the day courts write: the safe day is the end the renewal counts from (periods.toml notes)
    "pres-term-bank": (("preservation-expiry", "early"),),
    "enf-objection-suit": (("suit-period-expired", "due"),),
    "recon-decide": (("recon-period-expired", "due"),),
    "recon-decide-simple": (("recon-period-expired", "due"),),
    "admin-nonperformance-wait": (("performance-period-expired-agency", "due"),),
    "tm-term": (("tm-expired", "due"),),
    # 一审判决自上诉期满次日生效, where nobody appeals
    "civil-appeal-judgment": (("judgment-effective", "next"),),
    "admin-appeal-judgment": (("judgment-effective", "next"),),
}
_SAME_CHAIN = {
    "public-notice-60-until-2021": "public-notice-30",
    "public-notice-foreign-60": "public-notice-30",
    "public-notice-foreign-3m": "public-notice-30",
    "pres-term-movable": "pres-term-bank",
    "pres-term-realty": "pres-term-bank",
    "pres-term-bank-until-2015": "pres-term-bank",
    "pres-term-movable-until-2015": "pres-term-bank",
    "pres-term-realty-until-2015": "pres-term-bank",
}


def next_events(computation: Computation, *, rulebook: RuleBook | None = None) -> list[NextEvent]:
    """Return the events the end of a computed period is the trigger of: the links of a chain."""
    book = rulebook or load_rulebook()
    rule = computation.version
    days = {
        "due": computation.due,
        "raw": computation.raw_end,
        "early": computation.early_warning,
        "next": computation.due + timedelta(days=1),
    }
    return [
        NextEvent(book.triggers[name], days[day]) for name, day in _CHAINS.get(_SAME_CHAIN.get(rule, rule), ())
    ]


def deemed_receipt(
    sent: date, *, office: Literal["patent", "trademark"], way: Literal["post", "electronic"]
) -> date:
    """Return the day a paper of the intellectual property office counts as received.

    By post 15 days after it was sent (专利法实施细则 第4条, 商标法实施条例 第10条; a legible postmark proves
    better for trademarks); electronically the same, but for patents since 2024-01-20 the day it
    entered the system. That day is not moved over rest days.
    """
    if office == "patent" and way == "electronic" and sent >= date(2024, 1, 20):
        return sent
    return sent + timedelta(days=15)
