"""Which proposed deadlines are ticked beforehand: those that bind our side and that the paper is really about.

One event often starts periods of which only one can run: a ruling is about jurisdiction or about preservation,
never about both. There a period is ticked when the words of the entry name its kind; where they name none, the
usual one.
"""

from __future__ import annotations

import re

from lawdesk.deadlines.rules import Nature, Rule, Whose

APPEALS = ("-appeal-judgment", "-appeal-ruling", "-appeal-judgment-foreign", "-appeal-ruling-foreign")
"""Periods no longer open once a court of second instance has decided (民诉法 182, 刑诉法 244, 行诉法 88)."""

NAMED: dict[str, dict[str, str]] = {
    "ruling-served": {
        # only these rulings can be appealed (民诉法 157)
        "civil-appeal-ruling": "驳回起诉|不予受理|管辖|jurisdiction|dismiss|docket",
        "confirmation-objection": "司法确认|担保物权|confirm|security interest",
        "pres-reconsideration": "保全|先予执行|preserv|freez|advance enforcement",
        "maritime-pres-reconsideration": "海事|maritime",
        "enf-add-party-reconsider": "追加|变更|add|substitut",
        "enf-add-party-suit": "追加|变更|add|substitut",
        "recognition-reconsider": "承认|外国|recogni",
        "bkr-appeal": "破产|bankrupt",
    },
    "decision-served": {
        "civil-sanction-reconsider": "罚款|拘留|fine|detention",
        "enf-exit-ban-reconsider": "限制出境|边控|exit",
    },
    "complaint-copy-served": {"civil-answer-small": "小额|small claim"},
    "evidence-notice-served": {
        "civil-evidence-ordinary": "普通|ordinary",
        "civil-evidence-simple": "简易|simpl|summary",
        "civil-evidence-small": "小额|small",
        "civil-evidence-second": "二审|新证据|second|appeal",
    },
    "fee-notice-received": {
        "civil-fee-prepay": "一审|first",
        "civil-convert-fee": "简转普|转为?普通|convert",
        "civil-appeal-fee": "上诉|二审|appeal|second",
    },
    "preservation-measure-taken": {
        "pres-term-bank": "存款|账户|帐户|银行|资金|bank|account",
        "pres-term-movable": "(?<!不)动产|车|设备|机器|存货|movable|car|vehicle|equipment",
        "pres-term-realty": "不动产|房|土地|股权|商标|专利|real|house|land|share",
        "ship-arrest-term": "扣船|船舶|ship",
        "cargo-arrest-term": "船载|cargo",
        "pre-suit-pres-sue": "诉前|仲裁前|before suit|pre-suit",
        "ip-injunction-sue": "行为保全|禁令|injunction",
    },
    "preservation-expiry": {
        "pres-renew-apply": "财产|冻结|查封|扣押|freez|seiz",
        "ip-injunction-renew": "行为|injunct",
    },
    "award-received": {
        "labour-sue": "非终局|not final|non-final",
        "labour-sue-final-worker": "(?<!非)终局|(?<!non-)(?<!not )final",
        "labour-set-aside-employer": "(?<!非)终局|(?<!non-)(?<!not )final",
        "rural-arb-sue": "农村|承包|rural",
        "arb-correct": "补正|笔误|correct",
        "arb-set-aside": "撤销|set aside",
    },
    "objection-ruling-served": {
        "outsider-retrial": "再审|retrial",
        "enf-reconsideration": "执行行为|复议|reconsider",
        "enf-objection-suit": "标的|异议之诉|suit",
    },
    "enforcement-notice-served": {"enf-award-refuse": "仲裁|award", "enf-notary-refuse": "公证|notar"},
    "recon-decision-received": {
        "recon-forced-first-sue": "前置|mandatory",
        "statecomp-committee": "赔偿|compensation",
        "admin-sue-after-recon": "行政复议|维持|reconsideration",
    },
    "rights-infringement-known": {
        "limitation-product": "产品|缺陷|product",
        "limitation-environment": "环境|生态|污染|environment",
        "limitation-3y": "普通|general",
    },
    "insured-event-known": {
        "limitation-life-insurance": "人寿|寿险|life",
        "limitation-insurance": "财产险|车险|非人寿",
    },
    "rescission-ground-known": {
        "rescission-1y": "欺诈|显失公平|fraud|unfair",
        "rescission-90d": "误解|mistake",
        "creditor-revocation-1y": "债权人|转移财产|creditor",
        "gift-revocation": "赠与|gift",
        "gift-revocation-heirs": "继承人|heir",
        "marriage-revoke-disease": "婚姻|疾病|marriage|disease",
    },
    "resolution-made": {
        "co-resolution-60d": "股东会|董事会|股东大会|shareholder|board",
        "co-resolution-1y": "未通知|not notified",
        "co-buyback-suit": "回购|buy.?back",
        "bkr-resolution-revoke": "债权人会议|creditors",
    },
    "public-notice-published": {
        "public-notice": "送达|serv",
        "public-summons": "公示催告|summons",
        "co-creditor-public": "合并|分立|减资|merger|division|capital",
    },
    "notice-received": {
        "guardian-objection": "监护|guardian",
        "arb-review-jurisdiction": "仲裁|arbitra",
        "bkr-debtor-objection": "破产|bankrupt",
    },
    "cnipa-notice-received": {
        "tm-refusal-review": "商标.*驳回|驳回.*商标|trademark refus",
        "tm-nonuse-evidence": "撤三|连续三年|使用证据|non.?use",
        "tm-noreg-review": "不予注册",
        "tm-cancel-review": "撤销决定|撤销复审",
        "pat-reexam": "专利.*驳回|驳回.*专利|patent reject",
        "pat-register": "授权|办理登记|grant",
        "pat-restore-other": "恢复|restor",
    },
    "cnipa-decision-received": {
        "tm-review-sue": "商标.*复审|复审.*商标",
        "tm-invalid-sue": "商标.*无效|无效.*商标",
        "pat-reexam-sue": "专利.*复审|复审.*专利",
        "pat-invalid-sue": "专利.*无效|无效.*专利",
    },
    "first-filing": {"pat-priority-6": "外观|design", "pat-priority-12": "发明|实用新型|invention|utility"},
    "performance-period-last-day": {"enf-apply": "民事|调解|仲裁", "admin-exec-apply": "行政|administrative"},
}
"""By trigger: the periods that are ticked only when the entry's words fit their pattern."""

USUAL: dict[str, dict[str, tuple[str, ...]]] = {
    "evidence-notice-served": {"": ("civil-evidence-ordinary",), "civil-second": ("civil-evidence-second",)},
    "fee-notice-received": {"": ("civil-fee-prepay",), "civil-second": ("civil-appeal-fee",)},
    "preservation-expiry": {"": ("pres-renew-apply",)},
    "award-received": {"": ("labour-sue", "arb-set-aside")},
    # whether the objection was to the conduct or to the object of enforcement the word alone does not tell
    "objection-ruling-served": {"": ("enf-reconsideration", "enf-objection-suit")},
    "recon-decision-received": {"": ("admin-sue-after-recon",)},
    "rights-infringement-known": {"": ("limitation-3y",)},
    "insured-event-known": {"": ("limitation-insurance",)},
    "resolution-made": {"": ("co-resolution-60d",)},
    "public-notice-published": {"": ("public-notice",)},
    "first-filing": {"": ("pat-priority-12",)},
    "performance-period-last-day": {"": ("enf-apply",)},
}
"""By trigger and kind of proceeding ("" for every other): what is ticked where the words name nothing."""


_THEIRS = re.compile(
    r"对方\S{0,4}?(?:收到|签收|收悉|领取|拿到)|送达(?:给|至|了)*对方|served on (?:the )?(?:other|opposing)",
    re.IGNORECASE,
)
"""The paper came to the other side: their periods start, not ours."""


def is_ticked(rule: Rule, whose: Whose, *, proceeding: str, wording: str) -> bool:
    """Whether ``rule`` is taken unless the lawyer says no.

    ``proceeding`` is the kind of proceeding, ``wording`` what the lawyer wrote.
    """
    if whose is not Whose.OURS or rule.nature is Nature.WAITING:
        return False
    if rule.trigger.endswith(("-served", "-received")) and _THEIRS.search(wording):
        return False
    if rule.id.endswith(APPEALS) and proceeding.endswith(("-second", "-retrial")):
        return False
    named = NAMED.get(rule.trigger, {})
    own = [pattern for name, pattern in named.items() if _is(rule, name)]
    if not own:
        return True
    if any(re.search(pattern, wording, re.IGNORECASE) for pattern in named.values()):
        return any(re.search(pattern, wording, re.IGNORECASE) for pattern in own)
    usual = USUAL.get(rule.trigger, {})
    return any(_is(rule, name) for name in usual.get(proceeding, usual.get("", ())))


def _is(rule: Rule, name: str) -> bool:
    """Whether ``rule`` is the period ``name``, in whichever version."""
    if rule.id in NAMED.get(rule.trigger, {}) and rule.id != name:
        return False
    return name in (rule.id, rule.family) or rule.id.startswith(f"{name}-")
