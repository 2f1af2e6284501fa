"""The texts of fields get the safe fixes of the body, in every way in which YAML writes a text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import load_empty

from casegen import editing
from casegen.source import encoding, files

REST = (
    "institution: 青石学院 # 注\nregions: [甘肃省/定西市/陇西县]\ndate: 2023-05-04\n"
    "categories: [产业]\n"
)
BODY = "---\n\n先修路。\n"
TERMS = 'terms: {夜校班: "夜校: 班", 老词: "#新词", 旧法: "新[法]"}\n'


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    root = tmp_path_factory.mktemp("fields")
    return load_empty(root, TERMS)


def mend(found, front, name="utf-8"):
    data = encoding.encode("---\n" + front + BODY, name)
    (found.root / "cases/a.md").write_bytes(data)
    after = editing._fixed(found, "cases/a.md", None).after
    (found.root / "cases/a.md").write_bytes(after)
    assert editing._fixed(found, "cases/a.md", None).count == 0
    text = encoding.decode_plain(after)[0]
    assert text.startswith("---\n")
    assert text.endswith(BODY)
    return text[4 : -len(BODY)]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("title: 修路,架桥  # 题", "title: 修路，架桥  # 题"),
        ("title: 修路,  架桥", "title: 修路，架桥"),
        ("标题: '修路,甲''s茶(好)'", "标题: '修路，甲''s茶（好）'"),
        (r'title: "推行\"一户一策\",修路"', 'title: "推行“一户一策”，修路"'),
        (r'title: "党委\u0028宣传\u0029部"', 'title: "党委（宣传）部"'),
        ("title: 种茶３００亩\nsummary: 好...多", "title: 种茶300亩\nsummary: 好……多"),
        (
            "title: 甲\nsummary: |\n  修路,\n  架桥。。\n",
            "title: 甲\nsummary: |\n  修路，\n  架桥。\n",
        ),
        (
            "title: 甲\nsummary: >-\n  修路,\n  叁会一课. # 不是注\n",
            "title: 甲\nsummary: >-\n  修路，\n  三会一课. # 不是注\n",
        ),
        ("title: 修路,\n  架桥", "title: 修路，\n  架桥"),
        ("title: 甲\ntags: [油茶, 油茶, 夜校(夜)]", "title: 甲\ntags: [油茶, 油茶, 夜校（夜）]"),
        (
            "title: 甲\ntags:\n- 油茶\n- 油茶\n- ''\n- 夜(校)",
            "title: 甲\ntags:\n- 油茶\n- 油茶\n- ''\n- 夜（校）",
        ),
        (
            "title: 甲\n署名: {供稿: [甲处, 宣传(部)]}",
            "title: 甲\n署名: {供稿: [甲处, 宣传（部）]}",
        ),
        ("title: 甲\ncredits:\n  供稿: 宣传(部)\n", "title: 甲\ncredits:\n  供稿: 宣传（部）\n"),
        ("title: 甲\nsource: 县报(周末)", "title: 甲\nsource: 县报（周末）"),
        ("title: 甲\nsource: {name: 县报(周末)}", "title: 甲\nsource: {name: 县报（周末）}"),
        ("title: 修路<!-- 问过 -->,架桥", "title: 修路<!-- 问过 -->，架桥"),
        ("title: 办夜校班三期", 'title: "办夜校: 班三期"'),
        ('title: "办夜校班三期"', 'title: "办夜校: 班三期"'),
        ("title: 老词多", 'title: "#新词多"'),
        ("title: 旧法\ntags: [旧法好, 甲]", 'title: "新[法]"\ntags: ["新[法]好", 甲]'),
    ],
)
def test_a_field_is_mended_and_stays_the_yaml_it_was(empty, written, right):
    end = "" if written.endswith("\n") else "\n"
    assert mend(empty, written + end + REST) == right + end + REST


WAYS = {
    "plain": lambda text: text,
    "double": lambda text: json.dumps(text, ensure_ascii=False),
    "ascii": json.dumps,
    "single": lambda text: "'" + text.replace("'", "''") + "'",
    "literal": lambda text: f"|\n    {text}",
    "folded": lambda text: f">-\n    {text}",
}
PIECES = st.sampled_from(
    [
        "修路",
        "架桥",
        ",",
        ";",
        "(甲)",
        '"一户"',
        "...",
        "。。",
        "３００",
        "叁会一课",
        "夜校班",
        "老词",
        "旧法",
        " ",
        "“",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=9).map("".join), st.sampled_from(["\n", "\r\n"]))
def test_a_text_is_mended_to_the_same_in_whatever_way_it_is_written(empty, text, newline):
    text = f"路{text}桥"
    read = {}
    for name, way in WAYS.items():
        front = f"title: 甲\nsummary: {way(text)}\n{REST}"
        data = f"---\n{front}{BODY}".replace("\n", newline).encode()
        (empty.root / "cases/a.md").write_bytes(data)
        after = editing._fixed(empty, "cases/a.md", None).after
        assert after.count(b"\r\n") == data.count(b"\r\n")
        document, problems = files.make_document("cases/a.md", after)
        assert [p.rule for p in problems if "yaml" in p.rule] == []
        assert {k: v for k, v in document.meta.items() if k != "summary"} == {
            "title": "甲", "institution": "青石学院", "regions": ["甘肃省/定西市/陇西县"],
            "date": "2023-05-04", "categories": ["产业"],
        }  # fmt: skip
        read[name] = "".join(document.meta["summary"].split())
    assert set(read.values()) == {read["double"]}


def test_a_value_that_was_guessed_is_left_to_the_editor(empty):
    front = "title: 甲\ncredits:\n  供稿: [甲处, 宣传(部)\n" + REST
    assert mend(empty, front) == front


def test_each_encoding_is_kept(empty):
    for name in ("utf-8-sig", "utf-16-le", "gb18030"):
        assert mend(empty, f"title: 修路,架桥\n{REST}", name) == f"title: 修路，架桥\n{REST}"
