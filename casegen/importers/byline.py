"""byline: the date, the source and the authors, from the lines around an article.

Secret: the labels of Chinese bylines (供稿 责编 文/图 来源 发布时间 …) and where a value ends.
Not here: which lines are around an article (layout).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from casegen.chinese.characters import HAN
from casegen.chinese.numeral import read_chinese_number
from casegen.importers.markdown import tidy_text

ROLES: Mapping[str, str] = {
    "供稿": "供稿|作者|文字|文案|撰稿|撰文|文|记者|通讯员|投稿|来稿|供稿单位|供稿人|撰稿人|"
    "执笔|执笔人",
    "供图": "供图|图片|摄影|摄像|图|摄|拍摄|照片|供图人|摄影者",
    "编辑": "编辑|责任编辑|责编|网络编辑|排版|编者|美编|制作",
    "编审": "编审|审核|审稿|终审|初审|复审|二审|三审|一审|审定|核稿|签发|监制|责任审核|审核人|审阅",
    "校对": "校对|责校|校核",
}
_ROLE_OF = {word: role for role, words in ROLES.items() for word in words.split("|")} | {
    "图文": "供稿/供图",
    "文图": "供稿/供图",
    "图文供稿": "供稿/供图",
    "采写": "供稿",
}
_OTHER: Mapping[str, str] = {
    "source": "稿件来源|信息来源|文章来源|新闻来源|内容来源|来"
    "源|来自|发布单位|发布机构|发布者|发布人|信息提供",
    "date": "发布日期|发布时间|发表时间|发表日期|发布于|更新时间|更"
    "新日期|日期|时间|成文日期|上传时间|录入时间",
    "institution": "作者单位|工作单位|单位",
    "noise": "浏览次数|浏览量|浏览|阅读次数|阅读量|阅读数|阅读|点击数|点击量|点击率|"
    "点击|访问量|访问次数|访问|"
    "字体大小|字体|字号|分享到|分享|人气|打印|栏目|索引号|文号|语言|分类|收藏",
}
_KIND = {word: kind for kind, words in _OTHER.items() for word in words.split("|")}
_NAMES = sorted((*_ROLE_OF, *_KIND), key=len, reverse=True)
_ONE = "|".join(map(re.escape, _NAMES))
_LABEL = re.compile(
    rf"(?<![{HAN}])(?P<label>(?:{_ONE})(?:\s{{0,9}}[/／、&]\s{{0,9}}(?:{_ONE})){{0,5}})(?:\s{{0,9}}[:：]|\s{{0,9}}[/／](?=\s{{0,9}}[{HAN}]))"
)
_BARRED = re.compile(rf"(?:(?:{_ONE})\s?[|｜丨│]\s?[^|｜丨│]{{1,30}}){{1,6}}")
_BAR = re.compile(rf"(?<![{HAN}])({_ONE})\s?[|｜丨│]")
# （图/文 驻村工作队 编辑 宣传部）: blanks instead of colons, after the label of both.
_BOTH = re.compile(
    rf"([(（\[【]?(?:图\s?[/／]\s?文|文\s?[/／]\s?图|图文|文图))\s{{1,3}}(?=[{HAN}])"
)
_SPACED = re.compile(rf"(?<=\s)({_ONE})\s{{1,3}}(?=[{HAN}]{{2}})")
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s{0,9}(?:[-/.]|年)\s{0,9}(?P<m>1[0-2]|0?[1-9])\s{0,9}(?:[-/.]|月)\s{0,9}"
    r"(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)\s{0,9}日?"
)
_MONTH = re.compile(
    rf"[(（]?\s?(?P<who>[{HAN}（）]{{4,30}}?)?\s?(?P<y>(?:19|20)\d\d)年(?P<m>1[0-2]|0?[1-9])月\s?[)）]?"
)
# 2024年5月, 2024.05, and 2024年5月　日 of a form whose day is empty.
_ONLY_MONTH = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s{0,9}[年.\-/]\s{0,9}(?P<m>1[0-2]|0?[1-9])\s{0,9}(?:月\s{0,9}日?)?"
)
_CLOCK = r"(?:[ T\s]{0,9}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_WECHAT = re.compile(r"(?:原创\s)?(?P<who>\S{2,30})(?:\s(?P=who))?\s(?=\d{4})")
# 原创 李三 云岭职业学院: WeChat's author and account, the date behind them or below.
_ORIGINAL = re.compile(
    rf"原创\s{{1,9}}(?:(?P<who>[{HAN}·]{{2,4}})(?:\s{{1,9}}|$))?(?P<account>[^\s，。：:]{{4,30}})?(?=\s|$)"
)
_ALONE = re.compile(
    rf"[(（\[【]?(?P<before>[^\d，。；：:]{{0,40}}?)[\s|]{{0,9}}{_DATE.pattern}{_CLOCK}[\s|]{{0,9}}"
    r"(?P<after>[^\d，。；：:]{0,40}?)[)）\]】]?"
)
_NAME = f"[{HAN}·]{{2,4}}"
_REPORTER = re.compile(
    rf"[(（]?(?:[{HAN}]{{0,12}}?(?:记者|通讯员|特约记者))[\s:：]{{1,9}}(?P<who>{_NAME}(?:[\s、，,]{{1,9}}{_NAME}){{0,4}}?)"
    rf"(?P<shot>\s{{0,9}}[摄/]?\s{{0,9}}(?:摄影报道|摄影|摄|图|文图|文))?\s{{0,9}}[)）]?"
)
_SHOT = re.compile(
    rf"[(（]?(?:[{HAN}]{{0,12}}记者)?\s{{0,9}}(?P<who>{_NAME})"
    # 拍照修图 is no name with a picture: 图 alone needs a blank or a stroke before it.
    r"(?:\s{0,9}[/ ]?\s{0,9}(?:摄|供图)|\s{0,8}[/ ]\s{0,9}图)[)）]?"
)
# What a reporter is called before the name.
_OFFICE = re.compile(
    "^(?:本报|本刊|本网|本台|本社|特约|特派|首席|实习|见习|全媒体|融媒体)*(?:记者|通讯员)"
)
# （驻村工作队 供稿）, 党委宣传部供稿
_GIVEN = re.compile(rf"(?P<who>[{HAN}·、 ]{{2,30}}?)\s{{0,3}}(?P<role>供稿|撰稿|供图)")
# by 竹生 · 2024-09-01 · 约 5 分钟
_BY = re.compile(rf"^by\s{{1,3}}(?P<who>{_NAME})(?=[\s·|,，]|$)", re.IGNORECASE)
_READING_TIME = re.compile(
    r"\s?[·|]\s?(?:约|预计|阅读|需|全文|时长|\s){0,4}\d{1,5}\s?(?:分钟|字)(?:阅读|读完)?$"
)
# 来源：西北观察网 记者 甲 通讯员 乙: people behind a source, without a label of their own.
# A line of 160 characters, the longest that is read, has room for 32 of them.
_PEOPLE = re.compile(
    rf"\s(?P<people>(?:[{HAN}]{{0,4}}(?:记者|通讯员)\s{{1,3}}{_NAME}\s{{0,3}}){{1,32}})$"
)
_BRACKETED = re.compile(rf"^【(?P<label>[{HAN}]{{2,8}})】\s{{0,9}}(?=\S)")  # 【供稿单位】宣传部
# 青石新闻网讯（记者 甲 通讯员 乙）2024年6月18日
_SENT_BY = re.compile(
    rf"(?P<paper>[{HAN}]{{2,16}}?)(?:[讯电])?\s?[(（](?P<people>[^()（）]{{0,6}}(?:记者|通讯员)[^()（）]{{2,40}})[)）]"
)
_BRACKETS = "()（）[]【】〔〕"


@dataclass(slots=True)
class Said:
    """What bylines say; names by role, in order."""

    credits: dict[str, list[str]] = field(default_factory=dict)
    source: str = ""
    date: str = ""
    institution: str = ""  # that of the authors
    month: str = ""  # YYYY-MM, where no day is given
    labelled: bool = False  # 来源： names the source; a name without a label is weaker
    open: str = ""  # a label whose value is on the next line

    def add(self, role: str, names: list[str]) -> None:
        """Credit the names with a role, each once."""
        for one in role.split("/"):
            known = self.credits.setdefault(one, [])
            known += [name for name in names if name not in known]


# 二〇二四年五月十六日, as letters of offices are dated.
_IN_WORDS = re.compile(
    "(?P<y>[一二][〇○零九][〇○零一二三四五六七八九]{2})年(?P<m>[一二三四五六七八九十]{1,2})月"
    "(?:(?P<d>[一二三四五六七八九十]{1,3})日)?"
)


def _write_in_digits(text: str) -> str:
    """Return a text with dates in Chinese numerals written in digits."""
    return _IN_WORDS.sub(_in_digits, text)


def _in_digits(found: re.Match[str]) -> str:
    numbers = {
        k: read_chinese_number((v or "").replace("○", "〇")) for k, v in found.groupdict().items()
    }
    units = {"y": "年", "m": "月", "d": "日"}
    return "".join(f"{numbers[k]}{unit}" for k, unit in units.items() if numbers[k] is not None)


def read_date(text: str) -> str:
    """Return the first complete date of a text as YYYY-MM-DD; "" where there is none."""
    for found in _DATE.finditer(_write_in_digits(text)):
        try:
            return dt.date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
        except ValueError:
            continue
    return ""


def read_day_or_month(text: str) -> str:
    """Return the first date of a text, else a month that is all of it as YYYY-MM; "" for none."""
    month = _ONLY_MONTH.fullmatch(_write_in_digits(text).strip())
    return read_date(text) or (f"{month['y']}-{int(month['m']):02d}" if month else "")


def read_line(line: str, said: Said) -> bool:
    """Read a line into `said` if it is a byline; return whether it is one."""
    bare = _write_in_digits(tidy_text(line).strip())
    if _BARRED.fullmatch(bare):  # 编辑丨陈一一, the style of WeChat
        bare = _BAR.sub(r"\1：", bare)
    if (named := _BRACKETED.match(bare)) and named["label"] in _NAMES:
        bare = f"{named['label']}：{bare[named.end() :]}"
    bare = _BY.sub(r"作者：\g<who> ", _READING_TIME.sub("", _add_colons(bare)))
    if said.open and bare and len(bare) <= 40:
        label, said.open = said.open, ""
        if not _LABEL.match(bare):
            _take_value(label, bare, said)
            return True
    said.open = ""
    if len(bare) > 160 or not bare:
        return False
    if original := _ORIGINAL.match(bare):
        rest = bare[original.end() :].strip()
        if not rest or read_date(rest):
            said.add("供稿", [original["who"]] if original["who"] else [])
            said.source = said.source or original["account"] or ""
            said.date = said.date or read_date(rest)
            return True
    return _read_labelled(bare, said) or _read_dated(bare, said) or _read_reported(bare, said)


def _add_colons(line: str) -> str:
    """Return a line that begins with 图/文 and has blanks after its labels with colons there."""
    if len(line) > 60 or not _BOTH.match(line) or re.search("[，。；：:]", line):
        return line
    return _SPACED.sub(r"\1：", _BOTH.sub(r"\1：", line, count=1))


def _read_labelled(bare: str, said: Said) -> bool:
    inner = bare.strip(_BRACKETS).strip()
    labels = list(_LABEL.finditer(inner))
    if not labels:
        return False
    before = inner[: labels[0].start()].strip(" |·—-【[")
    if before and not (
        _ALONE.fullmatch(before) or (len(before) <= 20 and not re.search("[，。；]", before))
    ):
        return False
    values = [
        inner[label.end() : labels[n + 1].start() if n + 1 < len(labels) else len(inner)]
        for n, label in enumerate(labels)
    ]
    if any(len(value.strip()) > 45 or "。" in value.strip("。 ") for value in values):
        return False
    known = [k for label in labels for k in re.split(r"\s{0,9}[/／、&]\s{0,9}", label["label"])]
    if len(labels) == 1 and _runs_on(known[0], values[0].strip()):
        return False
    if before:
        _read_dated(before, said)
    for label, value in zip(labels, values, strict=True):
        _take_value(label["label"], value, said)
    if not values[-1].strip(" |【[") and len(labels) == 1:
        said.open = labels[-1]["label"]
    return True


def _runs_on(label: str, value: str) -> bool:
    """Return whether 时间：, 图： and the like begin a sentence of the body here, not a label."""
    if label in {"时间", "日期"}:
        return not read_date(value)
    if label == "单位":
        return not re.search(f"[{HAN}]{{4}}", value)  # 单位：万元
    loose = label in {"图", "文", "制作", "来自", "分类", "打印"}
    return loose and (len(value) > 12 or bool(re.search("[，。；]", value)))


def _take_value(label: str, value: str, said: Said) -> None:
    clean = value.strip().strip("|·;；。,，").strip().strip("【】[]").strip()
    for part in re.split(r"\s{0,9}[/／、&]\s{0,9}", label):
        kind = _KIND.get(part, "")
        if kind == "source" and clean and not said.labelled:
            if people := _PEOPLE.search(clean):
                said.add("供稿", read_names(people["people"]))
                clean = clean[: people.start()]
            said.source, said.labelled = _cut_tail(clean), True
            said.date = said.date or read_date(clean)
        elif kind == "institution":
            said.institution = said.institution or clean
        elif kind == "date" and not said.date:
            said.date = read_date(clean)
        elif part in _ROLE_OF and clean:
            said.add(_ROLE_OF[part], read_names(clean))
            said.date = said.date or read_date(clean)


def _cut_tail(value: str) -> str:
    """Return a source without the date and buttons after it."""
    value = _DATE.split(value)[0] if _DATE.search(value) else value
    return (
        re.split(r"\s{0,9}(?:打印|关闭|字体|字号|\||【)", value)[0].strip(" )）") if value else ""
    )


def read_names(value: str) -> list[str]:
    """Return the names in the value of a label, separated by commas, strokes or spaces."""
    dated = _DATE.split(value)[0]
    parts = re.split(r"[、，,;；/|]|\s{1,}", dated.strip(_BRACKETS + " ·"))
    joined: list[str] = []
    for part in parts:
        name = part.strip(_BRACKETS + " ")
        if not name or _OFFICE.fullmatch(name):
            continue
        joined.append(_OFFICE.sub("", name))
    # A name of two characters is often written with a space: 王 芳.
    spaced = [p for p in joined if len(p) == 1]
    if len(spaced) == 2 and len(joined) == 2:
        return ["".join(joined)]
    return joined


def _read_dated(bare: str, said: Said) -> bool:
    """Read a line that is a date, with the publisher's name before or after it."""
    bare = re.sub(rf"\s?发表于\s?[{HAN}]{{2,6}}$", "", _WECHAT.sub(r"\g<who> ", bare))
    if month := _MONTH.fullmatch(bare):
        said.month = said.month or f"{month['y']}-{int(month['m']):02d}"
        said.source = said.source or (month["who"] or "").strip()
        return True
    found = _ALONE.fullmatch(bare)
    if not found or not read_date(bare):
        return False
    name = (found["before"] or found["after"] or "").strip(" |·—-")
    if sent := _SENT_BY.fullmatch(name):
        said.add("供稿", read_names(sent["people"]))
        name = sent["paper"]
    if name and (len(name) < 3 or not re.search(f"[{HAN}]", name)):
        name = ""
    said.date = said.date or read_date(bare)
    if name and not said.source:
        said.source = name.strip(_BRACKETS) if not re.search("[(（].{1,40}[)）]", name) else name
    return True


def _read_reported(bare: str, said: Said) -> bool:
    """Read a line such as （记者 周仑） or 王鼎 摄."""
    if found := _REPORTER.fullmatch(bare.strip()):
        role = "供图" if (found["shot"] or "").strip() in {"摄", "图"} else "供稿"
        if "摄影报道" in (found["shot"] or "") or "文图" in (found["shot"] or ""):
            role = "供稿/供图"
        said.add(role, read_names(found["who"]))
        return True
    inner = bare.strip()
    inner = inner[1:-1].strip() if re.fullmatch("[(（].*[)）]", inner) else inner
    if found := _GIVEN.fullmatch(inner):
        said.add(_ROLE_OF[found["role"]], read_names(found["who"]))
        return True
    if found := _SHOT.fullmatch(bare.strip()):
        said.add("供图", read_names(found["who"]))
        return True
    return False


_TAIL = re.compile(r"[(（](?P<inside>[^()（）]{2,60})[)）]\s*$")
_CLOSING = re.compile(rf"(?<=[。！？”])\s*(?P<inside>[{HAN}]{{0,12}}记者\s+{_NAME}\s*摄)\s*$")


def find_closing_credits(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the credits at the end of a paragraph: start, end, and the words."""
    if found := _TAIL.search(text) or _CLOSING.search(text):
        inside = _add_colons(found["inside"])
        trial = Said()
        said = (
            _read_labelled(inside, trial)
            if re.search("[:：/／]", inside)
            else _read_reported(inside, trial)
        )
        if said and trial.credits:
            yield found.start(), found.end(), found[0].strip()
