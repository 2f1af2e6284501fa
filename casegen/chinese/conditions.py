"""conditions: which figures describe what a place has without any help.

Secret: the words that distinguish existing conditions from results of the work, and when figures
beside such a figure are of the same kind.
Not here: all other reasons against a figure (achievement).
"""

from __future__ import annotations

import re

from casegen.chinese.characters import HAN
from casegen.chinese.surroundings import Figure, ends_with, find_heading, mentions, starts_with
from casegen.chinese.word_lists import load_words, match_any


def is_shared(reason: str, earlier: Figure, later: Figure) -> bool:
    """Return whether a reason against one of two neighbours holds for the other one too.

    A joined pair has one starting point (312户1206人); existing conditions are described by
    nouns and figures in a row, without a verb between them.
    """
    between = later.text[earlier.end : later.start].replace(" ", "")
    if reason not in {"profile", "national"}:
        return reason == "baseline" and not between
    acted = match_any("profile_unless", "honoured", "done_since", "verbs") + "|的"
    bare = re.sub(f"[(（][{HAN}]+[)）]", "", between)
    row = re.fullmatch(f"[{HAN}]{{0,6}}[、，,(（]?[{HAN}]{{0,8}}", bare) is not None
    return row and re.search(acted, between) is None and not starts_with(later.rest, "doing_after")


def belongs_to_profile(whole: Figure, part: Figure) -> bool:
    """Return whether 其中 makes a figure a part of existing conditions (521户, 其中贫困户284户)."""
    between = part.text[whole.end : part.start]
    among = re.search(f"其中[{HAN}]{{0,10}}$", between) is not None and "。" not in between
    return among and may_be_profile(part) and not starts_with(part.rest, "doing_after")


def may_be_profile(figure: Figure) -> bool:
    """Return whether a figure can describe conditions: people, homes, fields, no verb before."""
    acted = match_any("profile_unless", "honoured", "verbs")
    if figure.clause.endswith(("贫困发生率", "贫困发生率为")):
        return True
    return figure.measure.unit in load_words()["profile_units"] and not re.search(
        acted, figure.clause
    )


# 全市共有412家企业与412个村结对: they do something, and that is the result.
_PAIRED = (
    f"[{HAN}]{{0,8}}(?:[与和同][^，,。；;]{{0,16}})?(?:开展了?|已|签订|建立)?(?:结对|结成|签约)"
)


# 搬迁3200人，其中贫困人口1800人: some of the people who were helped.
_AMONG_HELPED = "(?:搬迁|安置|受益|惠及)[^。；;]{0,40}其中[^，,。；;0-9]{0,10}$"


def describes_conditions(f: Figure) -> bool:
    """Return whether the figure describes existing conditions: what a place has without help."""
    if f.dimension == "rate":
        return _is_standing_rate(f)
    if f.dimension == "area_built" and ends_with(f.clause, "premises_before"):
        return True
    if _is_described(f):
        return True
    return not _is_done_there(f) and (_is_counted_there(f) or _is_under_conditions(f))


def _is_under_conditions(f: Figure) -> bool:
    """Return whether the section is about what the place has (基本情况), and no verb tells more."""
    acted = match_any("profile_unless", "honoured", "verbs", "done_since")
    return not re.search(acted, f.clause) and mentions(find_heading(f), "profile_headings")


def _counts_people_or_homes(f: Figure) -> bool:
    return f.measure.unit in {"户", "人"}


def _is_described(f: Figure) -> bool:
    """Return whether the words beside the figure only describe: …的大多是老人, 散落在山沟里."""
    # …是唯一的深度贫困村，有327户，1235人
    of_place = re.search("[村镇乡县寨屯组][，,](?:现|共|总)?共?有$", f.sentence)
    bare = of_place is not None and re.match("[，,。；;、0-9（(]|$", f.rest) is not None
    static = bare or starts_with(f.rest, "static_people_after")
    if _counts_people_or_homes(f) and static:
        return True
    scattered = starts_with(f.rest, "scattered_after") or ends_with(f.clause, "scattered_before")
    return scattered or starts_with(f.rest, "standing_things_after")


def _is_done_there(f: Figure) -> bool:
    """Return whether the words around the figure are about something done there."""
    if mentions(f.clause, "profile_unless") or re.match(_PAIRED, f.rest):
        return True
    if mentions(f.sentence, "helped_in_sentence"):  # 51户企业共挂联56个县，贫困户8381户
        return True
    # 贫困户9户45人全部脱贫: what the sentence says of the people holds for their homes too.
    rest = re.sub("^[0-9]+(?:余|多)?人", "", f.rest)
    doing = _counts_people_or_homes(f) and starts_with(rest, "doing_after")
    return doing or re.search(_AMONG_HELPED, f.sentence) is not None


def _is_owned(f: Figure) -> bool:
    """Return whether the place has it: 村里有2000亩耕地, 全村432户有141户贫困户."""
    if f.measure.unit == "亩" and starts_with(f.rest, "land_after"):
        return re.search(f"[{HAN}](?:共|拥|现|总共)?有$", f.clause) is not None
    if f.measure.unit == "户" and starts_with(f.rest, "poor_after") and _HOMES.search(f.clause):
        return True
    every = re.search("全[省市县区]$", f.clause) is not None
    return every and re.match(f"[{HAN}]{{0,6}}中[，,]?有", f.rest) is not None


_HOMES = re.compile("[0-9]户(?:中|里|当中)?有$")


def _is_counted_there(f: Figure) -> bool:
    """Return whether the words before the figure say what a place has."""
    if starts_with(f.rest, "helpers_after"):  # 全市共有41名志愿者活跃在一线: they came to help
        return False
    if _is_owned(f):
        return True
    if f.measure.unit in load_words()["profile_units"] and ends_with(f.clause, "profile_before"):
        return True
    if _counts_people_or_homes(f) and ends_with(f.clause, "profile_people_before"):
        whole = re.search("全[村镇乡县](?:共|现|现共|总共)?有?$", f.clause)
        return not whole or re.match(load_words()["whole_place_after"], f.rest) is not None
    divided = starts_with(f.rest, "places_without_doing") and ends_with(f.clause, "having")
    from_there = re.match("[省市县区乡镇村地]", f.rest) is not None
    return divided or (from_there and ends_with(f.clause, "origin_before"))


# A county leaves the list of the poor below 2 %, in the west below 3 % (中办、国办, 2016): a higher
# rate that is not said to have fallen describes where the work began.
STILL_POOR = 3
_POVERTY = "贫困发生率(?:曾|一度|仍|还)?(?:高达|达到?|超过?|接近|为|是|在|有)?(?:约|近|超过?)?$"


def _is_standing_rate(f: Figure) -> bool:
    static = re.match(load_words()["static_after"], f.rest) and not re.search(
        "(?:招聘|录用|吸纳|招收)[^，,。；;]{0,8}$", f.clause
    )
    if mentions(f.clause, "urban") or static:
        return True
    if re.search(_POVERTY, f.clause) and f.measure.low >= STILL_POOR:
        return True
    if ends_with(f.clause, "static_share"):
        return True
    if starts_with(f.rest, "standing_share_after") and not mentions(f.clause, "profile_unless"):
        return True
    return mentions(f.clause, "static_rate") and not mentions(f.sentence, "changed")
