"""The rules of conflicts.toml that no data of the office can judge: each becomes a question."""

from __future__ import annotations

from lawdesk.conflicts.rules.reasons import reason
from lawdesk.conflicts.rules.severity import Matter
from lawdesk.conflicts.rules.values import NotSearched

_OUT_OF_COURT = {"non-litigation", "retainer", "consult-drafting", "village-adviser"}
_QUESTIONS = (
    ("ask.judges", ("abs-former-judge-two-years", "abs-former-judge-original-court", "abs-judge-relative")),
    ("ask.accused", ("abs-two-accused-same-lawyer",)),
    ("ask.arbitrator", ("abs-arbitrator-in-same-firm",)),
    ("ask.interested", ("abs-nonlitigation-interested-parties",)),
    ("ask.administrator", ("review-bankruptcy-administrator",)),
    ("ask.offices", ("review-branch-as-same-firm",)),
)
RULES_ASKED = frozenset(rule for _code, rules in _QUESTIONS for rule in rules)
"""The rules that are asked about instead of judged."""


def questions(matter: Matter) -> list[NotSearched]:
    """Return what a person has to be asked about a matter of this kind; of an unknown kind, what always holds."""
    codes = ["ask.offices"]
    if matter.kind not in _OUT_OF_COURT:
        codes.insert(0, "ask.judges")
    if matter.kind == "criminal":
        codes.append("ask.accused")
    if matter.kind == "commercial-arbitration":
        codes.append("ask.arbitrator")
    if matter.kind == "non-litigation":
        codes += ["ask.interested", "ask.administrator"]
    return [NotSearched(reason(code)) for code in codes]
