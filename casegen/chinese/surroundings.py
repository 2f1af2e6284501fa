"""surroundings: a figure in a text with the words around it, and what they say.

Secret: how far before and after a figure its words reach, and how they are compared with word
lists.
Not here: the lists (word_lists), what the words make of the figure (achievement, conditions).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from casegen.chinese.quantity import Quantity
from casegen.chinese.units import Measure, find_dimension
from casegen.chinese.word_lists import match_any

# Code points of a paragraph on either side of a figure that are examined.
REACH = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `start` to `end` of a plain text; `number` is its digits, `unit` its counter.

    `sentence` and `clause` are the text before it in them, `rest` is the text after it.
    """

    text: str
    start: int
    end: int
    number: str
    unit: str
    quantity: Quantity
    measure: Measure
    sentence: str
    clause: str
    rest: str
    dimension: str

    @property
    def after(self) -> str:
        """The text after it in the clause."""
        return re.split("[，,。；;！？!?：:\n]", self.rest)[0]


def make_figure(  # noqa: PLR0913, PLR0917 one figure, all that was read of it
    text: str,
    start: int,
    end: int,
    number: str,
    unit: str,
    quantity: Quantity,
    measure: Measure,
) -> Figure:
    """Return a figure with its surroundings."""
    sentence = re.split("[。！？!?；;\n]", text[max(0, start - 200) : start])[-1]
    clause = re.split("[，,：:（(]", sentence)[-1]
    rest = text[end : end + 40]
    dimension = find_dimension(quantity.unit)
    return Figure(
        text, start, end, number, unit, quantity, measure, sentence, clause, rest, dimension
    )


def find_heading(figure: Figure) -> str:
    """Return the heading above a figure, or its line's label (2016年脱贫计划：); "" for none."""
    above = figure.text[max(0, figure.start - FAR) : figure.start].split("\n")
    label = _LABEL.match(above[-1])
    if label and mentions(label[1], "section_labels"):
        return label[1]
    for line in reversed(above[:-1]):
        heading = line.strip(" #*\u3000")
        if heading and len(heading) < LONG_HEADING and not heading.endswith(tuple("。；;，,！!")):
            return heading
    return ""


FAR = 1000  # code points before a figure in which its heading is looked for
LONG_HEADING = 30  # code points; a longer line is no heading
_LABEL = re.compile(r"[#*\s]{0,9}([^，,。；;:：\n]{2,18})[：:]")


def ends_with(text: str, heading: str) -> bool:
    """Return whether a text ends in an entry of a word list, with 约, 达 and the like after it."""
    return re.search(f"{match_any(heading)}(?:了|约|近|达|有|共)? ?$", text) is not None


def starts_with(text: str, heading: str) -> bool:
    """Return whether a text begins with an entry of a word list."""
    return re.match(match_any(heading), text) is not None


def mentions(text: str, heading: str) -> bool:
    """Return whether an entry of a word list is anywhere in a text."""
    return re.search(match_any(heading), text) is not None
