"""naming: the name of a figure in the words of its sentence: verb and object.

Secret: which words around a figure say what it counts, and which are filling.
Not here: the names of parts, and of several figures that would have one name (proposals).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from casegen.chinese.characters import HAN
from casegen.chinese.relations import Finding

LONGEST_NAME = 14

_VERBS = (
    "选派|派出|投入|注入|捐赠|捐献|捐助|捐去|赠送|发放|发展|种植|硬化|清运|评定|开展|培训|招收|(?<!党)组织|召开|出台|建成|新建|修建|改造|安装|"
    "走访|调查走访|梳理|争取|引进|到位|落实|配置|带动|帮助|吸纳|提供|举办|开办|完成|增收|创收|销售|代销|采购|接待|服务(?!中心|站|点|队|团|平台|机构|体系|热线|大厅)|资助|组建|"
    "覆盖(?!率|面)|惠及|受益|打造|建设|实施|铺设|流转|养殖|存栏|出栏|实现|划拨|安排|支持|预算|汇集|筹集|筹措|解决|化解|整治|拆除|栽种|栽植|"
    "新增|关停|搬迁|取缔|签订|获得|荣获|培育|培养|孵化|吸引|直接投入|累计投入|协调|帮扶(?![县村户点资对干项])|慰问|救助|救治|诊疗|义诊|收购|帮销|购买|租赁|出租|成交"
)

VERB = re.compile(_VERBS)

_SUBJECT = re.compile(
    "^(?:同时|其中|含|包括|另外|此外|并且?|还|又|共(?![建享同治管])|已|先后|累计|目前|现(?!场|代|金|有机)|今年|去年|全年|当年|近年来|截至目前|学校|学院|我校|我院|该[村校县镇乡]|全[村校县镇乡])+有?"
)

# 种植户发展到, 面积稳定在: how a figure came about is no part of what it counts.
_CHANGED = (
    "(?:增加|增长|增多|增|上升|升|提高|提升|提|扩大|扩展|扩建|扩充|扩|拓展|发展|壮大|攀升|上涨|涨|跃升|飙升|回升|恢复|追加|延伸"
    "|减少|下降|降低|降|减|缩减|压缩|压减|缩短|稳定|保持|控制|维持)[到至为成在]"
)

_FILL = re.compile(
    "(?:共计|总计|合计|累计|先后|一共|共|总|已经|已|了|达到|达|约|近|超过|超|逾|为|是|有|现有|免费|总价值|分别|各|仅|只|将"
    f"|{_CHANGED}){{1,8}}+$"
)

_FILLED = re.compile("^(?:分别|先后|累计|共计?|已经?|还|又|直接){1,3}")

_LABEL = re.compile(rf"(?<![{HAN}])(?P<label>[{HAN}]{{2,12}})\s?[:：]\s?$")

# 帮助销售牛羊肉、藏毯等特色产品: 帮助销售特色产品
_SUCH_AS = re.compile(
    rf"(?P<verb>(?:{_VERBS}){{1,2}})[{HAN}]{{1,6}}(?:、[{HAN}]{{1,6}}){{1,5}}等(?P<what>[{HAN}]{{2,8}})$"
)

# 获得“亿元村”等国家级荣誉: 国家级荣誉
_QUOTED_LIKE = re.compile(rf"[”’》]等(?P<what>[{HAN}]{{2,10}})$")
_ALTOGETHER = re.compile("(?:一?共|[总合]?计)$")  # 修通产业路4条共11.5公里
_DONE = re.compile(rf"({_VERBS})了")

_AVERAGE = re.compile("[人户亩村]均年?$")  # 户均增收, 户均年增收

_TAIL_END = re.compile(
    f"(?<=[{HAN}]{{2}})(?:投入|引进|捐赠|拨付)|"
    "[户人亩]均|平均|每[户人亩]|用于|接续|进行|免费|提供|配置|送去|发放|组成|组建|深入|走进|来到|走入|奔赴|获得|荣获|被授予|实现|致富|增收|就业|脱贫|参加|参与|开展|赴|前往|涉及|(?<!结)对|把|于|到|(?<!自)来|被|为|使|让|给|向|从(?!业|事|教|医)|以|及|(?<!参)与|和|等|，"
)

RATES = frozenset({"%", "％", "‰", "倍", "成", "个百分点", "番"})

_FIGURE = re.compile(
    r"[约近超]?\d[\d.+]{0,20}[余多]?[万亿]?[余多]?"
    r"(?:元|平方米|立方米|平方公里|公里|公斤|课时|[人批场台例户趟班架件]次|个百分点|个(?:行政村|自然村|村|乡镇|乡|镇|县)"
    rf"|[{HAN}])"
)

# 村集体收入由2021年的3万元增加到2023年的: what grew stands before 由.
_GROWN = re.compile(
    r"(?P<what>[^，,。；;：:由从]{2,14})[由从](?:[零无]|[^，,。；;：:]{0,24}\d[^，,。；;：:]{0,12}?)"
    r"(?:增加|增长|增|提高|提升|上升|升|跃升|攀升|飙升|跃|扩大|发展|壮大|下降|减少|降低|降|缩短)"
    r"[到至为][^，,。；;：:]{0,8}$"
)

# 参与率 is one word, and 三、四级手术 one thing.
_JOINTS = re.compile("((?<![一二三四五六七八九])、|[和及]|(?<!参)与)")

_PAIR = re.compile(rf"、?\d[\d.,]{{0,20}}[余多]?万?[余多]?[人名户]的?(?P<what>[{HAN}]{{2,12}})")


def read_words_around(finding: Finding, before: str = "") -> tuple[str, str]:
    """Return the words of the clause before the figure, after any earlier one, and after it.

    `before` is the text of the paragraph before the figure, with a label (投入资金：50万元).
    """
    if grown := _GROWN.match(finding.before):
        return re.sub(rf"[^{HAN}A-Za-z]", "", grown["what"]), ""
    if in_turn := _name_in_turn(finding.before):
        return in_turn, ""
    # The letter of an item is no word: a) 每场资金.
    clause = finding.before.rpartition("其中")[2] or finding.before.removesuffix("其中")
    pieces = _FIGURE.split(re.sub(r"^\s*[A-Za-z]\s?[)）.．、]", "", clause))
    first, _, head = _JOINTS.split(f"、{pieces[-1]}")[-3:]
    if VERB.fullmatch(head) or VERB.fullmatch(_FILLED.sub("", first)):
        head = pieces[-1]  # 修建及改造, 购买和帮助销售茶叶
    elif quoted := _QUOTED_LIKE.search(pieces[-1]):
        head = quoted["what"]
    elif listed := _SUCH_AS.search(pieces[-1]):
        head = listed["verb"] + listed["what"]
    tail = re.split(r"[，,。；;：:（()）“\"0-9]", finding.after.lstrip("的"))[0]
    if not tail.strip("、") and (pair := _PAIR.match(finding.after)):
        tail = pair["what"]  # 解决212户903人的饮水问题
    first = tail.split("、")[0]
    tail = tail.replace("、", "") if len(first) == 1 else first
    tail = _ALTOGETHER.sub("", tail)
    if not strip_filling(head) and not re.match(f"[{HAN}]{{2}}", tail):
        # 脱贫不稳定户4户15人: both figures count the same thing.
        head = next(
            (p for p in reversed(pieces) if re.search(f"[{HAN}]{{2}}", strip_filling(p))), head
        )
    head = re.sub(rf"[^{HAN}A-Za-z]", "", head)
    if not head and (label := _LABEL.search(before)):
        head = label["label"]
    return head, tail


# 收入、利润同比分别增长12%和15%: the second figure is of the second thing.
_HOW = re.compile(
    "(?:同比|环比)?(?P<how>增长|增加|提高|提升|上升|下降|减少|降低|达到|达|为)(?P<done>[^，,。；;]*)$"
)
_AND = re.compile("[、和与及]")
MOST_THINGS = 7


def _name_in_turn(before: str) -> str:
    """Return the thing and its change that a figure in a row is of; "" where it is in none."""
    ahead, apart, behind = before.rpartition("分别")
    found = _HOW.match(behind)
    if not apart or not found:
        return ""
    named = re.split(f"[^{HAN}、]", ahead.removesuffix("同比").removesuffix("环比"))[-1]
    things = [thing[-10:] for thing in _AND.split(named)]
    if not 1 < len(things) <= MOST_THINGS or any(len(thing) < 2 for thing in things):
        return ""
    number = len(re.findall(r"\d[\d.]*", found["done"]))
    how = "" if found["how"] in {"达", "达到", "为"} else found["how"]
    return things[number] + how if number < len(things) else ""


# The words behind the last of these are the name: 到村授课 is 授课.
_WHERE = re.compile(
    "[赴到](?:村(?![民委小级集医])|现场|田间地头|田间)?|[对向给为把的]|从(?!业|事|教|医)|在(?![岗校建册])"
)


def strip_filling(words: str) -> str:
    """Return words before a figure without those that name nothing (学校累计, 共计)."""
    return _FILL.sub("", _SUBJECT.sub("", words))


def strip_place(name: str, regions: Sequence[str]) -> str:
    """Return a name without the end of a place: 县安西镇开设课堂, cut short, becomes 开设课堂."""
    for region in regions:
        parts = region.split("/")
        whole = "".join(parts)
        starts = {len("".join(parts[:n])) for n in range(len(parts))}
        for k in range(len(name) - 2, 1, -1):
            if whole.endswith(name[:k]) and len(whole) - k not in starts:
                return name[k:]
    return name


def name_figure(head: str, tail: str, finding: Finding) -> str:
    """Return what is counted in the words of the text: verb and object."""
    lead = _DONE.sub(r"\1", _SUBJECT.sub("", _FILL.sub("", head)))
    verbs = [m.start() for m in VERB.finditer(lead)]
    verbs = [found.start() if (found := _AVERAGE.search(lead[:at])) else at for at in verbs]
    fit = [at for at in verbs if len(lead) - at <= LONGEST_NAME - 2]
    lead = lead[fit[0] :] if fit else lead[-LONGEST_NAME if not tail else -10 :]
    if not fit:
        lead = _WHERE.split(lead)[-1]
    noun = _TAIL_END.split(tail)[0][:8]
    if not head and noun and (said := list(VERB.finditer(finding.before))):
        lead = said[-1][0]
    if not lead and not noun:
        noun = re.sub("^(?:用于|为|进行|接续)", "", tail)[:8]
    name = re.sub(rf"[^{HAN}A-Za-z0-9]", "", lead + noun)[:LONGEST_NAME]
    if _NO_NAME.fullmatch(name):
        return ""
    if finding.measure.unit == "户" and name in {
        "带动",
        "辐射带动",
        "惠及",
        "覆盖",
        "受益",
        "走访",
    }:
        return name + "农户"
    return _name_money(lead, name) if finding.measure.unit == "元" else name


def _name_money(lead: str, name: str) -> str:
    """Return the name of a sum of money; `lead` are the words before it."""
    if _GIVEN.search(lead):
        return lead  # 协调企业捐资200万元修建小学
    if lead.endswith("销售"):
        return f"{lead}额"
    given = strip_filling(lead)
    if given in {"投入", "安排", "落实", "支持", "争取", "筹集", "到位", "划拨", "注入"}:
        return given + "资金"  # 投入700万元建设产业园: what it is for tells it from others
    name = _GIVES.sub(r"\1出资", name)
    return name + "资金" if len(name) > 1 and not re.search(_MONEY, name) else name


# What is left of 其中 and 全村98% says of nothing what it counts.
_NO_NAME = re.compile("[中里内的和与及]|全[村县镇乡市区省]")

_GIVEN = re.compile("(?:捐|筹|投|出|注|集)资$")
_SUM = re.compile("(?:合|总|共)计|一?共|总共")

# 镇里投80万元 and 学院出35万元: who gives, and one character for giving.
_GIVES = re.compile(rf"^((?:[{HAN}]{{2,8}}))?(?:投|出|拿|掏|拿出|掏出|出钱|拿钱|投钱)$")


def name_plainly(before: str, evidence: str, unit: str) -> str:
    """Return a name in the words next to a figure that has no noun: 分给18户 is 分给户数."""
    clause = re.split("[，,。；;：:、]", before)[-1]
    words = _list_words(clause)
    if words:
        word = str(words[-1])[-8:]
        if unit.endswith("元"):
            return "合计资金" if _SUM.fullmatch(word) else word
        if unit in RATES:
            return f"{word}{'' if word.endswith('的') else '的'}比例" if "占" in word else word
        return f"{word}{unit}数"
    words = _list_words(evidence)
    return str(words[0])[:LONGEST_NAME] if words else f"{unit}数"


def _list_words(text: str) -> list[str]:
    """Return the words between the figures of a text that can be names."""
    words = map(str, re.findall(rf"[{HAN}]{{2,}}", _FIGURE.sub(" ", text)))
    return [word for word in words if not _NO_NAME.fullmatch(word)]


_MONEY = "出资|自筹|工资|薪|汇|经费|收入|产值|金|款|元|收|额|值|价|预算|投入|分红|补助|补贴|利润|租"
