"""places: the regions that a manuscript names, from the province down to the village.

Secret: how running text names places, and which of them a case is about.
Not here: which divisions there are (casegen.chinese.region), words that are no names
(data/manuscripts.json).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from casegen.chinese import region
from casegen.chinese.characters import HAN
from casegen.chinese.region import Region
from casegen.chinese.word_lists import match_any
from casegen.importers.manuscript import read_words

MOST = 12


def _any_of(key: str) -> str:
    """Return one pattern that matches any of a list of words, in its order."""
    return "|".join(read_words("places")[key])


_TITLES = re.compile("《[^《》<]*(?:<[^<>]*>[^《》<]*)?》|《[^《》]*》|〈[^〈〉]*〉|<[^<>]*>")
# Characters after 村, 镇 and 乡 that show that no name ends there: 村民, 镇村干部, 乡土.
_NOT_BEFORE = read_words("places")["not_before"]
_MORE = _any_of("with_village")
_LOW = re.compile(
    # 下党乡下党村: a village's name may begin with 下, which else ends none (乡下).
    f"(?P<town>(?:镇|乡|街道)(?=下(?![属辖各农乡沉派])[{HAN}]{{1,2}}村)"
    f"|(?:镇|乡(?![镇村县市塘])|街道|苏木)(?!{_MORE}|[{_NOT_BEFORE}]))"
    f"|(?:村(?![镇乡])|嘎查|社区)(?!{_MORE}|[{_NOT_BEFORE}])"  # 星村镇 is a town
    "|(?P<joint>村)(?=集体)"
    # 元阳县新街镇土锅寨村: a town only right behind a county, for 乡土 and 镇长 are words.
    f"|(?P<near>[镇乡])(?=[{_NOT_BEFORE}][{HAN}]{{1,2}}村(?!{_MORE}|[{_NOT_BEFORE}]))"
)
_FUNCTION = read_words("places")["function"]
_GENERIC = re.compile(
    f"(?:.*(?:{_any_of('generic')}))?(?:村|嘎查|社区|镇|乡|街道|苏木)|(?:农|各|全)?村[镇乡]"
    "|[苗侗瑶彝藏壮羌黎畲竹茶稻花果蚕鱼渔牧瓷酒药诗歌棉梨桃枣姜蒜椒菇]乡"
)
_REAL_ANYWAY = re.compile(
    f"(?:[一二三四五六七八九十]|[{HAN}]{{2}}中心|[{HAN}]{{1,3}}(?:新|大|小|老|三|八|家))村"
)
# 北荡村集体 at the beginning of a sentence names a village; 壮大村集体 names none.
_RAISING = re.compile(f"(?:{_any_of('raising')}).*")
# Right behind a county these make no name either: 陇西县贫困山村; 永兴镇 and 清水镇 do.
_COMMON = re.compile(_any_of("common"))
_NAMELIKE = re.compile(
    "(?:[永清长复东西南北中龙凤青白黑金银石双三九五太同和安广玉红绿黄天云仁义礼智信福寿康宁泰][兴新城水山强富美民]"
    f"|{match_any('surnames')}家)(?:村|镇|乡|街道|社区)"
)
# Names may begin with a word that else shows where a name ends: 和平村, 向阳镇; and 杨各庄镇.
_HEADS = re.compile(_any_of("heads"))
# The first part of 金乡镇, whose name itself ends in 乡 or 镇.
_TOWN_IN_NAME = re.compile(
    f"(?![各个多全两几每本该同外进下返回还个一二三四五六七八九十城])[{HAN}][乡镇]"
)
LONGEST_LOW = 6
_LIES_IN = re.compile("(?:位于|地处|隶属|坐落)[^，。；]{0,20}")  # 步云村位于陇西县菜子镇
_MASKS = frozenset("xX×＊*某○")
# Most names that are compared with one another, because they may begin earlier than they seem to.
MOST_LOOSE = 400
_VERBS = re.compile(f"(?:{_any_of('verbs')})+")


_OWN = re.compile(f"(?P<base>.{{2,}}?)(?:(?:{region.PEOPLES}|各)族?)*自治(?P<kind>[州县旗])")
_KIND = re.compile("(?:地区|林区|特区|[市县区州盟旗])$")


@cache
def _load_names() -> dict[str, tuple[Region, ...]]:
    """Return full names, and short ones of autonomous places with their kind (石柱县, 黔东南州)."""
    names: dict[str, list[Region]] = {}
    for place in region.list_regions():
        full = place.names[-1]
        words = {full}
        if own := _OWN.fullmatch(full):
            words.add(own["base"] + own["kind"])
        for word in words:
            names.setdefault(word, []).append(place)
    for province in region.PROVINCES:
        names.setdefault(province.label, []).append(Region(province.name))
    return {word: tuple(dict.fromkeys(places)) for word, places in names.items()}


@cache
def _load_labels() -> dict[str, tuple[Region, ...]]:
    """Return bare names of counties and cities (陇西, 峨边); they count only after a province."""
    labels: dict[str, list[Region]] = {}
    for place in region.list_regions():
        full = place.names[-1]
        own = _OWN.fullmatch(full)
        base = own["base"] if own else _KIND.sub("", full)
        if len(base) > 1 and len(place.names) > 1:
            labels.setdefault(base, []).append(place)
    return {word: tuple(places) for word, places in labels.items()}


@cache
def _load_undivided() -> frozenset[Region]:
    """Return the cities that have no counties: their towns lie right in them (东莞, 儋州)."""
    divided = {(place.province, place.city) for place in region.list_regions() if place.county}
    return frozenset(
        place
        for place in region.list_regions()
        if place.city and not place.county and (place.province, place.city) not in divided
    )


@cache
def _list_undivided() -> tuple[str, ...]:
    """Return the names of the cities that have no counties."""
    return tuple(place.names[-1] for place in _load_undivided())


def find_places(title: str, lines: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the regions of a text as a case writes them, and what is uncertain about them."""
    texts = [_TITLES.sub("，", line) for line in (title, *lines)]
    counts: Counter[Region] = Counter()
    spots: list[list[tuple[int, Region]]] = []
    spans: list[list[tuple[int, int]]] = []
    above: list[dict[int, Region]] = []
    province = ""
    for number, text in enumerate(texts):
        here: list[tuple[int, Region]] = []
        wider: dict[int, Region] = {}
        larger = _find_names(text, province)
        spans.append([(start, end) for start, end, _ in larger])
        for _, end, places in larger:
            place = _choose_region(places, province, counts)
            if place is None:
                continue
            counts[place] += 3 if number == 0 else 1
            if not place.county:
                wider[end] = place
            if len(place.names) == 1:
                province = place.province
                continue
            province = province or place.province
            if place.county or place in _load_undivided():
                here.append((end, place))
        spots.append(here)
        above.append(wider)
    named = _name_low_places(texts, [{end for end, _ in spot} for spot in spots], spans)
    low = _assign_low_places(texts, spots, [[n for n in names if not n.masked] for names in named])
    chosen, why = _settle_regions(counts, low)
    owned = {name for seen in low.values() for pair in seen for name in pair}
    loose = _list_unplaced(named, above, owned, alone=not chosen)
    if not loose:
        return chosen, why
    names = "、".join(name.rpartition("/")[2] for name in loose)
    loose = tuple(map(_add_county, loose))
    inside = tuple(text for text in chosen if not any(n.startswith(text + "/") for n in loose))
    why = f"稿子里没有写明 {names} 在哪个县，请补全，从省写起"
    return (*inside, *loose)[:MOST], why


def _list_unplaced(
    named: Sequence[Sequence[_LowPlace]],
    above: Sequence[Mapping[int, Region]],
    owned: set[str],
    *,
    alone: bool,
) -> tuple[str, ...]:
    """Return townships and villages of no county: in the title, named twice, after a masked name.

    `above` maps an offset of each text to the city or province that ends there: a name right behind
    belongs to it. `alone`: no other place is known, so that one mention is enough.
    """
    counts = Counter[str]()
    paths: dict[str, str] = {}
    for number, names in enumerate(named):
        before: _LowPlace | None = None
        for low in names:
            counts[low.name] += 2 if low.masked or number == 0 else 1
            if before is not None and before.town and not low.town and before.end == low.at:
                paths[low.name] = f"{paths.get(before.name, before.name)}/{low.name}"
            elif place := above[number].get(low.at):
                paths.setdefault(low.name, f"{place.text}/{low.name}")
            before = low
    told = [n for n in counts if counts[n] > 1 and n not in owned]
    if not told and alone:
        only = _list_innermost([paths.get(name, name) for name in counts])
        return only if len(only) == 1 else ()
    return _list_innermost([paths.get(name, name) for name in told])


def _add_county(path: str) -> str:
    """Return a path that begins with a county's bare name under that county: 通道独坡乡."""
    first, slash, rest = path.partition("/")
    for size in range(2, len(first) - 2):
        places = _load_labels().get(first[:size], ())
        if len(places) == 1 and places[0].county and _LOW.search(first[size:]):
            return f"{places[0].text}/{first[size:]}{slash}{rest}"
    return path


def _list_innermost(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the places in which no other one lies: 菜子镇/步云村 makes 菜子镇 superfluous."""
    return tuple(text for text in texts if not any(f"{text}/" in other for other in texts))


@cache
def _index_by_head() -> dict[str, tuple[str, ...]]:
    """Return names by their first two characters, the longest first."""
    heads: dict[str, list[str]] = {}
    for name in _load_names():
        heads.setdefault(name[:2], []).append(name)
    return {head: tuple(sorted(names, key=len, reverse=True)) for head, names in heads.items()}


def _find_names(text: str, province: str) -> list[tuple[int, int, tuple[Region, ...]]]:
    """Return every name in a text with its start and end, the longest one at each offset."""
    names, labels, heads = _load_names(), _load_labels(), _index_by_head()
    found: list[tuple[int, int, tuple[Region, ...]]] = []
    at, top = 0, province
    while at < len(text):
        word = next((n for n in heads.get(text[at : at + 2], ()) if text.startswith(n, at)), "")
        places = names.get(word, ())
        if not word and found and found[-1][1] == at and top:
            # 四川峨边: a bare name counts right after its province.
            for size in range(min(7, len(text) - at), 1, -1):
                word = text[at : at + size]
                places = tuple(p for p in labels.get(word, ()) if p.province == top)
                if text[at + size : at + size + 1] in {"镇", "乡", "村", "街"}:
                    places = ()  # 陇西县清水镇 is no 清水县
                if places:
                    break
        if not places:
            at += 1
            continue
        if places[0].names == (places[0].province,):
            top = places[0].province
        found.append((at, at + len(word), places))
        at += len(word)
    return found


def _choose_region(
    places: Sequence[Region], province: str, counts: Counter[Region]
) -> Region | None:
    """Return the place that a name means here: the only one, or one inside a place named before."""
    if len(places) == 1:
        return places[0]
    near = [p for p in places if p.province == province]
    cities = {p.city for p in counts}
    near = [p for p in near if p.city in cities] or near
    return near[0] if len(near) == 1 else None


@dataclass(frozen=True, slots=True)
class _LowPlace:
    """A township or village as named at one place; `sure` where its beginning is certain."""

    name: str
    at: int
    end: int
    town: bool
    sure: bool
    listed: bool
    masked: bool = False  # the county before it is masked: xx县农林村


def _find_low_places(
    text: str, stops: set[int], spans: Sequence[tuple[int, int]] = ()
) -> list[_LowPlace]:
    """Return every township and village of a text.

    `stops` are offsets where counties' names end; `spans` are those of all larger places: the 镇 of
    河南省镇平县 ends no name.
    """
    found: list[_LowPlace] = []
    ends = set(stops)
    within = {at for first, last in spans for at in range(first, last)}
    for match in (m for m in _LOW.finditer(text) if m.start() not in within):
        start = match.start()
        sure = listed = False
        while match.start() - start < LONGEST_LOW:
            before = text[start - 1 : start]
            headed = start < match.start() and _HEADS.match(text, start - 1) is not None
            if headed and start not in ends:
                start -= 1
                continue
            if start in ends or not before or not "一" <= before <= "龥" or before in _FUNCTION:
                sure, listed = True, before in {"、", "和"}
                break
            start -= 1
        if lead := _VERBS.match(text, start, match.start()):
            start, sure = (lead.end(), True) if match.start() - lead.end() > 0 else (start, sure)
        masked = text[start - 1 : start] in _MASKS and start > 0
        if masked and text[start] in "县市区旗":
            start, sure = start + 1, True
        name = text[start : match.end()]
        real = _REAL_ANYWAY.fullmatch(name) is not None and (listed or len(name) > 2)
        base = text[start : match.start()]
        behind = start in stops or any(low.town and low.end == start for low in found[-1:])
        # 利民镇、杜集镇: a list goes on. 中山市三乡镇: the towns lie right in such a city.
        series = listed and any(low.town and low.end == start - 1 for low in found[-1:])
        proper = (behind or series) and len(base) > 1 and not _COMMON.search(base)
        proper = proper or _is_named_town(text, start, name, behind=start in stops)
        if match["near"] and not (start in stops and proper):
            continue
        real = bool(real or proper or _NAMELIKE.fullmatch(name))
        known = not masked or text[start - 1] in "县市区旗"
        if match["joint"] and not _is_named_jointly(text, start, base, behind=behind):
            continue
        if len(name) > 1 and known and (real or not _GENERIC.fullmatch(name)):
            town = match["town"] is not None or match["near"] is not None
            found.append(_LowPlace(name, start, match.end(), town, sure, listed, masked))
            ends.add(match.end())
    return found


def _is_named_town(text: str, start: int, name: str, *, behind: bool) -> bool:
    """Return whether a town's name itself ends in 乡 or 镇: 苍南县金乡镇, but not 苍南县各乡镇."""
    if name in {"三乡镇", "古镇镇"} and text.endswith(_list_undivided(), 0, start):
        return True
    return behind and _TOWN_IN_NAME.fullmatch(name[:-1]) is not None


def _is_named_jointly(text: str, start: int, base: str, *, behind: bool) -> bool:
    """Return whether a village is named before 集体 (北荡村集体), and not any village's funds."""
    if behind or _NAMELIKE.fullmatch(base + "村"):
        return len(base) > 1 and not _RAISING.fullmatch(base)
    before = text[max(0, start - 2) : start]
    opens = not text[:start].strip() or before[-1] in "。；！？：\n"
    opens = opens or before in {"年，", "年,", "月，", "日，", "来，", "初，", "底，"}
    return opens and len(base) in {2, 3} and not _RAISING.fullmatch(base)


def _name_low_places(
    texts: Sequence[str], stops: Sequence[set[int]], spans: Sequence[Sequence[tuple[int, int]]]
) -> list[list[_LowPlace]]:
    """Return the low places of each text; a name with other words before it is cut to the name."""
    every = list(map(_find_low_places, texts, stops, spans))
    counts = Counter(low.name for lows in every for low in lows if low.sure)
    loose = sorted({low.name for lows in every for low in lows if not low.sure})[:MOST_LOOSE]
    for n, name in enumerate(loose):
        for other in loose[n + 1 :]:
            same = len(_find_shared_ending(name, other))
            if 3 <= same <= LONGEST_LOW - 1 and same < min(len(name), len(other)):
                counts[name[-same:]] += 2
    names = []
    for lows in every:
        kept = []
        for low in lows:
            fit = [n for n in counts if n == low.name or (len(n) > 2 and low.name.endswith(n))]
            own = 0 if low.sure else 1  # an uncertain name does not count for itself
            weights = {n: (counts[n] - own * (n == low.name), -len(n)) for n in fit}
            best = max(fit, key=lambda n, known=weights: known[n], default="")  # type: ignore[misc]
            if best and (low.sure or best != low.name or counts[best] > 1):
                kept.append(replace(low, name=best, at=low.end - len(best)))
        names.append(kept)
    return names


def _find_shared_ending(a: str, b: str) -> str:
    """Return the longest ending that two names share."""
    size = 0
    while size < min(len(a), len(b)) and a[-size - 1] == b[-size - 1]:
        size += 1
    return a[len(a) - size :] if size else ""


def _put_in_township(
    before: _LowPlace, item: _LowPlace, gap: str, town_of: dict[str, str], *, chained: bool
) -> None:
    """Note the township of a village: named right before it, or as the place where it lies."""
    if not item.town and before.town and gap in {"", "的"}:
        town_of.setdefault(item.name, before.name)
    elif not item.town and chained and before.name in town_of:
        town_of.setdefault(item.name, town_of[before.name])
    elif item.town and not before.town and _LIES_IN.fullmatch(gap):
        town_of.setdefault(before.name, item.name)


def _assign_low_places(
    texts: Sequence[str],
    spots: Sequence[list[tuple[int, Region]]],
    named: Sequence[Sequence[_LowPlace]],
) -> dict[Region, dict[tuple[str, str], int]]:
    """Put townships and villages under counties: the one right before, else the one named last."""
    low: dict[Region, dict[tuple[str, str], int]] = {}
    owner: dict[str, Region] = {}
    town_of: dict[str, str] = {}
    first = next((place for spot in spots for _, place in spot), None)
    for close in (True, False):
        last = first
        for text, spot, lows in zip(texts, spots, named, strict=True):
            done = 0
            previous: _LowPlace | None = None
            for item in lows:
                while done < len(spot) and spot[done][0] <= item.at:
                    last = spot[done][1]
                    done += 1
                gap = text[previous.end : item.at] if previous else None
                behind = done and spot[done - 1][0] == item.at
                chained = previous is not None and gap in {"", "的", "、", "和", "与", "及"}
                if last and item.name not in owner and ((behind or chained) if close else True):
                    owner[item.name] = last
                if previous is not None:
                    _put_in_township(previous, item, gap or "", town_of, chained=chained)
                previous = item if (behind or not close or item.name in owner) else None
    for name, place in owner.items():
        seen = low.setdefault(place, {})
        if name.endswith(("镇", "乡", "街道", "苏木")):
            seen.setdefault((name, ""), 1)
        else:
            seen[town_of.get(name, ""), name] = 1
    return low


def _settle_regions(
    counts: Counter[Region], low: dict[Region, dict[tuple[str, str], int]]
) -> tuple[tuple[str, ...], str]:
    """Return the places that matter, the most named first; a place above another is left out."""
    counties = [p for p, _ in counts.most_common() if p.county]
    if counties:
        top = counts[counties[0]]
        home = counties[0].province
        counties = [p for p in counties if p.province == home or counts[p] * 3 > top or top < 3]
    cities = [
        p
        for p, _ in counts.most_common()
        if p.city and not p.county and not any(c.city == p.city for c in counties)
    ]
    homes = {p.province for p in (*counties, *cities)}
    provinces = [
        p for p, _ in counts.most_common() if len(p.names) == 1 and p.province not in homes
    ]
    chosen: list[str] = []
    for place in counties:
        chosen += _list_deeper(place, low.get(place, {})) or [place.text]
    for place in cities:
        towns = _list_deeper(place, low.get(place, {}))
        if towns or (not counties and (counts[place] > 1 or not chosen)):
            chosen += towns or [place.text]
    if not chosen and provinces:
        chosen = [provinces[0].text]
    why = (
        ""
        if len(chosen) == 1
        else "稿子里提到的地方不止一处，请留下案例所在的"
        if chosen
        else "稿子里没有认出地名"
    )
    return tuple(dict.fromkeys(chosen))[:MOST], why


def _list_deeper(place: Region, seen: dict[tuple[str, str], int]) -> list[str]:
    villages = {v for _, v in seen if v}
    towned = {v for t, v in seen if v and t}
    texts = []
    for town, village in seen:
        if village and not town and village in towned:
            continue
        if town and not village and any(t == town and v for t, v in seen):
            continue
        texts.append("/".join(filter(None, (*place.names, town, village))))
    return texts if villages or texts else []
