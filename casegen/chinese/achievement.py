"""achievement: whether a figure in a text states a result of the work, or why it does not.

Secret: what the words around a figure make of it: a name, an ordinal, existing conditions, a
price, a forecast, an anecdote. The word lists stand in data/prose.json; here is how they apply.
Not here: finding figures in a text (figures).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from casegen.chinese.quantity import Measure, Qualifier, Quantity, dimension_of
from casegen.chinese.words import any_of, words


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `start` to `end` of a plain text; `number` is its digits, `unit` its counter.

    `sentence` and `clause` are what stands before it in them, `rest` is what follows.
    """

    text: str
    start: int
    end: int
    number: str
    unit: str
    quantity: Quantity
    measure: Measure
    sentence: str
    clause: str
    rest: str
    dimension: str

    @property
    def after(self) -> str:
        """What follows it in the clause."""
        return re.split("[，,。；;！？!?：:\n]", self.rest)[0]


def figure_in(  # noqa: PLR0913, PLR0917 one figure, all that was read of it
    text: str,
    start: int,
    end: int,
    number: str,
    unit: str,
    quantity: Quantity,
    measure: Measure,
) -> Figure:
    """A figure with its surroundings."""
    sentence = re.split("[。！？!?；;\n]", text[max(0, start - 200) : start])[-1]
    clause = re.split("[，,：:（(]", sentence)[-1]
    rest = text[end : end + 40]
    dimension = dimension_of(quantity.unit)
    return Figure(
        text, start, end, number, unit, quantity, measure, sentence, clause, rest, dimension
    )


# How many code points a paragraph may have around a figure before we stop looking at it.
REACH = 1000
# A line of more is no heading.
LONG_HEADING = 30
_COUNTED = frozenset({"count", "people", "events", "households"})
_EXACT = frozenset({"area_land", "area_built", "mass", "rate", "ratio", "points", "length"})


def reason_against(figure: Figure) -> str:
    """Why a figure is nothing achieved (the key of `REASONS`), or ""."""
    return next((reason for reason, holds in REASONS if holds(figure)), "")


def shared(reason: str, earlier: Figure, later: Figure) -> bool:
    """Whether a reason against one of two neighbours holds for the other one too.

    A joined pair shares its starting point (312户1206人); existing conditions are described by
    nouns and figures in a row, without a verb between them.
    """
    between = later.text[earlier.end : later.start].replace(" ", "")
    if reason not in {"profile", "national"}:
        return reason == "baseline" and not between
    acted = any_of("profile_unless", "honoured", "done_since", "verbs") + "|的"
    bare = re.sub("[(（][一-龥]+[)）]", "", between)
    row = re.fullmatch("[一-龥]{0,6}[、，,(（]?[一-龥]{0,8}", bare) is not None
    return row and re.search(acted, between) is None and not _starts(later.rest, "doing_after")


def belongs_to_profile(whole: Figure, part: Figure) -> bool:
    """Whether 其中 makes a figure a part of existing conditions (521户, 其中贫困户284户)."""
    between = part.text[whole.end : part.start]
    among = re.search("其中[一-龥]{0,8}$", between) is not None and "。" not in between
    return among and may_be_profile(part) and not _starts(part.rest, "doing_after")


def may_be_profile(figure: Figure) -> bool:
    """Whether a figure can describe existing conditions: people, homes, fields, no verb before."""
    acted = any_of("profile_unless", "honoured", "verbs")
    if figure.clause.endswith(("贫困发生率", "贫困发生率为")):
        return True
    return figure.measure.unit in words()["profile_units"] and not re.search(acted, figure.clause)


def _ends(text: str, heading: str) -> bool:
    return re.search(f"{any_of(heading)}(?:了|约|近|达|有|共)? ?$", text) is not None


def _starts(text: str, heading: str) -> bool:
    return re.match(any_of(heading), text) is not None


def _says(text: str, heading: str) -> bool:
    return re.search(any_of(heading), text) is not None


def _time(f: Figure) -> bool:
    helped = f.unit == "年" and _starts(f.rest, "assist_years") and f.quantity.low < 100
    return f.dimension == "time" and not helped


def _ordinal(f: Figure) -> bool:
    return _ends(f.clause, "rank_before")


def _quotation(f: Figure) -> str:
    """What stands in the quotation marks around the figure, or ""."""
    for opening, closing in ("“”", "‘’", "《》", "「」"):
        left = f.text.rfind(opening, max(0, f.start - 200), f.start)
        shut = f.text.rfind(closing, max(0, f.start - 200), f.start)
        right = f.text.find(closing, f.end, f.end + 300)
        if left > shut and right >= 0 and "\n" not in f.text[left:right]:
            return f.text[left + 1 : right]
    # Straight marks do not say which way they face: an odd number of them stands open.
    line = f.text[max(0, f.start - REACH) : f.start].rpartition("\n")[2]
    right = f.text.find('"', f.end, f.end + 60)
    if line.count('"') % 2 and right >= 0 and "\n" not in f.text[f.end : right]:
        return line[line.rfind('"') + 1 :] + f.text[f.start : right]
    return ""


def _name(f: Figure) -> bool:
    quoted = _quotation(f)
    if quoted and (len(quoted) <= 12 or _says(quoted, "titles")):
        return True
    # 万名学子, 千亩茶园: a scale alone is no number unless it has a qualifier (近万名, 千余亩).
    unqualified = f.quantity.qualifier in {Qualifier.EXACT, Qualifier.AT_LEAST}
    bare = re.fullmatch("[百千万亿]+", f.number) and unqualified
    return bool(bare) and f.unit != ""


def _idiom(f: Figure) -> bool:
    left = max(0, f.start - 4)
    around = f.text[left : f.end + 6]
    spans = (m.span() for m in re.finditer(any_of("idioms"), around))
    return any(a <= f.start - left < b for a, b in spans)


def _spelled_name(f: Figure) -> bool:
    """Whether Chinese numerals are part of a name: they count only before a unit or a counter."""
    single = len(f.number) == 1
    if f.number == "一":
        return not _one(f)
    if f.number[:1] not in "零一二两三四五六七八九十百千" or not f.unit:
        return False
    if f.dimension in _EXACT:
        return single and _starts(f.rest, "village_names_after")
    if f.dimension == "money":
        return single and re.match("[，,。；;、]|$", f.rest) is None
    if single and f.dimension == "events":
        return not (_starts(f.rest, "occasion_after") or _ends(f.clause, "occasion_before"))
    return _numbered(f)


def _one_of_many(f: Figure) -> bool:
    return _starts(f.rest, "one_of_many")


def _structure(f: Figure) -> bool:
    """How many provinces, aspects or tasks there are (8个省市, 7个方面), unless they are helped."""
    helped = re.search("(?:支持|帮扶)[一-龥]{0,4}$", f.clause)
    return f.dimension == "count" and _starts(f.rest, "structures_after") and not helped


def _numbered(f: Figure) -> bool:
    """Whether the figure numbers a programme or a list (三大产业, 办三件实事：一是)."""
    if _starts(f.rest, "list_after") or _starts(f.after, "cardinal_names") or f.number == "十":
        return True
    if f.unit == "个":
        return re.match("(?:村|镇|县|乡|市|区)(?!级)", f.rest) is not None
    return len(f.number) == 1 and f.unit in words()["units_of_names"]


def _one(f: Figure) -> bool:
    """Whether 一 counts (新建电排一座) and is no article (建起一座新桥)."""
    counted = f.dimension in {"count", "events"} and re.match("[，,、。；;0-9）)]|$", f.rest)
    return bool(counted) and _says(f.clause, "made")


def _anecdote(f: Figure) -> bool:
    quoted = _quotation(f)
    if quoted and (_says(quoted, "first_person") or _spoken_by_villager(f)):
        return True
    own = f.unit in {"个", "名"} and _starts(f.rest, "offspring")
    own = own or _ends(f.clause, "toil_before") or _starts(f.rest, "gathering_after")
    return own or _says(f.sentence, "single_person") or _told_of_one(f)


def _told_of_one(f: Figure) -> bool:
    """Whether the sentence, or one that goes on from there, tells of one villager by name."""
    if _names_villager(f.sentence):
        return True
    if not _starts(f.sentence.lstrip(), "told_on"):
        return False
    before = f.text[max(0, f.start - REACH) : f.start - len(f.sentence)].rpartition("\n")[2]
    told = re.split("[。！？!?；;]", before.rstrip("。！？!?；;”"))[-1]
    return _names_villager(told)


def _names_villager(text: str) -> bool:
    named = f"{any_of('villagers')}{any_of('surnames')}[一-龥]{{1,2}}?{any_of('after_a_name')}"
    return re.search(named, text) is not None


def _spoken_by_villager(f: Figure) -> bool:
    """Whether the quotation around the figure is a villager's, by what follows it."""
    shut = f.text.find("”", f.end, f.end + 300)
    return shut >= 0 and _starts(f.text[shut + 1 : shut + 40], "speakers")


def _boilerplate(f: Figure) -> bool:
    return _ends(f.sentence, "boilerplate_before")


def _country(f: Figure) -> bool:
    if f.dimension == "count" and _starts(f.rest, "national_things"):
        return True
    if f.number in words()["national_numbers"] and _starts(f.rest, "national_number_things"):
        return True
    return _says(f.sentence, "national") and not _says(f.sentence, "honoured")


def _location(f: Figure) -> bool:
    near = _ends(f.clause, "place_before") or _starts(f.rest, "place_after")
    return f.dimension == "length" and near


def _profile(f: Figure) -> bool:
    """Whether the figure describes existing conditions: what a place has without any help."""
    if f.dimension == "rate":
        return _standing_rate(f)
    counted = f.measure.unit in {"户", "人"}
    # …是唯一的深度贫困村，有327户，1235人
    of_place = re.search("[村镇乡县寨屯组][，,](?:现|共|总)?共?有$", f.sentence)
    bare = of_place is not None and re.match("[，,。；;、0-9（(]|$", f.rest) is not None
    static = counted and (bare or _starts(f.rest, "static_people_after"))
    if static or _starts(f.rest, "standing_things_after"):
        return True
    if _says(f.clause, "profile_unless") or (counted and _starts(f.rest, "doing_after")):
        return False
    if f.measure.unit in words()["profile_units"] and _ends(f.clause, "profile_before"):
        return True
    if counted and _ends(f.clause, "profile_people_before"):
        whole = re.search("全[村镇乡县](?:共|现|现共|总共)?有?$", f.clause)
        return not whole or re.match(words()["whole_place_after"], f.rest) is not None
    divided = _starts(f.rest, "places_without_doing") and _ends(f.clause, "having")
    from_there = re.match("[省市县区乡镇村地]", f.rest) is not None
    return divided or (from_there and _ends(f.clause, "origin_before"))


def _standing_rate(f: Figure) -> bool:
    if _says(f.clause, "urban") or re.match(words()["static_after"], f.rest):
        return True
    if _ends(f.clause, "static_share"):
        return True
    return _says(f.clause, "static_rate") and not _says(f.sentence, "changed")


def _price(f: Figure) -> bool:
    _, slash, owner = f.quantity.unit.partition("/")
    if slash:
        each = owner.split("·")[0] in words()["price_per_when"]
        return each or _offered(f) or _ends(f.clause, "ceiling_before")
    return f.dimension == "money" and (_offered(f) or _ends(f.clause, "price_before"))


def _offered(f: Figure) -> bool:
    return re.match("(?:左右|以上)?的(?:价格|单价|租金|均价|保底价|底价)", f.rest) is not None


def _difference(f: Figure) -> bool:
    return _ends(f.clause, "difference_before") or _starts(f.rest, "compared_after")


def _specification(f: Figure) -> bool:
    if f.dimension in {"length", "power"} and _ends(f.clause, "size_before"):
        return True
    if f.dimension == "length" and _starts(f.rest, "size_after"):
        return True
    if re.match("/(?:天|日|小时)|每(?:公顷|亩)", f.rest):  # a plant's capacity, a density
        return True
    return bool(re.search("[×*x] ?$", f.clause) or re.match(" ?[×*]", f.rest))


def _forecast(f: Figure) -> bool:
    planned = (
        f"(?:{any_of('forecast', 'after_it', 'will')}"
        f"|(?<!{any_of('not_programmes')}){any_of('plan')})"
    )
    if _ends(f.sentence, "target_before") or _hoped(f) or _starts(f.rest, "future_after"):
        return True
    said = list(re.finditer(planned, f.sentence))
    if _promised(f, planned) or _under_plans(f):
        return True
    if said:
        return not _says(f.sentence[said[-1].end() :], "done_since")
    before = f.text[max(0, f.start - REACH) : f.start].rpartition("\n")[2]
    paragraph = before + f.text[f.start : f.end + REACH].partition("\n")[0]
    return _says(paragraph, "plan_paragraph") and not _says(paragraph, "done")


def _promised(f: Figure, planned: str) -> bool:
    """Whether a list that some plan announces holds the figure (将办三件事：一是…；二是…)."""
    full = re.split("[。！？!?\n]", f.text[max(0, f.start - REACH) : f.start])[-1]
    announced, colon, items = full.rpartition("：") if "：" in full else full.rpartition(":")
    last = re.split("[；;]", announced)[-1]
    listed = re.match("(?:一|1|（一）|①)", items) is not None
    return bool(colon) and listed and re.search(planned, last) is not None


def _under_plans(f: Figure) -> bool:
    """Whether the heading above tells what is to be done (下一步打算)."""
    above = f.text[max(0, f.start - REACH) : f.start].split("\n")[:-1]
    for line in reversed(above):
        heading = line.strip(" #*\u3000")
        if heading and len(heading) < LONG_HEADING and not heading.endswith(tuple("。；;，,！!")):
            return _says(heading, "plan_headings")
    return False


def _hoped(f: Figure) -> bool:
    """建成后可带动30户: what is to come of it once it stands."""
    before, stands, after = f.sentence.rpartition("后")
    if not stands or not re.search(f"{any_of('on_completion')}$", before + stands):
        return False
    return _says(after + re.split("[。！？!?；;\n]", f.rest)[0], "hopes")


def _threshold(f: Figure) -> bool:
    if re.match(f"的{any_of('verges')}", f.rest):
        return True
    if not re.search("以[上下内]$", f.quantity.as_written):
        return False
    if f.dimension == "rate":
        return False
    if f.dimension in {"money", "unit_price"}:
        of = re.match(f"的[一-龥]{{0,6}}{any_of('owners')}", f.rest)
        return of is not None or re.match("(?:龙头|规上)?企业|项目|大户", f.rest) is not None
    runs_on = re.match("[一-龥0-9]", f.rest) is not None
    apiece = re.search("每(?![年月天周日逢])", f.clause) is not None
    return apiece or (runs_on and not _ends(f.clause, "achieving"))


def _each(f: Figure) -> bool:
    if _ends(f.clause, "often_before"):
        single = f.number in {"一", "两", "1", "2"} and f.dimension == "events"
        return single or (f.dimension in _COUNTED and "平均" in f.clause)
    if f.dimension in _COUNTED | {"mass"} and _ends(f.clause, "daily_before"):
        return True
    reach = 30 if f.number in {"一", "1"} else 12
    apiece = re.search(f"每{any_of('each_one')}[^，,]{{0,{reach}}}$", f.clause)
    return bool(apiece) and f.dimension in _COUNTED | {"power", "length", "area_built"}


def _baseline(f: Figure) -> bool:
    if f.dimension in {"money", "count"} and _says(_up_to_number(f), "standing_low"):
        return True
    if f.dimension == "money" and _ends(f.clause, "debts_before"):
        return not _says(f.clause, "debts_paid")
    if re.match("[一-龥]{0,6}(?:滞销|积压|待售|卖不出去|无人问津)", f.rest):
        return True
    once = _says(f.sentence, "past") and not _says(f.sentence, "present")
    if once and f.dimension in {"money", "rate", "mass"} and _says(f.clause, "standing"):
        return True
    if f.dimension in {"count", "length"} and _ends(f.clause, "poor_standing"):
        return True
    former = f.dimension in {"households", "people"} and _ends(f.clause, "former")
    moved = _ends(f.clause, "baseline_before") and _starts(f.rest, "baseline_after")
    return former or moved


def _up_to_number(f: Figure) -> str:
    """The clause with the qualifier of the figure: 人均收入不足."""
    return f.clause + f.text[f.start : f.end].partition(f.number[0])[0]


def _process(f: Figure) -> bool:
    passed = f.dimension == "events" and _ends(f.clause, "process_before")
    return passed or _starts(f.rest, "process_after")


def _arrangement(f: Figure) -> bool:
    return _ends(f.clause, "arrangement_before") or _starts(f.after, "arrangement_after")


def _repeat(f: Figure) -> bool:
    return not f.sentence and _starts(f.rest, "repeat_after")


# Every reason and its test, the surest first; the key is what `import --json` says.
REASONS: tuple[tuple[str, Callable[[Figure], bool]], ...] = (
    ("time", _time),
    ("ordinal", _ordinal),
    ("name", _name),
    ("idiom", _idiom),
    ("name", _spelled_name),
    ("anecdote", _anecdote),
    ("boilerplate", _boilerplate),
    ("national", _country),
    ("location", _location),
    ("profile", _one_of_many),
    ("arrangement", _structure),
    ("profile", _profile),
    ("price", _price),
    ("difference", _difference),
    ("specification", _specification),
    ("forecast", _forecast),
    ("threshold", _threshold),
    ("each", _each),
    ("baseline", _baseline),
    ("process", _process),
    ("arrangement", _arrangement),
    ("repeat", _repeat),
)
