"""Work done where there is no network, every attempt to use one counted; for the test and the torture."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOOK = """
import atexit, json, os, sys
attempts = []

def _hear(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"):
        if arguments and not isinstance(arguments[-1], (str, bytes)):
            attempts.append(event)
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "ftplib.connect", "urllib.Request"):
        attempts.append(event)

sys.addaudithook(_hear)

def _counters():
    "How often the kernel of this namespace was asked for a way it does not have."
    found = {}
    for path in ("/proc/net/snmp", "/proc/net/snmp6"):
        try:
            lines = open(path, encoding="ascii").read().splitlines()
        except OSError:
            continue
        if path.endswith("6"):
            found.update({line.split()[0]: int(line.split()[1]) for line in lines})
        else:
            for names, values in zip(lines[::2], lines[1::2]):
                for name, value in zip(names.split()[1:], values.split()[1:]):
                    found[names.split(":")[0] + name] = int(value)
    wanted = ("IpOutNoRoutes", "IpOutRequests", "TcpActiveOpens", "UdpOutDatagrams", "Ip6OutNoRoutes")
    return {name: found[name] for name in wanted if found.get(name)}

def told():
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump({"attempts": attempts, "counters": _counters()}, file)

atexit.register(told)
"""
WORK = """
import os, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from lawdesk.app.program import Program
from lawdesk.cli import main
from lawdesk.kernel.settings import Settings
from tests.cases.page_bench import open_case
from tests.offices import PASSPHRASE, START, FixedClock, found

here = Path(sys.argv[2])
firm = found(str(here / "office"), FixedClock(START))
office, director = firm.office, firm.director
case = open_case(firm, "栩岳建设工程有限公司", "砚溪置业（青岚）有限公司")
(here / "paper.txt").write_text("本院认为", encoding="utf-8")
(here / "list.csv").write_text("name,kind\\n张三,person\\n", encoding="utf-8")
office.documents.add_file(director, case, here / "paper.txt")
office.cases.import_parties(director, here / "list.csv")
for kind in ("docx", "pdf", "zip"):
    office.packages.package(director, case, here / f"case.{kind}", kind)
office.leaving.export(director, here / "export")
office.backups.make(director)
office.timesheet.quick_entry(firm.lawyer, "1h20m 起草上诉状", case_id=case)
office.close()
os.environ.update(LAWDESK_OFFICE=str(here / "office"), LAWDESK_PASSPHRASE=PASSPHRASE)
for line in (
    f"time report --from 2025-01-01 --to 2025-12-31 --by lawyer --format pdf --out {here}/hours.pdf",
    f"deadlines export {here}/dates.ics", "audit verify", "office check",
):
    code = main(line.split(), show_window=lambda place: 0, take_shots=lambda place, target: [])
    assert code == 0, (line, code)
app = QApplication([])
program = Program(app, Settings(here / "settings.json"), str(here / "office"), clock=FixedClock(START))
program.begin(PASSPHRASE)
began, seen = time.monotonic(), []
def look():
    seen.append(program.window is not None)
    if seen[-1] or time.monotonic() - began > 60:
        timer.stop()
        QTimer.singleShot(1500, app.quit)
timer = QTimer()
timer.timeout.connect(look)
timer.start(100)
app.exec()
assert any(seen), "the window did not open"
program.close()
print("done", flush=True)
"""
DEMO = """
from lawdesk.cli import main
from lawdesk.app.shots import take_shots
assert main(["demo", "--headless", "--dir", sys.argv[2]], show_window=lambda place: 0, take_shots=take_shots) == 0
print("done", flush=True)
"""
CONTROL = """
import socket
for address in (("192.0.2.1", 80), ("lawdesk.example", 80)):
    try:
        socket.create_connection(address, timeout=1)
    except OSError:
        pass
print("done", flush=True)
"""


@dataclass(frozen=True)
class Told:
    """What a program came to: its end, attempts Python saw, the kernel's counters, and how they were counted."""

    done: bool
    attempts: list[str]
    counters: dict[str, int]
    how: str
    errors: str


def namespace() -> tuple[str, ...]:
    """Return the command prefix for a network with nothing in it; empty where the system does not allow one."""
    unshare = shutil.which("unshare") if sys.platform == "linux" else None
    if unshare is None:
        return ()
    prefix = (unshare, "--user", "--map-root-user", "--net")
    tried = subprocess.run([*prefix, sys.executable, "-c", ""], capture_output=True, check=False)
    return prefix if tried.returncode == 0 else ()


def counted(work: str, prefix: tuple[str, ...]) -> Told:
    """Run ``work`` behind ``prefix`` and return what it tried."""
    with tempfile.TemporaryDirectory(prefix="lawdesk-offline-", ignore_cleanup_errors=True) as name:
        report = Path(name) / "report.json"
        (Path(name) / "work").mkdir()
        ran = subprocess.run(
            [*prefix, sys.executable, "-c", HOOK + work, str(report), str(Path(name) / "work")],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "LAWDESK_NO_KEYRING": "1", "PYTHONPATH": str(ROOT)},
            check=False,
        )
        body = (
            json.loads(report.read_text(encoding="utf-8")) if report.exists() else {"attempts": [], "counters": {}}
        )
    how = "network namespace and audit hook" if prefix else "audit hook only: no network namespace allowed here"
    done = ran.returncode == 0 and ran.stdout.rstrip().endswith("done")
    counters = body.get("counters", {}) if prefix else {}
    return Told(done, body.get("attempts", []), counters, how, ran.stderr[-2000:])
