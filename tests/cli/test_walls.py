"""``lawdesk wall`` and ``lawdesk rights``: walls, insiders, references, the table, who sees a case."""

from __future__ import annotations

from tests.cli.conftest import Line

NUMBER = "（2025）民字第001号"
CLIENT = "晨湖示例科技有限公司"


def seen(line: Line, login: str = "gu") -> list[str]:
    line.set(LAWDESK_USER=login)
    found = [row["number"] for row in line.json("case", "list")]
    line.set(LAWDESK_USER=None)
    return found


def test_a_wall_is_raised_lets_people_in_and_is_lifted(case: Line) -> None:
    assert seen(case) == [NUMBER]
    assert case("wall", "raise", "--case", NUMBER).code == 3  # not without a reason
    made = case.json("wall", "raise", "--case", NUMBER, "--reason", "亲属", "--inside", "admin")
    assert (made["inside"], made["shut_out"], made["reason"]) == (["admin"], [], "亲属")
    assert seen(case) == []
    wall = str(made["id"])
    assert case.json("wall", "insiders", wall, "--add", "顾知行")["inside"] == ["admin", "gu"]
    assert seen(case) == [NUMBER]
    assert case.json("wall", "insiders", wall, "--remove", "gu")["inside"] == ["admin"]
    assert case("wall", "insiders", wall, "--add", "nobody").code == 3
    assert case.json("wall", "insiders", wall)["inside"] == ["admin"]
    (row,) = case.json("wall", "list")
    assert row["around"].startswith(NUMBER) and row["raised_by"] == "秦望舒" and NUMBER in case("wall", "list").out
    assert case("wall", "lift", wall).code == 3
    assert case("wall", "lift", wall, "--reason", "不再需要").code == 0
    assert seen(case) == [NUMBER] and case.json("wall", "list") == []
    assert "不再需要" in case("wall", "list", "--ended").out
    assert case("wall", "insiders", wall).code == 3


def test_a_wall_around_a_party_and_who_asked(case: Line) -> None:
    assert case("wall", "raise").code == 2
    assert case("wall", "raise", "--party", "没有此人", "--reason", "x").code == 3
    assert case("wall", "raise", "--party", CLIENT, "--reason", "x", "--inside", "admin").code == 0
    case.set(LAWDESK_USER="gu")
    assert case("conflicts", "check", CLIENT).code in (0, 1)
    assert case("case", "show", NUMBER).code == 3
    (own,) = case.json("wall", "asked")
    assert own["asked"] == CLIENT and own["behind"] == []
    refused = [("list",), ("lift", "1", "--reason", "x"), ("insiders", "1"), ("answer", "1", "free")]
    for command in (*refused, ("raise", "--party", CLIENT, "--reason", "x")):
        assert case("wall", *command).code == 3, command
    case.set(LAWDESK_USER=None)
    kinds = {row["how"]: row for row in case.json("wall", "asked")}
    assert set(kinds) == {"conflict", "opened"} and kinds["conflict"]["person"] == "顾知行"
    assert any(CLIENT in words for words in kinds["conflict"]["behind"])
    number = str(kinds["conflict"]["reference"])
    assert case("wall", "answer", number, "free", "--words", "已核对").code == 0
    assert len(case.json("wall", "asked")) == 1 and len(case.json("wall", "asked", "--everything")) == 2
    assert "已核对" in case("wall", "asked", "--everything").out
    assert case("wall", "answer", "99", "free").code == 3
    assert case("wall", "answer", number, "perhaps").code == 2


def test_a_director_may_shut_themselves_out(case: Line) -> None:
    made = case.json(
        "wall", "raise", "--case", NUMBER, "--reason", "本人利害关系", "--inside", "gu", "--shut-out", "admin"
    )
    assert made["outside"] is True and case.json("case", "list") == [] and case.json("wall", "list") == []
    assert seen(case) == [NUMBER]


def test_the_table_of_rights(case: Line) -> None:
    table = case.json("rights", "list")
    assert table["privacy.dispose"] == ["director", "administrator"] and "wall.set" in table
    assert "auditor" not in table["personal.reveal"]
    assert case("rights", "grant", "assistant", "time.write_for_others").code == 0
    assert "assistant" in case.json("rights", "list")["time.write_for_others"]
    assert case("rights", "take", "assistant", "time.write_for_others").code == 0
    assert "time.write_for_others" not in case.json("rights", "list", "--role", "assistant")
    assert case("rights", "take", "director", "right.change").code == 3
    assert case("rights", "grant", "auditor", "case.open").code == 3
    assert case("rights", "grant", "lawyer", "no.such").code == 3
    case.set(LAWDESK_USER="gu")
    assert case("rights", "grant", "lawyer", "wall.set").code == 3


def test_who_sees_a_case(case: Line) -> None:
    def sees() -> dict[str, tuple[str, bool]]:
        found = case.json("rights", "case", NUMBER)
        return {one["login"]: (one["team"], one["sees"]) for one in found["people"]}

    assert sees() == {"admin": ("", True), "gu": ("lead", True)}
    assert case("rights", "case", NUMBER, "--access", "team", "--lead", "admin", "--leave", "gu").code == 0
    assert sees() == {"admin": ("lead", True), "gu": ("", False)} and seen(case) == []
    assert case("rights", "case", NUMBER, "--join", "顾知行").code == 0
    assert sees()["gu"] == ("assistant", True)
    assert case("wall", "raise", "--party", CLIENT, "--reason", "回避").code == 0
    found = case.json("rights", "case", NUMBER)
    assert [wall["reason"] for wall in found["walls"]] == ["回避"] and sees()["gu"] == ("assistant", False)
    assert "回避" in case("rights", "case", NUMBER).out
    case.set(LAWDESK_USER="gu")
    assert case("rights", "case", NUMBER).code == 3
    assert case("rights", "case", NUMBER, "--access", "everybody").code == 2
