"""The promise to scripts: exit codes, one JSON document on stdout, words on stderr, both languages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Line
from tests.offices import PASSPHRASE, Firm

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {
    "": ("case", "party", "conflicts", "deadlines", "time", "backup", "audit", "office", "demo"),
    "office": ("create", "info"),
    "party": ("import", "list"),
    "conflicts": ("check", "batch"),
    "deadlines": ("rules", "compute", "batch", "list", "record", "export"),
    "case": ("new", "list", "show", "import", "package", "add-file"),
    "time": ("start", "stop", "add", "list", "report"),
    "backup": ("create", "list", "verify", "restore"),
    "audit": ("verify",),
}


@pytest.mark.parametrize("group", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_group_and_command_explains_itself(bare: Line, group: str, option: str) -> None:
    ran = bare(*group.split(), option)
    assert (ran.code, ran.err) == (0, "")
    for command in COMMANDS[group]:
        assert command in ran.out
        inner = bare(*group.split(), command, option)
        assert (inner.code, inner.err) == (0, "")
        assert "Usage" in inner.out


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("case",),
        ("case", "nonsense"),
        ("case", "new"),
        ("case", "new", "--from", "no such file.json"),
        ("case", "show"),
        ("case", "list", "--status", "lost"),
        ("case", "list", "--limit", "many"),
        ("case", "package", "x", "--format", "exe"),
        ("case", "import", "no such file.xlsx"),
        ("--lang", "fr", "case", "list"),
        ("conflicts", "check", "x", "--role", "judge"),
        ("conflicts", "check", "x", "--kind", "alien"),
        ("conflicts", "batch", "no.csv"),
        ("deadlines", "list", "--due", "soon"),
        ("deadlines", "compute", "civil-appeal-judgment"),
        ("deadlines", "compute", "civil-appeal-judgment", "--on", "2025-11-05", "--length", "x"),
        ("time", "report", "--from", "2025-10-01", "--to", "2025-10-31", "--out", "x", "--by", "mood"),
        ("time", "report", "--from", "2025-10-01", "--to", "2025-10-31", "--out", "x", "--format", "doc"),
        ("office", "create", "x"),
        ("office", "info", "--jason"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2_and_says_so_on_stderr(line: Line, arguments: tuple[str, ...]) -> None:
    ran = line(*arguments)
    assert ran.code == 2
    assert ran.err or not arguments[1:]  # a group without a command shows its help
    assert "Traceback" not in ran.err


def test_the_version_is_one_line(bare: Line) -> None:
    ran = bare("--version")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("lawdesk ")
    assert ran.out.count("\n") == 1


JSON = [
    ("office", "info"),
    ("case", "list"),
    ("deadlines", "rules"),
    ("deadlines", "list"),
    ("deadlines", "compute", "civil-appeal-judgment", "--on", "2025-11-05"),
    ("conflicts", "check", "晨湖示例科技有限公司"),
    ("time", "list"),
    ("backup", "create"),
    ("backup", "list"),
    ("audit", "verify"),
]


@pytest.mark.parametrize("arguments", JSON, ids=" ".join)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_is_one_document_and_nothing_else(line: Line, arguments: tuple[str, ...], lang: str) -> None:
    ran = line("--lang", lang, *arguments, "--json")
    assert ran.code == 0
    json.loads(ran.out)
    assert "\x1b" not in ran.out


KEYS = {
    ("office", "info"): {"firm", "place", "engine", "version", "counts", "last_verified_backup"},
    ("deadlines", "compute", "civil-appeal-judgment", "--on", "2025-11-05"): {
        *("rule", "version", "trigger_date", "due", "provisional", "statute", "article", "steps"),
    },
    ("audit", "verify"): {"records", "head", "broken_at", "reason", "sound"},
    ("backup", "create"): {"path", "made_at", "rows", "documents", "verified"},
    ("conflicts", "check", "晨湖"): {"outcome", "asked", "searched", "hits", "not_searched", "problems"},
}


@pytest.mark.parametrize("arguments", KEYS, ids=" ".join)
def test_json_has_the_promised_keys(line: Line, arguments: tuple[str, ...]) -> None:
    assert KEYS[arguments] <= line.json(*arguments).keys()


def test_the_steps_of_a_count_have_the_promised_keys(bare: Line) -> None:
    document = bare.json("deadlines", "compute", "civil-appeal-judgment", "--on", "2025-11-05")
    assert (document["due"], document["provisional"]) == ("2025-11-20", False)
    assert all(step.keys() >= {"date", "counted", "why"} for step in document["steps"])
    assert document["steps"][-1]["counted"] == 15


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "没有案件，或有多个案件符合“没有这个”。"), ("en", "No case, or more than one, fits 没有这个.")],
)
def test_errors_speak_the_language_asked_for(line: Line, lang: str, words: str) -> None:
    by_option = line("--lang", lang, "case", "show", "没有这个")
    line.set(LAWDESK_LANG=lang)
    by_environment = line("case", "show", "没有这个")
    for ran in (by_option, by_environment):
        assert (ran.code, ran.out) == (3, "")
        assert words in ran.err
        assert "[case.not_found]" in ran.err


def test_chinese_is_what_a_chinese_system_shows(line: Line) -> None:
    line.set(LAWDESK_LANG=None, LC_ALL="zh_CN.UTF-8")
    assert "没有案件" in line("case", "show", "没有这个").err
    line.set(LC_ALL="en_US.UTF-8")
    assert "No case" in line("case", "show", "没有这个").err


@pytest.mark.parametrize("arguments", [("--lang", "zh", "case", "-h"), ("case", "--help")])
def test_help_speaks_chinese(bare: Line, arguments: tuple[str, ...]) -> None:
    bare.set(LAWDESK_LANG="zh")
    shown = bare(*arguments).out
    assert "从文件收案，检查与窗口中相同。" in shown
    assert "Take in a case" not in shown
    bare.set(LAWDESK_LANG="en")
    assert "Take in a case" in bare("case", "--help").out


def test_options_win_over_the_environment(line: Line, file_office: Firm) -> None:
    line.set(LAWDESK_OFFICE="/nowhere", LAWDESK_USER="nobody")
    assert line("office", "info").code == 4
    assert line("--office", file_office.place, "office", "info").code == 3
    assert line("--office", file_office.place, "--as", "gu", "office", "info").code == 0


# --- as a process ----------------------------------------------------------------------------------------------


def run(place: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    given = {**os.environ, "LAWDESK_OFFICE": place, "LAWDESK_PASSPHRASE": PASSPHRASE, **environment}
    given.pop("PYTHONIOENCODING", None)
    return subprocess.run(
        [sys.executable, "-m", "lawdesk", *arguments], capture_output=True, cwd=ROOT, env=given, check=False
    )


def test_stdout_is_utf_8_whatever_the_system_speaks(file_office: Firm) -> None:
    file_office.office.close()
    ran = run(file_office.place, "office", "info", "--json", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ran.returncode == 0, ran.stderr.decode()
    assert json.loads(ran.stdout.decode("utf-8"))["firm"] == "恒岚律师事务所"
    assert ran.stderr == b""


def test_it_runs_without_the_tools_of_development(file_office: Firm, tmp_path: Path) -> None:
    """click is only in the development environment: typer has its own."""
    (tmp_path / "click.py").write_text("raise ImportError('not shipped')\n", encoding="utf-8")
    file_office.office.close()
    ran = run(file_office.place, "nonsense", PYTHONPATH=str(tmp_path))
    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr
