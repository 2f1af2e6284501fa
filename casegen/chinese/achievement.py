"""achievement: whether a figure in a text states a result of the work, or why it does not.

Secret: what the words around a figure make of it: a name, an ordinal, a price, an anecdote. The
word lists are in data/prose.json; this module applies them.
Not here: finding figures in a text (figures), which ones describe existing conditions
(conditions), which ones are still to come (forecast).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from casegen.chinese.characters import HAN
from casegen.chinese.conditions import describes_conditions
from casegen.chinese.forecast import is_forecast
from casegen.chinese.implied import RISEN
from casegen.chinese.quantity import Qualifier
from casegen.chinese.surroundings import REACH, Figure, ends_with, mentions, starts_with
from casegen.chinese.word_lists import load_words, match_any

# What one person is paid for a month or two stays below it, in 元.
WAGE = 10_000
_COUNTED = frozenset({"count", "people", "events", "households"})
_EXACT = frozenset({"area_land", "area_built", "mass", "rate", "ratio", "points", "length"})


def find_reason(figure: Figure) -> str:
    """Return why a figure is no result (a key of `REASONS`); "" where it is one."""
    return next((reason for reason, holds in REASONS if holds(figure)), "")


def _is_time(f: Figure) -> bool:
    helped = f.unit == "年" and starts_with(f.rest, "assist_years") and f.quantity.low < 100
    return f.dimension == "time" and not helped


def _is_rank(f: Figure) -> bool:
    return ends_with(f.clause, "rank_before")


def _find_quotation(f: Figure) -> str:
    """Return the text in the quotation marks around the figure; "" without them."""
    for opening, closing in ("“”", "‘’", "《》", "「」"):
        left = f.text.rfind(opening, max(0, f.start - 200), f.start)
        shut = f.text.rfind(closing, max(0, f.start - 200), f.start)
        right = f.text.find(closing, f.end, f.end + 300)
        if left > shut and right >= 0 and "\n" not in f.text[left:right]:
            return f.text[left + 1 : right]
    # Straight marks have no direction: after an odd number of them a quotation is open.
    line = f.text[max(0, f.start - REACH) : f.start].rpartition("\n")[2]
    right = f.text.find('"', f.end, f.end + 60)
    if line.count('"') % 2 and right >= 0 and "\n" not in f.text[f.end : right]:
        return line[line.rfind('"') + 1 :] + f.text[f.start : right]
    return ""


def _is_in_name(f: Figure) -> bool:
    quoted = _find_quotation(f)
    if quoted and (len(quoted) <= 12 or mentions(quoted, "titles")):
        return True
    # “7(7个民族村)+7(6个党派)”
    glossed = re.search("[0-9][(（]$", f.text[: f.start][-2:]) is not None
    if glossed and "+" in quoted:
        return True
    # 万名学子, 千亩茶园: a scale alone is no number unless it has a qualifier (近万名, 千余亩).
    unqualified = f.quantity.qualifier in {Qualifier.EXACT, Qualifier.AT_LEAST}
    bare = re.fullmatch("[百千万亿]+", f.number) and unqualified
    return bool(bare) and f.unit != ""


def _is_in_idiom(f: Figure) -> bool:
    left = max(0, f.start - 4)
    around = f.text[left : f.end + 6]
    spans = (m.span() for m in re.finditer(match_any("idioms"), around))
    return any(a <= f.start - left < b for a, b in spans)


def _is_spelled_in_name(f: Figure) -> bool:
    """Return whether Chinese numerals are part of a name.

    They count only before a unit or a counter.
    """
    single = len(f.number) == 1
    if f.number == "一":
        return not _counts_one(f)
    if f.number[:1] not in "零一二两三四五六七八九十百千" or not f.unit:
        return False
    if f.dimension in _EXACT or f.dimension == "livestock" or f.unit == "方":
        sides = f.unit == "方" and not re.match(_VOLUMES, f.rest)  # 三方联动; 两方木料
        return single and (sides or starts_with(f.rest, "village_names_after"))
    if f.dimension == "money":
        return single and re.match("[，,。；;、]|$", f.rest) is None
    if single and f.dimension == "events":
        return not (starts_with(f.rest, "occasion_after") or ends_with(f.clause, "occasion_before"))
    return _numbers_list(f)


_VOLUMES = "的?(?:[土石木水沙]|混凝土)"


def _is_one_of_many(f: Figure) -> bool:
    # 全县有合作社10家，某某合作社是其中之一; those that were helped are a result.
    among = starts_with(f.rest, "among_them") and not ends_with(f.clause, "worked_with")
    return among or starts_with(f.rest, "one_of_many")


_MADE_UP = "[^，,。；;]{0,6}(?:学院|部门|单位|处室|科室|系部|机关)[^，,。；;]{0,24}(?:组成|构成)"


def _counts_structure(f: Figure) -> bool:
    """Return whether it counts provinces, aspects or tasks (8个省市, 7个方面) that nobody helped.

    Nor is it a result of how many departments a group is made up (由19个学院的书记组成).
    """
    if f.clause.endswith("由") and re.match(_MADE_UP, f.rest):
        return True
    # 由4个村、11个自然屯合并而成
    merged = re.search("由[^，,。；;]{0,20}$", f.sentence) and starts_with(f.rest, "merged_after")
    if f.dimension == "count" and (merged or starts_with(f.rest, "joint_groups_after")):
        return True
    if f.dimension == "count" and _TAKING_PART.match(f.rest):
        return True
    helped = re.search(f"(?:支持|帮扶|扶贫|援助|支援|帮助|结对|惠及)[{HAN}]{{0,4}}$", f.clause)
    return f.dimension == "count" and starts_with(f.rest, "structures_after") and not helped


def _numbers_list(f: Figure) -> bool:
    """Return whether the figure numbers a programme or a list (三大产业, 办三件实事：一是)."""
    if (
        starts_with(f.rest, "list_after")
        or starts_with(f.after, "cardinal_names")
        or f.number == "十"
    ):
        return True
    if f.unit == "个":  # 三个乡镇交界处, 来自十多个乡镇的80名学生
        where = "(?:乡|镇|乡镇|县|市|区|村)(?:[接结]合|交界|毗邻|的[0-9])"
        from_there = "来自" in f.clause and re.match("(?:国家级)?贫困[县村]的[0-9]", f.rest)
        return re.match(where, f.rest) is not None or bool(from_there)
    return len(f.number) == 1 and f.unit in load_words()["units_of_names"]


def _counts_one(f: Figure) -> bool:
    """Return whether 一 counts what was made: 新建电排一座, 修建一座步行桥, 成立了一个合作社."""
    if f.dimension not in {"count", "events"}:
        return False
    if re.match("[，,、。；;0-9）)]|$", f.rest):
        return mentions(f.clause, "made")
    if f.unit == "批":
        return False
    # 一个学院组建一支队伍 says for how many each one is; 正在新建一座桥 is not done.
    if re.search("[一每][个名人户村校]", f.clause) or "正在" in f.sentence:
        return False
    made = re.search(f"{match_any('made_just_before')}$", f.clause) is not None
    # 修建一座桥和一个广场; 建成12间厂房、1座冷库和一个烘干房
    row = re.search(f"[0-9一二两三四五六七八九十][余多]?[{HAN}]{{1,12}}[、和及与]$", f.clause)
    made = made or (row is not None and mentions(f.sentence, "made"))
    return made and starts_with(f.rest, "one_thing") and not starts_with(f.rest, "not_one_thing")


def _is_anecdote(f: Figure) -> bool:
    quoted = _find_quotation(f)
    if quoted and (mentions(quoted, "first_person") or _is_spoken_by_villager(f)):
        return True
    own = f.unit in {"个", "名"} and starts_with(f.rest, "offspring")
    own = own or ends_with(f.clause, "toil_before") or starts_with(f.rest, "gathering_after")
    # 徐某在基地务工，拿到了1800元的工资
    paid = re.search("(?:[拿领挣赚]到?|得到)了?$", f.clause) and starts_with(f.rest, "wages_after")
    own = own or (bool(paid) and f.dimension == "money" and f.measure.low < WAGE)
    return own or mentions(f.sentence, "single_person") or _is_told_of_one(f)


def _is_told_of_one(f: Figure) -> bool:
    """Return whether the sentence, or those after it, is about one villager by name."""
    if _names_villager(f.sentence) or _is_named_again(f):
        return True
    if not starts_with(f.sentence.lstrip(), "told_on"):
        return False
    before = f.text[max(0, f.start - REACH) : f.start - len(f.sentence)].rpartition("\n")[2]
    told = re.split("[。！？!?；;]", before.rstrip("。！？!?；;”"))[-1]
    return _names_villager(told)


def _is_named_again(f: Figure) -> bool:
    """Return whether the sentence has the name of a villager of the paragraph (村民王小山…)."""
    before = f.text[max(0, f.start - REACH) : f.start].rpartition("\n")[2]
    names = {found["name"] for found in re.finditer(_villager(), before)}
    return any(name in f.sentence for name in names) and "带动" not in f.sentence


def _names_villager(text: str) -> bool:
    return re.search(_villager(), text) is not None


def _villager() -> str:
    """Return a pattern of one who is called a villager by name: 村民王小山."""
    name = f"(?P<name>{match_any('surnames')}[{HAN}]{{1,2}}?)"
    return f"{match_any('villagers')}{name}{match_any('after_a_name')}"


def _is_spoken_by_villager(f: Figure) -> bool:
    """Return whether the quotation around the figure is a villager's, by the words around it."""
    shut = f.text.find("”", f.end, f.end + 300)
    return shut >= 0 and starts_with(f.text[shut + 1 : shut + 40], "speakers")


def _is_boilerplate(f: Figure) -> bool:
    return ends_with(f.sentence, "boilerplate_before")


def _is_national(f: Figure) -> bool:
    if f.dimension == "count" and starts_with(f.rest, "national_things"):
        return True
    if f.number in load_words()["national_numbers"] and starts_with(
        f.rest, "national_number_things"
    ):
        return True
    if not mentions(f.sentence, "national") or mentions(f.sentence, "honoured"):
        return False
    return not mentions(f.sentence + re.split("[。！？!?；;\n]", f.rest)[0], "helping_work")


def _is_denied(f: Figure) -> bool:
    """Return whether the sentence says that it was not done: 没有投入50万元, 50万元未到位."""
    if starts_with(f.rest, "denied_after"):
        # 发放贷款500万元，至今没有收回: the loans were given.
        return not ends_with(f.clause, "kept_before")
    # 没有完成的20公里道路全部建成, 没有安装自来水的300户实施改造: what was missing was done.
    if f.clause.endswith("的") and starts_with(f.rest, "overcome_after"):
        return False
    # 没有投入这50万元，就没有今天的路: it was done.
    return ends_with(f.clause, "denied_before") and not starts_with(f.rest, "not_denied_after")


def _is_elsewhere(f: Figure) -> bool:
    """Return whether it is of another place or a firm's own: 邻县同年投入800万元, 企业自身投入.

    在学校带动下，周边县市建成大棚500个 is a result.
    """
    if not ends_with(f.clause, "elsewhere"):
        return False
    return not mentions(f.sentence.removesuffix(f.clause), "reached_from_here")


def _is_interest(f: Figure) -> bool:
    """Return whether it is the part of the interest that is paid for: 贴息2个百分点."""
    if f.dimension not in {"rate", "ratio", "points"}:
        return False
    return ends_with(f.clause, "interest_before") or starts_with(f.rest, "interest_after")


def _is_damage(f: Figure) -> bool:
    """Return whether the figure is what a disaster took: 洪水冲毁农田260亩."""
    if not ends_with(f.clause, "damage_before") or mentions(f.clause, "damage_met"):
        return False
    told = f.sentence + re.split("[。！？!?；;\n]", f.rest)[0]
    return not mentions(told, "damage_unless")


def _is_location(f: Figure) -> bool:
    near = ends_with(f.clause, "place_before") or starts_with(f.rest, "place_after")
    near = near or "海拔" in f.clause or ends_with(f.sentence, "river_before")
    return f.dimension == "length" and near


def _is_price(f: Figure) -> bool:
    _, slash, owner = f.quantity.unit.partition("/")
    if RISEN.search(f.clause):  # the price that farmers get has risen to this one
        return False
    if slash:
        each = owner.split("·")[0] in load_words()["price_per_when"]
        each = each or "保费" in f.clause or "保额" in f.clause
        bound = ends_with(f.clause, "ceiling_before") or _is_prize(f)
        return each or _is_offered_price(f) or bound
    if f.unit == "块" and re.match(_APIECE, f.rest):
        return True
    if f.dimension != "money":
        return False
    return _is_offered_price(f) or ends_with(f.clause, "price_before") or _is_prize(f)


def _is_prize(f: Figure) -> bool:
    """Return whether it is what a prize is worth: 三等奖奖金每人500元; 一等奖1名，奖金1000元."""
    if ends_with(f.clause, "prize_before"):
        return True
    worth = re.fullmatch("(?:每[人名项个])?奖[金励品](?:每[人名项个]|各|价值|为|是)*", f.clause)
    return worth is not None and mentions(f.sentence[-30:], "prizes_counted")


_APIECE = "多?钱?[一每](?:斤|公斤|千克|只|个|箱|头)"


def _is_offered_price(f: Figure) -> bool:
    return re.match("(?:左右|以上)?的(?:价格|单价|租金|均价|保底价|底价)", f.rest) is not None


_RATES = frozenset({"rate", "points", "ratio"})
# 比去年增加15人 is a difference; 比去年增长15% is a result.
_CHANGE_SINCE = re.compile(
    r"[比较](?:去年|上年|上一年|前年|往年|(?:19|20)\d\d年)(?:同期|[底末])?"
    "[又还净]?(?:增加|增长|增|多|减少|少|下降|减)了?$"
)
# 24家单位参加帮扶: who takes part, unless they were helped.
_TAKING_PART = re.compile(f"[{HAN}]{{0,4}}单位(?:参加|参与|联合|共同|组成|承担)")


def _is_difference(f: Figure) -> bool:
    if f.dimension not in _RATES and _CHANGE_SINCE.search(f.clause):
        return True
    return ends_with(f.clause, "difference_before") or starts_with(f.rest, "compared_after")


def _is_capacity(f: Figure) -> bool:
    """Return whether the figure is what a plant makes or a vessel holds, or a density."""
    if f.dimension == "volume" and _VESSELS_COUNTED.match(f.rest):
        return True
    makes = "生产|产|加工|处理|屠宰|存出栏|出栏|存栏"
    yearly = re.search(f"年(?:{makes})(?:能力)?(?:达|为)?$", f.clause) is not None
    if yearly and starts_with(f.rest, "plants_after"):
        return True
    return re.match("/(?:天|日|小时)|每(?:公顷|亩)", f.rest) is not None


def _holds(f: Figure) -> bool:
    """Return whether the figure is the capacity of the thing after it (2座500立方米的蓄水池)."""
    return _VESSEL.match(f.rest) is not None


_VESSEL = re.compile(f"的?[{HAN}]{{0,6}}?(?:池|罐|库|塔|窖|桶|箱|炉|仓|坝)")
# 修建150立方米饮水池一口
_VESSELS_COUNTED = re.compile(f"{_VESSEL.pattern}[一二两三四五六七八九十0-9]")


# 建成两座60千瓦电站: the power is that of each.
_COUNTED_THINGS = "[一二两三四五六七八九十0-9](?:座|台|个|处|组|套)$"


def _is_size(f: Figure) -> bool:
    """Return whether a length is that of one thing: 宽4米, 6米宽，25米长."""
    if ends_with(f.clause, "size_before") or starts_with(f.rest, "size_after"):
        return True
    beside = re.search("米[宽高厚深][，,、]$", f.text[max(0, f.start - 3) : f.start])
    return f.rest.startswith("长") and beside is not None


def _is_specification(f: Figure) -> bool:
    if ends_with(f.clause, "size_of_each_before") or (f.dimension == "length" and _is_size(f)):
        return True
    if f.dimension == "power" and ends_with(f.clause, "size_before"):
        return True
    sized = re.search(_COUNTED_THINGS, f.clause) is not None
    if sized and (f.dimension == "power" or (f.dimension in {"volume", "mass"} and _holds(f))):
        return True
    return _is_capacity(f) or bool(re.search("[×*x] ?$", f.clause) or re.match(" ?[×*]", f.rest))


_RANKED = "[^，,。；;]{0,8}的(?:金融机构|银行|企业|单位|高校|县|市|区|镇|乡|村)"


_SIZED_COUNT = (
    "的?(?:龙头|重点|规模|骨干|加工|农业|产业|特色|强|示范|专业){0,3}"
    "(?:企业|村|镇|县|乡|大户|园区|集群|品牌|基地|合作社)(?:达|有|共)?[0-9]"
)


def _is_quota(f: Figure) -> bool:
    """Return whether it was set beforehand: 考核任务38283座, or a class: 收入超百万元的村12个."""
    over = f.dimension == "money" and f.quantity.qualifier is Qualifier.OVER
    if over and re.match(_SIZED_COUNT, f.rest):
        return True
    return ends_with(f.clause, "quota_before") and not mentions(f.clause, "quota_met")


def _is_threshold(f: Figure) -> bool:
    # 20～30万亩种茶县3个, 30万亩以上种茶县1个
    limits = f.quantity.is_range or f.quantity.as_written.endswith(("以上", "以下"))
    sized = (limits and starts_with(f.rest, "sized_places_after")) or _is_quota(f)
    if sized or re.match(f"的{match_any('verges')}", f.rest):
        return True
    # 当地规定，农家乐须有床位10张以上 is asked for
    asked = limits and (mentions(f.clause, "required_of_it") or mentions(f.sentence, "required"))
    # 全省首个突破百亿贷款的县 is a title of the county.
    if asked or (f.clause.endswith(("首个", "首家")) and re.match(_RANKED, f.rest)):
        return True
    if not re.search("以[上下内]$", f.quantity.as_written):
        return False
    if f.dimension == "rate":
        return False
    if f.dimension in {"money", "unit_price"}:
        of = re.match(f"的[{HAN}]{{0,6}}{match_any('owners')}", f.rest)
        return of is not None or re.match("(?:龙头|规上)?企业|项目|大户", f.rest) is not None
    runs_on = re.match(f"[{HAN}0-9]", f.rest) is not None
    apiece = re.search("每(?![年月天周日逢])", f.clause) is not None
    return apiece or (runs_on and not ends_with(f.clause, "achieving"))


_YIELD = "每一?(?:吨|公斤|斤|头|只|棵|株|箱|筐)[^，,。；;]{0,8}可[^，,。；;]{1,6}$"


def _is_apiece(f: Figure) -> bool:
    if ends_with(f.clause, "often_before"):
        single = f.number in {"一", "两", "1", "2"} and f.dimension == "events"
        # 每年选择1至2个村 says how it is done, not what was done.
        single = single or re.fullmatch("[一1][-—－~～至到][两二2三3]", f.number) is not None
        # 每年派驻至少5名专家 is what is asked for.
        single = single or f.text.startswith(("至少", "不少于", "不低于"), f.start)
        return single or (f.dimension in _COUNTED and "平均" in f.clause)
    if f.dimension in _COUNTED | {"mass", "area_land"} and _is_daily(f):
        return True
    if f.dimension == "money" and re.search("[挣赚]", f.clause) and _is_daily(f):
        return True
    if re.fullmatch("[一1][-—－~～至到][两二2三3]", f.number) and "每" in f.sentence:
        return True
    # 每吨鲜果可榨汁600公斤
    if f.dimension == "mass" and re.search(_YIELD, f.clause):
        return True
    reach = 30 if f.number in {"一", "1"} else 12
    apiece = re.search(f"每{match_any('each_one')}[^，,]{{0,{reach}}}$", f.clause)
    by_each = _COUNTED | {"power", "length", "area_built", "area_land"}
    return bool(apiece) and f.dimension in by_each


def _is_daily(f: Figure) -> bool:
    """Return whether the figure is that of a day: 每天培训12人, 上午6个村、下午6个村."""
    halves = re.match("(?:上午|下午|晚上)", f.clause) is not None and "每天" in f.sentence
    return halves or ends_with(f.clause, "daily_before")


# 收入较2020年（3.2万元）分别增长4.8倍: what the bracket tells was before.
_BESIDE_EARLIER = re.compile(r"[较比](?:(?:19|20)\d\d年|上年|去年|原来)[^，,。；;（(]{0,6}[（(]$")


def _is_baseline(f: Figure) -> bool:
    if f.dimension in {"money", "count", "people"} and mentions(
        _cut_before_number(f), "standing_low"
    ):
        return True
    if f.dimension == "money" and ends_with(f.clause, "debts_before"):
        return not mentions(f.clause, "debts_paid")
    if starts_with(f.rest, "unsettled_after") or _BESIDE_EARLIER.search(f.sentence):
        return True
    once = mentions(f.sentence, "past") and not mentions(f.sentence, "present")
    if once and f.dimension in {"money", "rate", "mass"} and mentions(f.clause, "standing"):
        return True
    poor = f.dimension in {"count", "length"} and ends_with(f.clause, "poor_standing")
    many = _cut_before_number(f).endswith(("只有", "仅有", "多达", "高达"))
    if poor or (once and f.dimension == "count" and many):
        return True
    former = f.dimension in {"households", "people"} and ends_with(f.clause, "former")
    moved = ends_with(f.clause, "baseline_before") and starts_with(f.rest, "baseline_after")
    return former or moved


def _cut_before_number(f: Figure) -> str:
    """Return the clause with the qualifier of the figure: 人均收入不足."""
    return f.clause + f.text[f.start : f.end].partition(f.number[0])[0]


def _is_process(f: Figure) -> bool:
    passed = f.dimension == "events" and ends_with(f.clause, "process_before")
    return passed or starts_with(f.rest, "process_after")


def _is_arrangement(f: Figure) -> bool:
    return ends_with(f.clause, "arrangement_before") or starts_with(f.after, "arrangement_after")


def _is_repeat(f: Figure) -> bool:
    return not f.sentence and starts_with(f.rest, "repeat_after")


# Every reason and its test, the surest first; the key is the one in `import --json`.
REASONS: tuple[tuple[str, Callable[[Figure], bool]], ...] = (
    ("time", _is_time),
    ("ordinal", _is_rank),
    ("name", _is_in_name),
    ("idiom", _is_in_idiom),
    ("name", _is_spelled_in_name),
    ("anecdote", _is_anecdote),
    ("boilerplate", _is_boilerplate),
    ("national", _is_national),
    ("elsewhere", _is_elsewhere),
    ("interest", _is_interest),
    ("denied", _is_denied),
    ("damage", _is_damage),
    ("location", _is_location),
    ("profile", _is_one_of_many),
    ("arrangement", _counts_structure),
    ("profile", describes_conditions),
    ("price", _is_price),
    ("difference", _is_difference),
    ("specification", _is_specification),
    ("forecast", is_forecast),
    ("threshold", _is_threshold),
    ("each", _is_apiece),
    ("baseline", _is_baseline),
    ("process", _is_process),
    ("arrangement", _is_arrangement),
    ("repeat", _is_repeat),
)
