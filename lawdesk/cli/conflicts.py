"""``lawdesk conflicts``."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from lawdesk.cli.lists import read_columns
from lawdesk.cli.session import note, opened, print_json, say
from lawdesk.conflicts import Asked, CheckResult, Hit, Role, outcome
from lawdesk.conflicts.rules import LEVEL_TITLES, SEVERITY_TITLES, Severity, hit_row, path_words, tie_steps
from lawdesk.kernel.i18n import N_, _

conflicts_app = typer.Typer(no_args_is_help=True, help=N_("The conflict check."))
KINDS = ("person", "organization", "unknown", "")


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
    if kind not in KINDS:
        raise typer.BadParameter("person, organization", param_hint="--kind")
    numbers = (identifier,) if identifier else ()
    asked = [Asked(name, Role(role), kind or "unknown", numbers)]
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


@conflicts_app.command("batch", help=N_("Many checks: columns id,query[,kind]; one JSON line per query."))
def batch(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option("--out", dir_okay=False)],
    limit: int = 10,
) -> None:
    """Many checks: columns id,query[,kind]; one JSON line per query."""
    with opened() as (office, actor):
        office.conflicts.warm_up(actor)
        count = 0
        from lawdesk.kernel.files import atomic_path

        with atomic_path(out) as temporary, temporary.open("w", encoding="utf-8") as lines:
            for name, query, kind in read_queries(file):
                started = time.perf_counter()
                result = office.conflicts.check(actor, [Asked(query, Role.CLIENT, kind)], limit=limit)
                line = {
                    "id": name,
                    "query": query,
                    "elapsed_ms": round((time.perf_counter() - started) * 1000, 3),
                    "hits": [hit_row(hit) for hit in result.hits[:limit]],
                }
                missed = [entry.words() for entry in result.not_searched if entry.name]
                if missed or result.problems:
                    line["not_searched"] = missed + [problem.words() for problem in result.problems]
                lines.write(json.dumps(line, ensure_ascii=False) + "\n")
                count += 1
                if count % 1000 == 0:
                    note(str(count))
    say(_("{count} names checked: {path}").format(count=count, path=out))


def read_queries(file: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (id, query, kind) of a batch list; raises UserError when it lacks its columns."""
    for row in read_columns(file, ("id", "query"), ("kind",)):
        kind = row["kind"].strip()
        yield row["id"], row["query"], kind if kind in KINDS and kind else "unknown"


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
