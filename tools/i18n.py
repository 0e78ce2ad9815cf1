"""See that every word LawDesk says exists in Chinese, with the same placeholders, and nothing is left over.

    python tools/i18n.py check   name what is missing, stale or wrong; exit code 1 if there is anything
    python tools/i18n.py add     append the missing words to the packages' .po files, to be translated there

Words come from the marks ``_``, ``N_``, ``ngettext`` and ``pgettext`` in lawdesk/, their Chinese from
resources/translations/zh_CN/*.po. At run time all these files are one catalogue, so a word may stand in any of
them, but it may not have two translations.
"""

from __future__ import annotations

import ast
import string
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "lawdesk"
CATALOGUES = ROOT / "resources" / "translations" / "zh_CN"
MARKS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
CONTEXT_MARK = "\x04"


@dataclass(slots=True)
class Word:
    """One source string: where it is used, its plural forms if any, and its context."""

    text: str
    context: str | None
    places: list[str] = field(default_factory=list)
    plural: str = ""

    @property
    def key(self) -> str:
        """The name the catalogue knows it by."""
        return self.text if self.context is None else f"{self.context}{CONTEXT_MARK}{self.text}"


def words(sources: Path) -> dict[str, Word]:
    """Return every marked string below ``sources`` by its catalogue key."""
    found: dict[str, Word] = {}
    entries = extract_from_dir(str(sources), keywords=MARKS, strip_comment_tags=True)
    for name, line, message, _comments, context in entries:
        singular, plural = message if isinstance(message, tuple) else (message, "")
        word = found.setdefault(Word(singular, context).key, Word(singular, context))
        word.places.append(f"{sources.name}/{Path(name).as_posix()}:{line}")
        word.plural = word.plural or plural
    return found


def placeholders(text: str) -> set[str] | None:
    """Return the names in braces; None when they cannot be filled in by ``str.format`` or have no name."""
    try:
        names = {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None
    return None if any(not name or name[0].isdigit() for name in names) else names


def read_po(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the entries as LawDesk itself reads them."""
    sys.path.insert(0, str(ROOT))
    try:
        from lawdesk.kernel import i18n
    finally:
        sys.path.remove(str(ROOT))
    return i18n.read_po(path)


def word_problems(word: Word, chinese: str | None) -> Iterator[str]:
    """Yield what is wrong with one word and its translation."""
    wanted = placeholders(word.text)
    if wanted is None:
        yield "placeholders must have names"
    elif word.plural and placeholders(word.plural) != wanted:
        yield "its plural has other placeholders"
    if not chinese:
        yield "has no Chinese"
    elif wanted is not None and placeholders(chinese) != wanted:
        yield f"its Chinese has other placeholders: {chinese!r}"


def problems(sources: Path = SOURCES, catalogues: Path = CATALOGUES) -> list[str]:
    """Return a line for each thing that keeps the Chinese from being complete and right."""
    used = words(sources)
    chinese: dict[str, str] = {}
    home: dict[str, str] = {}
    lines = []
    for path in sorted(catalogues.glob("*.po")):
        entries = list(read_po(path))
        twice = (key for key, count in Counter(key for key, _text in entries).items() if count > 1)
        lines += [f"{path.name}: {show(key)}: is there twice" for key in twice]
        for key, text in entries:
            if key not in used:
                lines.append(f"{path.name}: {show(key)}: is used nowhere")
            elif text and chinese.get(key, text) != text:
                lines.append(f"{path.name}: {show(key)}: {home[key]} translates it otherwise: {chinese[key]!r}")
            if text:
                chinese[key], home[key] = text, path.name
    for key, word in used.items():
        lines += [f"{word.places[0]}: {show(key)}: {what}" for what in word_problems(word, chinese.get(key))]
    return lines + list(computed(sources))


def show(key: str) -> str:
    """A key for people to read."""
    return repr(key.replace(CONTEXT_MARK, " | "))


def computed(sources: Path) -> Iterator[str]:
    """Yield the places where a text is put together before it is translated: no catalogue can know it."""
    for path in sorted(sources.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name not in MARKS:
                continue
            for argument in node.args[: 1 if name in ("_", "N_") else 2]:
                built = isinstance(argument, ast.JoinedStr | ast.BinOp | ast.IfExp) or (
                    isinstance(argument, ast.Call) and getattr(argument.func, "attr", "") == "format"
                )
                if built or (name == "N_" and not isinstance(argument, ast.Constant)):
                    place = f"{sources.name}/{path.relative_to(sources).as_posix()}:{node.lineno}"
                    yield f"{place}: the text in {name}() is put together before it is translated"


def add_missing(sources: Path = SOURCES, catalogues: Path = CATALOGUES) -> int:
    """Append words without an entry to their package's file; return how many."""
    known = {key for path in catalogues.glob("*.po") for key, _text in read_po(path)}
    missing = [word for key, word in words(sources).items() if key not in known]
    for word in missing:
        package = Path(word.places[0].rpartition(":")[0]).parts[1].removesuffix(".py")
        path = catalogues / f"{package}.po"
        start = path.read_text(encoding="utf-8") if path.exists() else 'msgid ""\nmsgstr "Language: zh_CN\\n"\n'
        context = "" if word.context is None else f"msgctxt {quoted(word.context)}\n"
        translation = f'msgid_plural {quoted(word.plural)}\nmsgstr[0] ""\n' if word.plural else 'msgstr ""\n'
        entry = f"\n{context}msgid {quoted(word.text)}\n{translation}"
        path.write_text(start.rstrip("\n") + "\n" + entry, encoding="utf-8", newline="\n")
    return len(missing)


def quoted(text: str) -> str:
    """``text`` as a .po file writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def main() -> int:
    """Check or add."""
    if sys.argv[1:] == ["add"]:
        print(f"{add_missing()} words added with empty Chinese")
        return 0
    if sys.argv[1:] not in ([], ["check"]):
        print(__doc__)
        return 2
    lines = problems()
    print("\n".join([*lines, f"{len(words(SOURCES))} words, {len(lines)} problems"]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
