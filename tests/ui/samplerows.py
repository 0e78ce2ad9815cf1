"""Sample rows of the gallery, all fictional."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from lawdesk.kernel.i18n import language
from lawdesk.ui import (
    Heading,
    Row,
    RowAction,
    Status,
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


RED, AMBER = (
    Status("过期 2 天", "red", "circle-alert", chip=True),
    Status("今天到期", "amber", "alarm-clock", True),
)
A = ("沐岚物流诉墨禾食品", "滨溪区法院", "（2026）岚0305民初0932号")
B = ("云梧信息诉澄研科技", "青岚知识产权法庭", "（2026）岚知民初0216号")
C = ("栩岳建设诉砚溪置业", "望江区法院", "（2026）岚0302民初1187号")
DOCKET = [
    Row(
        1,
        "补交运输单据原件（法院通知限期）",
        "circle-alert",
        "red",
        A,
        RED,
        "9月21日 周一",
        person="顾知行",
        bold=True,
        heading=OVERDUE,
    ),
    Row(
        2,
        "提出管辖权异议",
        "alarm-clock",
        "amber",
        B,
        AMBER,
        "今天 24:00 前",
        person="许清越",
        bold=True,
        heading=DAY,
    ),
    Row(
        3,
        "预交反诉案件受理费 8,950.00 元",
        "alarm-clock",
        "amber",
        A,
        AMBER,
        "今天 17:00 前",
        person="顾知行",
        bold=True,
    ),
    Row(
        4,
        "答复：澄砚物业收案的利益冲突判断",
        "stamp",
        "text2",
        ("秦望舒 昨天 16:20 提交", "须豁免 1 项，须判断 1 项"),
        Status("已等 18 小时"),
        "等您决定",
        person="秦望舒",
    ),
    Row(
        5,
        "对鉴定意见书提出书面异议",
        "calendar-clock",
        "text2",
        B,
        Status("还有 1 天"),
        "9月24日 周四",
        person="许清越",
        heading=BEFORE,
    ),
    Row(
        6,
        "申请证人出庭作证",
        "calendar-clock",
        "text2",
        ("许某劳动争议", "青岚市劳动仲裁委", "岚劳人仲案〔2026〕0471号"),
        Status("还有 1 天"),
        "9月24日 周四",
        person="陆听白",
    ),
    Row(
        7,
        "上诉期限届满",
        "calendar-clock",
        "text2",
        C,
        Status("还有 15 天"),
        "10月8日 周四",
        "国庆顺延，原 10月3日",
        "顾知行",
        heading=AFTER,
    ),
    Row(
        8,
        "账户冻结到期前申请续行保全",
        "calendar-clock",
        "text2",
        C,
        Status("还有 16 天"),
        "10月9日 周五",
        person="陆听白",
    ),
    Row(
        9,
        "交换证据（第二次）",
        "calendar-clock",
        "text2",
        B,
        Status("还有 17 天"),
        "10月10日 周六 班",
        person="许清越",
    ),
]


def docket() -> list[Row]:
    """Return the day's work."""
    return [Row(**{**row.__dict__, "actions": ACTIONS}) for row in DOCKET]


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
