"""Every word LawDesk says has its Chinese, complete and with the same placeholders."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po as babel_read_po

from lawdesk.kernel.i18n import CONTEXT_MARK, read_po
from tools import i18n

CATALOGUES = sorted(i18n.CATALOGUES.glob("*.po"))


def test_every_word_has_its_chinese() -> None:
    assert i18n.problems() == []


def test_words_are_found_at_all() -> None:
    assert len(i18n.words(i18n.SOURCES)) > 100


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_our_reader_reads_what_gettext_tools_read(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = babel_read_po(file, abort_invalid=True)
    theirs = {}
    for message in catalogue:
        if message.id and not message.fuzzy:
            key = message.id if isinstance(message.id, str) else message.id[0]
            text = message.string if isinstance(message.string, str) else message.string[0]
            theirs[key if message.context is None else f"{message.context}{CONTEXT_MARK}{key}"] = text
    assert dict(read_po(path)) == theirs


WRONG = {
    "has no Chinese": ('_("Save")', ""),
    "is used nowhere": ('_("Save")', 'msgid "Save"\nmsgstr "保存"\n\nmsgid "Open"\nmsgstr "打开"\n'),
    "other placeholders": ('_("{count} hits")', 'msgid "{count} hits"\nmsgstr "{number}项"\n'),
    "must have names": ('_("{} hits")', 'msgid "{} hits"\nmsgstr "{}项"\n'),
    "its plural has": ('ngettext("{n} day", "{m} days", 2)', 'msgid "{n} day"\nmsgstr "{n}天"\n'),
    "is there twice": ('_("Save")', 'msgid "Save"\nmsgstr "保存"\n\nmsgid "Save"\nmsgstr "保存"\n'),
    "put together": ('_(f"{name} saved")', ""),
    "N_() is put together": ("N_(name)", ""),
    "_() is put together": ('_("{n} hits".format(n=3))', 'msgid "{n} hits"\nmsgstr "{n}项"\n'),
}


def judge(folder: Path, code: str, *catalogues: str) -> list[str]:
    (folder / "src").mkdir()
    (folder / "src" / "page.py").write_text(f"name = 1\nwords = {code}\n", encoding="utf-8")
    for number, text in enumerate(catalogues):
        (folder / f"{number}.po").write_text(text, encoding="utf-8")
    return i18n.problems(folder / "src", folder)


@pytest.mark.parametrize("complaint", WRONG)
def test_what_is_wrong_is_named(tmp_path: Path, complaint: str) -> None:
    code, catalogue = WRONG[complaint]
    assert any(complaint in line for line in judge(tmp_path, code, catalogue))


def test_two_translations_of_one_word_are_named(tmp_path: Path) -> None:
    lines = judge(tmp_path, '_("Open")', 'msgid "Open"\nmsgstr "打开"\n', 'msgid "Open"\nmsgstr "未结"\n')
    assert len(lines) == 1
    assert "translates it otherwise" in lines[0]


def test_the_same_word_in_another_context_is_another_word(tmp_path: Path) -> None:
    code = '[_("Open"), pgettext("status", "Open"), _(name)]'
    catalogue = 'msgid "Open"\nmsgstr "打开"\n\nmsgctxt "status"\nmsgid "Open"\nmsgstr "未结"\n'
    assert judge(tmp_path, code, catalogue) == []


def test_missing_words_are_added_to_their_package(tmp_path: Path) -> None:
    sources, catalogues = tmp_path / "lawdesk", tmp_path / "po"
    (sources / "cases").mkdir(parents=True)
    catalogues.mkdir()
    code = '_("Say \\"yes\\"")\npgettext("status", "Open")\nngettext("{n} day", "{n} days", 2)\n'
    (sources / "cases" / "page.py").write_text(code, encoding="utf-8")
    assert i18n.add_missing(sources, catalogues) == 3
    assert i18n.add_missing(sources, catalogues) == 0
    entries = dict(read_po(catalogues / "cases.po"))
    assert entries == {'Say "yes"': "", f"status{CONTEXT_MARK}Open": "", "{n} day": ""}
    assert all("has no Chinese" in line for line in i18n.problems(sources, catalogues))
