"""Which proposed deadlines are ticked beforehand: those that bind our side and that the paper is really about."""

from __future__ import annotations

from lawdesk.deadlines.rules import Nature, Rule, Whose

APPEALS = ("-appeal-judgment", "-appeal-ruling", "-appeal-judgment-foreign", "-appeal-ruling-foreign")
"""Periods no longer open once a court of second instance has decided (民诉法 182, 刑诉法 244, 行诉法 88)."""

NAMED: dict[str, tuple[str, ...]] = {
    # only these rulings can be appealed (民诉法 157)
    "civil-appeal-ruling": ("驳回起诉", "不予受理", "管辖", "jurisdiction", "dismiss", "docket"),
    "confirmation-objection": ("司法确认", "担保物权", "confirm", "security interest"),
    "pres-reconsideration": ("保全", "先予执行", "preserv", "freez", "advance enforcement"),
    "maritime-pres-reconsideration": ("海事", "maritime"),
    "enf-add-party-reconsider": ("追加", "变更", "add", "substitut"),
    "enf-add-party-suit": ("追加", "变更", "add", "substitut"),
    "recognition-reconsider": ("承认", "外国", "recogni"),
    "bkr-appeal": ("破产", "bankrupt"),
    "civil-sanction-reconsider": ("罚款", "拘留", "fine", "detention"),
    "enf-exit-ban-reconsider": ("限制出境", "边控", "exit"),
}
"""A "ruling" or a "decision" may be one of many: these are ticked only where the entry names their kind."""


def is_ticked(rule: Rule, whose: Whose, *, final: bool, wording: str) -> bool:
    """Whether ``rule`` is taken unless the lawyer says no.

    ``final``: the proceeding is one of second instance or retrial. ``wording`` is what the lawyer wrote.
    """
    if whose is not Whose.OURS or rule.nature is Nature.WAITING:
        return False
    if final and rule.id.endswith(APPEALS):
        return False
    words = next((words for name, words in NAMED.items() if name in (rule.id, rule.family)), None)
    if words is None:
        return True
    said = wording.lower()
    return any(word in said for word in words)
