"""Whatever happens in a reader ends the reader: this process gets plain data or a sentence."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, datetime
from datetime import time as clock_time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawdesk.kernel.errors import Cancelled, EnvironmentFailure, Refused, UserError, describe
from lawdesk.outside import Limits, Reader, let_go, make_ready, read, stream
from lawdesk.outside import door as door_module
from lawdesk.outside.plain import decode, encode
from tests.outside.mischief import Shape

HERE = "tests.outside.mischief:"
posix = pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="limits that only Linux enforces")


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader(Limits(seconds=20, cpu_seconds=20, memory_mb=400, answer_mb=2)) as made:
        yield made


def code_of(reader: Reader, target: str, *arguments: Any, **options: Any) -> str:
    with pytest.raises(UserError) as error:
        reader.ask(HERE + target, *arguments, name="证据.pdf", **options)
    words = describe(error.value)
    assert "证据.pdf" in words.what and words.why and words.next and "{" not in str(words)
    return error.value.code


PLAIN = [
    None,
    True,
    12345678901234567890,
    "张三 😀 \ud800",
    Decimal("1.10"),
    date(2025, 1, 2),
    datetime(2025, 1, 2, 3, 4),
    clock_time(3, 4),
    (1, (2, "x"), ()),
    [1, [2]],
    {"a": {"decimal": "1"}, 3: (1,)},
]


def test_plain_data_comes_back_as_it_was(reader: Reader) -> None:
    for value in PLAIN:
        told = reader.ask(HERE + "tell", value)
        assert told == value and type(told) is type(value)
    assert reader.ask(HERE + "shape", shapes=(Shape,)) == Shape("a", 3)


_scalars = st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False) | st.dates()


@given(st.recursive(_scalars, lambda of: st.lists(of) | st.tuples(of, of) | st.dictionaries(st.text(), of)))
def test_any_plain_value_survives_the_way(value: Any) -> None:
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"no json",
        b"[1",
        b'{"object": "os.system"}',
        b'{"date": "never"}',
        b'{"decimal": "x"}',
        b'{"a": 1, "b": 2}',
        b"{}",
        b'{"Shape": ["a"]}',
        b"[" * 100_000,
        b"NaN",
        b'{"map": 3}',
        b'{"seconds": "x"}',
        b"\xff\xfe",
    ],
)
def test_what_is_not_plain_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError, match="no plain data"):
        decode(answer, (Shape,))


def test_only_shapes_that_were_asked_for_are_made() -> None:
    with pytest.raises(ValueError, match="no plain data"):
        decode(encode(Shape("a", 3)))


def test_errors_come_over_in_words(reader: Reader) -> None:
    with pytest.raises(UserError) as user:
        reader.ask(HERE + "refuse", "user")
    assert user.value.code == "a.code" and describe(user.value).what == "What x."
    with pytest.raises(EnvironmentFailure) as environment:
        reader.ask(HERE + "refuse", "environment")
    assert environment.value.code == "b.code"
    with pytest.raises(Refused) as refused:
        reader.ask(HERE + "refuse", "refused")
    assert [one.words() for one in refused.value.problems] == ["Not so."]
    assert reader.ask(HERE + "tell", 1) == 1, "and the reader goes on"


def test_a_library_that_stumbles_means_a_damaged_file(reader: Reader) -> None:
    assert code_of(reader, "stumble") == "outside.broken"
    assert code_of(reader, "deep") == "outside.broken"
    assert code_of(reader, "nothing_of_that_name") == "outside.broken"


def test_a_reader_that_hangs_is_ended_and_the_next_file_gets_a_new_one() -> None:
    with Reader(Limits(seconds=1)) as reader:
        assert code_of(reader, "hang") == "outside.time"
        assert reader.ask(HERE + "tell", 7) == 7


@posix
def test_processor_time_is_limited_too() -> None:
    with Reader(Limits(seconds=60, cpu_seconds=1)) as reader:
        assert code_of(reader, "spin") == "outside.time"


@linux
def test_memory_is_limited(reader: Reader) -> None:
    assert code_of(reader, "swell") == "outside.memory"


def test_a_crash_ends_the_reader_only(reader: Reader) -> None:
    assert code_of(reader, "crash") == "outside.broken"
    assert reader.ask(HERE + "tell", "still here") == "still here"


def test_an_endless_answer_is_not_waited_for(reader: Reader) -> None:
    assert code_of(reader, "chatter", 3_000_000) == "outside.answer"
    assert len(reader.ask(HERE + "chatter", 1_000_000)) == 1_000_000


def test_somebody_who_stops_it_need_not_wait(reader: Reader) -> None:
    stopped = threading.Event()
    threading.Timer(0.3, stopped.set).start()
    with pytest.raises(Cancelled):
        reader.ask(HERE + "hang", cancel=stopped.is_set)


def test_parts_come_one_after_the_other_and_half_of_them_before_an_error(reader: Reader) -> None:
    assert list(reader.stream(HERE + "parts", 2000)) == list(range(2000))
    told = reader.stream(HERE + "half", 3)
    assert [next(told) for _part in range(3)] == [0, 1, 2]
    with pytest.raises(UserError, match="half"):
        next(told)
    for part in reader.stream(HERE + "parts", 2000):
        if part == 5:
            break  # nobody wants the rest: the reader must not be left hanging at it
    assert reader.ask(HERE + "tell", 1) == 1


def test_what_it_prints_is_no_answer(reader: Reader) -> None:
    assert reader.ask(HERE + "noise") == "heard"


def test_it_opens_no_connection_runs_no_program_and_writes_only_where_it_may(tmp_path: Path) -> None:
    mine, yours = tmp_path / "mine", tmp_path / "yours"
    mine.mkdir()
    yours.mkdir()
    (yours / "kept").write_text("kept", encoding="utf-8")
    (tmp_path / "mine2").mkdir()
    single = tmp_path / "single.pdf"
    with Reader(Limits(seconds=20, written_mb=1, writes=(str(mine), str(single)))) as reader:
        assert code_of(reader, "connect") == "outside.broken"
        assert code_of(reader, "run") == "outside.broken"
        if os.name == "posix":
            assert code_of(reader, "fork") == "outside.broken"
        assert reader.ask(HERE + "write", str(mine / "a")) == 4
        assert reader.ask(HERE + "write", str(single)) == 4
        for place in (yours / "a", mine / ".." / "yours" / "a", tmp_path / "mine2" / "a", f"{single}2"):
            assert code_of(reader, "write", str(place)) == "outside.broken"
        assert code_of(reader, "remove", str(yours / "kept")) == "outside.broken"
        assert code_of(reader, "rename", str(mine / "a"), str(yours / "kept")) == "outside.broken"
        if os.name == "posix":
            (mine / "link").symlink_to(yours / "kept")
            assert code_of(reader, "write", str(mine / "link")) == "outside.broken"
    assert (yours / "kept").read_text(encoding="utf-8") == "kept"
    assert [path.name for path in yours.iterdir()] == ["kept"]


def test_it_knows_no_office_no_passphrase_and_no_window(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAWDESK_PASSPHRASE", "correct horse")
    monkeypatch.setenv("LAWDESK_RECOVERY_CODE", "0000")
    names, modules = reader.ask(HERE + "surroundings")
    assert not [name for name in names if "LAWDESK" in name or "PYTHON" in name]
    assert modules == []
    reader.ask("lawdesk.outside.texts:toml", "a = 1")
    assert reader.ask(HERE + "surroundings")[1] == []


@linux
def test_where_the_system_allows_it_there_is_no_network(reader: Reader) -> None:
    found = set(reader.ask(HERE + "networks"))
    every = set(networks_here())
    assert found <= every
    if os.system("unshare --user --net true 2> /dev/null") == 0:
        assert found == {"lo"}


def networks_here() -> list[str]:
    from tests.outside.mischief import networks

    return networks()


def test_a_forged_answer_is_data_at_most(reader: Reader) -> None:
    body = json.dumps({"Popen": ["id"]}).encode()
    assert code_of(reader, "forge", body) == "outside.broken"
    assert code_of(reader, "forge", b'["error", ["user"]]') == "outside.broken"
    assert code_of(reader, "forge", b'["error", {"map": []}]') == "outside.broken"
    assert code_of(reader, "forge", b'["what", 1]') == "outside.broken"
    assert code_of(reader, "forge", b'{"tuple": ["refused", [1, [2]]]}') == "outside.broken"


def test_an_answer_of_four_gigabytes_is_not_taken(reader: Reader) -> None:
    assert code_of(reader, "flood") == "outside.broken"


def test_a_reader_that_waits_reads_one_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    real = Reader.start

    def start(self: Reader) -> None:
        started.append(self)
        real(self)

    monkeypatch.setattr(Reader, "start", start)
    make_ready("csv")
    make_ready()
    assert len(started) == 1
    assert read(HERE + "tell", 1) == 1
    assert set(started) == {started[0]} and started[0]._process is None, "used, and gone"
    assert list(stream(HERE + "parts", 3)) == [0, 1, 2]
    make_ready()
    waiting = started[-1]._process
    assert waiting is not None
    let_go()
    assert waiting.poll() is not None
    assert door_module._spare == []


def test_no_process_is_left_behind(reader: Reader) -> None:
    reader.ask(HERE + "tell", 1)
    process = reader._process
    assert process is not None and process.poll() is None
    reader.close()
    assert process.poll() is not None
    deadline = time.monotonic() + 10
    while any(thread.name.endswith("(_listen)") for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
