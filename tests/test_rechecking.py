"""A check after edits of bodies reads no other case, and finds what a check of all finds."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import closing
from importlib import metadata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import corners, saved
from projects import CONFIG, Project, case_text
from test_incremental import clean_build

from casegen import build as builder
from casegen import project as projects
from casegen import recall, rechecking
from casegen.cache import Cache

EDITS = int(os.environ.get("CASEGEN_EDITS", "0"))  # examples of a long run
COPIED = (
    "青石学院派出工作队驻村，先把进山的路修通，再请农技员到田间教种茶。春天补苗，夏天除草，"
    "秋天修枝，冬天办班，一年四季都有人在山上。合作社统一收鲜叶，统一制茶，统一打牌子，"
    "茶农把账本摊在桌上，一笔一笔对清楚。老人说，从前守着荒坡过日子，如今出门就能做工，"
    "孩子放学有热饭吃，村口还添了一间书屋。"
)
BODIES = [
    "又写一句。",
    "半角标点,混在里面.",
    "两不愁叁保障都落实了，大家大家都说好。",
    COPIED,
    f"{COPIED}后来又添了路灯。",
    "## 经过\n\n文字。",
    "![图](没有.png)",
    "见[他篇](c2.md#经过)。",
    "见[他篇](draft.md)。",
    "共投入9万元，其中自筹10万元。",
    "联系电话13800138000。",
    "",
]


def text_of(number: int, body: str = "", **fields: str) -> str:
    told = {"metrics": f"[投入帮扶资金: {number}万元]", **fields}
    begun = "路远山高，村里人从前守着荒坡过日子，一年到头说不上几句话，更说不上有什么打算。"
    return case_text(f"案例{number}", f"## 背景\n\n{begun}前后投入{number}万元。\n\n{body}", **told)


def check_anew(root: Path) -> tuple[object, ...]:
    """What a check finds that knows nothing of an earlier one."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".casegen"))
        return Project(copy).check()


@pytest.fixture
def nine(project, whole_reads) -> Project:
    made = project(
        {f"cases/c{n}.md": text_of(n) for n in range(1, 9)}
        | {"cases/draft.md": text_of(9, status="draft"), "pages/about.md": "# 说明\n\n文字。\n"},
        CONFIG,
    )
    made.check()
    whole_reads.clear()
    return made


@pytest.mark.parametrize("body", BODIES[:5] + BODIES[9:11])
def test_an_edit_of_a_body_is_checked_alone(nine, whole_reads, body):
    nine.write({"cases/c4.md": text_of(4, body)})
    found = nine.check()
    assert whole_reads == []
    assert found == check_anew(nine.root)


def test_nothing_that_changed_is_nothing_that_is_read(nine, whole_reads):
    assert nine.check() == nine.check()
    assert whole_reads == []


@pytest.mark.parametrize(
    "edit",
    [
        {"cases/c4.md": text_of(4, tags="[茶]")},
        {"cases/c4.md": text_of(5)},
        {"cases/c4.md": text_of(4, "![图](没有.png)")},
        {"cases/c4.md": text_of(4, "又一句。"), "cases/c10.md": text_of(10)},
        {"cases/c4.md": text_of(4, "又一句。"), "casegen.yml": CONFIG + "icp: 京ICP备1号\n"},
        {"pages/about.md": "# 说明\n\n[他篇](cases/没有.md)\n"},
        {"cases/c4.md": None},
        {"cases/c4.md": b"\xff\xfe\xfa"},
        {"cases/c4.md": "---\ntitle: 坏了\ndate: [\n---\n文字。"},
    ],
)
def test_an_edit_that_others_may_depend_on_is_checked_with_them(nine, whole_reads, edit):
    found = nine.write(edit).check()
    assert whole_reads
    assert found == check_anew(nine.root)


def test_a_copied_text_is_found_and_forgotten_again(nine, whole_reads):
    nine.write({"cases/c2.md": text_of(2, COPIED)}).check()
    copied = nine.write({"cases/c7.md": text_of(7, COPIED)}).check()
    assert [p.where.path for p in copied if p.rule == "near-copy"] == ["cases/c7.md"]
    assert whole_reads == []
    nine.write({"cases/c2.md": text_of(2, "别的话。")})  # what is told of another file ends
    assert "near-copy" not in {p.rule for p in nine.check()}


def test_a_check_on_another_day_asks_for_the_date_anew(nine, whole_reads, monkeypatch):
    monkeypatch.setattr(rechecking, "_day", lambda _: "another day")
    nine.check()
    assert len(whole_reads) == 1


def test_checks_and_builds_take_nothing_from_each_other(nine, whole_reads):
    nine.build()
    nine.check()
    whole_reads.clear()
    for said in ("一", "二", "三"):
        nine.write({"cases/c4.md": text_of(4, f"第{said}句。")})
        nine.check()
        nine.build()
    assert whole_reads == []


def test_a_field_that_no_page_shows_is_looked_at_again(nine):
    named = {"credits": "{供稿: 甲部门, 终审: 某某部门}"}
    nine.write({"cases/c4.md": text_of(4, **named)})
    assert "某某部门" in lines_of(nine)
    named = {"credits": "{供稿: 甲部门, 终审: 校办公室}"}
    nine.write({"cases/c4.md": text_of(4, **named)})
    assert "某某部门" not in lines_of(nine)


def lines_of(made: Project) -> str:
    found, problems = projects.load_project(made.root)
    return "\n".join(builder.check_project(found, problems).lines)


def test_a_picture_in_a_folder_that_casegen_writes_is_looked_for_each_time(nine):
    nine.write({"cases/c4.md": text_of(4, "![图](../book/a.png)")})
    assert "missing-image" in {p.rule for p in nine.check()}
    nine.write({"book/a.png": saved(corners((40, 40)), "PNG")})
    assert "missing-image" not in {p.rule for p in nine.check()}
    nine.write({"book/a.png": None})
    assert "missing-image" in {p.rule for p in nine.check()}


def test_a_save_of_the_settings_during_a_check_or_build_is_not_lost(nine):
    found, problems = projects.load_project(nine.root)
    nine.write(
        {"casegen.yml": CONFIG.replace("title: ", "title: 新") + "rules: {missing-summary: off}\n"}
    )
    builder.check_project(found, problems)
    builder.build_site(found, problems)
    assert "missing-summary" not in {p.rule for p in nine.check()}
    assert nine.build().files() == clean_build(nine.root)


@pytest.mark.parametrize("value", [5, None, (None, None), {"a": 5}, (1, ())])
@pytest.mark.parametrize("kind", ["case", recall.CHECKED, "kept", "pinyin"])
def test_values_of_the_cache_that_do_not_fit_are_not_used(nine, kind, value):
    nine.build()
    nine.check()
    with closing(Cache(nine.root / ".casegen", recall.make_stamp())) as cache:
        for name in (kind, f"pinyin {metadata.version('pypinyin')}"):
            cache.patch({name: dict.fromkeys(cache.keys(name), value)}, {})
    nine.write({"cases/c4.md": text_of(4, "又一句。")})
    assert nine.check() == check_anew(nine.root)
    assert nine.build().files() == clean_build(nine.root)


def test_a_case_under_the_key_of_another_is_not_believed(nine):
    nine.build()
    with closing(Cache(nine.root / ".casegen", recall.make_stamp())) as cache:
        known = cache.read("case")
        cache.patch(
            {
                "case": dict(
                    zip(known, [*list(known.values())[1:], known[next(iter(known))]], strict=True)
                )
            },
            {},
        )
    nine.write({"cases/c4.md": text_of(4, tags="[新]")})
    assert nine.check() == check_anew(nine.root)
    assert nine.build().files() == clean_build(nine.root)


edits = st.lists(
    st.dictionaries(st.integers(1, 6), st.sampled_from(BODIES), min_size=1, max_size=3),
    min_size=2,
    max_size=4,
)


@settings(max_examples=EDITS or 8, deadline=None)
@given(edits)
def test_after_any_edits_a_check_finds_what_a_check_of_everything_finds(steps):
    with tempfile.TemporaryDirectory() as folder:
        made = Project(Path(folder)).write({f"cases/c{n}.md": text_of(n) for n in range(1, 7)})
        made.write({"casegen.yml": CONFIG, "cases/draft.md": text_of(9, status="draft")}).check()
        for step in steps:
            made.write({f"cases/c{n}.md": text_of(n, body) for n, body in step.items()})
            assert made.check() == check_anew(made.root)
