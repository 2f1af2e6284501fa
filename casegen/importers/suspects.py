"""suspects: names that were replaced or masked; they are reported, never guessed.

Secret: how names are masked.
Not here: what the institution is (byline), names of other sites (chinese.injected).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casegen.chinese import injected
from casegen.chinese.characters import HAN

INJECTED = "像是被人替换上去的网站名，请查出原来的名称补上"
_MASKED = re.compile(
    f"(?:[xX×＊*○〇某]{{2,4}}|(?<![{HAN}])某)"
    f"(?:[{HAN}]{{0,6}}?(?:大学|学院|职院|学校|中学|小学|公司|集团|医院|银行|研究院|研究所|局|委|办|省|市|县|区|镇|乡|村))"
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
    hits = [(hit.start, hit.text, INJECTED) for hit in injected.find_injected(text)]
    hits += [(m.start(), m[0].strip(), "名称被隐去了，请补上真名") for m in _MASKED.finditer(text)]
    for start, name, reason in hits:
        if name not in seen:
            seen.add(name)
            yield Suspect(name, reason, first_line + text.count("\n", 0, start))
