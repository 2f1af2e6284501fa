"""proofreading: mistakes in the wording of a body that can be found without understanding it.

Secret: which words are certainly corrupted, and which runs of characters no Chinese sentence has.
Not here: punctuation (typography), figures (the rules on numbers), persons (privacy).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence

from casegen.chinese import furniture, terms
from casegen.chinese.characters import HAN
from casegen.chinese.injected import find_injected
from casegen.chinese.placeholders import find_placeholders
from casegen.chinese.placenames import find_misspelt
from casegen.chinese.sounds import Alike
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.collection.texts import blank_out
from casegen.problem import Problem, Severity
from casegen.rules.passage import Slip, Wording, make_problem, report_slips
from casegen.rules.rule import Rule

# Verbs and adverbs that are doubled in Chinese (吕叔湘《现代汉语八百词》, 动词重叠 ABAB).
_DOUBLED = frozenset(
    [
        "研究",
        "讨论",
        "商量",
        "打听",
        "学习",
        "了解",
        "考虑",
        "休息",
        "活动",
        "收拾",
        "整理",
        "参观",
        "介绍",
        "锻炼",
        "体验",
        "尝试",
        "琢磨",
        "许多",
        "好多",
        "很多",
        "非常",
        "特别",
        "永远",
        "慢慢",
        "渐渐",
        "轻轻",
        "常常",
        "不断",
        "一次",
        "一步",
        "一点",
        "一个",
        "一户",
        "一层",
        "一代",
        "一年",
        "一遍",
        "一批",
        "一村",
        "多少",
        "哈哈",
        "谢谢",
        "日复",
        "年复",
        "加油",
        "点滴",
        "来来",
        "大家",
        "比较",
        "意思",
        "放松",
        "交流",
        "交谈",
        "合计",
        "盘算",
        "热闹",
        "高兴",
        "暖和",
        "帮助",
        "感受",
        "改善",
        "提高",
    ]
)
_WHOLE = frozenset(["一起", "一直", "一定", "一共", "一同", "一致", "一并", "一律", "几乎"])
_REPEATED = re.compile(rf"([{HAN}]{{2,8}})\1")
_PARTICLE = re.compile(
    r"(?<![目])的的(?!确|士)|是是(?!非)|在在(?!于|场)|和和(?!美|气|睦|平)|都都(?!市|城|江|昌|匀|兰|安|是)|也也|被被(?!子|褥|单)|了了(?!解|结|不)"
)
_BLANKS = " \u00a0\u2000-\u200a\u202f\u205f\u3000"
_ENTITY = "&(?:nbsp|ensp|emsp|thinsp|#160|#12288);"  # a blank of a web page, shown as one
_PADDED = re.compile(rf"(?<![{HAN}])[{HAN}]\u3000{{1,2}}[{HAN}](?![{HAN}])")  # 张　三
# Between two characters, or beside a mark that has its own room.
_SPACE = re.compile(
    rf"(?<=[{HAN}])(?:[{_BLANKS}]|{_ENTITY})+(?=[{HAN}，。；：！？、）》”])"
    rf"|(?<=[，；：、（《“])(?:[{_BLANKS}]|{_ENTITY})+(?=[{HAN}“《（])"
)
_MARK = re.compile("[，。；：！？、（）《》“”]")
# Where a blank is usual: 记者 甲某, 乙某 摄; and between the halves of a title or slogan.
_BYLINE = re.compile(
    r"(?:记者|通讯员|特约|作者|编辑|责编|校对|审核|编审|供稿|供图|撰文|摄影|文|图)"
    rf"(?:[ \u00a0]+[{HAN}]{{2,4}}){{0,4}}\Z"
)
_AFTER_NAME = re.compile(rf"(?:摄影?|文|图|供图|供稿|报道|撰|绘|制图|整理)(?![{HAN}])")
_TITLED = re.compile(r"《[^《》\n]{1,80}》|[“【][^“”【】\n]{1,80}[”】]")
_HALF = 3  # characters; a shorter piece beside a blank is no half of a slogan
_CN_DIGIT = "〇零一二三四五六七八九"
_MIXED = re.compile(rf"(?:[{_CN_DIGIT}]{{1,9}}\d|\d[{_CN_DIGIT}])[\d{_CN_DIGIT}]{{0,9}}年")
_DATE = re.compile(r"(?:(\d{4})年)?(?<![\d.])(\d{1,2})月(\d{1,2})[日号]|(\d{4})年(\d{1,2})月(?!\d)")
_PAIRS = {"“": "”", "《": "》", "（": "）", "【": "】", "「": "」", "『": "』"}
_MOST = 6  # marks without a partner that are reported in one paragraph
_WORD = re.compile("[^，。；：！？“”\n]{1,20}[！？。]?")
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}


def check_terms(case: Case, norms: Norms) -> Iterator[Problem]:
    """Report fixed terms with a wrong character."""
    yield from report_slips(case, lambda text: _find_terms(text, norms))


def _find_terms(text: str, norms: Norms) -> Iterator[Slip]:
    taken: set[int] = set()
    for begin, end, right in terms.find_wrong(text, terms.list_corrections(norms.terms)):
        message = f"“{text[begin:end]}”应为“{right}”"
        words = Wording("corrupted-term", Severity.WARNING, message, f"改成 {right}")
        taken.update(range(begin, end))
        yield Slip(begin, end, words, right)
    allowed = {wrong for wrong, right in norms.terms if wrong == right}
    for each in terms.find_misheard(text, "sounds"):
        written = text[each.start : each.end]
        if written not in allowed and taken.isdisjoint(range(each.start, each.end)):
            words = Wording(
                "corrupted-term",
                Severity.WARNING,
                f"“{written}”疑为“{each.name}”",
                f"改成 {each.name}",
            )
            yield Slip(each.start, each.end, words, each.name, sure=False)


def check_repeated(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a word that is written twice in a row."""
    yield from report_slips(case, _find_repeated)


def _find_repeated(text: str) -> Iterator[Slip]:
    for found in _REPEATED.finditer(text):
        word = found[1]
        counted = re.match("[一几半每数]", word) and word not in _WHOLE
        if word in _DOUBLED or word[0] == word[-1] or counted:
            continue
        if re.fullmatch(rf"[{_CN_DIGIT}十百千万]+", word):
            continue
        yield _doubled(found.span(), found[0], word)
    for found in _PARTICLE.finditer(text):
        yield _doubled(found.span(), found[0], found[0][0])


def _doubled(span: tuple[int, int], shown: str, word: str) -> Slip:
    words = Wording(
        "repeated-word",
        Severity.WARNING,
        f"“{shown}”像是多写了一遍",
        f"若是多写的，留下一个“{word}”",
    )
    return Slip(*span, words, word, sure=False)


def check_pairs(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report quotation marks and brackets without their partner in the paragraph."""
    yield from report_slips(case, _find_pairs)


def _find_pairs(text: str) -> Iterator[Slip]:
    at = 0
    for paragraph in re.split(r"(\n[ \t]*\n)", text):
        opened = len(paragraph) - len(paragraph.lstrip())
        for slip in _unpaired(at, paragraph):
            # Speech may continue over several paragraphs, each of which begins with a mark; the
            # last one, as a title is, has the second mark too.
            goes_on = text[at + len(paragraph) :].strip()
            if slip.first != at + opened or paragraph[opened] != "“" or not goes_on:
                yield slip
        at += len(paragraph)


def _unpaired(at: int, paragraph: str) -> Iterator[Slip]:
    left: list[tuple[str, int]] = []
    lost: list[tuple[str, int]] = []
    for place, char in enumerate(paragraph):
        if (
            char == "“"
            and left
            and left[-1][0] == char
            and _WORD.fullmatch(paragraph, left[-1][1] + 1, place)
        ):
            yield _turned(at + place)  # “夜校“: the second mark is meant to end the first
            left.pop()
        elif char in _PAIRS:
            left.append((char, place))
        elif char in _CLOSERS:
            if left and left[-1][0] == _CLOSERS[char]:
                left.pop()
            elif not (
                char == "）" and re.search(r"[\d一二三四五六七八九十a-zA-Z]$", paragraph[:place])
            ):
                lost.append((char, place))
    for char, place in sorted((left + lost)[:_MOST], key=lambda pair: pair[1]):
        begin = paragraph.rfind("\n", 0, place) + 1
        if furniture.find_reason(paragraph[begin:].partition("\n")[0]):
            continue  # 【字号： is no sentence: page-furniture reports the line
        partner = _PAIRS.get(char) or _CLOSERS[char]
        words = Wording(
            "unpaired-mark",
            Severity.WARNING,
            f"“{char}”没有配对：这一段里没有与它相配的“{partner}”",
            f"补上“{partner}”，或删去“{char}”",
        )
        yield Slip(at + place, at + place + 1, words)


def _turned(place: int) -> Slip:
    message, hint = "“是引号的前一半，这里应是后一半”", "改成 ”"
    words = Wording("unpaired-mark", Severity.WARNING, message, hint)
    return Slip(place, place + 1, words, "”", sure=False)


def check_placeholders(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report marks that mean "to be filled in"."""
    yield from report_slips(case, _find_placeholders)


def _find_placeholders(text: str) -> Iterator[Slip]:
    for first, last in find_placeholders(text):
        words = Wording(
            "placeholder",
            Severity.WARNING,
            f"“{text[first:last]}”还没有填",
            "补上原来的字；不便写明就改写这一句",
        )
        yield Slip(first, last, words)


def check_spaces(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report blanks between two Chinese characters of a sentence."""
    text = blank_out(case.body)
    at = 0
    for line in text.split("\n"):
        if not line.lstrip().startswith(("#", "|", ">")) and re.search("[，。；]", line):
            titles = [found.span() for found in _TITLED.finditer(line)]
            for found in _SPACE.finditer(line):
                if case.body[at + found.start() : at + found.end()] != found[0]:
                    continue  # blanks that replace a comment, code or HTML
                if _PADDED.match(line, found.start() - 1):
                    continue
                between = line[found.start() - 1 : found.start()] + line[found.end() :][:1]
                if not _MARK.search(between) and _may_stand(line, *found.span(), titles):
                    continue
                where = "标点旁边" if _MARK.search(between) else "汉字之间"
                code = f" {found[0]}" if "&" in found[0] else ""  # its own letters, to be found
                message, hint = f"{where}多了空格{code}", f"删去{code.strip() or '空格'}"
                words = Wording("space-in-chinese", Severity.NOTE, message, hint)
                yield make_problem(
                    case, (at + found.start(), at + found.end()), words, "", sure=False
                )
        at += len(line) + 1


def _may_stand(line: str, first: int, last: int, titles: Sequence[tuple[int, int]]) -> bool:
    """Return whether a writer meant a blank of a line: beside a name, in a title."""
    if _BYLINE.search(line[:first]) or _AFTER_NAME.match(line, last):
        return True
    inside = next(((a, b) for a, b in titles if a < first and last < b), None)
    if inside is None:
        return False
    whole = line[inside[0] : inside[1]]
    halves = [part.strip("《》“”【】") for part in whole.split()]
    return whole[0] == "《" or min(map(len, halves)) >= _HALF


def check_numerals(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a year of mixed Chinese and Arabic digits."""
    yield from report_slips(case, _find_numerals)


def _find_numerals(text: str) -> Iterator[Slip]:
    for found in _MIXED.finditer(text):
        year = found[0].translate(str.maketrans(_CN_DIGIT, "00123456789"))
        words = Wording(
            "mixed-numerals",
            Severity.WARNING,
            f"“{found[0]}”一半是汉字，一半是数字",
            f"写成 {year}",
        )
        yield Slip(*found.span(), words, year, sure=False)


def check_days(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report days that no calendar has."""
    yield from report_slips(case, _find_days)


def _find_days(text: str) -> Iterator[Slip]:
    for found in _DATE.finditer(text):
        year, month = int(found[1] or found[4] or 2024), int(found[2] or found[5])
        day = int(found[3] or 1)
        if 1 <= month <= 12 and year and 1 <= day <= calendar.monthrange(year, month)[1]:
            continue
        unit = "这一天" if found[3] else "这个月"
        words = Wording(
            "impossible-date", Severity.WARNING, f"没有“{found[0]}”{unit}", "对照原稿改正日期"
        )
        yield Slip(*found.span(), words)


def check_places(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a city or county with a wrong character."""

    def find(text: str) -> Iterator[Slip]:
        return _misspelt(text, find_misspelt(text, case.regions), "misspelt-place")

    yield from report_slips(case, find)


def check_offices(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report an office whose name has a wrong character."""

    def find(text: str) -> Iterator[Slip]:
        return _misspelt(text, terms.find_misheard(text, "offices"), "misspelt-office")

    yield from report_slips(case, find)


def _misspelt(text: str, found: Iterable[Alike], rule: str) -> Iterator[Slip]:
    for each in found:
        written = text[each.start : each.end]
        words = Wording(
            rule, Severity.WARNING, f"“{written}”疑为“{each.name}”", f"改成 {each.name}"
        )
        yield Slip(each.start, each.end, words, each.name, sure=False)


def check_injected(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report names of gambling and adult sites in the body and in the fields."""
    yield from report_slips(case, _find_injected)


def _find_injected(text: str) -> Iterator[Slip]:
    hint = "查出原来的字补上；网页被人改过的，告诉那个网站的管理员"
    for hit in find_injected(text):
        if hit.certain:
            message = f"“{hit.text}”像是混进来的网站名"
            words = Wording("injected-name", Severity.WARNING, message, hint)
            yield Slip(hit.start, hit.end, words)


PROOFREADING = (
    Rule(
        "corrupted-term", Severity.WARNING, "固定的说法里有错字",
        "政策用语有固定的写法；复制时“三”常被换成“叁”，还有音近、形近的错字。",
        "照提示改；casegen check --fix 会代劳。casegen.yml 的 terms 可以添自己的。",
        "叁会一课 应为 三会一课", check=check_terms,
        wrong="坚持叁会一课制度。", right="坚持三会一课制度。",
    ),
    Rule(
        "repeated-word", Severity.WARNING, "一个词连写了两遍",
        "粘贴、修改时容易多留一个词。",
        "若是多写的，删去一个；casegen check --fix-all 问过之后会改。", check=check_repeated,
        wrong="县里发来发来贺信。", right="县里发来贺信。",
    ),
    Rule(
        "unpaired-mark", Severity.WARNING, "引号、括号没有配对",
        "少了一半，读者不知道引到哪里、注到哪里。",
        "在同一段里补上另一半，或删去多出的。", check=check_pairs,
        wrong="推行“一户一策。", right="推行“一户一策”。",
    ),
    Rule(
        "placeholder", Severity.WARNING, "有没有填的空",
        "xx、××、____ 是起草时留的空，登出去就是笑话。",
        "补上；不便写明就改写这一句。", check=check_placeholders,
        wrong="到xx村调研。", right="到石门村调研。",
    ),
    Rule(
        "space-in-chinese", Severity.NOTE, "汉字之间有空格",
        "中文的字与字之间不空格；排版软件、网页复制时会带进来，搜索就找不到这个词。",
        "删去空格；casegen check --fix-all 问过之后会删。", alike=True, check=check_spaces,
        wrong="这里 种茶，收入好。", right="这里种茶，收入好。",
    ),
    Rule(
        "mixed-numerals", Severity.WARNING, "数字写法混用",
        "一个年份里汉字和阿拉伯数字混写，查找、核对都会漏掉（GB/T 15835）。",
        "统一写成阿拉伯数字。", check=check_numerals,
        wrong="二零2一年起种茶。", right="2021年起种茶。",
    ),
    Rule(
        "impossible-date", Severity.WARNING, "没有这一天",
        "月份、日子超出了历法，多半是数字抄错。",
        "对照原稿改正。", check=check_days,
        wrong="2023年2月30日开工。", right="2023年2月28日开工。",
    ),
    Rule(
        "misspelt-place", Severity.WARNING, "地名疑有错字",
        "省、市里没有这个名称，有一个只差一字的；多半是输入法选错了字（民政部《中华人民共和国行政区划》）。",
        "照区划名称改正；casegen check --fix-all 问过之后会改。", check=check_places,
        wrong="学校帮扶龙西县。", right="学校帮扶陇西县。",
    ),
    Rule(
        "misspelt-office", Severity.WARNING, "机关名称疑有错字",
        "机关有固定的名称，写错一个字就不成样子（《国务院关于机构设置的通知》等）。",
        "照机关的名称改正；casegen check --fix-all 问过之后会改。", check=check_offices,
        wrong="县农业农村居派出农技员。", right="县农业农村局派出农技员。",
    ),
    Rule(
        "injected-name", Severity.WARNING, "混进了别的网站的名字",
        "学校网页被人改过，从那里抄来的文字会带着赌博、色情网站的名字，登出去后果严重。",
        "查出原来的字补上；网页还没有改回去的，告诉它的管理员。", check=check_injected,
        wrong="澳门金沙app下载派出工作队。", right="青石学院派出工作队。",
    ),
)  # fmt: skip
