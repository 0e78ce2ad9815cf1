"""Every sentence of the rules exists in Chinese, with the same placeholders."""

import ast
import re
from pathlib import Path

from lawdesk.conflicts import rules
from lawdesk.kernel.i18n import read_po
from lawdesk.kernel.resources import resource_path

PLACEHOLDER = re.compile(r"{\w+}")


def sentences():
    for path in Path(rules.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            marked = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_")
            if marked and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_all_sentences_are_translated():
    chinese = dict(read_po(resource_path("translations", "zh_CN", "conflicts.po")))
    found = set(sentences())
    assert len(found) > 80
    for sentence in found:
        assert chinese.get(sentence), sentence
        assert sorted(PLACEHOLDER.findall(chinese[sentence])) == sorted(PLACEHOLDER.findall(sentence)), sentence
