"""Pasted text: rows of a database, columns, Markdown around HTML."""

from __future__ import annotations

import pytest

from casegen import importers
from casegen import project as projects
from casegen.collection.norms import Norms
from casegen.importers import as_json
from importers.test_kept import BODY

NORMS = Norms(projects.load_vocabulary())


def test_a_row_of_a_database_gives_up_its_columns(found):
    body = (
        "<p>　　2022年11月14日，记者从市里获悉，东沟村上榜。</p>"
        "<p>2021年，全村实现收入800余万元。（记者 赵一一）</p>" * 2
    )
    text = f"76\t\\N\t东沟村上了榜\t2024-05-14 06:42:10\t{body}\t\\N\n"
    one = found(text)
    assert (one.title, one.date) == ("东沟村上了榜", "2022-11-14")
    assert [text[p.finding.start : p.finding.end] for p in one.metrics] == ["800余万元"] * 2
    assert "2024-05-14 06:42:10" in {d.text for d in one.dropped}


def test_columns_with_names_are_fields(found):
    text = (
        "\ufeffprovince,year,title,source_url,publish_date,full_text\n"
        '甘肃省,2026,春耕见闻,https://example.cn/a.html,2026-02-10,"打印\n【字体：\n大\n】\n'
        '合作社""联农""带农，今年种植水苔300亩，村民有活干，户户有盼头，干劲越来越足。\n"\n'
    )
    one = found(text)
    assert (one.title, one.date) == ("春耕见闻", "2026-02-10")
    assert [text[p.finding.start : p.finding.end] for p in one.metrics] == ["300亩"]
    assert {"打印", "【字体：", "大", "】"} <= {d.text for d in one.dropped}


def test_markdown_around_html_is_read_as_both(found):
    text = (
        "### 【再访村庄】特色产业铺就致富路\n\n"
        "<p><strong>央视网消息</strong>（新闻联播）：走进村里，"
        "群山脚下道路四通八达，18栋香菇大棚正处于收获期，工人们忙着采摘分拣，一派丰收景象。</p>\n"
    )
    one = found(text)
    assert (one.title, one.tags) == ("特色产业铺就致富路", ("再访村庄",))
    assert one.source == "央视网（新闻联播）"
    assert one.blocks[0].plain.startswith("走进村里")


def test_offsets_count_a_byte_order_mark_and_windows_line_ends(norms):
    text = "\ufeff一村一品\r\n\r\n学校投入帮扶资金20万元，村民都说好，日子越过越红火。\r\n"
    data = text.encode()
    (one,) = importers.read_manuscripts(importers.File("a.txt", data), norms)
    start = as_json(one, norms)["metrics"][0]["start"]
    assert data.decode()[start : start + 4] == "20万元"


TEACHERS = "学院的老师走遍了每个村民小组，把课堂搬到田埂上，村民从不会到会，大家都说夜校办得好。"


@pytest.mark.parametrize("names", [" (`id`, `title`, `pubdate`, `author`, `content`)", ""])
def test_an_insert_statement_of_a_dump_gives_up_its_columns(desk, names):
    body = f"<p class=\\\"x\\\">培训农民1200人次，老师说It''s好。</p>\\r\\n<p>{TEACHERS}</p>"
    rows = (
        f"(7,'夜校办到田埂上','2022-10-11 08:30:00','宣传部','{body}'),"
        "(8,'另一篇','2022-10-12','宣传部','另一篇的话')"
    )
    text = " ".join(["INSERT INTO", f"`news`{names}", "VALUES", rows]) + ";\n"
    place = desk.put("库.txt", text)
    (one,) = desk.json(place)
    assert one["title"] == "夜校办到田埂上"
    if names:
        assert (one["date"], one["credits"]) == ("2022-10-11", {"供稿": "宣传部"})
    assert any("另一篇的话" in line for line in one["dropped"])
    desk.run(place)
    assert desk.body() == f"培训农民1200人次，老师说It's好。\n\n{TEACHERS}"


def test_quotes_that_csv_doubles_are_single_in_the_draft(desk):
    row = '春耕见闻,2026-02-10,"<p class=""x"">合作社""联农""带农，今年种植水苔300亩。</p>"'
    desk.run(desk.put("库.txt", f"title,publish_date,content\n{row}\n"))
    assert desk.body() == "合作社“联农”带农，今年种植水苔300亩。"


def test_columns_with_names_may_be_divided_by_tabs(found):
    one = found(f"id\ttitle\tcontent\tdate\n7\t夜校办到田埂上\t<p>{TEACHERS}</p>\t2022-01-02\n")
    assert (one.title, one.date) == ("夜校办到田埂上", "2022-01-02")
    assert [block.plain for block in one.blocks] == [TEACHERS]


ROW = "<p>乌兰牧业学院给牧户装上项圈1300个。</p><p>学院补贴7.8万元，牧户自付5.2万元。</p>"


def test_columns_of_web_systems_give_source_editor_and_the_day_of_the_row(found):
    sql = """INSERT INTO `a` (`id`,`news_title`,`author`,`editor`,`origin`,`content`,`addtime`)
VALUES (883,'羊倌的圈','草原','渠水','牧业学院官网','ROW<p>2022年7月</p>',1658304000);"""
    one = found(sql.replace("ROW", ROW))
    assert (one.title, one.date, one.source) == ("羊倌的圈", "2022-07-20", "牧业学院官网")
    assert one.credits == {"供稿": ("草原",), "编辑": ("渠水",)}
    assert not [d.text for d in one.dropped if '"' in d.text]


def test_the_month_of_the_text_is_surer_than_the_day_on_which_a_row_was_entered(found):
    text = f'id,title,addtime,content\n7,羊倌的圈,2024-05-01,"{ROW}<p>2022年7月</p>"\n'
    one = found(text)
    assert one.date == "2022-07"
    assert "date" in one.uncertain


def test_dropped_cells_of_a_row_are_shown_without_the_quotes_of_csv(found):
    text = f'id,title,source,content\n7,"羊倌的""圈""","乙网, 丙网","{ROW}"\n'
    shown = [d.text for d in found(text).dropped]
    assert {"7", '羊倌的"圈"', "乙网, 丙网"} <= set(shown)


def test_struck_words_of_markdown_are_told_and_no_figure(found):
    one = found("# 种茶记\n\n学院投入~~90万元~~60万元，把路修通了。\n", "稿.md")
    assert [m.finding.raw for m in one.metrics] == ["60万元"]
    assert [b.plain for b in one.blocks] == ["学院投入60万元，把路修通了。"]
    assert "划掉的字没有写进正文：“90万元”，仍有效的请补上" in one.losses


def test_a_line_below_the_place_of_a_missing_picture_is_told_as_its_caption(found):
    one = found(f"一条小溪的新生\n\n{BODY}\n\n图片\n清淤后的小溪\n\n{BODY}\n")
    assert any("像是图片的说明，没有图就删去：“清淤后的小溪”" in loss for loss in one.losses)
