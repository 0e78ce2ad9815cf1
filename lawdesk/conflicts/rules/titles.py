"""What the rules of ``resources/rules/conflicts.toml`` are called, in both languages, and where they stand."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import N_, _, language
from lawdesk.kernel.resources import load_rules

# Grading where the law data has no rule: the party is known, nothing forbids.
KNOWN_TO_US = "known-party"
_OWN_TITLES = {KNOWN_TO_US: N_("Known to the firm; no rule is touched")}
_ENGLISH = {
    "abs-both-sides-same-lawyer": N_("One lawyer for both sides of one case"),
    "abs-civil-both-sides-same-firm": N_("Lawyers of one firm for both sides of one dispute"),
    "abs-criminal-victim-and-accused": N_("One firm for victim and accused of one criminal case"),
    "abs-switch-side-same-case": N_("Changing sides in a later stage of the same case"),
    "abs-counsel-vs-retainer-client": N_("Standing counsel acting against the client advised"),
    "abs-firm-or-staff-is-party": N_("Acting against the firm itself or a member of it"),
    "abs-own-interest": N_("Own interest of the lawyer or a close relative"),
    "waiv-opposite-party-other-matter": N_("Acting for the other side of an open case in another matter"),
    "waiv-against-service-client": N_("Acting against a present client in a matter not entrusted to us"),
    "waiv-within-one-year": N_("Against a former client within a year, in the same legal affair"),
    "waiv-colleague-relative-of-opposite-civil": N_("A colleague is a close relative of the other side"),
    "waiv-colleague-relative-of-victim": N_("A colleague is a close relative of the victim"),
    "abs-relative-is-opposite-legal-rep-or-agent": N_(
        "A close relative of the lawyer is the other side's legal representative or agent"
    ),
    "abs-handled-in-office": N_("Handled before as judge, prosecutor, official or arbitrator"),
    "review-affiliate": N_("Against an affiliate of a client"),
    "waiv-similar": N_("Similar situations in which consent is needed"),
    "review-former-client-confidential": N_("Confidential information of a former client"),
    "review-prospective-client": N_("Against somebody who has consulted the firm"),
    "abs-similar": N_("Similar situations in which one must step back"),
}


@cache
def _rules() -> dict[str, dict[str, Any]]:
    return {rule["id"]: rule for rule in load_rules("conflicts")["rule"]}


def rule_title(rule: str) -> str:
    """Return the title of a rule in the user's language."""
    if rule in _OWN_TITLES:
        return _(_OWN_TITLES[rule])
    return (
        str(_rules()[rule]["title_zh"]) if language() == "zh" else _ENGLISH.get(rule, _rules()[rule]["title_zh"])
    )


def rule_sources(rule: str) -> tuple[str, ...]:
    """Return the sources of a rule (ids of conflicts.toml with the article)."""
    return tuple(_rules()[rule]["sources"]) if rule in _rules() else ()


def version_words(version: str) -> str:
    """Return in words with which rules a check was made; what an older program wrote otherwise, as it stands."""
    found = re.fullmatch(r"names (\d+); conflicts \d+, (\d{4}-\d\d-\d\d)", version)
    if found is None:
        return version
    day = long_date(date.fromisoformat(found[2]))
    return _("name matching version {names}, conflict rules as of {day}").format(names=found[1], day=day)
