"""Kinds of cases with their stages and file order, standings, courts' procedures, causes of action.

Stages, materials and file order come from ``procedures.toml``, causes from ``codes.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from lawdesk.kernel.i18n import N_, language
from lawdesk.kernel.resources import load_rules


class Side(StrEnum):
    """On which side of the case a party stands, seen from our client."""

    CLIENT = "client"
    ADVERSE = "adverse"
    THIRD = "third"
    OTHER = "other"


SIDE_TITLES = {
    Side.CLIENT: N_("Client"),
    Side.ADVERSE: N_("Adverse party"),
    Side.THIRD: N_("Third party"),
    Side.OTHER: N_("Other participant"),
}


class CaseStatus(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


STATUS_TITLES = {
    CaseStatus.OPEN: N_("In progress"),
    CaseStatus.CLOSED: N_("Closed"),
    CaseStatus.ARCHIVED: N_("Archived"),
}


class FeeMode(StrEnum):
    """How the fee is arranged (律师服务收费方式)."""

    FIXED = "fixed"
    STAGED = "staged"
    HOURLY = "hourly"
    PERCENT = "percent"
    CONTINGENCY = "contingency"
    ANNUAL = "annual"
    AID = "aid"
    UNKNOWN = "unknown"


FEE_TITLES = {
    FeeMode.FIXED: N_("Fixed fee"),
    FeeMode.STAGED: N_("By stage"),
    FeeMode.HOURLY: N_("Hourly"),
    FeeMode.PERCENT: N_("Share of the amount in dispute"),
    FeeMode.CONTINGENCY: N_("Contingency fee"),
    FeeMode.ANNUAL: N_("Annual fee"),
    FeeMode.AID: N_("Legal aid (no fee)"),
    FeeMode.UNKNOWN: N_("Not agreed yet"),
}

SHORT_KINDS = {
    "civil": "民",
    "criminal": "刑",
    "administrative": "行",
    "labour-arbitration": "劳",
    "commercial-arbitration": "仲",
    "enforcement": "执",
    "non-litigation": "非",
    "retainer": "顾",
    "legal-aid": "援",
    "consult-drafting": "咨",
    "village-adviser": "村",
}
_ENGLISH_KINDS = {
    "civil": "Civil and commercial litigation",
    "criminal": "Criminal defence",
    "administrative": "Administrative litigation",
    "labour-arbitration": "Labour arbitration",
    "commercial-arbitration": "Commercial arbitration",
    "enforcement": "Enforcement",
    "non-litigation": "Non-contentious matter",
    "retainer": "Standing counsel",
    "legal-aid": "Legal aid",
    "consult-drafting": "Advice and drafting",
    "village-adviser": "Village adviser",
}


@dataclass(frozen=True)
class MatterKind:
    """A kind of case with what belongs to it; ``file_order`` is the order of papers in the bound file."""

    id: str
    title_zh: str
    title_en: str
    stages: tuple[str, ...]
    intake: tuple[str, ...]
    file_order: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title in the user's language."""
        return self.title_zh if language() == "zh" else self.title_en


@dataclass(frozen=True)
class ProceedingKind:
    """One instance or procedure; ``ours``/``theirs`` are the usual standings of claimant and respondent."""

    id: str
    title_zh: str
    title_en: str
    matter: str
    claimant: str
    respondent: str

    @property
    def title(self) -> str:
        """The title in the user's language."""
        return self.title_zh if language() == "zh" else self.title_en


PROCEEDING_KINDS = {
    kind.id: kind
    for kind in (
        ProceedingKind("civil-first", "一审", "First instance", "civil", "原告", "被告"),
        ProceedingKind("civil-second", "二审", "Appeal", "civil", "上诉人", "被上诉人"),
        ProceedingKind("civil-retrial", "再审", "Retrial", "civil", "再审申请人", "被申请人"),
        ProceedingKind("civil-special", "特别程序", "Special procedure", "civil", "申请人", "被申请人"),
        ProceedingKind("preservation", "财产保全", "Preservation", "civil", "申请人", "被申请人"),
        ProceedingKind("enforcement", "执行", "Enforcement", "enforcement", "申请执行人", "被执行人"),
        ProceedingKind("bankruptcy", "破产", "Bankruptcy", "civil", "申请人", "被申请人"),
        ProceedingKind(
            "commercial-arbitration",
            "商事仲裁",
            "Commercial arbitration",
            "commercial-arbitration",
            "申请人",
            "被申请人",
        ),
        ProceedingKind(
            "labour-arbitration", "劳动仲裁", "Labour arbitration", "labour-arbitration", "申请人", "被申请人"
        ),
        ProceedingKind(
            "administrative-reconsideration",
            "行政复议",
            "Administrative reconsideration",
            "administrative",
            "申请人",
            "被申请人",
        ),
        ProceedingKind(
            "administrative-first", "行政一审", "Administrative first instance", "administrative", "原告", "被告"
        ),
        ProceedingKind(
            "administrative-second", "行政二审", "Administrative appeal", "administrative", "上诉人", "被上诉人"
        ),
        ProceedingKind(
            "administrative-retrial",
            "行政再审",
            "Administrative retrial",
            "administrative",
            "再审申请人",
            "被申请人",
        ),
        ProceedingKind("criminal-investigation", "侦查", "Investigation", "criminal", "被害人", "犯罪嫌疑人"),
        ProceedingKind(
            "criminal-prosecution", "审查起诉", "Review for prosecution", "criminal", "被害人", "犯罪嫌疑人"
        ),
        ProceedingKind("criminal-first", "刑事一审", "Criminal first instance", "criminal", "被害人", "被告人"),
        ProceedingKind("criminal-second", "刑事二审", "Criminal appeal", "criminal", "被害人", "上诉人"),
        ProceedingKind("criminal-retrial", "刑事再审", "Criminal retrial", "criminal", "被害人", "原审被告人"),
        ProceedingKind("patent", "专利程序", "Patent procedure", "civil", "申请人", "被申请人"),
        ProceedingKind("trademark", "商标程序", "Trade mark procedure", "civil", "申请人", "被申请人"),
        ProceedingKind("counsel", "非诉与顾问", "Advice", "retainer", "委托人", "相对方"),
    )
}

DEFAULT_PROCEEDING = {
    "civil": "civil-first",
    "criminal": "criminal-investigation",
    "administrative": "administrative-first",
    "labour-arbitration": "labour-arbitration",
    "commercial-arbitration": "commercial-arbitration",
    "enforcement": "enforcement",
    "non-litigation": "counsel",
    "retainer": "counsel",
    "legal-aid": "civil-first",
    "consult-drafting": "counsel",
    "village-adviser": "counsel",
}

STANDINGS = [
    "原告",
    "被告",
    "第三人",
    "上诉人",
    "被上诉人",
    "原审原告",
    "原审被告",
    "申请人",
    "被申请人",
    "再审申请人",
    "申请执行人",
    "被执行人",
    "案外人",
    "反诉原告",
    "反诉被告",
    "犯罪嫌疑人",
    "被告人",
    "被害人",
    "自诉人",
    "附带民事诉讼原告人",
    "委托人",
    "顾问单位",
    "相对方",
]
"""Standings (诉讼地位) as courts write them: data, not words of ours, hence Chinese in both languages."""
_STANDINGS_EN = {
    "原告": "Claimant",
    "被告": "Defendant",
    "第三人": "Third party",
    "上诉人": "Appellant",
    "被上诉人": "Appellee",
    "原审原告": "Claimant below",
    "原审被告": "Defendant below",
    "申请人": "Applicant",
    "被申请人": "Respondent",
    "再审申请人": "Retrial applicant",
    "申请执行人": "Enforcement applicant",
    "被执行人": "Person subject to enforcement",
    "案外人": "Outsider",
    "反诉原告": "Counterclaimant",
    "反诉被告": "Counterclaim defendant",
    "犯罪嫌疑人": "Suspect",
    "被告人": "Accused",
    "被害人": "Victim",
    "自诉人": "Private prosecutor",
    "附带民事诉讼原告人": "Civil claimant in criminal case",
    "委托人": "Client",
    "顾问单位": "Advised organization",
    "相对方": "Counterparty",
}


def standing_title(standing: str) -> str:
    """Return a standing in the user's language; one the court coined stays as it is."""
    return standing if language() == "zh" else _STANDINGS_EN.get(standing, standing)


@cache
def matter_kinds() -> dict[str, MatterKind]:
    """Return the kinds of cases in the order of ``procedures.toml``."""
    rows: list[dict[str, Any]] = load_rules("procedures")["matter"]
    by_id = {row["id"]: row for row in rows}

    def order(row: dict[str, Any]) -> tuple[str, ...]:
        papers = row.get("archive_order") or by_id[row["archive_order_ref"]]["archive_order"]
        return tuple(papers)

    return {
        row["id"]: MatterKind(
            row["id"],
            row["zh"],
            _ENGLISH_KINDS[row["id"]],
            tuple(row["stages"]),
            tuple(row["intake_zh"]),
            order(row),
        )
        for row in rows
    }


@cache
def known_causes() -> tuple[str, ...]:
    """Return the causes of action (案由) of the law data; offices add their own, criminal charges are free."""
    codes = load_rules("codes")
    civil = [row["name"] for row in (*codes["cause_l2"], *codes["cause_l1"])]
    older = [row["name"] for row in codes["cause_2020_l2"]]
    administrative = list(codes["admin_cause"]["l2"])
    return tuple(dict.fromkeys([*civil, *older, *administrative]))
