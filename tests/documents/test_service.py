"""Papers are stored whole or not at all, keep every version, and come out as they went in."""

from __future__ import annotations

import errno
import hashlib
import os
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from lawdesk.documents import DocumentDraft, DocumentService
from lawdesk.firm import Actor, Role
from lawdesk.kernel.errors import Cancelled, EnvironmentFailure, Refused, UserError, describe
from lawdesk.storage.audit import AuditRecord, verify_chain
from lawdesk.storage.vault import Vault
from tests.documents.conftest import Desk, open_case
from tests.offices import Firm


def export(desk: Desk, document_id: int, number: int | None = None) -> bytes:
    target = desk.outside / "exported"
    desk.documents.export(desk.lawyer, document_id, target, number=number)
    return target.read_bytes()


def history(desk: Desk) -> list[str]:
    return [row.action for row in desk.firm.office.cases.queries.history(desk.lawyer, desk.case)]


def test_a_file_goes_in_and_comes_out_the_same(desk: Desk, heard: list[tuple[str, str]]) -> None:
    content = os.urandom(3 * 1024 * 1024 + 17)
    key = desk.documents.add_file(desk.lawyer, desk.case, desk.file("民事判决书.pdf", content))
    row = desk.documents.queries.document(desk.lawyer, key)
    assert (row.name, row.size, row.number, row.added_by) == ("民事判决书.pdf", len(content), 1, "顾知行")
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert row.category == "判决书、裁定书、调解书、上诉书"
    assert export(desk, key) == content
    assert heard == [("document", "added")]
    assert history(desk)[:2] == ["document.export", "document.add"]


def test_the_same_name_again_is_a_new_version_and_the_old_one_stays(desk: Desk) -> None:
    first = desk.documents.store_file(desk.lawyer, desk.case, desk.file("起诉状.docx", b"first"))
    second = desk.documents.store_file(desk.lawyer, desk.case, desk.file("起诉状.docx", b"second"))
    assert (first.outcome, second.outcome) == ("added", "version")
    assert first.document_id == second.document_id and second.number == 2
    versions = desk.documents.queries.versions(desk.lawyer, first.document_id)
    assert [(row.number, row.size) for row in versions] == [(2, 6), (1, 5)]
    assert export(desk, first.document_id) == b"second"
    assert export(desk, first.document_id, number=1) == b"first"
    with pytest.raises(UserError) as error:
        export(desk, first.document_id, number=3)
    assert error.value.code == "document.no_version"


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    first = desk.documents.store_file(desk.lawyer, desk.case, desk.file("合同.pdf"))
    stamp = desk.firm.office.database.state_stamp()
    again = desk.documents.store_file(desk.lawyer, desk.case, desk.file("合同.pdf"))
    assert again.outcome == "same" and again.document_id == first.document_id
    assert len(desk.documents.queries.versions(desk.lawyer, first.document_id)) == 1
    assert desk.firm.office.database.state_stamp() == stamp


def test_equal_contents_lie_in_the_vault_once(desk: Desk) -> None:
    other = open_case(desk.firm, "买卖合同纠纷")
    desk.documents.add_file(desk.lawyer, desk.case, desk.file("合同.pdf", b"same"))
    desk.documents.add_file(desk.lawyer, desk.case, desk.file("合同副本.pdf", b"same"))
    desk.documents.add_file(desk.lawyer, other, desk.file("合同.pdf", b"same"))
    assert len(desk.documents.queries.addresses(desk.lawyer)) == 1
    assert desk.documents.check_vault(desk.firm.director).checked == 1
    assert desk.names() == ["合同.pdf", "合同副本.pdf"]


def test_a_removed_document_is_gone_from_the_case_and_comes_back(desk: Desk, heard: list[tuple[str, str]]) -> None:
    key = desk.documents.add_file(desk.lawyer, desk.case, desk.file("传票.pdf"))
    desk.documents.remove(desk.lawyer, key)
    assert desk.names() == [] and desk.documents.queries.count(desk.lawyer, desk.case) == 0
    with pytest.raises(UserError):
        export(desk, key)
    desk.documents.remove(desk.lawyer, key, restore=True)
    assert desk.names() == ["传票.pdf"] and export(desk, key) == b"content"
    assert heard == [("document", "added"), ("document", "removed"), ("document", "restored")]
    assert history(desk)[:4] == ["document.export", "document.restore", "document.remove", "document.add"]


def test_a_name_given_away_meanwhile_comes_back_with_a_number(desk: Desk) -> None:
    old = desk.documents.add_file(desk.lawyer, desk.case, desk.file("传票.pdf", b"old"))
    desk.documents.remove(desk.lawyer, old)
    new = desk.documents.add_file(desk.lawyer, desk.case, desk.file("传票.pdf", b"new"))
    desk.documents.remove(desk.lawyer, old, restore=True)
    assert old != new and sorted(desk.names()) == ["传票 (2).pdf", "传票.pdf"]
    assert export(desk, old) == b"old" and export(desk, new) == b"new"


def test_facts_of_a_document_change_and_a_late_change_is_refused(desk: Desk) -> None:
    key = desk.documents.add_file(desk.lawyer, desk.case, desk.file("IMG_1042.jpg"))
    seen = desk.documents.queries.document(desk.lawyer, key)
    order = [place.title for place in desk.documents.shelf(desk.lawyer, desk.case).places]
    draft = DocumentDraft("现场照片.jpg", order[6], date(2025, 11, 4), " 原件在卷 ")
    desk.documents.change(desk.lawyer, key, draft, seen=seen.version)
    row = desk.documents.queries.document(desk.lawyer, key)
    assert (row.name, row.category, row.dated_on, row.note) == (
        "现场照片.jpg", order[6], date(2025, 11, 4), "原件在卷",
    )  # fmt: skip
    with pytest.raises(UserError) as error:
        desk.documents.change(desk.lawyer, key, DocumentDraft("x.jpg"), seen=seen.version)
    assert error.value.code == "stale"
    assert desk.names() == ["现场照片.jpg"]


@pytest.mark.parametrize(("name", "code"), [("", "document.name"), ("占用.pdf", "document.name_taken")])
def test_a_name_that_is_empty_or_taken_is_refused_at_its_field(desk: Desk, name: str, code: str) -> None:
    desk.documents.add_file(desk.lawyer, desk.case, desk.file("占用.pdf"))
    key = desk.documents.add_file(desk.lawyer, desk.case, desk.file("另一份.pdf", b"other"))
    version = desk.documents.queries.document(desk.lawyer, key).version
    with pytest.raises(Refused) as refused:
        desk.documents.change(desk.lawyer, key, DocumentDraft(name), seen=version)
    assert [(problem.code, problem.field) for problem in refused.value.problems] == [(code, "name")]


def test_the_shelf_stands_in_file_order_and_names_what_is_missing(desk: Desk) -> None:
    for name in ("判决书.pdf", "IMG_1.jpg", "起诉状.docx", "收费发票.pdf"):
        desk.documents.add_file(desk.lawyer, desk.case, desk.file(name, name.encode()))
    shelf = desk.documents.shelf(desk.lawyer, desk.case)
    assert [row.name for row in shelf.rows] == ["收费发票.pdf", "起诉状.docx", "判决书.pdf", "IMG_1.jpg"]
    assert len(shelf.missing) == len(shelf.places) - 3 and shelf.unplaced == 1
    assert "收费凭证" not in shelf.missing and "代理词" in shelf.missing


def test_the_newest_three_are_the_last_that_got_a_content(desk: Desk) -> None:
    for number in range(4):
        desk.documents.add_file(desk.lawyer, desk.case, desk.file(f"{number}.pdf", bytes([number])))
    desk.documents.add_file(desk.lawyer, desk.case, desk.file("0.pdf", b"again"))
    found = [row.name for row in desk.documents.queries.newest(desk.lawyer, desk.case)]
    assert found == ["0.pdf", "3.pdf", "2.pdf"]


def test_folders_go_in_with_all_that_is_theirs_and_nothing_of_the_systems(desk: Desk) -> None:
    folder = desk.outside / "证据"
    (folder / "照片 😀").mkdir(parents=True)
    for place in ("清单.xlsx", "照片 😀/一.jpg", ".DS_Store", "~$清单.xlsx", "照片 😀/Thumbs.db", "desktop.ini"):
        (folder / place).write_bytes(place.encode())
    taken = desk.documents.take_in(desk.lawyer, desk.case, [folder], category="代理词")
    assert sorted(desk.names()) == ["一.jpg", "清单.xlsx"] and not taken.refused
    assert {row.category for row in desk.rows()} == {"代理词"}


@pytest.mark.skipif(os.name != "posix", reason="links as files")
def test_links_in_a_folder_somebody_sent_are_not_followed(desk: Desk) -> None:
    secret = desk.outside / "私人.txt"
    secret.write_text("私人密钥", encoding="utf-8")
    folder = desk.outside / "对方发来的材料"
    (folder / "inner").mkdir(parents=True)
    (folder / "证据.pdf").write_bytes(b"%PDF-1.4")
    (folder / "inner" / "合同.pdf").symlink_to(secret)
    (folder / "all").symlink_to(desk.outside, target_is_directory=True)
    taken = desk.documents.take_in(desk.lawyer, desk.case, [folder])
    assert desk.names() == ["证据.pdf"]
    assert [(row.name, row.error.code) for row in taken.refused] == [("合同.pdf", "document.link")]


@pytest.mark.skipif(os.name != "posix", reason="a pipe as a file")
def test_what_cannot_be_read_is_named_and_the_rest_goes_in(desk: Desk) -> None:
    os.mkfifo(desk.outside / "管道.pdf")
    (desk.outside / "断链.pdf").symlink_to(desk.outside / "nowhere.pdf")
    paths = [desk.outside / "管道.pdf", desk.file("好.pdf"), desk.outside / "断链.pdf"]
    taken = desk.documents.take_in(desk.lawyer, desk.case, paths)
    assert desk.names() == ["好.pdf"] and len(taken.ids("added")) == 1
    assert [row.name for row in taken.refused] == ["管道.pdf", "断链.pdf"]
    assert all(describe(row.error).what for row in taken.refused)


def test_a_file_that_breaks_off_while_it_is_read_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.file("坏盘.pdf", os.urandom(3 << 20))
    real = Path.open

    class Failing:
        def __init__(self, stream: object) -> None:
            self.stream = stream
            self.reads = 0

        def __enter__(self) -> Failing:
            return self

        def __exit__(self, *_args: object) -> None:
            self.stream.close()  # type: ignore[attr-defined]

        def fileno(self) -> int:
            return int(self.stream.fileno())  # type: ignore[attr-defined]

        def read(self, size: int) -> bytes:
            self.reads += 1
            if self.reads > 2:
                raise OSError(errno.EIO, "Input/output error")
            return bytes(self.stream.read(size))  # type: ignore[attr-defined]

    def opened(self: Path, mode: str = "r", *args: object, **options: object) -> object:
        stream = real(self, mode, *args, **options)  # type: ignore[arg-type]
        return Failing(stream) if self == path and mode == "rb" else stream

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(EnvironmentFailure) as failure:
        desk.documents.add_file(desk.lawyer, desk.case, path)
    assert "Input/output error" in describe(failure.value).why
    assert desk.rows() == [] and desk.documents.vault.verify_all([]).orphans == ()


def test_stopping_keeps_what_was_stored_and_leaves_nothing_half(desk: Desk) -> None:
    paths = [desk.file("一.pdf", b"1"), desk.file("二.pdf", os.urandom(4 << 20)), desk.file("三.pdf", b"3")]
    heard: list[tuple[int, int, int]] = []

    def tell(step: object) -> None:
        heard.append((step.file, step.done, step.total))  # type: ignore[attr-defined]
        if step.file == 2 and step.done > 1 << 20:  # type: ignore[attr-defined]
            raise Cancelled

    taken = desk.documents.take_in(desk.lawyer, desk.case, paths, tell=tell)
    assert taken.stopped and desk.names() == ["一.pdf"]
    assert desk.documents.vault.verify_all(desk.documents.queries.addresses(desk.lawyer)).orphans == ()
    total = (4 << 20) + 2
    assert all(all_bytes == total for _file, _done, all_bytes in heard)
    assert [done for _file, done, _all in heard] == sorted(done for _file, done, _all in heard)


def test_a_file_over_two_gibibytes_is_refused_before_it_is_read(desk: Desk) -> None:
    path = desk.outside / "录像.mp4"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3 + 1)
    taken = desk.documents.take_in(desk.lawyer, desk.case, [path])
    assert "2 GiB" in describe(taken.refused[0].error).why and desk.rows() == []


@pytest.mark.parametrize(
    "name", ["a" * 251 + ".pdf", "长" * 83 + ".pdf", "  空 格 .pdf", "😀🧑‍⚖️.pdf", "𬀩㛃䶮.pdf"]
)
def test_long_and_odd_names_are_kept(desk: Desk, name: str) -> None:
    key = desk.documents.add_file(desk.lawyer, desk.case, desk.file(name))
    assert desk.names() == [name.strip()] and export(desk, key) == b"content"


def test_names_that_reach_for_other_folders_are_harmless(desk: Desk) -> None:
    path = desk.file("x.bin")
    for name in ("../../x", "C:\\x", "/etc/passwd", "a\x00\x1fb.pdf", "AUX.pdf", "..", "nul"):
        desk.documents.add_file(desk.lawyer, desk.case, path, DocumentDraft(name))
    assert desk.names() == ["x", "passwd", "a__b.pdf", "_AUX.pdf", "document", "_nul"]
    for row in desk.rows():
        assert (desk.outside / row.name).resolve().parent == desk.outside.resolve()


def test_damage_and_loss_in_the_vault_are_found_and_never_handed_out(file_desk: Desk) -> None:
    desk = file_desk
    first = desk.documents.add_file(desk.lawyer, desk.case, desk.file("一.pdf", b"one" * 5000))
    second = desk.documents.add_file(desk.lawyer, desk.case, desk.file("二.pdf", b"two" * 5000))
    assert desk.documents.check_vault(desk.firm.director).sound
    blobs = {path.stem: path for path in desk.firm.office.folder.vault.glob("??/??/*.ldv")}
    rows = {row.id: row for row in desk.rows()}
    bad = blobs[rows[first].address]
    content = bytearray(bad.read_bytes())
    content[-5] ^= 1
    bad.write_bytes(content)
    blobs[rows[second].address].unlink()
    report = desk.documents.check_vault(desk.firm.director)
    assert report.mismatched == (rows[first].address,) and report.missing == (rows[second].address,)
    target = desk.outside / "kept.pdf"
    target.write_bytes(b"kept")
    for key, code in ((first, "vault.damaged"), (second, "vault.missing")):
        with pytest.raises(EnvironmentFailure) as failure:
            desk.documents.export(desk.lawyer, key, target)
        assert failure.value.code == code and target.read_bytes() == b"kept"
    desk.documents.add_file(desk.lawyer, desk.case, desk.file("一.pdf", b"one" * 5000))
    assert export(desk, first) == b"one" * 5000


def test_an_unplugged_vault_takes_nothing_and_is_not_made_anew(file_desk: Desk) -> None:
    desk = file_desk
    desk.documents.add_file(desk.lawyer, desk.case, desk.file("一.pdf"))
    vault = desk.firm.office.folder.vault
    vault.rename(desk.outside / "elsewhere")
    fresh = DocumentService(
        desk.firm.office.database, desk.firm.office.cases.queries, desk.firm.office._open_vault
    )
    taken = fresh.take_in(desk.lawyer, desk.case, [desk.file("二.pdf", b"2")])
    assert taken.refused[0].error.code == "vault.no_folder"
    assert desk.names() == ["一.pdf"] and not vault.exists()


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.AUDITOR])
def test_who_only_reads_cannot_change_documents(desk: Desk, role: Role) -> None:
    reader = Actor(desk.firm.director.person_id, "读者", "reader", role)
    key = desk.documents.add_file(desk.lawyer, desk.case, desk.file("一.pdf"))
    for act in (
        lambda: desk.documents.take_in(reader, desk.case, [desk.file("二.pdf")]),
        lambda: desk.documents.remove(reader, key),
        lambda: desk.documents.change(reader, key, DocumentDraft("x"), seen=1),
    ):
        with pytest.raises(UserError) as error:
            act()
        assert error.value.code == "not_allowed"
    desk.documents.export(reader, key, desk.outside / "read.pdf")
    assert desk.names() == ["一.pdf"]


def test_every_change_is_in_the_audit_chain_and_names_no_content(desk: Desk) -> None:
    key = desk.documents.add_file(desk.lawyer, desk.case, desk.file("绝密证人名单.pdf", b"secret"))
    desk.documents.remove(desk.lawyer, key)
    with desk.firm.office.database.read() as session:
        assert verify_chain(session).sound
        details = " ".join(session.exec(select(AuditRecord.detail)))
    assert "绝密" not in details and "secret" not in details
    assert hashlib.sha256(b"secret").hexdigest() in details


def test_somebody_who_has_left_sees_nothing(desk: Desk, office: Firm) -> None:
    desk.documents.add_file(desk.lawyer, desk.case, desk.file("一.pdf"))
    gone = Actor(office.lawyer.person_id, "顾知行", "gu", Role.LAWYER, active=False)
    assert desk.documents.queries.documents(gone, desk.case) == []
    assert isinstance(desk.documents.vault, Vault)
