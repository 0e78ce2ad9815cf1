"""Sample pages of the gallery, all fictional."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.ui import (
    STRETCH,
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
    ErrorBlock,
    Facts,
    FilterChips,
    FlowLayout,
    Form,
    Label,
    LineEdit,
    ListDetail,
    ListModel,
    MoneyEdit,
    Page,
    RowList,
    ScrollArea,
    SectionHeading,
    Status,
    Switch2,
    Table,
    TableModel,
    Tabs,
    TextArea,
    Token,
    TokenEdit,
    hbox,
    panel,
    vbox,
)
from tests.ui.samplerows import TODAY, case_rows, docket, t


class TodayPage(Page):
    key, icon = "today", "sun"

    def __init__(self) -> None:
        super().__init__()
        self.model = ListModel(to_row=lambda row: row, parent=self)
        self.list = RowList(self.model, name=t("今天的事", "Today's work"), accept_files=True)
        self.model.set_items(docket())
        head = hbox(
            Label(t("今天", "Today"), step="h1"),
            Label("9月23日 星期三", tone="text2"),
            STRETCH,
            Button(t("我的组", "My team"), icon="users"),
            margins=(6, 3, 5, 0),
            space=3,
        )
        side = panel(
            SectionHeading(t("今日工时", "Hours today")),
            hbox(Label("2 小时 05 分", step="h2"), STRETCH, Label("目标 7 小时", step="small", tone="text2")),
            self._bar(),
            LineEdit("1h20m 起草起诉状 @墨禾"),
            SectionHeading(t("等您批准", "Waiting for you"), count=4),
            Facts([("用印申请", "2"), ("合同审稿", "1")]),
            STRETCH,
            margins=(0, 3, 5, 4),
        )
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
        self._make_head()
        main = QWidget()
        vbox(
            SectionHeading(t("当事人", "Parties"), Button(t("添加", "Add"), kind="link")),
            self._parties(),
            2,
            SectionHeading(t("期限", "Deadlines"), Button(t("新期限", "New deadline"), kind="link")),
            self._deadlines(),
            STRETCH,
            space=1,
            parent=main,
        )
        body = QWidget()
        line = hbox(main, self._facts(), space=6, margins=(0, 2, 4, 0), parent=body)
        line.setStretch(0, 2)
        line.setStretch(1, 1)
        right = panel(self.header, self.tabs, 1, ScrollArea(body), margins=(6, 4, 5, 0), space=1)
        self.panes = ListDetail(self._left(), right, back=t("案件", "Cases"))
        vbox(self.panes, parent=self)

    def _left(self) -> QWidget:
        chips = FilterChips(
            [
                ("mine", t("我的在办", "Mine, open")),
                ("all", t("全部在办", "All open")),
                ("done", t("已归档", "Archived")),
            ]
        )
        title = hbox(
            Label(t("案件", "Cases"), step="h2"),
            Label("128", tone="text3"),
            STRETCH,
            Button(kind="ghost", icon="list-filter", name=t("筛选", "Filter")),
            Button(kind="ghost", icon="plus", name=t("新案件", "New case")),
            space=2,
            margins=(3, 0, 2, 0),
        )
        return panel(title, hbox(chips, margins=(3, 0, 0, 0)), self.list, margins=(2, 3, 1.5, 0))

    def _make_head(self) -> None:
        self.header = DetailHeader()
        self.header.set_head(
            title="栩岳建设诉砚溪置业 建设工程施工合同纠纷",
            number="HS2026-民-0142",
            chips=[Chip("在办", tone="green", icon="circle-dot"), Chip("一审已判", icon="gavel")],
            segments=["委托人 栩岳建设（原告）", "主办 顾知行", "协办 陆听白", "收案 2026年2月11日"],
        )
        self.header.set_actions(
            Button(t("记工时", "Log time"), icon="timer"),
            Button(t("生成文书", "Make document"), icon="file-plus-2"),
            more=lambda: [Command("archive", t("归档", "Archive"), lambda: None)],
            more_name=t("更多", "More"),
        )
        self.tabs = Tabs(
            [
                ("overview", t("概览", "Overview")),
                ("proceedings", t("程序", "Proceedings")),
                ("parties", t("当事人", "Parties")),
                ("deadlines", t("期限", "Deadlines")),
                ("documents", t("文书", "Documents")),
                ("money", t("工时与费用", "Time and fees")),
                ("history", t("历史", "History")),
            ]
        )
        for key, count in (("parties", 4), ("deadlines", 3), ("documents", 63)):
            self.tabs.set_count(key, count)

    def _facts(self) -> QWidget:
        facts = QWidget()
        vbox(
            SectionHeading(t("案件信息", "Case")),
            Facts(
                [
                    (t("案由", "Cause"), "建设工程施工合同"),
                    (t("标的额", "Amount"), "8,614,200.00 元"),
                    (t("收费", "Fee"), "固定 + 风险代理 6%"),
                    (t("冲突", "Conflicts"), Chip("无冲突 2月11日", tone="green", icon="shield-check")),
                ]
            ),
            STRETCH,
            space=2,
            parent=facts,
        )
        return facts

    def _parties(self) -> Table:
        rows = [
            (
                "原告",
                "栩岳建设工程有限公司",
                "周既白",
                "本所 顾知行、陆听白",
                Status("委托人", "text2", "user-check"),
            ),
            (
                "被告一",
                "砚溪置业（青岚）有限公司",
                "郑怀瑾",
                "远岫律师事务所 何律师",
                Status("已检索", "green", "check"),
            ),
            ("第三人", "砺石工程咨询有限公司", "唐亦舟", "未委托", Status("已检索", "green", "check")),
        ]
        columns = [
            Column("role", t("身份", "Role"), lambda r: r[0], width=4.6),
            Column(
                "name", t("名称", "Name"), lambda r: r[1], bold=lambda r: r[0] == "原告", edit=lambda r, x: None
            ),
            Column("rep", t("法定代表人", "Legal rep."), lambda r: r[2], width=6),
            Column("counsel", t("代理人", "Counsel"), lambda r: r[3]),
            Column("check", t("冲突检索", "Check"), lambda r: r[4], width=6),
        ]
        model = TableModel(columns, parent=self)
        model.set_items(rows)
        self.parties = Table(model, name=t("当事人", "Parties"), fit=True)
        return self.parties

    def _deadlines(self) -> Table:
        rows = [
            ("上诉期限届满", "10月8日 周四", "15 天", "民诉法 171、85 条"),
            ("预交上诉受理费", "等法院通知", "—", "收到通知后 7 日"),
        ]
        columns = [
            Column("what", t("期限", "Deadline"), lambda r: r[0], icon=lambda r: "calendar-clock"),
            Column("due", t("到期日", "Due"), lambda r: r[1], width=8, sort=True),
            Column("left", t("剩余", "Left"), lambda r: r[2], width=5, align="right"),
            Column("law", t("依据", "Law"), lambda r: r[3]),
            Column("why", "", lambda r: t("为何", "Why")(), width=3, link=True, align="right"),
        ]
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
        line = hbox(
            ErrorBlock(failure, Button(t("换一个位置", "Another place"), kind="link")),
            EmptyState(
                "folder-open",
                t("还没有案件", "No cases yet"),
                t("收第一件，或从 Excel 导入", "Open the first one"),
                Button(t("新案件", "New case"), kind="filled"),
                Button(t("导入", "Import")),
            ),
            space=4,
            parent=made,
        )
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
