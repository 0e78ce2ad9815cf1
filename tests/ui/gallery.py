"""The components on one window, with fictional data: for the tests and for looking at them. Never shipped.

``python -m tests.ui.gallery OUT_FOLDER`` (under xvfb) writes screenshots of every combination.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import language
from lawdesk.kernel.settings import Settings
from lawdesk.ui import (
    STRETCH,
    Appearance,
    Bar,
    Button,
    CheckBox,
    Chip,
    Column,
    ComboBox,
    Command,
    DateEdit,
    DetailHeader,
    EmptyState,
    Entry,
    ErrorBlock,
    Facts,
    FilterChips,
    FlowLayout,
    Form,
    Heading,
    Label,
    LineEdit,
    ListDetail,
    ListModel,
    MoneyEdit,
    Page,
    PageEntry,
    Row,
    RowAction,
    RowList,
    ScrollArea,
    SectionHeading,
    Segment,
    ShellWindow,
    Status,
    Switch2,
    Table,
    TableModel,
    Tabs,
    TaskRunner,
    TextArea,
    Token,
    TokenEdit,
    UnlockPage,
    WelcomePage,
    hbox,
    match,
    panel,
    vbox,
)

TODAY = date(2026, 9, 23)


def t(zh: str, en: str) -> Callable[[], str]:
    """Sample words in both languages, outside the catalogue."""
    return lambda: zh if language() == "zh" else en


OVERDUE = Heading("已过期", 1, tone="red")
DAY = Heading("今天", 3, "9月23日 周三")
BEFORE = Heading("放假前", 2, "明天一天 · 后天起中秋放假 3 天")
AFTER = Heading("节后两周", 5, "9月28日—10月11日 · 含国庆 7 天")
ACTIONS = (
    RowAction("done", t("完成", "Done"), "check", "Space"),
    RowAction("later", t("推后", "Later"), "clock"),
    RowAction("open", t("打开", "Open"), "ellipsis"),
)


def docket() -> list[Row]:
    red, amber = (
        Status("过期 2 天", "red", "circle-alert", chip=True),
        Status("今天到期", "amber", "alarm-clock", True),
    )
    a = ("沐岚物流诉墨禾食品", "滨溪区法院", "（2026）岚0305民初0932号")
    b = ("云梧信息诉澄研科技", "青岚知识产权法庭", "（2026）岚知民初0216号")
    c = ("栩岳建设诉砚溪置业", "望江区法院", "（2026）岚0302民初1187号")
    rows = [
        Row(1, "补交运输单据原件（法院通知限期）", "circle-alert", "red", a, red, "9月21日 周一", person="顾知行",
            bold=True, heading=OVERDUE),
        Row(2, "提出管辖权异议", "alarm-clock", "amber", b, amber, "今天 24:00 前", person="许清越", bold=True,
            heading=DAY),
        Row(3, "预交反诉案件受理费 8,950.00 元", "alarm-clock", "amber", a, amber, "今天 17:00 前", person="顾知行",
            bold=True),
        Row(4, "答复：澄砚物业收案的利益冲突判断", "stamp", "text2", ("秦望舒 昨天 16:20 提交", "须豁免 1 项，须判断 1 项"),
            Status("已等 18 小时"), "等您决定", person="秦望舒"),
        Row(5, "对鉴定意见书提出书面异议", "calendar-clock", "text2", b, Status("还有 1 天"), "9月24日 周四",
            person="许清越", heading=BEFORE),
        Row(6, "申请证人出庭作证", "calendar-clock", "text2", ("许某劳动争议", "青岚市劳动仲裁委", "岚劳人仲案〔2026〕0471号"),
            Status("还有 1 天"), "9月24日 周四", person="陆听白"),
        Row(7, "上诉期限届满", "calendar-clock", "text2", c, Status("还有 15 天"), "10月8日 周四", "国庆顺延，原 10月3日",
            "顾知行", heading=AFTER),
        Row(8, "账户冻结到期前申请续行保全", "calendar-clock", "text2", c, Status("还有 16 天"), "10月9日 周五", person="陆听白"),
        Row(9, "交换证据（第二次）", "calendar-clock", "text2", b, Status("还有 17 天"), "10月10日 周六 班", person="许清越"),
    ]  # fmt: skip
    return [Row(**{**row.__dict__, "actions": ACTIONS}) for row in rows]


def case_rows() -> list[Row]:
    red, amber = Status("过期2天", "red", "circle-alert", True), Status("今天", "amber", "alarm-clock", True)
    table = [
        ("栩岳建设诉砚溪置业", ("建设工程施工合同", "一审已判"), "10月8日", Status("上诉期")),
        ("沐岚物流诉墨禾食品", ("运输合同", "一审开庭"), "9月21日", red),
        ("云梧信息诉澄研科技", ("计算机软件著作权", "一审"), "9月23日", amber),
        ("许某劳动争议", ("确认劳动关系", "仲裁"), "9月24日", Status("证人出庭")),
        ("松颐医疗 常年法律顾问", ("非诉", "顾问年度 3/12"), "10月11日", Status("季度报告")),
        ("林家三兄弟析产", ("分家析产", "二审"), "10月15日", Status("二审开庭")),
        ("陆某涉嫌非法经营", ("刑事", "审查起诉"), "10月13日", Status("阅卷意见")),
        ("望江食品厂破产债权", ("债权申报", "已申报"), "10月20日", Status("债权人会议")),
        ("泊舟文旅与青帆广告", ("广告合同", "执行"), "11月2日", Status("查询财产")),
    ]
    return [
        Row(n, title, segments=parts, date=day, status=status)
        for n, (title, parts, day, status) in enumerate(table)
    ]


class TodayPage(Page):
    key, icon = "today", "sun"

    def __init__(self) -> None:
        super().__init__()
        self.model = ListModel(to_row=lambda row: row, parent=self)
        self.list = RowList(self.model, name=t("今天的事", "Today's work"), accept_files=True)
        self.model.set_items(docket())
        head = hbox(Label(t("今天", "Today"), step="h1"), Label("9月23日 星期三", tone="text2"), STRETCH,
                    Button(t("我的组", "My team"), icon="users"), margins=(6, 3, 5, 0), space=3)  # fmt: skip
        side = panel(
            SectionHeading(t("今日工时", "Hours today")),
            hbox(Label("2 小时 05 分", step="h2"), STRETCH, Label("目标 7 小时", step="small", tone="text2")),
            self._bar(), LineEdit("1h20m 起草起诉状 @墨禾"),
            SectionHeading(t("等您批准", "Waiting for you"), count=4), Facts([("用印申请", "2"), ("合同审稿", "1")]), STRETCH,
            margins=(0, 3, 5, 4),
        )  # fmt: skip
        line = hbox(self.list, side, space=5, margins=(3, 0, 0, 0))
        line.setStretch(0, 7)
        line.setStretch(1, 2)
        column = vbox(head, line, space=1, parent=self)
        column.setStretch(1, 1)

    def _bar(self) -> Bar:
        bar = Bar(name=t("今日工时", "Hours today"))
        bar.set_part(0.3, mark=0.5)
        return bar

    def title(self) -> str:
        return t("今天", "Today")()

    def activated(self) -> None:
        self.list.setFocus()

    def resized(self, width: str) -> None:
        self.list.set_narrow(width == "narrow")

    def commands(self) -> list[Command]:
        return [
            Command("next", t("下一个期限", "Next deadline"), lambda: None, "arrow-right", "Ctrl+]"),
            Command("renew", t("续约：常年法律顾问合同", "Renew: retainer"), lambda: None, "file-plus-2"),
        ]


class CasesPage(Page):
    key, icon = "cases", "folder-open"

    def __init__(self) -> None:
        super().__init__()
        self.model = ListModel(to_row=lambda row: row, parent=self)
        self.list = RowList(self.model, name=t("案件", "Cases"), layout="side")
        self.model.set_items(case_rows())
        chips = FilterChips(
            [
                ("mine", t("我的在办", "Mine, open")),
                ("all", t("全部在办", "All open")),
                ("done", t("已归档", "Archived")),
            ]
        )
        title = hbox(Label(t("案件", "Cases"), step="h2"), Label("128", tone="text3"), STRETCH,
                     Button(kind="ghost", icon="list-filter", name=t("筛选", "Filter")),
                     Button(kind="ghost", icon="plus", name=t("新案件", "New case")), space=2, margins=(3, 0, 2, 0))  # fmt: skip
        left = panel(title, hbox(chips, margins=(3, 0, 0, 0)), self.list, margins=(2, 3, 1.5, 0))
        self.header = DetailHeader()
        self.header.set_head(
            title="栩岳建设诉砚溪置业 建设工程施工合同纠纷",
            number="HS2026-民-0142",
            chips=[Chip("在办", tone="green", icon="circle-dot"), Chip("一审已判", icon="gavel")],
            segments=["委托人 栩岳建设（原告）", "主办 顾知行", "协办 陆听白", "收案 2026年2月11日"],
        )
        self.header.set_actions(
            Button(t("记工时", "Log time"), icon="timer"), Button(t("生成文书", "Make document"), icon="file-plus-2"),
            more=lambda: [Command("archive", t("归档", "Archive"), lambda: None)], more_name=t("更多", "More"),
        )  # fmt: skip
        self.tabs = Tabs([("overview", t("概览", "Overview")), ("proceedings", t("程序", "Proceedings")),
                          ("parties", t("当事人", "Parties")), ("deadlines", t("期限", "Deadlines")),
                          ("documents", t("文书", "Documents")), ("money", t("工时与费用", "Time and fees")),
                          ("history", t("历史", "History"))])  # fmt: skip
        for key, count in (("parties", 4), ("deadlines", 3), ("documents", 63)):
            self.tabs.set_count(key, count)
        main = QWidget()
        vbox(SectionHeading(t("当事人", "Parties"), Button(t("添加", "Add"), kind="link")), self._parties(), 2,
             SectionHeading(t("期限", "Deadlines"), Button(t("新期限", "New deadline"), kind="link")), self._deadlines(),
             STRETCH, space=1, parent=main)  # fmt: skip
        facts = QWidget()
        vbox(SectionHeading(t("案件信息", "Case")),
             Facts([(t("案由", "Cause"), "建设工程施工合同"), (t("标的额", "Amount"), "8,614,200.00 元"),
                    (t("收费", "Fee"), "固定 + 风险代理 6%"), (t("冲突", "Conflicts"), Chip("无冲突 2月11日", tone="green", icon="shield-check"))]),
             STRETCH, space=2, parent=facts)  # fmt: skip
        body = QWidget()
        line = hbox(main, facts, space=6, margins=(0, 2, 4, 0), parent=body)
        line.setStretch(0, 2)
        line.setStretch(1, 1)
        right = panel(self.header, self.tabs, 1, ScrollArea(body), margins=(6, 4, 5, 0), space=1)
        self.panes = ListDetail(left, right, back=t("案件", "Cases"))
        vbox(self.panes, parent=self)

    def _parties(self) -> Table:
        rows = [("原告", "栩岳建设工程有限公司", "周既白", "本所 顾知行、陆听白", Status("委托人", "text2", "user-check")),
                ("被告一", "砚溪置业（青岚）有限公司", "郑怀瑾", "远岫律师事务所 何律师", Status("已检索", "green", "check")),
                ("第三人", "砺石工程咨询有限公司", "唐亦舟", "未委托", Status("已检索", "green", "check"))]  # fmt: skip
        columns = [Column("role", t("身份", "Role"), lambda r: r[0], width=4.6),
                   Column("name", t("名称", "Name"), lambda r: r[1], bold=lambda r: r[0] == "原告", edit=lambda r, x: None),
                   Column("rep", t("法定代表人", "Legal rep."), lambda r: r[2], width=6),
                   Column("counsel", t("代理人", "Counsel"), lambda r: r[3]),
                   Column("check", t("冲突检索", "Check"), lambda r: r[4], width=6)]  # fmt: skip
        model = TableModel(columns, parent=self)
        model.set_items(rows)
        self.parties = Table(model, name=t("当事人", "Parties"), fit=True)
        return self.parties

    def _deadlines(self) -> Table:
        rows = [
            ("上诉期限届满", "10月8日 周四", "15 天", "民诉法 171、85 条"),
            ("预交上诉受理费", "等法院通知", "—", "收到通知后 7 日"),
        ]
        columns = [Column("what", t("期限", "Deadline"), lambda r: r[0], icon=lambda r: "calendar-clock"),
                   Column("due", t("到期日", "Due"), lambda r: r[1], width=8, sort=True),
                   Column("left", t("剩余", "Left"), lambda r: r[2], width=5, align="right"),
                   Column("law", t("依据", "Law"), lambda r: r[3]),
                   Column("why", "", lambda r: t("为何", "Why")(), width=3, link=True, align="right")]  # fmt: skip
        model = TableModel(columns, parent=self)
        model.set_items(rows)
        return Table(model, name=t("期限", "Deadlines"), fit=True)

    def title(self) -> str:
        return t("案件", "Cases")()

    def activated(self) -> None:
        self.list.setFocus()
        if not self.list.currentIndex().isValid():
            self.list.choose_first()

    def resized(self, width: str) -> None:
        self.panes.set_narrow(width == "narrow")
        if width == "narrow":
            self.panes.show_detail()


class FormPage(Page):
    key, icon = "form", "file-text"

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        f = self.form
        f.section(t("委托人", "Client"))
        self.name = LineEdit()
        f.add("name", t("名称", "Name"), self.name, required=True)
        code = LineEdit()
        code.setText("91990302MA3CXQ7K2M")
        f.add("code", t("统一社会信用代码", "Credit code"), code, span=8).set_valid(True)
        f.add(
            "role",
            t("诉讼地位", "Standing"),
            ComboBox([("p", t("原告", "Claimant")), ("d", t("被告", "Defendant"))]),
            span=4,
        )
        bad = LineEdit()
        bad.setText("990302199001011234")
        f.add("id", t("身份证号", "Identity number"), bad).set_problem(
            t("校验位不对，请核对最后一位", "The check digit is wrong; look at the last digit")
        )
        f.add("day", t("送达日", "Served on"), DateEdit(date(2026, 9, 18), today=lambda: TODAY), span=8)
        f.section(t("案件", "Case"), note=t("每输入一个名称，右侧立即检索", "Each name is checked at once"))
        causes = [
            (n, words)
            for n, words in enumerate(("物业服务合同纠纷", "买卖合同纠纷", "建设工程施工合同纠纷", "民间借贷纠纷"))
        ]
        self.cause = ComboBox(causes, search=True, placeholder=t("输入案由、拼音或首字母", "Type a cause"))
        f.add("cause", t("案由", "Cause"), self.cause, required=True)
        f.add("amount", t("标的额（元）", "Amount (yuan)"), MoneyEdit(21648000), span=8)
        f.add("note", t("说明", "Note"), TextArea(t("事情经过", "What happened")), span=17)
        tokens = TokenEdit(t("再加一个名称…", "One more name …"), icon="search")
        tokens.set_tokens([Token("澄砚物业服务（青岚）有限公司", "拟委托人"), Token("林疏桐", "对方")])
        f.add("names", t("检索", "Check"), tokens, span=21)
        f.add_widget(CheckBox(t("法院已写明末日", "The court named the last day"), checked=True))
        f.add_widget(self._buttons())
        f.add_widget(self._states())
        body = QWidget()
        vbox(Label(t("新案件", "New case"), step="h1"), f, STRETCH, space=3, margins=(6, 4, 5, 4), parent=body)
        vbox(ScrollArea(body), parent=self)

    def _buttons(self) -> QWidget:
        made = QWidget()
        line = FlowLayout(made, space=2)
        for button in (
            Button(t("主要动作", "Main"), kind="filled", icon="arrow-right"),
            Button(t("次要动作", "Secondary")),
            Button(t("带图标", "With icon"), icon="plus"),
            Button(t("安静", "Quiet"), kind="ghost"),
            Button(t("链接", "Link"), kind="link"),
            Button(t("销毁", "Destroy"), kind="danger", icon="trash-2"),
            Switch2([("list", t("列表", "List"), "list"), ("month", t("月历", "Month"), "calendar-days")]),
        ):
            line.addWidget(button)
        return made

    def _states(self) -> QWidget:
        made = QWidget()
        failure = EnvironmentFailure(
            "E-2031",
            "备份没有写成：目标盘已满",
            "D 盘剩 12 MB，需要 61 MB。旧备份完好。",
            "换一个位置，或腾出空间。",
        )
        line = hbox(ErrorBlock(failure, Button(t("换一个位置", "Another place"), kind="link")),
                    EmptyState("folder-open", t("还没有案件", "No cases yet"), t("收第一件，或从 Excel 导入", "Open the first one"),
                               Button(t("新案件", "New case"), kind="filled"), Button(t("导入", "Import"))),
                    space=4, parent=made)  # fmt: skip
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        return made

    def title(self) -> str:
        return t("表单", "Form")()

    def activated(self) -> None:
        self.name.setFocus()

    def resized(self, width: str) -> None:
        self.form.set_narrow(width == "narrow")


class BlankPage(Page):
    def __init__(self, key: str, words: Callable[[], str]) -> None:
        super().__init__()
        self.key = key
        self._words = words

    def title(self) -> str:
        return self._words()


def found_cases(query: str) -> list[Entry]:
    """A palette source."""
    made = []
    for group, icon, title, sub in (
        ("案件", "folder-open", "栩岳建设诉砚溪置业", ("一审已判", "HS2026-民-0142")),
        ("当事人", "building-2", "栩岳建设工程有限公司", ("委托人", "2 件")),
        ("当事人", "user", "许砚", ("证人", "1 件")),
        ("文书", "file-text", "和解协议（第 2 稿）.docx", ("林家三兄弟析产",)),
    ):
        marks = match(query, title)
        if marks is not None:
            made.append(Entry(group, title, lambda: None, marks, tuple(Segment(part) for part in sub), icon))
    return made


def make_window(settings: Settings, tasks: TaskRunner) -> ShellWindow:
    """The shell with sample pages."""
    names = [("conflicts", "shield-alert", t("利益冲突", "Conflicts"), t("冲突", "Conflicts")),
             ("deadlines", "calendar-clock", t("期限", "Deadlines"), None), ("time", "timer", t("工时", "Time"), None)]  # fmt: skip
    entries = [
        PageEntry("today", "sun", t("今天", "Today"), TodayPage),
        PageEntry("cases", "folder-open", t("案件", "Cases"), CasesPage),
        *(PageEntry(k, i, w, lambda k=k, w=w: BlankPage(k, w), s) for k, i, w, s in names),
        PageEntry("form", "file-text", t("文书", "Documents"), FormPage),
        PageEntry(
            "settings",
            "settings",
            t("设置", "Settings"),
            lambda: BlankPage("settings", t("设置", "Settings")),
            at_foot=True,
        ),
    ]
    shell = ShellWindow(
        "恒岚律师事务所",
        "顾知行",
        entries,
        tasks=tasks,
        settings=settings,
        note="示例数据，全部虚构",
        today=lambda: TODAY,
    )
    shell.finder.add_source(found_cases)
    shell.set_badge("today", 4)
    shell.set_badge("conflicts", 2)
    shell.set_new_commands(
        [Command("case.new", t("新案件", "New case"), lambda: shell.go("form"), "folder-open", "Ctrl+Shift+C")]
    )
    moment = datetime(2026, 9, 23, 2, 42, 7, tzinfo=UTC)
    shell.status.set_saved(moment)
    shell.status.set_backup(datetime(2026, 9, 22, 22, 0, tzinfo=UTC))
    shell.status.set_lock_minutes(15)
    shell.status.set_place(t("本机 – 未联网", "This PC, offline"))
    shell.timer.set_running("栩岳建设诉砚溪置业 – 上诉状", 2538)
    return shell


def main(out: Path) -> None:
    """Write the screenshots."""
    from PySide6.QtTest import QTest

    app = QApplication([])
    settings = Settings(out / "settings.json")
    Appearance(app, settings)
    tasks = TaskRunner()
    shell = make_window(settings, tasks)
    shell.show()
    shell.activateWindow()
    QTest.qWaitForWindowActive(shell, 3000)

    def shot(name: str, size: tuple[int, int], **wishes: object) -> None:
        for key, value in wishes.items():
            settings.set(key, value)
        shell.resize(*size)
        QTest.qWait(300)
        shell.grab().save(str(out / f"{name}.png"))

    small, big = (1366, 768), (1600, 1000)
    light = {"theme": "light", "language": "zh", "text_size": 100}
    shell.go("today")
    shell.toast(t("已完成：申请调取银行流水", "Done: bank records requested"), lambda: None)
    shot("today", small, **light)
    shot("today-1600", big)
    shot("today-dark", small, theme="dark")
    shot("today-150", small, theme="light", text_size=150)
    shell.note.close_toast()
    shot("today-compact", small, text_size=100, density="compact")
    shell.go("cases")
    shot("cases", small, density="comfortable")
    shot("cases-dark", small, theme="dark")
    shot("cases-en", small, theme="light", language="en")
    shot("cases-150", small, language="zh", text_size=150)
    shell.finder.open_palette("xy")
    shot("palette", small, text_size=100)
    QTest.qWait(400)
    shot("palette", small)
    shot("palette-dark", small, theme="dark")
    shell.finder.close_palette()
    shell.go("form")
    shot("form", small, theme="light")
    shot("form-dark", small, theme="dark")
    shot("form-150", small, theme="light", text_size=150)
    shot("form-en-1600", big, language="en", text_size=100)
    shell.show_shortcuts()
    shot("keys", small, language="zh")
    shell.close_sheet()
    unlock = UnlockPage("恒岚律师事务所", "已锁定，顾知行昨天 18:42 用过", system=True, timer_runs=True)
    shell.cover(unlock)
    unlock.edit.setText("12345678901")
    unlock.set_error(t("密码不对，共错 2 次。", "Wrong passphrase."), wait_seconds=5)
    shot("unlock", small)
    shot("unlock-dark-150", small, theme="dark", text_size=150)
    welcome = WelcomePage(Path("/home/gu/LawDesk"))
    shell.cover(welcome)
    welcome.passphrase.setText("青岚的秋天有九月的雨")
    shot("welcome", small, theme="light", text_size=100)
    shell.cover(WelcomePage(Path("/home/gu/LawDesk")))
    shot("welcome-en-150", small, text_size=150, language="en")
    shell.close()
    tasks.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    main(target)
