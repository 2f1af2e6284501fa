"""An edit that leaves alone all that other pages show touches few files and reads no other case."""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import CONFIG, Project, case_text
from test_incremental import clean_build

from casegen import recall
from casegen.cache import Cache
from casegen.editions.site import index, search
from casegen.editions.site.data_scripts import write_script
from casegen.editions.site.shards import Names

EDITS = int(os.environ.get("CASEGEN_EDITS", "0"))  # examples of a long run
WORDS = ["水苔", "刺梨", "茶园", "电商", "合作社", "讲习所", "路灯", "河道"]


def shrink_index(patch: pytest.MonkeyPatch) -> None:
    """An index for collections of a few cases, with triples, in many shards."""
    patch.setattr(search, "SCAN", 3)
    patch.setattr(index, "SHARD", 100)
    patch.setattr(index, "LEAST", (1, 2, 4))


def text_of(number: int, body: str = "", title: str = "", **fields: str) -> str:
    told = {"summary": "概要", "metrics": f"[投入帮扶资金: {number}万元]"} | fields
    begun = f"{WORDS[number % 8]}和合作社的事，要从头说起，说起来话长，一时说不完。"
    lines = f"## 背景\n\n{begun}前后投入{number}万元。\n\n{body}"
    return case_text(title or f"案例{number}", lines, **told)


@pytest.fixture
def nine(project) -> Project:
    made = project(
        {f"cases/c{n}.md": text_of(n) for n in range(1, 9)}
        | {"cases/draft.md": text_of(9, status="draft"), "pages/about.md": "# 说明\n\n文字。\n"},
        CONFIG + "base_url: https://example.edu.cn/x/\n",
    )
    made.build()
    return made


BODIES = [
    "## 新的一节\n\n见[他站](https://example.edu.cn/)。\n\n- 一\n\n| 甲 |\n| --- |\n| 丙 |",
    "合作社的茶园；𠮷野的龥。" * 9,
]


@pytest.mark.parametrize("body", BODIES)
def test_an_edit_of_a_body_reads_no_other_case(nine, whole_reads, body):
    site = nine.write({"cases/c4.md": text_of(4, body)}).build()
    assert whole_reads == []
    assert {"cases/c4.html", "cases/c4.md"} <= set(site.outcome.report.written)
    assert len(site.outcome.report.written) <= 6
    assert site.files() == clean_build(nine.root)


@pytest.mark.parametrize("body", BODIES)
def test_nor_does_one_where_the_search_has_an_index(project, monkeypatch, whole_reads, body):
    shrink_index(monkeypatch)
    made = project({f"cases/c{n}.md": text_of(n) for n in range(1, 9)})
    made.build()
    whole_reads.clear()
    site = made.write({"cases/c4.md": text_of(4, body)}).build()
    assert whole_reads == []
    assert site.files() == clean_build(made.root)


@pytest.mark.parametrize(
    "edit",
    [
        {"cases/c4.md": text_of(4, "另投入80万元。", metrics="[投入帮扶资金: 80万元]")},
        {"cases/c4.md": text_of(4, title="新题名")},
        {"cases/c4.md": text_of(4, "见[另一篇](c5.md)。")},
        {"cases/c4.md": text_of(4).replace("summary: 概要\n", "")},
        {"cases/c4.md": text_of(4).replace("前后投入4万元", "共投入4万元")},
        {"cases/c4.md": text_of(4, "又一句。"), "pages/about.md": "# 说明\n\n改了。\n"},
        {"cases/c4.md": text_of(4, "又一句。"), "casegen.yml": CONFIG + "lang: en\n"},
        {"cases/c4.md": text_of(4, "又一句。"), "cases/c10.md": text_of(10)},
        {"cases/c4.md": None},
    ],
)
def test_an_edit_that_others_may_show_is_built_whole(nine, whole_reads, edit):
    nine.write(edit).build()
    assert nine.root in whole_reads


@pytest.fixture
def indexes(monkeypatch) -> list[int]:
    """The number of texts of every index that is made anew; renewed ones are not among them."""
    shrink_index(monkeypatch)
    made: list[int] = []
    make_index = index.make_index

    def count(texts: Sequence[str]) -> index.Index:
        made.append(len(texts))
        return make_index(texts)

    monkeypatch.setattr(index, "make_index", count)
    return made


@pytest.mark.parametrize(
    ("edit", "new"),
    [
        ({"cases/c4.md": text_of(44)}, []),
        ({"cases/c4.md": text_of(4, title="新题名"), "cases/c5.md": text_of(50)}, []),
        ({"casegen.yml": CONFIG + "subtitle: 副题\n"}, []),
        ({"cases/c4.md": None}, [7]),
        ({"cases/c4.md": None, "cases/c44.md": text_of(4)}, []),
        ({"cases/a.md": text_of(9)}, [9]),
    ],
)
def test_a_whole_build_keeps_the_index_where_few_texts_changed(project, indexes, edit, new):
    made = project({f"cases/c{n}.md": text_of(n) for n in range(1, 9)})
    made.build()
    indexes.clear()
    site = made.write(edit).build()
    assert indexes == new
    assert site.files() == clean_build(made.root)


@pytest.mark.parametrize(
    "damaged",
    [
        lambda content: content.replace(b" ", b"  ", 1),
        lambda content: content + b"alert(1);\n",
        lambda _: b"",
        lambda _: b"\xff" * 40,
        lambda _: write_script("x", json.loads("[" * 900 + "]" * 900)).replace(b"[", b"[" * 200),
        lambda _: b'casegen.put("x",JSON.parse(5));\n',
        lambda _: b'casegen.put("x",JSON.parse(null));\n',
        lambda _: write_script("x", ["a", 1]),
    ],
)
def test_a_damaged_file_of_the_index_is_not_taken_over(project, indexes, damaged):
    made = project({f"cases/c{n}.md": text_of(n) for n in range(1, 9)})
    made.build()
    shard = sorted((made.root / "site/assets").glob("shard-*.js"))[3]
    shard.write_bytes(damaged(shard.read_bytes()))
    indexes.clear()
    site = made.write({"cases/c4.md": text_of(44)}).build()
    assert indexes == [8]
    assert site.files() == clean_build(made.root)


def forge(kind: type, *values: object) -> object:
    """A value that its class refuses, as the cache would hold it."""
    made = object.__new__(kind)
    for field, value in zip(dataclasses.fields(kind), values, strict=True):
        object.__setattr__(made, field.name, value)
    return made


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (search.NAMES, forge(Names, ("a",), ("0" * 10, "1" * 10))),
        (search.NAMES, forge(Names, (1, None), ("x", "y"))),
        (search.NAMES, forge(Names, "ab", 5)),
        (search.SUMS, forge(index.Sums, None, "x", 5, "")),
        (search.SUMS, forge(index.Sums, ("0" * 16,) * 8, 9, (1,), "")),
        (search.SUMS, forge(index.Sums, (5,) * 8, 9, (1, 1, 1), "")),
        (search.PART, forge(index.Part, None, [], "x")),
        (search.PART, forge(index.Part, {1: 2}, {}, {})),
        (search.PART, index.Part(dict.fromkeys("四第新题字。", "\\"), {}, {})),
        (search.PART, index.Part(dict.fromkeys("四第新题字。", index.CONTINUED[1] * 40), {}, {})),
    ],
)
def test_forged_values_of_the_index_are_not_used(project, indexes, name, value):
    made = project({f"cases/c{n}.md": text_of(n) for n in range(1, 9)})
    made.build()
    with closing(Cache(made.root / ".casegen", recall.make_stamp())) as cache:
        names = [key for key in cache.keys(recall.KEPT[0]) if key.startswith(name)]
        assert names
        cache.patch({recall.KEPT[0]: dict.fromkeys(names, value)}, {})
    indexes.clear()
    site = made.write({"cases/c4.md": text_of(44, title="新题名")}).build()
    assert indexes == [8]
    assert site.files() == clean_build(made.root)


@pytest.mark.parametrize("gone", [False, True])
def test_a_renewal_uses_no_part_of_the_index_that_it_cannot_read(project, indexes, gone):
    made = project({f"cases/c{n}.md": text_of(n) for n in range(1, 9)})
    made.build()
    forged = forge(index.Part, None, [], "x")
    with closing(Cache(made.root / ".casegen", recall.make_stamp())) as cache:
        names = [key for key in cache.keys(recall.KEPT[0]) if key.startswith(search.PART)]
        cache.patch(
            {recall.KEPT[0]: {} if gone else dict.fromkeys(names, forged)},
            {recall.KEPT[0]: names if gone else ()},
        )
    indexes.clear()
    site = made.write({"cases/c4.md": text_of(4, "合作社的茶园，河道边上有路灯。")}).build()
    assert indexes == [8]
    assert site.files() == clean_build(made.root)


@pytest.mark.parametrize("line", ["\\", index.CONTINUED[1] * 40 + index.FINAL[0]])
def test_damaged_postings_are_refused(line):
    with pytest.raises(ValueError, match=r"not found|so many"):
        index.read_postings(line)


def test_the_site_is_looked_through_once_and_its_next_state_is_known(nine, monkeypatch):
    walked: list[str] = []
    scandir = os.scandir

    def count(path: str) -> object:
        walked.append(str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", count)
    nine.write({"cases/c4.md": text_of(4, "又一句。")}).build()
    assert walked.count(str(nine.root / "site/cases")) == 1
    assert recall.recall_build(nine.root, None, drafts=False) is not None


def test_several_bodies_may_change_at_once_and_again(nine, whole_reads):
    for said in ("一", "二"):
        edits = {f"cases/c{n}.md": text_of(n, f"第{said}句。") for n in (2, 3, 7)}
        site = nine.write(edits).build()
    assert whole_reads == []
    assert site.files() == clean_build(nine.root)


def test_an_edit_of_a_draft_touches_nothing(nine, whole_reads):
    site = nine.write({"cases/draft.md": text_of(9, "又一句。", status="draft")}).build()
    assert (site.outcome.report.written, whole_reads) == ((), [])


def test_what_a_renewal_says_is_what_a_whole_build_says(nine):
    renewed = nine.write({"cases/c4.md": text_of(4, "又一句。")}).build().outcome
    whole = nine.build(whole=True).outcome
    assert renewed.report.written
    for name in ("cases", "pages", "left_out", "totals", "folder"):
        assert getattr(renewed, name) == getattr(whole, name)
    assert whole.report.written == whole.report.removed == ()
    assert renewed.report.kept + len(renewed.report.written) == whole.report.kept


def test_an_error_in_the_body_stops_the_build_and_leaves_the_site(nine):
    before = nine.build().files()
    outcome = nine.write({"cases/c4.md": text_of(4, "![图](没有.png)")}).try_build()
    assert [problem.rule for problem in outcome.errors] == ["missing-image"]
    assert Project(nine.root).write({"cases/c4.md": text_of(4)}).build().files() == before


def test_a_file_of_the_site_that_was_changed_by_hand_is_restored_with_it(nine):
    (nine.root / "site/cases/c2.html").write_bytes(b"x")
    site = nine.write({"cases/c4.md": text_of(4, "又一句。")}).build()
    assert site.files() == clean_build(nine.root)


@pytest.mark.parametrize("severity", ["warning", "error"])
def test_a_build_that_the_date_may_stop_is_not_recalled(project, severity):
    made = project({"cases/a.md": text_of(1)}, CONFIG + f"rules: {{future-date: {severity}}}\n")
    made.build()
    recalled = recall.recall_build(made.root, None, drafts=False)
    assert (recalled is None) == (severity == "error")


sentences = st.lists(
    st.sampled_from(
        ["又写一句。", "路灯亮了。", "合作社的茶园，河道。", "𠮷野；龥。", "- 一\n- 二"]
    ),
    max_size=3,
).map("\n\n".join)
changes = st.tuples(st.integers(0, 20), sentences) | st.none()  # None: the case is removed
edits = st.lists(
    st.dictionaries(st.integers(1, 6), sentences, min_size=1, max_size=3), min_size=2, max_size=4
)


@settings(max_examples=EDITS or 3, deadline=None)
@given(edits)
def test_after_any_edits_of_bodies_the_bytes_are_the_clean_bytes(steps):
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        shrink_index(patch)
        made = Project(Path(folder)).write({f"cases/c{n}.md": text_of(n) for n in range(1, 7)})
        made.write({"casegen.yml": CONFIG}).build()
        for step in steps:
            made.write({f"cases/c{n}.md": text_of(n, body) for n, body in step.items()})
            assert made.build().files() == clean_build(made.root)


@settings(max_examples=EDITS or 3, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.integers(1, 8), changes, min_size=1, max_size=3), min_size=2, max_size=4
    )
)
def test_after_any_edits_the_index_is_that_of_a_clean_build(steps):
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        shrink_index(patch)
        made = Project(Path(folder)).write({f"cases/c{n}.md": text_of(n) for n in range(1, 7)})
        made.write({"casegen.yml": CONFIG}).build()
        for step in steps:
            for n, change in step.items():
                path = made.root / f"cases/c{n}.md"
                if change:
                    number, body = change
                    text = text_of(n + number, body, title=f"第{n}个")
                    made.write({f"cases/c{n}.md": text})
                else:
                    path.unlink(missing_ok=True)
            assert made.build().files() == clean_build(made.root)
