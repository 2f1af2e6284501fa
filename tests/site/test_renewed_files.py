"""What of the index a build takes from the last one, and what it makes anew."""

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
from indexed import SENTENCES, shrink_index, text_of
from projects import CONFIG, Project
from test_incremental import clean_build

from casegen import recall
from casegen.cache import Cache
from casegen.editions.site import index, search
from casegen.editions.site.data_scripts import write_script
from casegen.editions.site.shards import Names

EDITS = int(os.environ.get("CASEGEN_EDITS", "0"))  # examples of a long run


changes = st.tuples(st.integers(0, 20), SENTENCES) | st.none()  # None: the case is removed


def forge(kind: type, *values: object) -> object:
    """A value that its class refuses, as the cache would hold it."""
    made = object.__new__(kind)
    for field, value in zip(dataclasses.fields(kind), values, strict=True):
        object.__setattr__(made, field.name, value)
    return made


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
