"""Mistakes in the wording that can be found without understanding it."""

import pytest
from judged import a_case, said_by

from casegen.rules.proofreading import PROOFREADING


@pytest.mark.parametrize(
    ("body", "rule", "new"),
    [
        ("坚持叁会一课制度。", "corrupted-term", "三会一课"),
        ("县里送来送来农具。", "repeated-word", "送来"),
        ("这是村里的的路。", "repeated-word", "的"),
        ("推行“一户一策。", "unpaired-mark", None),
        ("到××村调研。", "placeholder", None),
        ("这里 种茶，收入好。", "space-in-chinese", ""),
        ("二零2一年起种茶。", "mixed-numerals", "2021年"),
        ("2023年2月29日开工。", "impossible-date", None),
        ("2023年13月开工。", "impossible-date", None),
        ("县农业农村居派出农技员。", "misspelt-office", "农业农村局"),
        ("县农业农材局派出农技员。", "misspelt-office", "农业农村局"),
        ("县入民政府派出农技员。", "misspelt-office", "人民政府"),
        ("产业扶贫、精准扶贪都要做实。", "corrupted-term", "精准扶贫"),
        ("学校帮扶甘肃省定西市陇西线。", "misspelt-place", "陇西县"),
        ("学校帮扶贵州省黔东南洲。", "misspelt-place", "黔东南州"),
        ("大家一起一起修路。", "repeated-word", "一起"),
        ("学校投入不少，待补充。", "placeholder", None),
        ("修路（此处插入照片）之后，车来了。", "placeholder", None),
        ("带动??户增收。", "placeholder", None),
        ("这里种茶，\u3000收入好。", "space-in-chinese", ""),
        ("这里&nbsp;&nbsp;种茶，收入好。", "space-in-chinese", ""),
        ("这里种茶，&emsp; 收入好。", "space-in-chinese", ""),
        ("这里\u2003种茶，收入好。", "space-in-chinese", ""),
    ],
)
def test_a_mistake_is_told_with_its_mend(body, rule, new):
    [problem] = said_by(PROOFREADING, a_case(body=f"先修路。\n\n{body}"))
    assert (problem.rule, problem.where.line) == (rule, 15)
    assert (problem.fix and problem.fix.text) == new


@pytest.mark.parametrize(
    "body",
    [
        "大家研究研究再说。",
        "制度仍待完善，人手有待补充。",
        "一个一个地教，一步一步地走。",
        "高铁经过定西市，陇海线也经过定西市。",
        "张\u3000三、李\u3000四，都来过。",
        "县农业农垦局、县农业农机局都来过。",
        "他的的确确来过，是是非非都过去了。",
        "“第一段话没有说完。\n\n“第二段接着说完了。”",
        "一）修路；二）架桥。",
        "记者 王某，摄影 李某，都来过。",
        "题为《修路 架桥》的报道，大家都看了。",
        "2024年2月29日开工。",
        "二〇二一年起种茶。",
    ],
)
def test_what_writers_mean_is_left_alone(body):
    assert said_by(PROOFREADING, a_case(body=body)) == []


def test_a_place_is_compared_with_the_places_of_the_case():
    far = a_case(body="学校帮扶龙西县。", more="")
    [problem] = said_by(PROOFREADING, far)
    assert (problem.rule, problem.fix.text) == ("misspelt-place", "陇西县")


def test_a_site_that_was_written_into_the_text_is_told():
    [problem] = said_by(PROOFREADING, a_case(body="澳门金沙app下载派出工作队。"))
    assert problem.rule == "injected-name"
