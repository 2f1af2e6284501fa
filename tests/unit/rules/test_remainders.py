"""What is left of a whole after something was taken from it."""

import pytest
from judged import NORMS, a_case

from casegen.rules.remainders import find_wrong


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("村里原有外债80万元，已偿还50万元，尚欠40万元。",
         ["80万元减去50万元是30万元，正文写的是40万元"]),
        ("村里原有外债80万元，已偿还50万元，尚欠30万元。", []),
        ("村里原有外债80万元，已偿还约50万元，尚欠40万元。", []),
        ("全村共有耕地900亩，流转400亩，剩余600亩。",
         ["900亩减去400亩是500亩，正文写的是600亩"]),
        ("甲组分到树苗20株，乙组分到30株，其余15株。", []),
        ("全村有劳动力420人，外出务工260人，留守180人。",
         ["260人、180人 相加是 440人，正文写的是 420人"]),
        ("全村有劳动力420人，外出务工260人，留守160人。", []),
        ("全村有劳动力420人，外出务工260人，留守180名老人。", []),
    ],
)  # fmt: skip
def test_what_is_left_is_calculated_again(body, faults):
    found = list(find_wrong(a_case(metrics="[]", body=body), NORMS))
    assert [fault for _, fault in found] == faults


def test_the_sentence_that_is_wrong_is_given_with_its_fault():
    body = "开头一段。\n\n村里原有外债80万元，已偿还50万元，尚欠40万元。"
    [(sentence, _)] = find_wrong(a_case(metrics="[]", body=body), NORMS)
    assert (sentence.line, sentence.text[:4]) == (3, "村里原有")
