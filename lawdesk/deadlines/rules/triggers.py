"""From the words lawyers use to trigger events: "收到一审判决", "judgment served", "判决送达"."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from lawdesk.deadlines.rules.data import RuleBook, Trigger
from lawdesk.deadlines.rules.loading import load_rulebook

# What people call an event. Words of one phrase stand anywhere in the text in any order, "a|b" is either, "!a"
# must not be there. More matched characters win, so the narrower phrase beats the wider one.
_GOT = "收到|收悉|签收|送达|领取|拿到|接到|收|received|served"
_PHRASES: dict[str, tuple[str, ...]] = {
    "judgment-served": (
        f"{_GOT} 判决|判决书 !再审 !公告 !生效",
        "判决书 !生效 !宣判 !公告",
        "一审 判决 !生效",
        "judgment|judgement served|received",
        "judgment|judgement",
    ),
    "judgment-pronounced": ("宣判", "当庭 宣告|判决", "宣告 判决 !送达", "judgment pronounced|announced"),
    "judgment-effective": (
        f"{_GOT} 二审|终审 判决|裁定",
        "判决|裁定|二审|终审 生效|法律效力 !执行",
        "judgment effective|final|force",
    ),
    "ruling-served": (
        f"{_GOT} 裁定|裁定书",
        "裁定书 !生效",
        "驳回|准许|提审|管辖|撤诉 裁定",
        "ruling served|received",
    ),
    "ruling-effective": ("裁定 生效 !判决", "ruling effective"),
    "decision-served": (f"{_GOT} 决定书 !复议 !处罚 !赔偿 !行政", "decision served"),
    "complaint-copy-served": (
        f"{_GOT} 起诉状|诉状|起诉书副本 !上诉 !刑事",
        "应诉 通知|通知书|材料",
        "传票|应诉 副本",
        "complaint served|received",
        "summons served|received !hearing !trial",
    ),
    "complaint-submitted": ("提交|递交|网上 起诉|起诉状|立案材料", "申请 立案", "complaint submitted|filed"),
    "case-docketed": (
        "受理 案件|通知书 !仲裁 !二审 !上诉 !复议 !执行 !破产 !再审 !应诉",
        "立案 !仲裁 !申请 !二审 !处罚 !材料",
        "立案 受理|通知书 !处罚",
        "case docketed",
    ),
    "second-docketed": ("二审 立案|受理", "appeal docketed"),
    "hearing-date": ("开庭", "传票 !副本", "庭审|庭前会议", "hearing|trial|summons !served"),
    "evidence-notice-served": ("举证 通知|通知书|期限", "evidence notice"),
    "fee-notice-received": (
        "交费|缴费|预交|诉讼费|受理费|上诉费|交纳 通知|通知书",
        "诉讼费|受理费|上诉费",
        "fee notice|payment",
    ),
    "appeal-copy-served": (f"{_GOT} 上诉状 副本", "对方 上诉", "copy appeal served"),
    "appeal-filed": ("提交|递交|提起 上诉|上诉状", "appeal filed"),
    "counterclaim-filed": ("反诉", "counterclaim"),
    "award-received": (
        f"{_GOT} 仲裁 裁决|裁决书",
        "裁决书|仲裁裁决 !撤销 !执行",
        "award received|served",
    ),
    "arb-copy-served": (f"{_GOT} 仲裁 申请书|副本|应诉|应裁", "arbitration application|notice served"),
    "arb-application-received": ("申请 仲裁 !副本 !裁决", "arbitration filed"),
    "arb-accepted": ("仲裁 受理|立案", "arbitration accepted"),
    "preservation-measure-taken": (
        "冻结|查封|扣押|保全 !到期 !届满 !期满 !续 !申请",
        "续封|续冻|续行 !到期 !届满 !期满 !申请",
        "保全 执行|实施|完毕|采取",
        "frozen|freeze|seized|seizure|preservation taken|measure|bank|account|car|house|property",
        "frozen|seized|freeze|seizure",
    ),
    "preservation-expiry": (
        "冻结|查封|扣押|保全 到期|届满|期满|续封|续冻|续行",
        "preservation|freeze expiry|expires",
    ),
    "pres-application-accepted": ("申请 保全|财产保全", "preservation application"),
    "mediation-effective": ("调解书 !仲裁", "签收|达成 调解", "mediation|settlement statement|signed|effective"),
    "performance-period-last-day": (
        "履行 期限|期间|期 届满|期满|到期|最后|最后一日",
        "未履行|不履行 判决|裁决|调解|生效|对方",
        "最后一期|最后付款|付款日",
        "performance last|due|ended",
    ),
    "public-notice-published": ("公告 送达|发布|发出|刊登|登报|传票", "公告 !期满", "public notice published"),
    "public-notice-completed": ("公告 期满|届满|满", "public notice completed"),
    "payment-order-served": (f"{_GOT} 支付令", "支付令", "payment order"),
    "retrial-application-received": (
        "提交|递交|提出|受理 再审 申请|申请书 !副本 !驳回",
        "retrial application filed",
    ),
    "retrial-copy-served": ("再审 申请书|副本", "retrial application served"),
    "retrial-rejected": ("驳回 再审", "驳回 再审 裁定|申请|通知", "再审 判决|裁定 生效|送达", "retrial rejected"),
    "enforcement-notice-served": ("执行 通知|通知书 !协助", "enforcement notice"),
    "enforcement-application-received": ("申请 执行|强制执行", "enforcement application"),
    "objection-ruling-served": ("执行异议|案外人异议|异议 裁定", "objection ruling"),
    "distribution-plan-received": ("分配方案", "分配 方案", "distribution plan"),
    "detention-executed": ("刑事拘留|刑拘|拘留 !逮捕", "被拘", "detention|detained"),
    "arrest-executed": ("逮捕|批捕 !提请 !不批 !不予 !未批", "arrest|arrested"),
    "arrest-request-received": ("提请 批捕|批准逮捕|逮捕", "arrest request"),
    "bail-decided": ("取保|取保候审", "bail"),
    "residence-decided": ("监视居住|监居", "residential surveillance"),
    "case-received-procuratorate": (
        "移送 起诉 !法院",
        "移送 审查起诉|检察院",
        "审查起诉",
        "prosecution review|procuratorate",
    ),
    "court-received-case": (
        "提起 公诉",
        "公诉|起诉书 !副本",
        "法院 受理 公诉|刑事",
        "indicted|indictment|charged",
    ),
    "meeting-requested": ("会见", "要求|申请 会见", "meeting requested"),
    "retained": ("接受 委托", "签订 委托|代理", "retained|engaged"),
    "recon-decision-received": (f"{_GOT} 复议 决定|决定书", "复议 决定|决定书", "reconsideration decision"),
    "recon-application-received": ("提交|收到 复议 申请", "申请 复议", "reconsideration application"),
    "recon-accepted": ("复议 受理", "reconsideration accepted"),
    "supplement-notice-received": ("补正 通知|通知书|材料", "补正", "supplement notice"),
    "admin-act-known": (
        "工伤 认定 决定|决定书|结论",
        "知道|收到|得知 行政行为|行政决定|征收|许可|登记|强拆",
        "行政 决定|决定书 !复议 !处罚",
        "administrative act|decision known",
    ),
    "penalty-decision-received": (f"{_GOT} 处罚 决定|决定书", "行政处罚|罚款|罚单", "penalty decision|fine"),
    "hearing-right-notified": ("听证 权利|告知|告知书", "处罚 告知书|事先告知", "hearing right"),
    "rights-infringement-known": (
        "知道 受损|损害|侵害|侵权|违约",
        "还款|付款|借款|借期|货款|债务|欠款 到期|届满|逾期|期满",
        "催款|催收|催告|承诺还款",
        "违约|逾期 !通知",
        "辞退|解雇|开除 !工资",
        "infringement|breach|loan|debt known|due|overdue",
    ),
    "principal-debt-due": ("主债务|保证 到期|届满|期满", "principal debt due"),
    "employment-terminated": (
        "离职|辞退|解除劳动|劳动关系|劳动合同 终止|解除|结束",
        "离职|辞退|解雇|开除",
        "dismissed|terminated|resigned",
    ),
    "injury-occurred": ("工伤|职业病|受伤|事故 !认定", "work injury|accident|injured"),
    "divorce-registration-applied": ("离婚 登记|协议|申请 !判决 !诉讼", "divorce registration"),
    "divorce-judgment-effective": ("不准|不予|驳回 离婚", "离婚 撤诉|和好", "divorce refused"),
    "resolution-made": ("股东会|董事会|公司 决议", "resolution made|passed"),
    "transfer-notice-received": ("股权转让 通知", "股权 转让", "share transfer notice"),
    "creditor-notice-received": ("债权人 通知", "债权申报 通知", "creditor notice"),
    "bankruptcy-notice-published": ("破产 公告", "债权申报 公告", "bankruptcy notice"),
    "bankruptcy-accepted": ("破产 受理", "bankruptcy accepted"),
    "cnipa-notice-received": (
        "驳回 商标|专利 通知|通知书",
        "知识产权局|商标局|专利局 通知|通知书|驳回",
        "CNIPA notice",
    ),
    "cnipa-decision-received": (
        "知识产权局|商标局|专利局|商标|专利 复审|无效|决定|裁定 决定|裁定",
        "CNIPA decision",
    ),
    "preliminary-publication": ("初步审定|初审 公告", "商标 公告 !注册", "preliminary publication"),
    "tm-registered": ("商标 注册|核准", "trademark registered"),
    "case-closed": ("结案", "case closed"),
    "left-office": ("离任", "left office"),
    "goods-received": ("收到|收货|交货|到货 货|货物|标的物", "交货|收货|到货", "goods received|delivered"),
    "bill-due": ("汇票|票据|承兑 到期", "bill due"),
    "bill-dishonoured": ("拒付|拒绝付款|拒绝承兑|退票", "dishonoured"),
    "liuzhi-started": ("留置", "liuzhi"),
}
_PUNCTUATION = re.compile(r"[\s，,。.；;：:、!！?？()（）《》“”\"'·/-]+")
_LATIN = re.compile(r"[a-z]+")


def find_trigger(text: str, *, rulebook: RuleBook | None = None, limit: int = 6) -> list[Trigger]:
    """Return the triggers ``text`` may mean, the likeliest first; none when nothing fits."""
    book = rulebook or load_rulebook()
    plain = _plain(text)
    if not plain:
        return []
    scores = {trigger.id: score for trigger in book.triggers.values() if (score := _score(trigger, plain)) > 0}
    best = max(scores.values(), default=0.0)
    order = {name: place for place, name in enumerate(_PHRASES)}
    ranked = sorted(scores, key=lambda name: (-scores[name], order.get(name, len(order)), name))
    return [book.triggers[name] for name in ranked if scores[name] >= 0.4 * best][:limit]


def _score(trigger: Trigger, plain: str) -> float:
    best = max((_phrase_score(words, plain) for words in _compiled(trigger.id)), default=0.0)
    for title in (trigger.zh, trigger.en):
        best = max(best, _title_score(_plain(title), plain, chinese=title is trigger.zh))
    return best


@cache
def _compiled(trigger: str) -> tuple[tuple[tuple[bool, tuple[str, ...]], ...], ...]:
    """Return the phrases of a trigger as (wanted, alternatives) pairs."""
    return tuple(
        tuple((not word.startswith("!"), tuple(word.lstrip("!").lower().split("|"))) for word in phrase.split(" "))
        for phrase in _PHRASES.get(trigger, ())
    )


def _phrase_score(words: tuple[tuple[bool, tuple[str, ...]], ...], plain: str) -> float:
    """Return how much of ``plain`` a phrase explains, 0 when it does not fit."""
    explained, groups = 0, 0
    for wanted, choices in words:
        hits = [choice for choice in choices if choice in plain]
        if wanted != bool(hits):
            return 0.0
        if wanted:
            groups += 1
            explained += max(len(hit) for hit in hits)
    return min(1.0, explained / len(plain)) + 0.25 * groups


def _title_score(title: str, plain: str, *, chinese: bool) -> float:
    if title == plain:
        return 2.0
    if chinese:
        ours, theirs = _pairs(title), _pairs(plain)
    else:
        ours, theirs = set(_LATIN.findall(title)), set(_LATIN.findall(plain))
    common = len(ours & theirs)
    if not common:
        return 0.0
    dice = 2 * common / (len(ours) + len(theirs))
    return dice if dice >= 0.4 else 0.0


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


@cache
def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    if _LATIN.search(folded):
        return " ".join(_PUNCTUATION.sub(" ", folded).split())
    return _PUNCTUATION.sub("", folded)
