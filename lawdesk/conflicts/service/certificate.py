"""The certificate of a kept check: one page, the same words in PDF and Word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from lawdesk.cases import CLEARANCE_TITLES, ClearanceResult
from lawdesk.conflicts.queries import CheckRow, ConsentRow
from lawdesk.conflicts.rules import SEVERITY_TITLES, Reason, Role, Severity, Step, path_words
from lawdesk.conflicts.service.deciding import DECISION_TITLES
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import local_time, long_date
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from lawdesk.paper.blocks import TextDocument

ROLE_TITLES = {
    Role.CLIENT: N_("prospective client"),
    Role.ADVERSE: N_("other side"),
    Role.THIRD: N_("third party asked about"),
}
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
        blocks.append(Grid(head, [_hit(hit) for hit in hits[:most]], widths=(2, 4, 1.4, 3.4)))
        left = len(hits) - most
        if left > 0:
            said = ngettext("{count} further hit is on record.", "{count} further hits are on record.", left)
            blocks.append(Text(said.format(count=left), note=True))
    else:
        blocks.append(Text(_("Nothing was found under these names.")))
    for one in content.get("decisions", [])[:3]:
        title = _(DECISION_TITLES.get(one["decision"], one["decision"]))
        blocks.append(Text(_cut(f"{one['asked']} {title}: {one['why']}".strip(), 160)))
    if consents:
        names = "、".join(f"{_cut(one.name, 40)} (SHA-256 {one.sha256[:16]}…)" for one in consents[:4])
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
    blocks += [Gap(5), Text(_("Signature: ____________________    Date: ________________"))]
    return TextDocument(
        _("Certificate of the conflict check"),
        blocks,
        subtitle=(firm,),
        footer=_("Record {uid} · {rules}").format(uid=row.uid, rules=content.get("rule_version", "")),
    )


def _facts(row: CheckRow, moment: str) -> list[tuple[str, str]]:
    content = row.content
    searched = content.get("searched", {})
    figures = _("{cases} cases, {enquiries} enquiries, {parties} parties under {names} names").format(
        **{key: f"{int(searched.get(key, 0)):,}" for key in ("cases", "enquiries", "parties", "names")}
    )
    asked = content.get("asked", [])
    names = "、".join(f"{_cut(one['name'], 30)} ({_(ROLE_TITLES[Role(one['role'])])})" for one in asked[:NAMES])
    if len(asked) > NAMES:
        names += _(" and {count} more").format(count=len(asked) - NAMES)
    return [
        (_("Result"), _(CLEARANCE_TITLES[ClearanceResult(row.result)])),
        (_("Asked by"), f"{content.get('by', {}).get('name') or row.asked_by}, {moment}"),
        (_("Names asked"), names),
        (_("Also tried as"), _cut("、".join(content.get("variants", [])), 120) or "–"),
        (_("What was searched"), figures),
        (_("State of the data"), str(searched.get("fingerprint", ""))),
    ]


def _hit(hit: dict[str, Any]) -> tuple[str, str, str, str]:
    steps = [Step(one["party"], one["name"], one["relation"], one["params"]) for one in hit.get("path", [])]
    found = path_words(steps) if any(step.relation for step in steps) else hit["name"]
    cases = "、".join(dict.fromkeys(case for case in hit.get("cases", []) if case))
    why = "; ".join(Reason(one["code"], one["params"]).words() for one in hit.get("reasons", [])[:2])
    told = " · ".join(part for part in (_cut(found, _CUT), _cut(cases, 40), _cut(why, 50)) if part)
    grade = _(SEVERITY_TITLES[Severity(hit["severity"])]) if hit.get("severity") else "–"
    decision = "–"
    if hit.get("decision"):
        title = _(DECISION_TITLES.get(hit["decision"], hit["decision"]))
        decision = _("{decision}: {reason}").format(decision=title, reason=_cut(hit["why"], 60))
    return _cut(hit["asked"], 24), told, grade, decision


def _gravity(hit: dict[str, Any]) -> tuple[int, float]:
    rank = Severity(hit["severity"]).rank if hit.get("severity") else 0
    return -rank, -float(hit.get("score", 0))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
