"""What the type code inside a court number (民初, 执异 ...) says: group, meaning, procedure, instance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from lawdesk.kernel.resources import load_rules


class Instance(StrEnum):
    """Where in its life a dispute stands."""

    JURISDICTION = "jurisdiction"
    FIRST = "first"
    SECOND = "second"
    REVIEW = "review"
    RETRIAL_REVIEW = "retrial-review"
    RETRIAL = "retrial"
    SPECIAL = "special"
    PRESERVATION = "preservation"
    ENFORCEMENT = "enforcement"
    BANKRUPTCY = "bankruptcy"
    COMPENSATION = "compensation"
    SANCTION = "sanction"
    RECOGNITION = "recognition"
    MEDIATION = "mediation"
    OTHER = "other"


@dataclass(frozen=True)
class CaseType:
    """One type code; ``procedure`` is an id used by ``periods.toml`` or None where no period hangs on it."""

    code: str
    group: str
    meaning: str
    procedure: str | None
    instance: Instance


def case_type(code: str) -> CaseType | None:
    """Return what ``code`` (``民初``) means; None when the table does not know it."""
    return _types().get(code)


_BRANCHES = {"民": "civil", "刑": "criminal", "行": "administrative"}
_ENDINGS = {
    "初": ("first", Instance.FIRST),
    "终": ("second", Instance.SECOND),
    "申": ("retrial", Instance.RETRIAL_REVIEW),
    "监": ("retrial", Instance.RETRIAL_REVIEW),
    "抗": ("retrial", Instance.RETRIAL),
    "再": ("retrial", Instance.RETRIAL),
}
_GROUPS: dict[str, tuple[str | None, Instance]] = {
    "保全": ("preservation", Instance.PRESERVATION),
    "执行": ("enforcement", Instance.ENFORCEMENT),
    "破产": ("bankruptcy", Instance.BANKRUPTCY),
    "赔偿": ("state-compensation", Instance.COMPENSATION),
    "制裁": (None, Instance.SANCTION),
    "管辖": (None, Instance.JURISDICTION),
    "区际国际": (None, Instance.RECOGNITION),
    "其他": (None, Instance.MEDIATION),
}
# What neither the ending nor the group tells.
_SINGLE: dict[str, tuple[str | None, Instance]] = {
    "民辖终": ("civil-second", Instance.JURISDICTION),  # ten days against the ruling, as any appeal (CPL 171)
    "执保": ("preservation", Instance.PRESERVATION),
    "民撤": ("civil-first", Instance.FIRST),  # an action of its own, heard as first instance (CPL 59)
    "民特": ("civil-special", Instance.SPECIAL),
    "民特监": ("civil-special", Instance.SPECIAL),
    "民催": ("civil-special", Instance.SPECIAL),
    "民督": ("civil-special", Instance.SPECIAL),
    "民督监": ("civil-special", Instance.SPECIAL),
    "刑核": (None, Instance.REVIEW),
    "刑没": ("criminal-special", Instance.SPECIAL),
    "刑医": ("criminal-special", Instance.SPECIAL),
    "刑医复": ("criminal-special", Instance.SPECIAL),
    "行审": ("administrative-enforcement", Instance.ENFORCEMENT),
    "行审复": ("administrative-enforcement", Instance.ENFORCEMENT),
    "司救刑": (None, Instance.OTHER),
    "司救民": (None, Instance.OTHER),
    "司救执": (None, Instance.OTHER),
    "认复": (None, Instance.RECOGNITION),
}


def _procedure(code: str, group: str) -> tuple[str | None, Instance]:
    if code in _SINGLE:
        return _SINGLE[code]
    if group in _GROUPS:
        return _GROUPS[group]
    branch, ending = _BRANCHES.get(code[0]), _ENDINGS.get(code[-1])
    if branch and ending:
        return f"{branch}-{ending[0]}", ending[1]
    return None, Instance.OTHER


@cache
def _types() -> dict[str, CaseType]:
    return {
        entry["code"]: CaseType(
            entry["code"], entry["group"], entry["meaning"], *_procedure(entry["code"], entry["group"])
        )
        for entry in load_rules("codes")["case_type"]
    }
