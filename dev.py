#!/usr/bin/env python3
"""Work on LawDesk, or just try it: one command, nothing to install first but Python 3.11 or newer.

    python dev.py demo [--dir DIR] [--headless]   make the fictional firm, play the story, open the window
    python dev.py run [ARGUMENTS]                 LawDesk itself (the window, or a command of its command line)
    python dev.py test [PYTEST ARGUMENTS]         all tests, on both database engines
    python dev.py check                           all that CI checks besides the tests
    python dev.py bench [ARGUMENTS]               what the program costs, as ratios
    python dev.py torture [--quick] [--minutes N] [NAME ...]  kills, cuts, flips, full disks; into docs/trust.md
    python dev.py shots [ARGUMENTS]               a picture of every page, both languages, both themes
    python dev.py i18n [check|add]                words without Chinese, Chinese without words
    python dev.py lock [--upgrade] [-P PACKAGE]   write requirements/*.txt anew from pyproject.toml
    python dev.py audit [--ships] [--record]      known weaknesses of the pinned packages (asks osv.dev)

Each command makes or repairs the environment it needs, from the lock files, in .venv (or in the folder named by
LAWDESK_VENV); when that is as it should be already, this costs nothing. On Debian and Ubuntu missing system
libraries are installed when you are root, and named with the exact command otherwise.

Exit codes: those of the program started; 2 wrong usage, 4 the environment could not be made; of audit also
1 weaknesses are known, 5 nobody could be asked.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
RUNTIME = ROOT / "requirements" / "lock.txt"
DEVELOPMENT = ROOT / "requirements" / "dev.txt"
OLDEST = (3, 11)
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"  # it has no -m
STAMP, GUARD = "lawdesk-setup.json", "lawdesk-setup.lock"

# What the Qt wheels expect of a Linux system: file to load -> Debian package.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
QT_WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}


class TroubleError(Exception):
    """The environment cannot be made; the text says what happened and what to do."""


def say(text: str) -> None:
    """Print a line at once, so that it stands before what the started program prints."""
    print(text, flush=True)


def run(command: list[str], *, cwd: Path | None = ROOT, **environment: str) -> int:
    """Run ``command`` and return its exit code; the child sees Ctrl+C itself and is waited for."""
    with subprocess.Popen(command, cwd=cwd, env={**os.environ, **environment}) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


# ---- the system ---------------------------------------------------------------------------------------------


def on_debian() -> bool:
    """Whether apt-get installs packages here."""
    return sys.platform == "linux" and shutil.which("apt-get") is not None


def has_display() -> bool:
    """Whether a window could open."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages as root; otherwise, or when that fails, print the command and return False."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if sys.platform != "win32" and os.geteuid() == 0:
        say(f"dev.py: installing {' '.join(packages)}")
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        log = subprocess.run(command, env={**os.environ, **quiet}, capture_output=True, text=True, check=False)
        if log.returncode:  # the package lists are missing or old
            subprocess.run(["apt-get", "update"], env={**os.environ, **quiet}, capture_output=True, check=False)
            log = subprocess.run(command, env={**os.environ, **quiet}, capture_output=True, text=True, check=False)
        if log.returncode == 0:
            return True
        say(log.stderr.strip())
    say("dev.py: these packages are missing; install them with\n\n    sudo " + " ".join(command) + "\n")
    return False


def loads(library: str) -> bool:
    """Whether the system has this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def need_qt_libraries(*, window: bool) -> bool:
    """Install or name the system libraries that Qt misses; whether they are there now. Note a missing font."""
    if sys.platform != "linux":
        return True
    wanted = {**QT_LIBRARIES, **(QT_WINDOW_LIBRARIES if window else {})}
    missing = {library: package for library, package in wanted.items() if not loads(library)}
    complete = not missing or (on_debian() and apt_install(list(missing.values())))
    if missing and not on_debian():
        say("dev.py: Qt needs libraries that this system lacks: " + ", ".join(missing))
    fonts = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
    chinese = re.compile(r"cjk|notosanssc|wqy|sourcehan|uming|ukai|droidsansfallback|simsun|simhei|msyh", re.I)
    if window and not any(chinese.search(font.name) for folder in fonts for font in folder.rglob("*.[ot]t[fc]")):
        say(
            "dev.py: no Chinese font found. LawDesk brings its own; for other programs (a PDF or Word viewer):\n"
            "    sudo apt-get install fonts-noto-cjk"
        )
    return complete


# ---- the environment ----------------------------------------------------------------------------------------


def environment_folder() -> Path:
    """The folder of the virtual environment."""
    return Path(os.environ.get("LAWDESK_VENV") or ROOT / ".venv").absolute()


def python_in(folder: Path) -> str:
    """The interpreter of a virtual environment."""
    return str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def fingerprint(path: Path) -> str:
    """What identifies a lock file; line ends do not count (git may change them)."""
    return hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Let one dev.py at a time work on the environment; the system ends the lock with the process."""
    with (folder / GUARD).open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:  # Windows gives up after ten tries
                    continue
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def read_stamp(folder: Path) -> dict[str, object] | None:
    """What dev.py last did to the environment; None if it never touched it."""
    try:
        stamp: dict[str, object] = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}
    return stamp


def write_stamp(folder: Path, stamp: dict[str, object]) -> None:
    """Say in the environment what is in it; a half-written word cannot be seen by others."""
    new = folder / f"{STAMP}.new"
    new.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    new.replace(folder / STAMP)


def environment(*, development: bool) -> str:
    """Make, repair or simply find the environment; return its interpreter.

    The stamp says "busy" while packages are being installed: found so later, the set-up was interrupted and the
    environment is made anew. An environment somebody made by hand is completed, not thrown away.
    """
    folder = environment_folder()
    files = [RUNTIME, DEVELOPMENT] if development else [RUNTIME]
    wanted = {file.name: fingerprint(file) for file in files}
    base = f"{sys.version_info[0]}.{sys.version_info[1]} {sys.base_prefix}"

    def ready() -> bool:
        stamp = read_stamp(folder) or {}
        return stamp.get("python") == base and "busy" not in stamp and wanted.items() <= stamp.items()

    if ready():
        return python_in(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not any((folder / name).exists() for name in (STAMP, GUARD, "pyvenv.cfg")) and any(folder.iterdir()):
        raise TroubleError(f"{folder} holds other files; point LAWDESK_VENV to a new folder")
    with only_one(folder):
        if not ready():
            set_up(folder, base, files, wanted)
    return python_in(folder)


def set_up(folder: Path, base: str, files: list[Path], wanted: dict[str, str]) -> None:
    """Bring the environment in ``folder`` to what the lock ``files`` say."""
    before = read_stamp(folder)
    by_hand = before is None and (folder / "pyvenv.cfg").exists() and works(folder)
    usable = before is not None and before.get("python") == base and "busy" not in before and works(folder)
    kept: dict[str, object] = dict(before) if usable and before else {"python": base}
    if not (usable or by_hand):
        make_empty(folder)
    write_stamp(folder, {**kept, "busy": True})
    if not (usable or by_hand):
        need_venv_module()
        say(f"dev.py: making an environment in {folder}")
        if run([sys.executable, "-m", "venv", str(folder)]):
            raise TroubleError("the virtual environment could not be made (see above)")
    say(f"dev.py: installing from {' and '.join(file.name for file in files)} (some minutes the first time)")
    command = [python_in(folder), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += [] if sys.stdout.isatty() else ["--quiet"]
    command += [word for file in files for word in ("-r", str(file))]
    if run([*command, "--require-hashes"]):
        write_stamp(folder, kept)  # pip leaves things as they were when it fails by itself
        raise TroubleError("the packages could not be installed (see above; is there a connection to PyPI?)")
    write_stamp(folder, {**kept, **wanted})


def works(folder: Path) -> bool:
    """Whether the environment has an interpreter that runs, and pip."""
    try:
        probe = subprocess.run([python_in(folder), "-c", "import pip"], capture_output=True, check=False)
    except OSError:
        return False
    return probe.returncode == 0


def make_empty(folder: Path) -> None:
    """Remove what an interrupted or outdated set-up left."""
    content = [path for path in folder.iterdir() if path.name not in (STAMP, GUARD, f"{STAMP}.new")]
    if not content:
        return
    if Path(sys.prefix).resolve() == folder.resolve():
        raise TroubleError("the environment must be made anew: start dev.py with the system's Python, not with it")
    say(f"dev.py: the environment in {folder} is outdated or incomplete; making it anew")
    for path in content:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def need_venv_module() -> None:
    """Debian keeps what `python -m venv` needs in a package of its own."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not (on_debian() and apt_install([package])):
        raise TroubleError("this Python has no ensurepip, so `python -m venv` cannot work")
    importlib.invalidate_caches()


# ---- the commands -------------------------------------------------------------------------------------------


def lawdesk(arguments: list[str], *, window: bool) -> int:
    """Start LawDesk in the caller's folder, so that paths among the arguments mean what they say."""
    need_qt_libraries(window=window)
    python = environment(development=False)
    more = {} if has_display() else {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    return run([python, "-P", "-m", "lawdesk", *arguments], cwd=None, PYTHONPATH=str(ROOT), PYTHONUTF8="1", **more)


def demo(arguments: list[str]) -> int:
    """Build and show the demo firm; without a display, build it only."""
    if not has_display() and "--headless" not in arguments:
        say("dev.py: no display here, so no window: making the demo firm with --headless")
        arguments = [*arguments, "--headless"]
    return lawdesk(["demo", *arguments], window="--headless" not in arguments)


def open_program(arguments: list[str]) -> int:
    """Start LawDesk itself."""
    return lawdesk(arguments, window=has_display() and not arguments)


def developing(*command: str) -> int:
    """Run a module or script in the development environment, without a visible window."""
    python = environment(development=True)
    return run([python, *command], QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"), PYTHONUTF8="1")


def with_qt(*command: str) -> int:
    """Run what cannot go on where Qt does not load."""
    if not need_qt_libraries(window=False):
        raise TroubleError("this cannot run without the libraries named above")
    return developing(*command)


def test(arguments: list[str]) -> int:
    """Run the tests; the whole suite on several processes."""
    named = any((ROOT / word.split("::")[0]).exists() for word in arguments if not word.startswith("-"))
    chosen = any(word.startswith(("-n", "--numprocesses", "--pdb", "-s", "--co")) for word in arguments)
    processes = min(os.cpu_count() or 1, 4)
    several = [] if named or chosen or processes == 1 else ["-n", str(processes), "--dist", "loadfile"]
    return with_qt("-m", "pytest", *several, *arguments)


def check(_arguments: list[str]) -> int:
    """Run all checks, go on after a failure, and sum up."""
    tools: dict[str, Callable[[], int]] = {
        "lock files and version": lambda: run([sys.executable, "tools/lock.py", "check"]),
        "ruff check": lambda: developing("-m", "ruff", "check"),
        "ruff format": lambda: developing("-m", "ruff", "format", "--check"),
        "import contracts": lambda: developing(
            "-c", "from importlinter.cli import lint_imports_command as c; c()"
        ),
        "words and their Chinese": lambda: developing("tools/i18n.py", "check"),
        "mypy": lambda: developing("-m", "mypy"),
    }
    results = []
    for name, tool in tools.items():
        say(f"\n--- {name}")
        start = time.monotonic()
        failed = tool()
        results.append((name, failed, time.monotonic() - start))
    say("\n--- summary")
    for name, failed, seconds in results:
        say(f"{'FAILED' if failed else 'ok':8}{name} ({seconds:.1f} s)")
    return 1 if any(failed for _name, failed, _seconds in results) else 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo,
    "run": open_program,
    "test": test,
    "check": check,
    "bench": lambda arguments: with_qt("-m", "bench", *arguments),
    "shots": lambda arguments: with_qt("tools/shots.py", *arguments),
    "torture": lambda arguments: with_qt("-m", "tests.storage.torture", *arguments),
    "i18n": lambda arguments: developing("tools/i18n.py", *(arguments or ["check"])),
    "lock": lambda arguments: run([sys.executable, "tools/lock.py", *arguments]),
    "audit": lambda arguments: run([sys.executable, "tools/audit.py", *arguments]),
}


def main() -> int:
    """Do what the command line says."""
    if sys.version_info < OLDEST:
        say("dev.py: LawDesk needs Python {}.{} or newer; this is {}".format(*OLDEST, sys.version.split()[0]))
        return 4
    name, *arguments = sys.argv[1:] or ["--help"]
    if name in ("-h", "--help", "help"):
        say(__doc__ or "")
        return 0
    if name not in COMMANDS:
        say(f"dev.py: no such command: {name}\n\n{__doc__}")
        return 2
    try:
        return COMMANDS[name](arguments)
    except TroubleError as trouble:
        say(f"dev.py: {trouble}")
        return 4
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
