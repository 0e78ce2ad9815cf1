"""Everything leaves as open files, comes back in another office, and every field and document is the same."""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from lawdesk.conflicts import Asked
from lawdesk.conflicts import Role as AskedRole
from lawdesk.conflicts.rules import Outcome, outcome
from lawdesk.firm import Actor, Role
from lawdesk.kernel.errors import Cancelled, EnvironmentFailure, UserError, describe
from lawdesk.kernel.i18n import set_language
from lawdesk.office import import_office, open_office
from lawdesk.safekeeping.bringing_in import inside as inside_of
from lawdesk.safekeeping.shapes import KEPT_BACK, NOT_EXPORTED, table_shapes
from lawdesk.storage.audit import verify_chain
from tests.offices import PASSPHRASE, START, Firm, FixedClock
from tests.safekeeping.conftest import ADVERSE, CLIENT, PAPERS, content, fill, hashes

KILLS = int(os.environ.get("LAWDESK_EXPORT_KILLS", "4"))
SINCE_EXPORT = ("office.export", "deadline.export", "office.import")


def without_ways(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Leave out what leaving and coming back adds to the records, and what an office has of its own."""
    kept = dict(rows)
    kept["audit_record"] = [row for row in rows["audit_record"] if row[4] not in SINCE_EXPORT]
    kept["office_state"] = [row for row in rows["office_state"] if row[0] not in KEPT_BACK]
    return kept


def reopened(place: str | Path) -> object:
    return open_office(str(place), passphrase="another passphrase", use_keyring=False, clock=FixedClock(START))


def test_every_field_and_document_comes_back(office: Firm, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    fill(office, tmp_path / "own")
    before, papers = content(office.office), hashes(office.office)
    assert all(rows for name, rows in before.items() if name != "office_state")
    made = office.office.leaving.export(office.director, tmp_path / "out")
    assert made.documents == len(papers) == 5 and made.rows["cases"] == 1
    office.office.close()
    if Path(office.place).exists():
        shutil.rmtree(office.place)
    import_office(tmp_path / "out", str(tmp_path / "new"), "another passphrase")
    again = reopened(tmp_path / "new")
    try:
        after = content(again)
        assert without_ways(after) == without_ways(before)
        assert hashes(again) == papers
        with again.database.read() as session:  # type: ignore[attr-defined]
            assert verify_chain(session).sound
        assert after["audit_record"][-1][4] == "office.import"
        asked = again.conflicts.check(office.director, [Asked(ADVERSE.name, AskedRole.CLIENT)])  # type: ignore[attr-defined]
        assert outcome(asked) is not Outcome.CLEAR  # the conflict check forgets nobody
        add = again.firm.add_person  # type: ignore[attr-defined]
        assert add(office.director, name="新人", login="new", role=Role.LAWYER) > 2  # and it works on
    finally:
        again.close()  # type: ignore[attr-defined]


def test_an_export_goes_into_a_server_too(full: Firm, server_place: str, tmp_path: Path) -> None:
    before = content(full.office)
    full.office.leaving.export(full.director, tmp_path / "out")
    import_office(tmp_path / "out", server_place, "another passphrase")
    again = reopened(server_place)
    try:
        assert without_ways(content(again)) == without_ways(before)
        assert set(hashes(again).values()) == set(hashes(full.office).values())
        add = again.firm.add_person  # type: ignore[attr-defined]
        assert add(full.director, name="新人", login="new", role=Role.LAWYER) == 3  # ids go on
    finally:
        again.close()  # type: ignore[attr-defined]


def test_the_documents_lie_in_the_folder_of_their_case_as_they_were(full: Firm, tmp_path: Path) -> None:
    full.office.leaving.export(full.director, tmp_path / "out")
    (case,) = (tmp_path / "out" / "documents").iterdir()
    assert "沐岚" in case.name and not set(case.name) & set('<>:"/\\|?*')
    assert (case / "判决书.pdf").read_bytes() == b"corrected"
    assert (case / "older" / "判决书 v1.pdf").read_bytes() == PAPERS[0][1]
    assert (case / "起诉状.docx").read_bytes() == PAPERS[1][1]
    assert (case / "空.txt").read_bytes() == b""
    assert (case / "removed" / "_CON.txt").exists()
    assert "BEGIN:VEVENT" in (tmp_path / "out" / "deadlines.ics").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "README.txt").read_text(encoding="utf-8-sig").startswith("这个工作库")


def test_no_cell_of_a_csv_is_a_formula_and_headings_can_be_read(full: Firm, tmp_path: Path) -> None:
    full.office.leaving.export(full.director, tmp_path / "out")
    seen = set()
    for path in (tmp_path / "out" / "tables").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = list(csv.reader(file))
        assert not [title for title in head if "_" in title], path.name
        for row in rows:
            assert len(row) == len(head)
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
            seen.update(row)
    assert {"'=SUM(1;2)旧名公司", "'+86 13912345678", "'-来电：货款", CLIENT.name, "800.00", "顾知行"} <= seen
    assert (tmp_path / "out" / "tables" / "案件.csv").exists()


def test_the_other_language_names_files_and_headings_in_english(full: Firm, tmp_path: Path) -> None:
    set_language("en")
    full.office.leaving.export(full.director, tmp_path / "out")
    text = (tmp_path / "out" / "tables" / "Cases.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("ID,Unique ID,") and "Case number" in text


def test_every_table_and_column_has_a_name() -> None:
    shapes = {shape.name: shape for shape in table_shapes()}
    assert {"cases", "party", "time_entry", "deadline", "document_version", "audit_record"} <= shapes.keys()
    assert not NOT_EXPORTED & shapes.keys()
    assert all(column.en and column.zh for shape in shapes.values() for column in shape.columns)


def test_a_column_is_of_the_kind_its_values_are() -> None:
    shapes = {shape.name: {column.name: column.kind for column in shape.columns} for shape in table_shapes()}
    assert {shapes["party"][name] for name in ("name", "uid", "phone", "address")} == {"text"}
    assert (shapes["time_entry"]["minutes"], shapes["time_entry"]["case_id"]) == ("number", "number")
    assert (shapes["case_party"]["id"], shapes["deadline"]["due"]) == ("number", "day")
    assert (shapes["audit_record"]["at"], shapes["audit_record"]["actor_name"]) == ("moment", "text")
    assert shapes["conflict_consent"]["content"] == "bytes"
    assert [name for name, kind in shapes["rate"].items() if kind == "money"]


def test_the_reader_loads_nothing_and_runs_only_its_own_script(full: Firm, tmp_path: Path) -> None:
    full.office.leaving.export(full.director, tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "http://" not in page and "https://" not in page and " src=" not in page
    assert "default-src 'none'" in page and "script-src 'sha256-" in page
    assert page.count("<script>") == 1 and "alert(1)</script>" not in page


NODE = """
const fs = require("fs");
const page = fs.readFileSync(process.argv[2], "utf8");
const blocks = {};
for (const found of page.matchAll(/<script type="application\\/json" id="([^"]+)">([^]*?)<\\/script>/g))
  blocks[found[1]] = found[2];
class Thing {
  constructor(kind) { this.kind = kind; this.children = []; this.text = ""; this.value = ""; }
  set textContent(text) { this.text = String(text); this.children = []; }
  get textContent() { return this.text + this.children.map((child) => child.textContent ?? child).join("\\n"); }
  appendChild(child) { this.children.push(child); return child; }
  append(...more) { this.children.push(...more); }
  replaceChildren(...more) { this.children = more; }
  addEventListener(name, run) { this["on" + name] = run; }
  remove() {}
}
const things = {};
global.document = {
  documentElement: {},
  createElement: (kind) => new Thing(kind),
  getElementById: (id) => blocks[id] !== undefined ? { textContent: blocks[id] } : (things[id] ??= new Thing(id)),
};
global.location = { hash: process.argv[3] };
global.scrollTo = () => {};
global.addEventListener = () => {};
document.getElementById("search").value = process.argv[4] || "";
eval(/<script>([^]*?)<\\/script>/.exec(page)[1]);
console.log(things.main.textContent);
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="runs the reader's script in node")
def test_the_reader_shows_a_case_and_finds_words(full: Firm, tmp_path: Path) -> None:
    full.office.leaving.export(full.director, tmp_path / "out")

    def shown(place: str, query: str = "") -> str:
        (tmp_path / "run.js").write_text(NODE, encoding="utf-8")
        page = str(tmp_path / "out" / "index.html")
        ran = subprocess.run(
            ["node", str(tmp_path / "run.js"), page, place, query], capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    case = shown("#cases/1")
    for words in ("运输合同纠纷", "墨禾", "青岚市法院", "阅卷", "判决书.pdf", "顾知行", "第二行 </script>"):
        assert words in case
    assert "打开文书: 判决书.pdf" in shown("#document/1")
    found = shown("", "墨禾 运输")
    assert "（2025）" in found and "没有找到" not in found
    assert "没有找到" in shown("", "没有这个人")


def test_leaving_is_on_record_with_its_result_and_needs_the_right(full: Firm, tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        full.office.leaving.export(full.lawyer, tmp_path / "out")
    assert error.value.code == "not_allowed" and not (tmp_path / "out").exists()
    full.office.leaving.export(full.director, tmp_path / "out")
    rows = [row for row in content(full.office)["audit_record"] if row[4] == "office.export"]
    assert [json.loads(row[9])["state"] for row in rows] == ["begun", "done"]
    assert all(row[3] == "秦望舒" for row in rows)


def test_a_folder_with_anything_in_it_is_not_written_into(full: Firm, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(EnvironmentFailure) as error:
        full.office.leaving.export(full.director, tmp_path / "out")
    assert error.value.code == "export.taken" and "空文件夹" in describe(error.value).next
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("how", ["full", "damaged", "stopped"])
def test_an_export_that_breaks_off_leaves_nothing(
    full: Firm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if how == "full":
        monkeypatch.setattr("lawdesk.safekeeping.export.write_manifest", fail)
    elif how == "damaged":
        blob = sorted(full.office.folder.vault.glob("??/??/*.ldv"))[0]
        blob.write_bytes(blob.read_bytes()[:-3])
    steps: list[int] = []
    with pytest.raises((EnvironmentFailure, Cancelled)) as error:
        full.office.leaving.export(
            full.director,
            tmp_path / "out",
            progress=lambda step, _steps: steps.append(step),
            cancel=lambda: how == "stopped" and len(steps) > 5,
        )
    assert error.value.code in ("file.disk_full", "vault.damaged", "cancelled")
    assert not (tmp_path / "out").exists() and not (tmp_path / "out.unfinished").exists()
    rows = [row for row in content(full.office)["audit_record"] if row[4] == "office.export"]
    assert json.loads(rows[-1][9]) == {"state": "failed", "code": error.value.code}


KILLED = """
import os, sys
os.environ["LAWDESK_NO_KEYRING"] = "1"
from pathlib import Path
from lawdesk.office import open_office
office = open_office(sys.argv[1], passphrase=sys.argv[2], use_keyring=False)
director = office.firm.queries.actor_by_login("admin")
print("ready", flush=True)
office.leaving.export(director, Path(sys.argv[3]))
"""


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_killed_at_any_moment_the_folder_is_not_there_or_complete(full: Firm, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chance = Random(4)
    for number in range(KILLS):
        shutil.rmtree(out, ignore_errors=True)
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, full.place, PASSPHRASE, str(out)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.03 * (number % 20)))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert not out.exists() or (out / "manifest.json").exists()
    shutil.rmtree(out, ignore_errors=True)
    full.office.leaving.export(full.director, out)
    assert not (tmp_path / "out.unfinished").exists()


# --- hostile or spoiled exports ---------------------------------------------------------------------------------


def spoil(out: Path, how: str) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    data = out / "data" / "party.json"
    if how == "no manifest":
        (out / "manifest.json").unlink()
        return
    if how == "half a manifest":
        (out / "manifest.json").write_bytes((out / "manifest.json").read_bytes()[:200])
        return
    if how == "a changed row":
        data.write_text(data.read_text(encoding="utf-8").replace("墨禾", "墨和"), encoding="utf-8")
    elif how == "a value that does not fit":
        text = data.read_text(encoding="utf-8").replace('"2025-', '"20x5-')
        data.write_text(text, encoding="utf-8")
        manifest["tables"]["party"]["sha256"] = hashlib.sha256(data.read_bytes()).hexdigest()
    elif how == "a changed document":
        (out / manifest["documents"][0]["path"]).write_bytes(b"forged")
    elif how == "a path that climbs out":
        (out.parent / "secret.txt").write_bytes(b"secret")
        digest = hashlib.sha256(b"secret").hexdigest()
        manifest["documents"][0] |= {"path": "documents/../../secret.txt", "sha256": digest, "size": 6}
    elif how == "a link":
        path = out / manifest["documents"][0]["path"]
        path.unlink()
        path.symlink_to(out.parent / "secret.txt")
    elif how == "another version":
        manifest["schema"] = "9999"
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("no manifest", "import.no_export"),
        ("half a manifest", "import.changed"),
        ("a changed row", "import.changed"),
        ("a value that does not fit", "import.changed"),
        ("a changed document", "import.changed"),
        ("a path that climbs out", "import.changed"),
        ("a link", "import.changed"),
        ("another version", "import.other_version"),
    ],
)
def test_a_spoiled_export_is_refused_and_leaves_no_office(full: Firm, tmp_path: Path, how: str, code: str) -> None:
    full.office.leaving.export(full.director, tmp_path / "out")
    spoil(tmp_path / "out", how)
    with pytest.raises(EnvironmentFailure) as error:
        import_office(tmp_path / "out", str(tmp_path / "new"), "another passphrase")
    assert error.value.code == code and describe(error.value).what and describe(error.value).next
    assert not (tmp_path / "new").exists() and not (tmp_path / "new.importing").exists()


PLACES = "../a|/etc/passwd|documents/../../a|C:\\a|C:a|..\\a|\\\\server\\a|documents/CON|nul.pdf|lpt9"


@pytest.mark.parametrize(
    "name", [*PLACES.split("|"), "a\x00b", "a\nb", "documents/a.", "documents/a ", "", ".", "a:stream"]
)
def test_a_name_that_means_another_place_on_any_system_is_refused(tmp_path: Path, name: str) -> None:
    root = tmp_path.resolve()
    (root / "documents").mkdir()
    with pytest.raises(EnvironmentFailure) as error:
        inside_of(root, name)
    assert error.value.code == "import.changed"
    (root / "documents" / "contract.pdf").write_bytes(b"x")
    assert inside_of(root, "documents/contract.pdf").read_bytes() == b"x"


def test_an_export_is_never_read_over_an_office(full: Firm, tmp_path: Path) -> None:
    full.office.leaving.export(full.director, tmp_path / "out")
    with pytest.raises(EnvironmentFailure) as error:
        import_office(tmp_path / "out", full.place, "another passphrase")
    assert error.value.code == "place.taken"
    assert full.office.cases.queries.count_cases(full.director) == 1


def test_an_auditor_may_not_export(full: Firm, tmp_path: Path) -> None:
    auditor = Actor(full.lawyer.person_id, "审计", "a", Role.AUDITOR)
    with pytest.raises(UserError):
        full.office.leaving.export(auditor, tmp_path / "out")
