"""forecast: which figures of a text are planned, promised or expected, and not yet reached.

Secret: the words for what is still to come, and how far they reach: within the sentence, to the
items of a list, over a paragraph, from the heading above.
Not here: all other reasons against a figure (achievement).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from casegen.chinese.surroundings import (
    REACH,
    Figure,
    ends_with,
    find_heading,
    mentions,
    starts_with,
)
from casegen.chinese.word_lists import match_any


def is_forecast(f: Figure) -> bool:
    """Return whether a figure is planned or expected, and nothing says that it is reached."""
    if _is_beside_plan(f) or _is_hoped_for(f):
        return True
    said = list(_planned().finditer(f.sentence))
    if _is_promised(f) or _is_under_plans(f):
        return True
    if said:
        # 预计累计带动900户 is still to come.
        sure = said[-1][0] in {"预计", "预期", "力争", "有望", "可望"}
        done = "done_after_a_forecast" if sure else "done_since"
        return not mentions(f.sentence[said[-1].end() :], done)
    before = f.text[max(0, f.start - REACH) : f.start].rpartition("\n")[2]
    paragraph = before + f.text[f.start : f.end + REACH].partition("\n")[0]
    if mentions(paragraph, "plan_paragraph") and not mentions(paragraph, "done"):
        return True
    return _is_among_plans(before, paragraph)


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(
        f"(?:{match_any('forecast', 'after_it', 'will')}"
        f"|(?<!{match_any('not_programmes')}){match_any('plan')})"
    )


# Neighbouring figures ask about the same sentences.
@lru_cache(maxsize=256)
def _tells_plan(sentence: str) -> bool:
    return _planned().search(sentence) is not None


def _is_beside_plan(f: Figure) -> bool:
    """Return whether the words beside the figure say that it is still to come."""
    if ends_with(f.sentence, "target_before") or starts_with(f.rest, "future_after"):
        return True
    # 完成任务4万人的95%, 提前完成省下达的3万人就业目标
    share = ends_with(f.clause, "share_of_target") and f.rest.startswith("的")
    if share or (mentions(f.clause, "set_target") and starts_with(f.rest, "target_after")):
        return True
    # 将为全省2000户群众送上慰问品
    if re.search("将[为向给][^，,。；;]{0,12}$", f.clause) and starts_with(f.rest, "given_after"):
        return True
    # 总额将不低于20亿元, but not 将84%以上的资金投入乡村.
    will = f.clause.endswith("将") and f.text.startswith(("不低于", "不少于"), f.start)
    return will or ends_with(f.clause, "under_way_before")


def _is_among_plans(before: str, paragraph: str) -> bool:
    """Return whether most sentences of the paragraph are plans, and this one tells nothing done."""
    sentences = [s for s in re.split("[。！？!?]", paragraph) if s.strip()]
    own = re.split("[。！？!?]", before)[-1] + re.split("[。！？!?]", paragraph[len(before) :])[0]
    plans = sum(map(_tells_plan, sentences))
    return plans > 1 and plans * 2 > len(sentences) and not mentions(own, "told_as_done")


def _is_promised(f: Figure) -> bool:
    """Return whether a plan before the figure goes on to it.

    It announces a list (将办三件事：一是…；二是…), or the next part begins with 继续.
    """
    full = re.split("[。！？!?\n]", f.text[max(0, f.start - REACH) : f.start])[-1]
    announced, colon, items = full.rpartition("：") if "：" in full else full.rpartition(":")
    before, stop, own = re.sub(";", "；", full).rpartition("；")
    goes_on = bool(stop) and own.startswith("继续")
    listed = bool(colon) and re.match("(?:一|1|（一）|①)", items) is not None
    plan = before if goes_on else re.split("[；;]", announced)[-1]
    return (goes_on or listed) and _tells_plan(plan)


def _is_under_plans(f: Figure) -> bool:
    """Return whether the heading above is about what will be done (下一步打算)."""
    return mentions(find_heading(f), "plan_headings")


def _is_hoped_for(f: Figure) -> bool:
    """Return whether the figure is an expected result: 建成后可带动30户."""
    before, stands, after = f.sentence.rpartition("后")
    if not stands or not re.search(f"{match_any('on_completion')}$", before + stands):
        return False
    return mentions(after + re.split("[。！？!?；;\n]", f.rest)[0], "hopes")
