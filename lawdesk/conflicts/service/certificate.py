"""The certificate of a kept check: one page, the same words in PDF and Word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from lawdesk.cases import CLEARANCE_TITLES, ClearanceResult
from lawdesk.conflicts.queries import CheckRow, ConsentRow
from lawdesk.conflicts.rules import SEVERITY_TITLES, Reason, Role, Severity, Step, path_words, version_words
from lawdesk.conflicts.service.deciding import DECISION_TITLES
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import local_time, long_date
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _, listed, ngettext

if TYPE_CHECKING:
    from lawdesk.paper.blocks import TextDocument

ROLE_TITLES = {
    Role.CLIENT: N_("prospective client"),
    Role.ADVERSE: N_("other side"),
    Role.THIRD: N_("third party asked about"),
}
EXAMINED = frozenset({ClearanceResult.CLEAR, ClearanceResult.NOTED, ClearanceResult.WAIVED})
"""Whoever recorded one of these had decided every hit that needs it."""
HITS = (9, 7, 5, 4, 3, 2, 1)
"""So many hits are tried on the page, the gravest first. All of them are in the record."""
NAMES, LIMITS = 8, 5
_CUT = 70


def write_certificate(make: Callable[[int], TextDocument], path: Path) -> None:
    """Write the certificate as PDF or Word, by the ending of ``path``, with as many hits as one page holds.

    Raises Refused for another ending.
    """
    from lawdesk.kernel.files import atomic_path
    from lawdesk.paper.blocks import draw_document
    from lawdesk.paper.word import write_docx

    ending = path.suffix.lower()
    if ending not in (".pdf", ".docx"):
        message = N_("A certificate is a .pdf or a .docx file.")
        raise Refused([Problem("certificate.format", message, "out")])
    with TemporaryDirectory() as folder:
        trial = Path(folder) / "certificate.pdf"
        for most in HITS:
            paper = make(most)
            if draw_document(paper, trial, numbered=False) == 1:
                break
        with atomic_path(path) as temporary:
            if ending == ".docx":
                write_docx(paper, temporary)
            else:
                temporary.write_bytes(trial.read_bytes())


def certificate_of(
    row: CheckRow, most: int = HITS[0], *, firm: str, consents: Sequence[ConsentRow], untouched: bool
) -> TextDocument:
    """Return the certificate of a kept check with its ``most`` gravest hits, in the user's language."""
    from lawdesk.paper.blocks import Facts, Gap, Grid, Heading, Text, TextDocument

    content = row.content
    moment = f"{long_date(row.asked_at.astimezone(CHINA).date())} {local_time(row.asked_at)}"
    hits = sorted(content.get("hits", []), key=_gravity)
    blocks: list[Any] = [
        Facts(_facts(row, moment)),
        Heading(_("Hits and decisions"), 2),
    ]
    if hits:
        head = (_("Name asked"), _("Found"), _("Grade"), _("Decision and reason"))
        examined = ClearanceResult(row.result) in EXAMINED
        told = [_hit(hit, examined=examined) for hit in hits[:most]]
        blocks.append(Grid(head, told, widths=(2, 4, 1.4, 3.4)))
        left = len(hits) - most
        if left > 0:
            said = ngettext("{count} further hit is on record.", "{count} further hits are on record.", left)
            blocks.append(Text(said.format(count=left), note=True))
    else:
        blocks.append(Text(_("Nothing was found under these names.")))
    for one in content.get("decisions", [])[:3]:
        blocks.append(Text(_cut(_decision_words(one), 160)))
    if consents:
        proof = _("{name} (SHA-256 {digest}…)")
        names = listed(proof.format(name=_cut(one.name, 40), digest=one.sha256[:16]) for one in consents[:4])
        blocks.append(Text(_("Signed consent attached: {names}").format(names=names)))
    elif row.result == ClearanceResult.WAIVED.value:
        blocks.append(Text(_("The signed consent is not attached yet."), bold=True))
    blocks.append(Heading(_("What could not be judged"), 2))
    limits = content.get("not_searched", [])
    blocks += [Text("· " + _cut(said, 110), note=True) for said in limits[:LIMITS]]
    if len(limits) > LIMITS:
        blocks.append(Text(_("and {count} more, in the record").format(count=len(limits) - LIMITS), note=True))
    if not untouched:
        blocks.append(Text(_("The record is no longer what was written: verify the audit trail."), bold=True))
    rules = version_words(str(content.get("rule_version", "")))
    blocks += [Gap(5), Text(_("Signature: ____________________    Date: ________________"))]
    return TextDocument(
        _("Certificate of the conflict check"),
        blocks,
        subtitle=(firm,),
        footer=_("Record {uid} · {rules}").format(uid=row.uid, rules=rules),
    )


def _facts(row: CheckRow, moment: str) -> list[tuple[str, str]]:
    content = row.content
    searched = content.get("searched", {})
    figures = _("{cases} cases, {enquiries} enquiries, {parties} parties under {names} names").format(
        **{key: f"{int(searched.get(key, 0)):,}" for key in ("cases", "enquiries", "parties", "names")}
    )
    asked = content.get("asked", [])
    names = listed(
        _("{name} ({role})").format(name=_cut(one["name"], 30), role=_(ROLE_TITLES[Role(one["role"])]))
        for one in asked[:NAMES]
    )
    who = content.get("by", {}).get("name") or str(row.asked_by or "")
    if len(asked) > NAMES:
        names += _(" and {count} more").format(count=len(asked) - NAMES)
    return [
        (_("Result"), _(CLEARANCE_TITLES[ClearanceResult(row.result)])),
        (_("Asked by"), _("{who}, {moment}").format(who=who, moment=moment)),
        (_("Names asked"), names),
        (_("Also tried as"), _cut(listed(content.get("variants", [])), 120) or "–"),
        (_("What was searched"), figures),
        (_("State of the data"), str(searched.get("fingerprint", ""))),
    ]


def _hit(hit: dict[str, Any], *, examined: bool) -> tuple[str, str, str, str]:
    steps = [Step(one["party"], one["name"], one["relation"], one["params"]) for one in hit.get("path", [])]
    found = path_words(steps) if any(step.relation for step in steps) else hit["name"]
    cases = listed(dict.fromkeys(case for case in hit.get("cases", []) if case))
    why = _("; ").join(Reason(one["code"], one["params"]).words() for one in hit.get("reasons", [])[:2])
    told = " · ".join(part for part in (_cut(found, _CUT), _cut(cases, 40), _cut(why, 50)) if part)
    grade = kept_grade(hit, examined=examined)
    if hit.get("decision"):
        decision = _decision_words({**hit, "asked": "", "why": _cut(hit["why"], 60)})
    else:
        decision = _("No decision needed") if grade is Severity.NOTE else _("Not decided")
    return _cut(hit["asked"], 24), told, _(SEVERITY_TITLES[grade]), decision


def kept_grade(hit: dict[str, Any], *, examined: bool) -> Severity:
    """Return the grade a kept hit had: in an examined check, what nobody decided was a note."""
    severity = Severity(hit.get("severity") or Severity.NOTE)
    return Severity.NOTE if examined and not hit.get("decision") else severity


def _decision_words(one: dict[str, Any]) -> str:
    title = _(DECISION_TITLES.get(one["decision"], one["decision"]))
    said = _("{decision}: {reason}").format(decision=title, reason=one["why"]) if one["why"] else title
    return _("{name}: {reasons}").format(name=one["asked"], reasons=said) if one["asked"] else said


def _gravity(hit: dict[str, Any]) -> tuple[int, float]:
    rank = Severity(hit["severity"]).rank if hit.get("severity") else 0
    return -rank, -float(hit.get("score", 0))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
