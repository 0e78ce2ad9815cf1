"""The three ways to the office key, and what each refuses."""

from __future__ import annotations

import base64
import json
import os
import sys
from types import SimpleNamespace

import pytest

from lawdesk.kernel.errors import EnvironmentFailure, Refused, UserError
from lawdesk.storage import keys
from tests import offices  # makes the key derivation cheap

PASSPHRASE = offices.PASSPHRASE


def test_passphrase_and_recovery_code_open_the_same_key() -> None:
    key, record, code = keys.create_key(PASSPHRASE)
    again = keys.KeyRecord.from_json(record.to_json())
    assert keys.unlock_with_passphrase(again, PASSPHRASE) == key
    assert keys.unlock_with_recovery_code(again, code) == key


def test_the_key_is_never_in_the_record() -> None:
    key, record, code = keys.create_key(PASSPHRASE)
    text = record.to_json()
    for secret in (
        key.secret.hex(),
        base64.b64encode(key.secret).decode(),
        PASSPHRASE,
        code,
        keys.normalise_code(code),
    ):
        assert secret not in text


def test_each_purpose_has_its_own_key() -> None:
    key, _record, _code = keys.create_key(PASSPHRASE)
    assert len({key.derive("database"), key.derive("vault"), key.secret}) == 3


@pytest.mark.parametrize("typed", ["lower", "no dashes", "blanks", "look-alikes"])
def test_a_recovery_code_may_be_typed_carelessly(typed: str) -> None:
    key, record, code = keys.create_key(PASSPHRASE)
    written = {
        "lower": code.lower(),
        "no dashes": code.replace("-", ""),
        "blanks": f"  {code.replace('-', ' ')} ",
        "look-alikes": code.replace("0", "O").replace("1", "l"),
    }[typed]
    assert keys.unlock_with_recovery_code(record, written) == key


def test_a_mistyped_code_is_told_apart_from_a_foreign_one() -> None:
    _key, record, code = keys.create_key(PASSPHRASE)
    other = "B" if code[0] == "A" else "A"
    with pytest.raises(UserError) as mistyped:
        keys.unlock_with_recovery_code(record, other + code[1:])
    assert mistyped.value.code == "key.mistyped_code"
    with pytest.raises(UserError) as foreign:
        keys.unlock_with_recovery_code(record, keys.new_recovery_code())
    assert foreign.value.code == "key.wrong_code"


def test_a_wrong_passphrase_is_refused_and_a_short_one_not_taken() -> None:
    _key, record, _code = keys.create_key(PASSPHRASE)
    with pytest.raises(UserError) as error:
        keys.unlock_with_passphrase(record, PASSPHRASE + " ")
    assert error.value.code == "key.wrong_passphrase"
    with pytest.raises(Refused):
        keys.create_key("short")


def test_a_new_passphrase_ends_the_old_one() -> None:
    key, record, code = keys.create_key(PASSPHRASE)
    changed = keys.change_passphrase(record, key, "another passphrase")
    assert keys.unlock_with_passphrase(changed, "another passphrase") == key
    assert keys.unlock_with_recovery_code(changed, code) == key
    with pytest.raises(UserError):
        keys.unlock_with_passphrase(changed, PASSPHRASE)


def test_a_wrap_moved_to_another_office_does_not_open_it() -> None:
    _key, record, _code = keys.create_key(PASSPHRASE)
    _other, foreign, _code2 = keys.create_key(PASSPHRASE)
    mixed = keys.KeyRecord(foreign.office_uid, record.wraps)
    with pytest.raises(UserError):
        keys.unlock_with_passphrase(mixed, PASSPHRASE)


@pytest.mark.parametrize("text", ["", "{}", "not json", json.dumps({"format": 1}), "[1]"])
def test_a_damaged_key_file_is_named_as_such(text: str) -> None:
    with pytest.raises(EnvironmentFailure) as error:
        keys.KeyRecord.from_json(text)
    assert error.value.code == "key.damaged"


def test_a_key_file_of_a_newer_program_is_refused() -> None:
    with pytest.raises(EnvironmentFailure) as error:
        keys.KeyRecord.from_json(json.dumps({"format": 99, "office": "x", "wraps": {}}))
    assert error.value.code == "key.newer"


class _Backend:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, name: str, value: str) -> None:
        self.kept[service, name] = value

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))


def _use(monkeypatch: pytest.MonkeyPatch, backend: object) -> None:
    monkeypatch.delenv("LAWDESK_NO_KEYRING", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_keyring=lambda: backend))


def test_an_allowed_keyring_keeps_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = type("Keyring", (_Backend,), {"__module__": "keyring.backends.SecretService"})()
    _use(monkeypatch, backend)
    key, _record, _code = keys.create_key(PASSPHRASE)
    assert keys.remember_in_keyring(key)
    assert keys.recall_from_keyring(key.office_uid) == key


def test_a_plaintext_keyring_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = type("PlaintextKeyring", (_Backend,), {"__module__": "keyrings.alt.file"})()
    _use(monkeypatch, backend)
    key, _record, _code = keys.create_key(PASSPHRASE)
    assert not keys.remember_in_keyring(key)
    assert backend.kept == {}
    assert keys.recall_from_keyring(key.office_uid) is None


@pytest.mark.parametrize("trouble", ["error", "foreign value", "nothing"])
def test_any_keyring_trouble_means_ask_for_the_passphrase(monkeypatch: pytest.MonkeyPatch, trouble: str) -> None:
    class Broken(_Backend):
        def get_password(self, service: str, name: str) -> str | None:
            if trouble == "error":
                raise OSError("prompt dismissed")
            return "not base64!" if trouble == "foreign value" else None

    Broken.__module__, Broken.__qualname__ = "keyring.backends.SecretService", "Keyring"
    _use(monkeypatch, Broken())
    assert keys.recall_from_keyring("office") is None


def test_tests_never_touch_a_real_keyring() -> None:
    assert os.environ["LAWDESK_NO_KEYRING"] == "1"
