"""Evidence: the sentence of a case's body that states a metric.

Secret: when a sentence counts as stating a figure.
Not here: cutting a body into sentences (markup) and reading quantities (quantity).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from casegen.markup import Sentence
from casegen.metric import Metric

_GAPS = re.compile(r"[\s*_]+|(?<=\d)[,，](?=\d{3}(?!\d))")
_NUMBER_PART = "0123456789.一二三四五六七八九十百千万亿两〇零"


def plain(text: str) -> str:
    """Text for comparing: NFKC, without spaces and thousands separators."""
    return _GAPS.sub("", unicodedata.normalize("NFKC", text))


def locate(metric: Metric, sentences: Sequence[Sentence]) -> int | None:
    """Number of the sentence that states the metric as it is written, or None.

    Where several do, the one that shares most characters with the metric's name, else the first.
    """
    wanted = plain(metric.quantity.as_written)
    name = set(metric.name)
    best: tuple[int, int] | None = None
    for sentence in sentences:
        text = plain(sentence.text)
        at = text.find(wanted)
        while at > 0 and text[at - 1] in _NUMBER_PART and wanted[:1] in _NUMBER_PART:
            at = text.find(wanted, at + 1)  # 90户 is not in 290户
        if at < 0:
            continue
        score = len(name & set(text))
        if best is None or score > best[0]:
            best = (score, sentence.index)
    return None if best is None else best[1]
