"""What search files hold: texts, shards, and that an edit changes few of them."""

from __future__ import annotations

import json
import re

from projects import Site, case_text

from casegen.editions.site import index, search

# ── the files of a site ──


def put(site: Site, path: str) -> object:
    """What a data script of the site returns."""
    found = re.fullmatch(r"casegen\.put\(\".*?\",JSON\.parse\((.*)\)\);\n", site.text(path))
    assert found, path
    return json.loads(json.loads(found[1]))


def files_of(site: Site, kind: str) -> dict[str, bytes]:
    return {name: data for name, data in site.files().items() if name.startswith(f"assets/{kind}-")}


def collection(count: int = 60) -> dict[str, str]:
    return {
        f"cases/c{number:02}.md": case_text(
            f"第{number}号茶园", f"正文{number}，合作社{number * 7}户。", summary="概要"
        )
        for number in range(count)
    }


def test_a_small_collection_has_texts_and_no_index(project):
    site = project(collection(5)).build()
    names = put(site, put(site, "assets/catalog.js")["search"])
    assert names["shards"] == ""
    assert files_of(site, "shard") == {}
    texts = [text for path in files_of(site, "text") for text in put(site, path)]
    assert [
        "第3号茶园",
        "某某大学",
        "甘肃省定西市陇西县",
        "",
        "概要",
        "正文3，合作社21户。",
    ] in texts
    assert len(texts) == sum(names["sizes"]) == 5


def test_a_large_collection_has_an_index_whose_shards_are_named_in_order(project, monkeypatch):
    monkeypatch.setattr(search, "SCAN", 3)
    monkeypatch.setattr(index, "SHARD", 200)
    site = project(collection()).build()
    names = put(site, put(site, "assets/catalog.js")["search"])
    digits = re.findall(".{10}", names["shards"])
    shards = [put(site, f"assets/shard-{mark}.js").split(" ") for mark in digits]
    assert len(shards) > 5
    assert names["firsts"].split(" ") == [shard[0] for shard in shards]
    found = {t: index.read_postings(p) for shard in shards for t, p in batched(shard) if len(t) < 3}
    assert found["合作"] == list(range(60))
    assert found["园"] == list(range(60))
    assert found["21"] == [3, 21, 30, 31]
    text, card = put(site, f"assets/text-{names['texts'][:10]}.js")
    assert text[0] == "第0号茶园"
    assert 'data-case="c00"' in card


def batched(items: list[str]) -> list[tuple[str, str]]:
    return list(zip(items[::2], items[1::2], strict=True))


def test_a_word_more_in_one_case_touches_few_files_of_the_search(project, monkeypatch):
    monkeypatch.setattr(search, "SCAN", 3)
    monkeypatch.setattr(index, "SHARD", 200)
    made = project(collection())
    before = made.build().files()
    made.write(
        {"cases/c30.md": case_text("第30号茶园", "正文30，合作社210户，刺梨。", summary="概要")}
    )
    after = made.build().files()
    new = sorted(name.rpartition("-")[0] for name in set(after) - set(before))
    assert new.count("assets/text") == 1
    assert new.count("assets/lookup") == 1
    assert new.count("assets/shard") <= 4
    assert new.count("assets/cards") == new.count("assets/columns") == 0


def test_without_full_text_search_no_text_is_published(project):
    config = "title: 试验案例集\nsearch: false\n"
    site = project(collection(3), config=config).build()
    assert put(site, "assets/catalog.js")["search"] == ""
    assert not any("合作社" in site.text(name) for name in site.files() if name.endswith(".js"))
