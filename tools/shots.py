"""``dev.py shots``: a picture of every page of the demo firm, both languages, both themes, two sizes, large text.

    python dev.py shots [--dir DIR] [--office OFFICE] [--first]

Into build/shots unless ``--dir`` says otherwise. ``--office`` takes a demo made before instead of a new one;
``--first`` takes one series only (Chinese, light, 1366 × 768).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lawdesk.app.shots import LOOKS, take_shots
from lawdesk.demo import DEMO_LOGIN, DEMO_PASSPHRASE, build_demo


def main() -> int:
    """Take the pictures; return an exit code."""
    parser = argparse.ArgumentParser(prog="dev.py shots", description=__doc__)
    parser.add_argument("--dir", type=Path, default=Path("build/shots"))
    parser.add_argument("--office", type=Path)
    parser.add_argument("--first", action="store_true")
    wished = parser.parse_args()
    os.environ.setdefault("LAWDESK_PASSPHRASE", DEMO_PASSPHRASE)
    os.environ.setdefault("LAWDESK_USER", DEMO_LOGIN)
    with tempfile.TemporaryDirectory(prefix="lawdesk-demo-") as folder:
        office = wished.office or build_demo(Path(folder) / "demo", print).office
        for look in LOOKS[: 1 if wished.first else None]:
            for path in take_shots(str(office), str(wished.dir), [look]):
                print(path, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
