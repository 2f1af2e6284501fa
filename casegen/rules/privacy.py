"""privacy: personal data that should not be in a public case.

Secret: which numbers and which mentions of persons are reported, and how severely.
Not here: the forms of the numbers and their masks (chinese.identity).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegen.chinese import identity
from casegen.chinese.characters import HAN
from casegen.chinese.identity import Number
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.collection.texts import blank_out
from casegen.problem import Problem, Severity
from casegen.rules.passage import Wording, make_problem
from casegen.rules.rule import Rule
from casegen.source.schema import locate_field

_CARDS = {"identity": ("identity-number", "身份证号"), "bank": ("bank-card", "银行卡号")}
# The hundred commonest surnames, in the order of 公安部《二〇二〇年全国姓名报告》 and others.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭"
    "陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
)
_YOUNG = re.compile(
    rf"(?:学生|同学|女孩|男孩|孤儿|患儿|少年|(?<!\d)(?:[1-9]|1[0-7])岁的)(?P<name>[{_SURNAMES}][{HAN}]{{1,2}}?)"
    rf"(?=[，。、的患因家在和（]|同学|今年)"
)
_WEAK = re.compile(
    "白血病|癌|肿瘤|残疾|患病|重病|大病|脑瘫|自闭症|抑郁|贫困生|助学金|资助|孤儿|低保|救助金"
)
_SENTENCE = re.compile(r"[^。！？\n]+")


def check_numbers(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report personal numbers in the body and in the fields."""
    for number in identity.find_numbers(case.body):
        words = _words(number, case.body[number.start : number.end])
        yield make_problem(case, (number.start, number.end), words)
    fields = {
        "title": case.title,
        "summary": case.summary if ("summary",) in case.marks else "",
        "institution": case.institution,
        "tags": "\n".join(case.tags),
        "credits": "\n".join(name for _, names in case.credits for name in names),
        "source": case.source.name,
    }
    for field, text in fields.items():
        for number in identity.find_numbers(text):
            words = _words(number, text[number.start : number.end])
            where = locate_field(case.path, case.marks, (field,))
            yield Problem(words.rule, words.severity, words.message, where, words.hint)


def _words(number: Number, written: str) -> Wording:
    shown = identity.mask_number(written)
    hint = "删去号码；要留联系方式，写办公电话"
    if number.kind == "mobile":
        return Wording("mobile-number", Severity.WARNING, f"这里有手机号 {shown}", hint)
    rule, name = _CARDS[number.kind]
    if number.valid:
        return Wording(rule, Severity.ERROR, f"这里有{name} {shown}", "删去号码")
    message = f"这里像是{name} {shown}，只是校验位不对"
    return Wording("unsure-number", Severity.WARNING, message, "是号码就删去；不是就豁免并写明理由")


def check_minors(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a minor or student who is named together with an illness or a grant."""
    text = blank_out(case.body)
    for sentence in _SENTENCE.finditer(text):
        if not _WEAK.search(sentence[0]):
            continue
        for found in _YOUNG.finditer(sentence[0]):
            words = Wording(
                "named-minor",
                Severity.NOTE,
                "这一句像是写了未成年人或学生的姓名，同时写了病情或受助",
                "改成“一名学生”或“小某”，征得监护人同意的可豁免并写明",
            )
            at = sentence.start()
            yield make_problem(case, (at + found.start("name"), at + found.end("name")), words)


PRIVACY = (
    Rule(
        "identity-number", Severity.ERROR, "有身份证号",
        "身份证号一旦公开就收不回来（个人信息保护法第二十八条、第二十九条）。",
        "删去号码。", fixed=True, check=check_numbers,
        also=("bank-card", "unsure-number", "mobile-number"),
        wrong="受助人身份证号11010519491231002X。", right="受助人身份已核对。",
    ),
    Rule(
        "bank-card", Severity.ERROR, "有银行卡号",
        "银行卡号属于敏感个人信息（个人信息保护法第二十八条）。",
        "删去号码。", fixed=True,
        wrong="打入6222020000000000000账户。", right="打入指定账户。",
    ),
    Rule(
        "unsure-number", Severity.WARNING, "像是身份证号，校验位不对",
        "可能抄错了一位，也可能不是身份证号。",
        "是号码就删去；不是就豁免并写明理由。",
        wrong="编号110105194912310021。", right="编号一。",
    ),
    Rule(
        "mobile-number", Severity.WARNING, "有手机号",
        "个人的手机号公开之后会招来骚扰；对外联系写办公电话。",
        "删去，或换成办公电话。",
        wrong="联系电话13812345678。", right="联系电话0932-1234567。",
    ),
    Rule(
        "named-minor", Severity.NOTE, "写了未成年人或学生的姓名和病情、受助",
        "不满十四周岁的人的信息、病情、受助都是敏感信息，要征得监护人同意。",
        "隐去姓名；已征得同意的，豁免并写明。", check=check_minors,
        wrong="资助学生王小明，患白血病已三年。", right="资助一名患白血病的学生。",
    ),
)  # fmt: skip
