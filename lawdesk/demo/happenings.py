"""What has happened in the demo's cases: triggers per kind of case, and the work lawyers note."""

from __future__ import annotations

CAUSES = {
    "civil": [
        "买卖合同纠纷",
        "建设工程合同纠纷",
        "民间借贷纠纷",
        "房屋租赁合同纠纷",
        "股权转让纠纷",
        "离婚纠纷",
        "法定继承纠纷",
        "物业服务合同纠纷",
        "机动车交通事故责任纠纷",
        "著作权权属、侵权纠纷",
    ],
    "criminal": ["诈骗罪", "危险驾驶罪", "合同诈骗罪", "职务侵占罪"],
    "administrative": ["行政处罚", "政府信息公开", "不履行职责"],
    "labour-arbitration": ["劳动合同纠纷", "追索劳动报酬纠纷"],
    "commercial-arbitration": ["买卖合同纠纷", "服务合同纠纷"],
    "enforcement": ["买卖合同纠纷", "民间借贷纠纷"],
    "non-litigation": ["股权收购尽职调查", "合同审查"],
    "retainer": ["常年法律顾问"],
    "legal-aid": ["劳动争议", "抚养纠纷"],
    "consult-drafting": ["代书起诉状"],
    "village-adviser": ["村（社区）法律顾问"],
}
SHARES = {
    "civil": 60,
    "criminal": 12,
    "administrative": 6,
    "labour-arbitration": 9,
    "commercial-arbitration": 4,
    "enforcement": 12,
    "non-litigation": 5,
    "retainer": 6,
    "legal-aid": 3,
    "consult-drafting": 1,
    "village-adviser": 1,
}
"""How many cases of each kind; the story adds one more civil case and makes it 120."""
TRIGGERS = {
    "civil": [
        ("收到起诉状副本", "complaint-copy-served"),
        ("收到举证通知书", "evidence-notice-served"),
        ("收到交费通知", "fee-notice-received"),
        ("收到一审判决书", "judgment-served"),
        ("法院采取保全措施", "preservation-measure-taken"),
    ],
    "criminal": [("执行逮捕", "arrest-executed"), ("收到一审判决书", "judgment-served")],
    "administrative": [("收到复议决定书", "recon-decision-received"), ("收到一审判决书", "judgment-served")],
    "labour-arbitration": [("收到仲裁申请书副本", "arb-copy-served"), ("收到仲裁裁决书", "award-received")],
    "commercial-arbitration": [("收到仲裁裁决书", "award-received")],
    "enforcement": [
        ("法律文书确定的履行期届满", "performance-period-last-day"),
        ("收到执行通知书", "enforcement-notice-served"),
    ],
}
WORK = [
    (30, "电话沟通案情"),
    (45, "整理证据目录"),
    (60, "会见当事人"),
    (90, "起草代理词"),
    (120, "阅卷并做笔录"),
    (40, "检索类案"),
    (150, "出庭"),
    (25, "与法官助理通话"),
    (75, "修改合同条款"),
    (55, "起草起诉状"),
    (35, "核对送达地址"),
    (110, "起草答辩状"),
    (20, "回复客户邮件"),
]
COUNSEL = ["远岫律师事务所 何律师", "衡岳律师事务所 许律师", "知止律师事务所 方律师", ""]
