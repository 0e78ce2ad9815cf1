"""Certificates, reruns and merges through the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Line


def test_checks_are_certified_asked_again_and_run_again(case: Line, tmp_path: Path) -> None:
    [kept, *_rest] = case.json("conflicts", "list")
    assert case("conflicts", "certificate", str(kept["id"]), "--out", tmp_path / "c.pdf").code == 0
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    assert case("conflicts", "certificate", kept["uid"], "--out", tmp_path / "c.txt").code == 3
    assert case("conflicts", "certificate", "999999", "--out", tmp_path / "c.pdf").code in (2, 3)
    again = case.json("conflicts", "again", kept["uid"])
    assert again["untouched"]
    assert case.json("conflicts", "rerun")["cases"] == 1


def test_parties_are_merged_and_parted(case: Line, tmp_path: Path) -> None:
    path = tmp_path / "parties.csv"
    rows = ["ref,name,kind,aliases,identifier,relation,to_ref", "P1,远山示例有限公司,organization,,,,"]
    rows += ["P2,远山示例股份,organization,,,,", "P3,云岭示例有限公司,organization,,,,", "P2,,,,,parent,P3"]
    path.write_text("\n".join(rows), encoding="utf-8")
    assert case("party", "import", path).code == 0
    found = case.json("conflicts", "check", "云岭示例有限公司", "--kind", "organization")
    [hit] = [hit for hit in found["hits"] if hit["name"] == "远山示例股份"]
    assert hit["path"][-2:] == ["云岭示例有限公司", "远山示例股份"]
    assert hit["relations"] == ["parent"]
    merged = case("party", "merge", "P1", "P2")
    assert merged.code == 0
    number = merged.out.split()[-1]
    found = case.json("conflicts", "check", "云岭示例有限公司", "--kind", "organization")
    assert [hit["ref"] for hit in found["hits"] if hit["relations"]] == ["P1"]
    assert case("party", "unmerge", number).code == 0
    assert case("party", "unmerge", number).code != 0
    assert case("party", "merge", "P1", "P9").code != 0
