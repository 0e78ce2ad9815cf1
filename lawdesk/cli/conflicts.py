"""``lawdesk conflicts``."""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from lawdesk.cases import kind_said, unread_columns
from lawdesk.cli.session import note, opened, print_json, say
from lawdesk.conflicts import Asked, CheckResult, Hit, Role, outcome
from lawdesk.conflicts.rules import LEVEL_TITLES, SEVERITY_TITLES, Severity, hit_row, path_words, tie_steps
from lawdesk.conflicts.service.listing import COLUMNS, ListAnswer, answer, read_list
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_, _

conflicts_app = typer.Typer(no_args_is_help=True, help=N_("The conflict check."))


@conflicts_app.command("check", help=N_("One check, with reasons and severity."))
def check(
    name: str,
    kind: Annotated[str, typer.Option("--kind", help=N_("person or organization."))] = "",
    role: Annotated[str, typer.Option("--role", help=N_("client, adverse or third."))] = "client",
    against: Annotated[
        list[str] | None, typer.Option("--against", help=N_("The other side; may be repeated."))
    ] = None,
    identifier: Annotated[str, typer.Option("--identifier", help=N_("Identity number or credit code."))] = "",
    limit: int = 50,
    as_json: Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))] = False,
    fail_on_hit: Annotated[
        bool, typer.Option("--fail-on-hit", help=N_("Exit code 1 when there is a hit."))
    ] = False,
) -> None:
    """One check, with reasons and severity."""
    if role not in set(Role):
        raise typer.BadParameter("client, adverse, third", param_hint="--role")
    said = kind_said(kind)
    if isinstance(said, Problem):
        raise typer.BadParameter(said.words(), param_hint="--kind")
    numbers = (identifier,) if identifier else ()
    asked = [Asked(name, Role(role), said.value, numbers)]
    other = Role.CLIENT if role == Role.ADVERSE else Role.ADVERSE
    asked += [Asked(text, other) for text in against or []]
    with opened() as (office, actor):
        result = office.conflicts.check(actor, asked, limit=limit)
    if as_json:
        print_json(result_json(result))
    else:
        _print(result)
    if not result.asked or any(problem.severity == "error" for problem in result.problems):
        raise typer.Exit(3)
    if fail_on_hit and result.hits:
        raise typer.Exit(1)


_BATCH = N_(
    "Many checks: columns id,query[,kind]; one JSON line per query.\n\nThe list is CSV or XLSX; its first row "
    "names the columns: id (编号) and query (名称, 姓名), and may name kind (类型: 自然人, 个人, 法人, 单位, "
    "公司 or empty), identifier (证件号, 统一社会信用代码), born (出生日期, or the year) and address (地址). A "
    "row that cannot be read is named, has its reason in not_searched, and makes the exit code 3; the other "
    "rows are checked."
)


@conflicts_app.command("batch", help=_BATCH)
def batch(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option("--out", dir_okay=False)],
    limit: int = 10,
) -> None:
    """Many checks: columns id,query[,kind]; one JSON line per query."""
    refused = missed = 0
    with opened() as (office, actor):
        office.conflicts.warm_up(actor)
        names = read_list(file, needed=("id",))
        from lawdesk.kernel.files import atomic_path

        with atomic_path(out) as temporary, temporary.open("w", encoding="utf-8") as lines:
            for count, one in enumerate(names.lines, start=1):
                started = time.perf_counter()
                found = answer(one, partial(office.conflicts.check, actor, limit=limit))
                told = _batch_line(found, round((time.perf_counter() - started) * 1000, 3), limit)
                lines.write(json.dumps(told, ensure_ascii=False) + "\n")
                if one.problem is not None:
                    refused += 1
                    note(_("Row {row}: {reason}").format(row=one.row, reason=one.problem.words()))
                missed += not found.searched
                if count % 1000 == 0:
                    note(str(count))
    say(_("{count} names checked: {path}").format(count=len(names.lines) - missed, path=out))
    if missed:
        words = _("{count} not searched: they have their reason in not_searched, and nothing is known about them.")
        note(words.format(count=missed))
    if names.ignored:
        note(unread_columns(names.ignored, COLUMNS).words())
    if refused:
        raise typer.Exit(3)


def _batch_line(found: ListAnswer, elapsed_ms: float, limit: int) -> dict[str, Any]:
    """Return what one line of the list came to, as the contract has it."""
    line, result = found.line, found.result
    told: dict[str, Any] = {
        "id": line.id,
        "query": line.asked.name,
        "elapsed_ms": elapsed_ms,
        "hits": [hit_row(hit) for hit in result.hits[:limit]],
    }
    missed = [entry.words() for entry in result.not_searched if entry.name]
    if missed or result.problems:
        told["not_searched"] = missed + [problem.words() for problem in result.problems]
    return told


def result_json(result: CheckResult) -> dict[str, Any]:
    """Return a check as one JSON document."""
    searched = result.searched
    return {
        "outcome": outcome(result).value,
        "asked": [{"name": one.name, "role": one.role.value, "kind": one.kind} for one in result.asked],
        "searched": {
            "parties": searched.parties,
            "names": searched.names,
            "cases": searched.cases,
            "enquiries": searched.enquiries,
            "fingerprint": searched.fingerprint,
        },
        "hits": [
            {
                **hit_row(hit),
                "asked": hit.asked.name,
                "severity": str(hit.severity or ""),
                "relations": [step.relation for step in hit.path if step.relation],
                "way": path_words(hit.path),
                "rules": [
                    {"rule": ruling.rule, "title": ruling.title, "sources": list(ruling.sources)}
                    for ruling in hit.rulings
                ],
                "standings": [standing.words() for standing in hit.standings],
                "cannot_be_judged": [reason.words() for reason in hit.cannot_be_judged],
            }
            for hit in result.hits
        ],
        "not_searched": [entry.words() for entry in result.not_searched],
        "problems": [problem.words() for problem in result.problems],
        "rule_version": result.rule_version,
    }


def _print(result: CheckResult) -> None:
    for problem in result.problems:
        note(problem.words())
    for hit in result.hits:
        _print_hit(hit)
    words = _("{hits} hits. Searched: {names} names of {parties} parties, {cases} cases, {enquiries} enquiries.")
    searched = result.searched
    say(
        words.format(
            hits=len(result.hits),
            names=searched.names,
            parties=searched.parties,
            cases=searched.cases,
            enquiries=searched.enquiries,
        )
    )
    for entry in result.not_searched:
        say("? " + entry.words())


def _print_hit(hit: Hit) -> None:
    severity = _(SEVERITY_TITLES[hit.severity or Severity.NOTE])
    say(f"[{severity} · {_(LEVEL_TITLES[hit.level])} · {hit.score:.2f}] {hit.asked.name} → {hit.name}")
    if tie_steps(hit):
        say("    " + path_words(hit.path))
    for reason in hit.reasons:
        say("    " + reason.words())
    for standing in hit.standings:
        say("    " + standing.words())
    for ruling in hit.rulings[:1]:
        say("    " + ruling.title)
    for question in hit.cannot_be_judged:
        say("    ? " + question.words())
