"""suspects: names that were replaced or masked; they are reported, never guessed.

Secret: how gambling and adult sites write their names into pages, and how names are masked.
Not here: what the institution is (byline).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from casegen.importers.manuscript import words_of


# A hit is a name around such a word, so that 整治博彩业 alone is none.
@cache
def _injected() -> re.Pattern[str]:
    trade = "|".join(words_of("gambling_and_adult_sites"))
    added = "|".join(words_of("added_to_their_names"))
    return re.compile(f"[0-9A-Za-z]{{0,6}}(?:{trade})(?:[（(]?(?:{added})[)）]?)*+", re.IGNORECASE)


INJECTED = "像是被人替换上去的网站名，请查出原来的名称补上"
_TALK = re.compile("整治|打击|禁止|严禁|防范|反对|远离|拒绝|抵制|参与|涉|禁|戒|不|聚众|涉嫌")
_MASKED = re.compile(
    "(?:[xX×＊*○〇某]{2,4}|(?<![一-龥])某)"
    "(?:[一-龥]{0,6}?(?:大学|学院|职院|学校|中学|小学|公司|集团|医院|银行|研究院|研究所|局|委|办|省|市|县|区|镇|乡|村))"
)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A name that is not the true one: as written, why, and its line."""

    text: str
    reason: str
    line: int

    @property
    def injected(self) -> bool:
        """Whether another name was written over the true one, not merely masked."""
        return self.reason == INJECTED

    @property
    def may_be_institution(self) -> bool:
        """Whether the name may stand for the institution: 某县, xx市 do not."""
        return not re.search("[省市县区镇乡村]$", self.text)


def find_suspects(text: str, first_line: int = 1) -> Iterator[Suspect]:
    """Yield injected and masked names of a text, each at its first line; lines count from 1."""
    seen: set[str] = set()
    for pattern, reason in (
        (_injected(), INJECTED),
        (_MASKED, "名称被隐去了，请补上真名"),
    ):
        for match in pattern.finditer(text):
            name = match[0].strip()
            about = text[max(0, match.start() - 6) : match.start()]
            if name in seen or (pattern is not _MASKED and _talks(about, name)):
                continue
            seen.add(name)
            yield Suspect(name, reason, first_line + text.count("\n", 0, match.start()))


def _talks(about: str, name: str) -> bool:
    """Return whether the text is about gambling, and does not only bear a gambling site's name."""
    general = re.fullmatch(
        "博彩|赌博|赌场|色情|情色|成人小说|棋牌|快三|南宫|九游|万博|立博|新宝", name
    )
    return bool(general) or bool(_TALK.search(about))


def is_injected(text: str) -> bool:
    """Return whether a short line is nothing but an injected name."""
    return bool(_injected().fullmatch(text.strip()))
