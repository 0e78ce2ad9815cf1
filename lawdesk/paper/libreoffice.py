"""Word files turned into PDF by an installed LibreOffice.

It works in a private profile without macros, without following links, without the network, under limits of time
and, on Linux, of memory.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

SUFFIXES = (".doc", ".docx", ".docm", ".dot", ".dotx", ".odt", ".rtf", ".wps")
"""Kinds of text files LibreOffice is asked to convert."""

TIMEOUT = 120.0
"""Seconds one file may take."""

MEMORY = 6 << 30
"""Bytes of address space LibreOffice may take; it reserves far more than it uses."""

_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_SETTING = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "2"),
)


def find_soffice() -> str | None:
    """Return the program file of LibreOffice, None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def convert_to_pdf(source: Path, target: Path, *, soffice: str, timeout: float = TIMEOUT) -> bool:
    """Write ``source`` as PDF to ``target``; return whether that worked within ``timeout`` seconds.

    ``source`` must carry the suffix of its kind. The file is copied first, so that LibreOffice leaves no lock file
    beside the original.
    """
    with tempfile.TemporaryDirectory(prefix="lawdesk-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        copy = folder / f"input{source.suffix.lower()}"
        shutil.copyfile(source, copy)
        _write_profile(folder / "profile")
        command = [
            *_without_network(),
            *_bounded(),
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *("--convert-to", "pdf", "--outdir", str(folder / "out"), str(copy)),
        ]
        if not _run(command, folder, timeout):
            return False
        made = folder / "out" / "input.pdf"
        if not made.is_file() or made.stat().st_size == 0:
            return False
        shutil.copyfile(made, target)
        return True


def _run(command: list[str], folder: Path, timeout: float) -> bool:
    nowhere = "http://127.0.0.1:9"
    environment = {
        **os.environ,
        "HOME": str(folder),
        "http_proxy": nowhere,
        "https_proxy": nowhere,
        "SAL_USE_VCLPLUGIN": "svp",
    }
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return process.wait(timeout) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program together with what it started (soffice starts soffice.bin)."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _write_profile(folder: Path) -> None:
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(_SETTING.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n',
        encoding="utf-8",
    )


@cache
def _bounded() -> tuple[str, ...]:
    """Return the command prefix that limits memory and processor time, where the system has such a command."""
    prlimit = shutil.which("prlimit") if sys.platform == "linux" else None
    return (prlimit, f"--as={MEMORY}", f"--cpu={round(TIMEOUT)}", "--core=0") if prlimit else ()


@cache
def _without_network() -> tuple[str, ...]:
    """Return the command prefix that takes the network away, where Linux allows that to ordinary users."""
    unshare = shutil.which("unshare") if sys.platform == "linux" else None
    true = shutil.which("true")
    if unshare and true:
        prefix = (unshare, "--user", "--map-root-user", "--net")
        tried = subprocess.run([*prefix, true], check=False, capture_output=True)
        if tried.returncode == 0:
            return prefix
    return ()
