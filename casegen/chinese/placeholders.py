"""placeholders: marks of a text that is still to be filled in: xx村, 投入待核, （此处插入照片）.

Secret: the words and signs that say so, and the sentences in which the same words are meant.
Not here: examples that `init` and `new` write (left_out).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegen.chinese.characters import HAN

_END = r"(?=[，。；：！？、）)】\]]|\s*\n|\s*\Z)"
_OPEN = "待(?:补[充录写]?|完善|填[写报]?|确认|核[对实]?|更新|定)"
# What a manuscript lacks; 制度仍待完善 and 会期待定 are things that somebody meant.
_FACT = (
    "(?:数据|数字|数额|人数|户数|次数|金额|面积|年龄|姓名|名称|名字|电话|职务|单位|比例|比率|占比|规模|来源|出处|地址"
    "|照片|图片|配图|资料|材料|内容|产值|产量|收入|投入|成效|日期|时间)"
)
_WHO = "(?:名称|名字|姓名|电话|职务|地址|负责人|联系人|金额|数量|人数|面积|单位|照片|标题|题目)"
_UNIT = "[万亿千百]?[元人户亩个名吨斤公]"
_FOUND = re.compile(
    rf"(?<![A-Za-z0-9])(?:[xX]{{2,99}}|[×]{{2,99}}|[＊]{{2,99}})(?=[{HAN}])"
    rf"|(?<=[{HAN}])(?:[xX]{{2,99}}|[×]{{2,99}}|_{{3,99}})(?![A-Za-z0-9])"
    r"|(?<![零〇一二三四五六七八九○])(?:[○〇]{2,9}|□{2,9}|△{2,9})(?![零〇一二三四五六七八九○年])"
    rf"|(?<=[{HAN}])[●■▲]{{2,9}}(?=[{HAN}])|[●■▲]{{2,9}}(?=[村县乡镇市省户人亩元年月])"
    r"|[xX×]{1,4}月[xX×]{1,4}日|(?<![A-Za-z0-9])[xX×]年[xX×]月"
    rf"|(?<=[{HAN}])__(?={_UNIT})(?![^\n]{{0,99}}__)"
    rf"|[（(【\[](?:{_FACT}{{0,2}}(?:{_OPEN}|待考|后补|暂缺)|请(?:补充|核[对实]|填写)|存疑|此处填写"
    r"|插入?(?:图片?|照片)|图略|插图|图片|照片)[）)】\]](?!\()|TODO"
    # As a whole piece of a sentence.
    rf"|(?:(?<=[，。；：、（(])|(?<![^\n]))待(?:补充?|完善|填写?|确认|核[对实]|更新){_END}"
    rf"|{_FACT}(?:待(?:补[充录写]?|填[写报]?|核[对实]?|确认)|后补|暂缺|请(?:补充|核[对实]|填写)){_END}"
    rf"|{_WHO}(?:[：:]\s?)?待定{_END}"
    r"|此处(?:填写|补充|插入|插图|待补)|[?？]{2,9}(?=[人户亩元万个名])"
)


# What an editor's comment says of a fact that is to be settled; the first line of a draft says
# to look at what is marked 写着“待核”, and leaves nothing to be done itself.
_PENDING = re.compile(
    r"(?<!写着“)待(?:补|完善|填|确认|核|查|更新|定|议)|[未没](?:有)?(?:核|查实|确认|定稿)|请(?:补|核|填|确认|查)|存疑|后补"
    r"|TODO|FIXME|[?？]\s*\Z"
)
_NOTE = 20  # characters of a comment that are shown


def find_pending(note: str) -> str:
    """Return what an editor's comment leaves to be done, on one line; "" where it says nothing."""
    whole = " ".join(note.split())
    return whole[:_NOTE] if _PENDING.search(note) else ""


def find_placeholders(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each mark begins and ends."""
    for found in _FOUND.finditer(text):
        yield found.span()
