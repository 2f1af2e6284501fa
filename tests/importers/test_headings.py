"""Which blocks of a manuscript are headings."""

from __future__ import annotations

from importers.test_kept import BODY


def test_numbered_lines_and_the_first_words_of_a_numbered_paragraph_are_headings(news):
    assert news.sections == ("一、实施背景", "二、主要做法", "（一）抓产业。", "（二）抓培训。")


def test_a_caption_without_indent_is_no_heading(news):
    assert "督促工程进度" not in "".join(news.sections)


def test_a_line_right_below_one_without_an_end_is_no_heading(found):
    before = "学院请专家进村，手把手传授修剪、施肥、采摘技术，还请来县里的茶师，又联合"
    after = "三年下来，带动农户稳步增收，户均增收2300元，村里的日子一年比一年红火起来了。"
    opening = "高山茶园提质增效\n\n青石职业学院的工作队进村以后，先把村里的路修通了。\n\n"
    line = "合作社改造低产茶园"
    assert found(f"{opening}{before}\n{line}\n{after}\n").sections == ()
    assert found(f"{opening}{before}修渠。\n{line}\n{after}\n").sections == (line,)


def test_captions_whose_pictures_are_not_in_the_manuscript_are_told(found):
    said = "学院请专家进村，手把手传授修剪、施肥、采摘技术，又修了三里渠，"
    said = f"　　{said}村里的日子一年年好起来，大家都说好。\n\n"
    text = f"高山茶园提质增效\n\n{said}学院专家查看茶园\n\n{said}图为村民采茶。\n\n{said}"
    (told,) = found(text).losses
    assert "有 2 行像图片的说明" in told
    assert told.endswith("：“学院专家查看茶园”、“图为村民采茶。”")
    (told,) = found(text.replace("　　", "")).losses  # all lines alike: only 图为 says what it is
    assert told.endswith("：“图为村民采茶。”")


def test_a_sentence_in_quotation_marks_is_no_heading(found):
    one = found(f"一条小溪的新生\n\n「竹溪村的变化，从一条小溪开始。」\n\n{BODY}\n")
    assert one.sections == ()
