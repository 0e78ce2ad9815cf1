"""The story: a lawyer takes a case from the first call to the bound file, in the real window, by keyboard."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtWidgets import QAbstractScrollArea

from lawdesk.paper.blocks import Text, TextDocument, write_text_pdf
from lawdesk.paper.word import write_docx
from tests.journeys.conftest import Start
from tests.journeys.hands import Hands

FIRM, FOUNDER, PASSPHRASE = "恒岚律师事务所", "何砚秋", "correct horse"
CALLER, OTHER = "晨湖示例科技有限公司", "澄湖市维砚示例电气有限公司"
CASE = "晨湖示例科技诉澄湖市维砚示例电气"
NUMBER = "（2025）民字第001号"
PAPERS = ("一审民事判决书.pdf", "民事上诉状.docx", "证据清单.docx")


def found_office(hands: Hands) -> str:
    """Make the office on the welcome page; return the recovery code as it is shown."""
    hands.fill("律师事务所名称", FIRM)
    hands.fill("您的姓名", FOUNDER)
    hands.fill("口令", PASSPHRASE)
    hands.fill("再输一次口令", PASSPHRASE)
    hands.picture("01-welcome")
    hands.press("Return")
    hands.arrive()
    hands.see("您的恢复码")
    groups = [line for line in hands.seen().splitlines() if len(line.split()) == 4 and line.isascii()]
    hands.picture("02-recovery-code")
    hands.tab_to("我已抄好")
    hands.press("Return")
    assert groups[0] not in hands.seen(), "the code is shown once"
    return " ".join(groups)


def add_colleague(hands: Hands, name: str, role: str) -> None:
    hands.tab_to("添加同事")
    hands.press("Return")
    hands.fill("姓名", name)
    hands.wait(lambda: hands.tab_to("登录名").text() != "")
    hands.tab_to("角色")
    hands.pick(role)
    hands.press("Ctrl+Return")
    hands.see(f"已添加 {name}")


def work_as(hands: Hands, name: str) -> None:
    hands.palette(name, f"换人：{name}")
    hands.wait(lambda: hands.window.seat.actor.name == name)
    hands.arrive()


def take_in(hands: Hands, *, lead: str = "顾知行") -> None:
    """The call about unpaid goods, on one page."""
    hands.press("Ctrl+Shift+N")
    hands.settle()
    hands.type(CALLER)
    hands.fill("法定代表人", "王知白")
    hands.fill("对方名称", OTHER)
    hands.see("已检索 3 个名称，无冲突", "拟委托人，未填证件号")
    hands.fill("案由", "买卖合同纠纷")
    hands.fill("受理机构", "青岚市望江区人民法院")
    hands.fill("标的额（元）", "126万")
    hands.fill("法院案号", "2025浙0101民初1187")
    hands.fill("金额（元）", "3万")
    hands.picture("04-new-case")
    hands.press("Ctrl+Return")
    hands.see("已收案", NUMBER, CASE, "1,260,000.00 元", "固定收费、30,000.00 元", f"主办\n{lead}")


def record_summons(hands: Hands) -> None:
    hands.press("Ctrl+1", "Ctrl+E")
    hands.type("10月30日 收到传票，11月3日14:30开庭")
    hands.press("Return")
    hands.see("开庭日期")
    hands.tab_to("案件")
    hands.type("晨湖")
    hands.press("Down", "Return")
    hands.fill("开庭日期", "11-3")
    assert hands.tab_to("时间").text() == "14:30", "the hour is read out of the line"
    hands.press("Ctrl+Return")
    hands.see("由此起算的期限")
    hands.press("Ctrl+Return")
    hands.see("11月3日 周一 14:30 开庭")


def record_judgment(hands: Hands) -> None:
    hands.press("Ctrl+1", "Ctrl+E")
    hands.type("11月5日 收到一审判决")
    hands.press("Return")
    hands.tab_to("案件")
    hands.type("晨湖")
    hands.press("Down", "Return")
    hands.see("2025年11月20日 周四")
    hands.picture("05-judgment")
    hands.press("Ctrl+Return")
    hands.see("已登记：收到一审判决（1 个日期）")


def hold_hearing(hands: Hands) -> None:
    """After the hearing its line is ticked off with the space bar."""
    hands.press("Ctrl+1")
    hands.settle()
    hands.see("今天，开庭")
    hands.press("Space")
    hands.see("已完成：开庭", "没有到期的事")


def test_from_the_first_call_to_the_bound_file(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no LibreOffice: Word files travel inside the bound file
    hands = start()
    found_office(hands)
    hands.palette("人员")
    for name, role in (("顾知行", "律师"), ("苏晚晴", "律师助理"), ("陈景和", "财务")):
        add_colleague(hands, name, role)
    set_rate(hands, "顾知行", "1200")
    hands.picture("03-colleagues")
    work_as(hands, "顾知行")
    take_in(hands)
    hands.day(10, 30, 15)
    record_summons(hands)
    hands.day(11, 3, 17)
    hold_hearing(hands)
    hands.day(11, 6, 10)
    record_judgment(hands)
    see_last_day(hands)
    run_timer(hands)
    quick_entry(hands)
    drop_papers(hands, make_papers(tmp_path / "desk"))
    bind(hands, tmp_path)
    work_as(hands, "苏晚晴")
    assist(hands)
    work_as(hands, FOUNDER)
    export_month(hands, tmp_path)


def set_rate(hands: Hands, name: str, yuan: str) -> None:
    hands.tab_to("人员")
    hands.press("Home")
    for _step in range(5):
        if name in str(hands.focus.currentIndex().data()):
            break
        hands.press("Down")
    hands.press("Return")
    hands.settle()
    hands.fill("小时费率（元／小时，自今天起）", yuan)
    hands.press("Tab")
    hands.see("费率已保存，自今天起适用")
    hands.press("Esc")
    hands.see(f"{int(yuan):,}.00 元／小时")


def see_last_day(hands: Hands) -> None:
    """Today shows the last day to appeal with the days left; Enter tells why."""
    hands.press("Ctrl+1")
    hands.settle()
    hands.see("对一审判决上诉，还有 14 天，11月20日 周四", CASE)
    hands.picture("06-today")
    hands.press("Home", "Return")
    hands.settle()
    hands.see(
        "收到一审判决",
        "对一审判决上诉：15 日",
        "民事诉讼法 第171条",
        "当天不算，从 11月6日 数第 1 天",
        "11月20日 周四 第15日",
    )
    hands.picture("07-why")
    hands.palette("chsl", CASE)
    hands.see("对一审判决上诉", "11月20日 周四", "14 天")


def assist(hands: Hands) -> None:
    hands.press("Ctrl+Shift+T")
    hands.settle()
    hands.type("30分钟 整理证据 @晨湖")
    hands.press("Return")
    hands.see(f"已记 0:30：整理证据，{CASE}")


def bind(hands: Hands, folder: Path) -> None:
    """The case leaves as one Word document and one bound PDF."""
    hands.palette("案卷", "案卷")
    word, pdf = folder / "案卷.docx", folder / "案卷.pdf"
    hands.tab_to("导出为Word 文档")
    hands.answer(word, lambda: hands.press("Return"))
    hands.wait(word.exists)
    hands.see("案卷.docx")
    hands.tab_to("导出为装订成册的 PDF")
    hands.answer(pdf, lambda: hands.press("Return"))
    hands.wait(pdf.exists)
    hands.see("案卷.pdf")
    hands.picture("09-case-file")
    hands.press("Esc")
    document = Document(str(word))
    words = "\n".join([p.text for p in document.paragraphs] + [c.text for t in document.tables for c in t._cells])
    for said in (
        CALLER,
        OTHER,
        NUMBER,
        "买卖合同纠纷",
        "青岚市望江区人民法院",
        "对一审判决上诉",
        "2025-11-20",
        "未了结",
        *PAPERS,
    ):
        assert said in words, said
    reader = PdfReader(pdf)
    text = "\n".join(page.extract_text() for page in reader.pages)
    marks = [str(mark.title) for mark in reader.outline if not isinstance(mark, list)]
    assert CALLER in text and OTHER in text and NUMBER in text and "本院认为，被告应支付货款。" in text
    assert marks[0] == "封面" and marks[-1] == "备考表"
    assert "一审民事判决书" in marks
    assert {"民事上诉状.docx", "证据清单.docx"} <= set(reader.attachments)
    for name in PAPERS:
        assert name.split(".")[0] in reader.pages[1].extract_text(), "the index names every paper"


def export_month(hands: Hands, folder: Path) -> None:
    """The administrator's report: three files, one total: 0:42 + 1:20 + 0:30."""
    made = {}
    for kind in ("XLSX", "PDF", "CSV"):
        hands.palette("工时统计", "工时统计")
        hands.tab_to("格式")
        hands.pick(kind)
        made[kind] = folder / f"工时.{kind.lower()}"
        hands.answer(made[kind], lambda: hands.press("Ctrl+Return"))
        hands.wait(made[kind].exists)
        hands.see(f"已导出：工时.{kind.lower()}")
    check_csv(made["CSV"])
    check_xlsx(made["XLSX"])
    text = "".join(page.extract_text() for page in PdfReader(made["PDF"]).pages)
    assert "恒岚律师事务所" in text and "2025年11月1日至2025年11月30日" in text
    assert "合计 2:32 2:32 2,440.00" in text


def check_csv(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows, total = csv.reader(file)
    assert head == ["分组", "案件编号", "案件", "工时", "计费工时", "金额（元）"]
    assert [(row[0], row[1], row[3], row[5]) for row in rows] == [
        ("顾知行", NUMBER, "2:02", "2440.00"),
        ("苏晚晴", NUMBER, "0:30", "0.00"),
    ]
    assert total[3] == "2:32" and Decimal(total[5]) == sum(Decimal(row[5]) for row in rows)


def check_xlsx(path: Path) -> None:
    sheet = load_workbook(path).active

    def worth(formula: str) -> object:
        """Add up what a formula of sums names, as a spreadsheet does."""
        cells = [cell.value for part in re.findall(r"[A-Z]\d+:[A-Z]\d+", formula) for (cell,) in sheet[part]]
        return sum(cells[1:], cells[0])

    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    entries = [row for row in rows if row[0] == NUMBER]
    assert [row[2] for row in entries] == [timedelta(hours=2, minutes=2), timedelta(minutes=30)]
    assert [row[4] for row in entries] == [2440, 0]
    total = next(row for row in rows if row[0] == "合计")
    assert (worth(total[2]), worth(total[4])) == (timedelta(hours=2, minutes=32), 2440)
    assert [worth(row[4]) for row in rows if row[0] == "小计"] == [2440, 0]


def run_timer(hands: Hands) -> None:
    hands.press("Ctrl+Shift+S")
    hands.choose(CASE)
    hands.see(f"正在计时：{CASE}")
    hands.day(11, 6, 10, 42)
    hands.press("Ctrl+Shift+X")
    hands.see("已记 0:42", "开始计时")


def quick_entry(hands: Hands) -> None:
    hands.press("Ctrl+Shift+T")
    hands.settle()
    hands.type("1h20m 起草上诉状 @晨湖")
    hands.picture("08-time")
    hands.press("Return")
    hands.see(f"已记 1:20：起草上诉状，{CASE}", "每天合计，本周 2:02")


def make_papers(folder: Path) -> list[Path]:
    folder.mkdir()
    judgment, appeal, evidence = (folder / name for name in PAPERS)
    write_text_pdf(TextDocument("民事判决书", [Text("本院认为，被告应支付货款。") for _ in range(60)]), judgment)
    write_docx(TextDocument("民事上诉状", [Text("上诉请求：撤销原判。")]), appeal)
    write_docx(TextDocument("证据清单", [Text("1. 买卖合同")]), evidence)
    return [judgment, appeal, evidence]


def drop_papers(hands: Hands, papers: list[Path]) -> None:
    """Two files dropped on the case, one chosen."""
    hands.palette("chsl", CASE)
    hands.press("Ctrl+2")
    hands.tab_to("概览")
    while not hands.focus.accessibleName().startswith("文书"):
        hands.press("Right")
    hands.settle()
    hands.see("这里还没有文书")
    hands.drop(hands.named(QAbstractScrollArea, "文书"), papers[:2])
    hands.see("已存入 2 份文书", *PAPERS[:2])
    hands.answer(papers[2], lambda: hands.press("Ctrl+O"))
    hands.see(*PAPERS)


def test_the_other_side_of_a_case_cannot_walk_in_unnoticed(start: Start) -> None:
    """Next month the debtor of the case calls: the panel says what the firm knows while the name is typed."""
    hands = start()
    found_office(hands)
    take_in(hands, lead=FOUNDER)
    hands.press("Ctrl+Shift+N")
    hands.settle()
    hands.type(OTHER)
    hands.fill("对方名称", CALLER)
    hands.see(
        "禁止收案：拟委托人是本所在办案件的对方当事人",
        f"{NUMBER} 的对方当事人（在办），主办 {FOUNDER}",
        f"{NUMBER} 的委托人（在办），主办 {FOUNDER}",
        "法律禁止的冲突不能豁免（律师法第三十九条）",
    )
    hands.fill("案由", "买卖合同纠纷")
    hands.press("Ctrl+Return")
    hands.settle()
    hands.see("不能收案")
    hands.press("Ctrl+2")
    hands.settle()
    assert hands.named(QAbstractScrollArea, "案件").model().rowCount() == 1, "no second case was made"
