from __future__ import annotations

import json
from pathlib import Path

import pytest

from lawdesk.kernel import settings as module
from lawdesk.kernel.settings import SETTINGS, Settings, config_folder


def test_what_was_set_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    first = Settings(path)
    first.set("text_size", 150)
    first.set("theme", "dark")
    again = Settings(path)
    assert (again.number("text_size"), again.text("theme"), again.text("language")) == (150, "dark", "system")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("text_size", 90),
        ("text_size", 201),
        ("text_size", True),
        ("text_size", "150"),
        ("theme", "pink"),
        ("reduced_motion", 1),
        ("language", None),
    ],
)
def test_a_value_that_does_not_fit_is_refused(tmp_path: Path, key: str, value: object) -> None:
    settings = Settings(tmp_path / "s.json")
    before = settings.get(key)
    with pytest.raises(ValueError, match=key):
        settings.set(key, value)
    assert settings.get(key) == before
    assert not settings.path.exists()


def test_an_undeclared_key_is_a_mistake_of_ours(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.json")
    with pytest.raises(KeyError):
        settings.get("colour")
    with pytest.raises(KeyError):
        settings.set("colour", "red")


@pytest.mark.parametrize("content", ["{", "[]", "\x00\x01", '{"theme": '])
def test_a_broken_file_is_kept_aside_and_the_defaults_are_used(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    settings = Settings(path)
    assert settings.text("theme") == "system"
    assert (tmp_path / "settings.json.broken").read_text(encoding="utf-8") == content
    settings.set("theme", "light")
    assert Settings(path).text("theme") == "light"


def test_one_wrong_value_does_not_cost_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"text_size": 9000, "theme": "dark", "from_the_future": 7}), encoding="utf-8")
    settings = Settings(path)
    assert (settings.number("text_size"), settings.text("theme")) == (100, "dark")
    settings.set("theme", "light")
    assert json.loads(path.read_text(encoding="utf-8"))["from_the_future"] == 7


def test_listeners_hear_each_change_once(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.json")
    heard: list[tuple[str, object]] = []
    stop = settings.listen(lambda key, value: heard.append((key, value)))
    settings.set("text_size", 120)
    settings.set("text_size", 120)
    stop()
    settings.set("text_size", 130)
    assert heard == [("text_size", 120)]


def test_a_full_disk_leaves_the_old_value_and_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path / "s.json")
    settings.set("theme", "dark")
    before = settings.path.read_bytes()

    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        settings.set("theme", "light")
    assert settings.text("theme") == "dark"
    assert settings.path.read_bytes() == before


def test_the_folder_follows_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert config_folder() == tmp_path / "config"
    monkeypatch.delenv("LAWDESK_CONFIG")
    monkeypatch.setattr(module.sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/x")
    assert config_folder() == Path("/x/lawdesk")
    monkeypatch.setattr(module.sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", "/roaming")
    assert config_folder() == Path("/roaming/LawDesk")
    monkeypatch.setattr(module.sys, "platform", "darwin")
    assert config_folder().parts[-3:] == ("Library", "Application Support", "LawDesk")


def test_every_default_fits_its_declaration() -> None:
    for setting in SETTINGS:
        assert setting.accept(setting.default) == setting.default
