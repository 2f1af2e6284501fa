"""institutions: whose case a manuscript is: the name with the most points, and no department.

Secret: how names of institutions end, which place in a manuscript counts how much, and by what a
department is told from a school.
Not here: bylines (byline), injected and masked names (suspects).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from casegen.chinese.characters import HAN
from casegen.chinese.region import PROVINCES
from casegen.importers.layout import Layout
from casegen.importers.manuscript import Manuscript
from casegen.importers.suspects import Suspect

SURE = 4  # points for a name in the title or the source, or four times in the body
_KIND = (
    "(?:大学|学院|职业技术学院|职院|学校|中学|小学|公司|集团|医院|银行|研究院|研究所|协会|委员会|政协机关|人大机关|机关|办公室|管理局|局|厅|"
    "人民政府|政府|开放大学|电视大学|党校|联合会|团委|总站)"
)
_FULL = re.compile(rf"[{HAN}]{{2,18}}?{_KIND}(?:[（(][{HAN}]{{4,20}}{_KIND}[)）])?")
_GENERAL = re.compile(
    "(?:我|该|本|各|学|两|全|这|高|大|某|一|职业|帮扶|所在|上级|定点|县|市|省|镇|乡|村)(?:大学|学院|学校|校|公司|局|委员会|政府|机关|医院|中心|合作社)"
    f"|(?:县|市|省|州|区|镇|乡)(?:[{HAN}]{{2,8}})?(?:局|委员会|厅|办公室|政府|协会|中心|公司|医院)"
    "|(?:乡村振兴|驻村|定点|帮扶|扶贫|宣传|党政|综合|新闻|学校|对外合作)+(?:工作)?(?:领导小组)?办公室"
)


def find_institution(
    manuscript: Manuscript,
    laid: Layout,
    lines: Sequence[str],
    suspected: Sequence[Suspect],
    uncertain: dict[str, str],
) -> tuple[str, bool]:
    """Return whose case it is, and whether that name was injected or masked.

    What an editor should compare goes into `uncertain`.
    """
    if named := manuscript.said.get("institution"):
        return named, False
    if name := _find_government(laid.title):
        return name, False
    account = manuscript.said.get("account", "")  # the WeChat account that a page is of
    page = "\n".join(d.text for d in manuscript.dropped)  # its head and foot name the site
    body = "\n".join(lines)
    own = laid.said.institution
    scores = _count_institutions(laid.title, f"{laid.said.source}\n{account}\n{own}", body)
    for who in laid.said.credits.get("供稿", ()):
        for name in _count_institutions("", "", who):
            scores[name] = scores.get(name, 0) + 2  # 供稿单位：青石学院科技处
    school, department = _find_school(scores, laid.said.credits.get("供稿", ()), page)
    if school:
        uncertain["institution"] = f"供稿的“{department}”像是学校里的院系或部门，学校请核对"
        return school, False
    best = max(scores, key=lambda n: scores[n], default="")
    strong = scores.get(best, 0) >= SURE
    hidden = [s for s in suspected if s.text in body + laid.title and s.may_be_institution]
    if hidden and not strong:
        uncertain["institution"] = f"稿子里写的是“{hidden[0].text}”：{hidden[0].reason}"
        return "", True
    begun = (part for line in lines for part in re.split("[。！？]", line))
    several = scores.get(best, 0) > 1
    if best and (several or best in page or any(part.startswith(best) for part in begun)):
        if not strong:
            told = "几次" if several else "只有一处"
            why = f"稿子里{told}提到“{best}”，请核对是不是供稿单位"
            if department:
                why = f"“{best}”像是学校里的院系，稿子里没有写是哪个学校，请补上"
            uncertain["institution"] = why
        return best, False
    seen = f"稿子里只有一处提到“{best}”，没有采用" if best else "稿子里没有写明是哪个单位"
    uncertain["institution"] = seen
    return "", False


# 土木学院, 生物与食品工程学院: named by what they teach, while a school has a name or a place.
_DEPARTMENT = re.compile(
    "(?:土木|建筑|机械|机电|电气|电子|自动化|信息|计算机|软件|网络|通信|人工智能|智能|大数据|数据"
    "|数学|统计|物理|化学|化工|材料|环境|生态|资源|地理|测绘|能源|水利|水产|动物|植物|畜牧|兽医"
    "|生物|生命|食品|园艺|园林|林|农|茶|经济|经贸|管理|金融|会计|商|工商|旅游|酒店|物流|电商"
    "|电子商务|外国语|国际|人文|文|历史|新闻|传播|传媒|法|马克思主义|政治|公共|社会|艺术|设计|音乐"
    "|美术|舞蹈|体育|教育|学前|师范|医|护理|药|健康|康养|汽车|交通|轨道|航空|继续|创新|创业|现代"
    "|应用|科学|工程|技术|制造|产业|贸易|事务|服务|与|和|及|学)+(?:学院|系|学部)"
)
_SCHOOL = re.compile("(?:大学|学院|学校|职院|党校)$")


_OFFICE = re.compile(f"[{HAN}、]{{1,12}}(?:[处部办室科组]|中心|委员会|团委|工会|工作队)")


def _find_school(scores: Mapping[str, int], who: Sequence[str], page: str) -> tuple[str, str]:
    """Return the school of a department, and the department; ""s where another name is surer.

    The department has the most points, or wrote the text (`who`) and nothing has points. The school
    is named in the text, or in the head or foot of its page.
    """
    best = max(scores, key=lambda n: scores[n], default="")
    if not best:
        of = (n for n in who if _DEPARTMENT.fullmatch(n) or _OFFICE.fullmatch(n))
        best = next(of, "")
    elif not _DEPARTMENT.fullmatch(best):
        return "", ""
    if not best:
        return "", ""
    named = Counter(scores) + Counter(_count_institutions("", "", page))
    schools = [n for n in named if _SCHOOL.search(n) and not _DEPARTMENT.fullmatch(n)]
    return max(schools, key=lambda n: named[n], default=""), best


def _find_government(title: str) -> str:
    report = re.match(rf"(?:\d{{4}}年)?([{HAN}]{{2,9}}?)政府工作报告", title)
    names = (p.name for p in PROVINCES if report and report[1] in {p.name, p.label})
    name = next(names, "")
    return f"{name}人民政府" if name else ""


def _count_institutions(title: str, source: str, body: str) -> dict[str, int]:
    """Return names of institutions, each with the points for it."""
    scores: dict[str, int] = {}
    for text, weight in ((title, 6), (source, 4), (body, 1)):
        for found in _FULL.finditer(text):
            name = _trim_name(found[0])
            general = _GENERAL.fullmatch(name) or re.search("[报网社台]$", name)
            if len(name) > 3 and not general:
                scores[name] = scores.get(name, 0) + weight
    for name in list(scores):
        longer = [other for other in scores if name in other and other != name]
        best = max(longer, key=lambda other: scores[other], default="")
        if best and scores[best] > 1:
            scores[best] += scores.pop(name)
    return scores


_LEADS = re.compile(
    "^.*(?:——|[：:丨|“”‘’，、])"
    "|^(?:这是|记者从|是|由|和|与|在|对|为|向|到|从|被|名|将|使|请|据|按|经|过去一年|近年来|近期|日前|"
    "一年来|去年以来|[以由]?来)"
)


def _trim_name(name: str) -> str:
    while True:
        shorter = _LEADS.sub("", name)
        if shorter == name or len(shorter) < 4:
            return name
        name = shorter
