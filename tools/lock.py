"""Pin every package with its hashes for all systems, and see that pins and version agree with what they come from.

python tools/lock.py [--upgrade] [-P PACKAGE]   write requirements/*.txt; known pins stay unless asked otherwise
python tools/lock.py check                      lock files against pyproject.toml, version against the changelog
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKER = "uv==0.13.9"  # resolves for all systems at once; needed here only, so it is in no lock file
SOURCES = {
    "lock.txt": ["pyproject.toml"],
    "dev.txt": ["--group", "dev", "--constraint", "requirements/lock.txt"],
}


def wishes() -> dict[str, str]:
    """For each lock file, what identifies the wishes in pyproject.toml that it is made from."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = [settings["project"]["requires-python"], *sorted(settings["project"]["dependencies"])]
    development = [*runtime, *sorted(settings["dependency-groups"]["dev"])]
    return {
        "lock.txt": hashlib.sha256("\n".join(runtime).encode()).hexdigest(),
        "dev.txt": hashlib.sha256("\n".join(development).encode()).hexdigest(),
    }


def lock_problems() -> list[str]:
    """Which lock files are older than the wishes they come from."""
    return [
        f"pyproject.toml has changed since requirements/{name} was made: run `python dev.py lock`"
        for name, identity in wishes().items()
        if f"# made from: {identity}\n" not in (ROOT / "requirements" / name).read_text(encoding="utf-8")
    ]


def version_problems() -> list[str]:
    """Whether the version is the newest entry of the changelog."""
    source = (ROOT / "lawdesk" / "__init__.py").read_text(encoding="utf-8")
    version = re.findall(r'^__version__ = "(.+)"$', source, re.M)
    changelog = ROOT / "CHANGELOG.md"
    text = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    newest = re.findall(r"^## \[?(\d[\w.]*)", text, re.M)[:1]
    if version and version == newest:
        return []
    return [f"lawdesk/__init__.py says version {version}, the newest entry of CHANGELOG.md is {newest}"]


def lock(arguments: list[str]) -> int:
    """Write both lock files; return the exit code of what failed, or 0."""
    with tempfile.TemporaryDirectory() as folder:
        python = str(Path(folder, "Scripts/python.exe" if os.name == "nt" else "bin/python"))
        compile_ = [python, "-m", "uv", "pip", "compile", "-q", "--universal", "--generate-hashes", "--no-header"]
        compile_ += ["--python-version", "3.11", *arguments]
        commands = [
            [sys.executable, "-m", "venv", folder],
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", LOCKER],
            *([*compile_, *source, "--output-file", f"requirements/{name}"] for name, source in SOURCES.items()),
        ]
        for command in commands:
            if code := subprocess.run(command, cwd=ROOT, check=False).returncode:
                print("failed: " + " ".join(command))
                return code
    for name, identity in wishes().items():
        path = ROOT / "requirements" / name
        body = re.sub(r"\A(#.*\n)*", "", path.read_text(encoding="utf-8"))
        head = f"# Made by `python dev.py lock`; do not edit.\n# made from: {identity}\n"
        path.write_text(head + body, encoding="utf-8", newline="\n")
        print(f"wrote requirements/{name}")
    return 0


def main() -> int:
    """Lock, or check."""
    if sys.argv[1:] != ["check"]:
        return lock(sys.argv[1:])
    problems = lock_problems() + version_problems()
    print("\n".join(problems) or "lock files and version are in step")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
