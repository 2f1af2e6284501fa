"""Pasted text: its fields, its headings, what is dropped, and its figures with their places."""

from __future__ import annotations

import pytest

from casegen import importers
from casegen import project as projects
from casegen.collection.norms import Norms
from casegen.importers import as_json

NORMS = Norms(projects.load_vocabulary())

NEWS = """\
青石教育网 加入收藏 设为首页
青石职业学院：水苔铺出增收路
青石职业学院    2023-06-23
        近年来，青石职业学院把帮扶陇西县菜子镇步云村作为大事，选派干部驻村，把课堂搬到田间地头，和村民一起找路子。
        一、实施背景
        步云村山高坡陡，产业单一，村民大多外出务工，集体经济薄弱，学院的老师们走遍了每一个村民小组，摸清了家底。
        二、主要做法
        （一）抓产业。学院投入帮扶资金20万元，发展水苔100亩，带动60户村民增收，还请来农技专家手把手地教，成立了合作社。
        （二）抓培训。开展技能培训12次，培训村民460余人次，让想学的人都学到一门手艺，让学到手艺的人都有活干。
督促工程进度
        下一步，学院力争再投入50万元，把基地扩大到200亩，让更多的村民在家门口就业，把乡村建设得更加美丽。
（供稿/供图：乡村振兴办公室 编辑：陈一一 编审：王二二）
免责声明：
凡本站注明“来源：青石教育网”的稿件，未经授权不得转载。
上一篇：校园招聘会举行
"""


@pytest.fixture
def news(found):
    return found(NEWS)


def test_title_date_source_and_institution_come_from_the_lines_above_the_text(news):
    assert news.title == "青石职业学院：水苔铺出增收路"
    assert (news.date, news.source) == ("2023-06-23", "青石职业学院")
    assert (news.institution, news.institution_suspect) == ("青石职业学院", False)


def test_a_line_of_credits_names_each_role(news):
    assert news.credits == {
        "供稿": ("乡村振兴办公室",),
        "供图": ("乡村振兴办公室",),
        "编辑": ("陈一一",),
        "编审": ("王二二",),
    }


def test_a_place_is_told_from_the_province_down_to_the_village(news):
    assert news.regions == ("甘肃省/定西市/陇西县/菜子镇/步云村",)


def test_furniture_and_bylines_are_dropped_and_all_of_the_article_stays(news):
    dropped = {d.text.strip() for d in news.dropped}
    assert dropped == {
        "青石教育网 加入收藏 设为首页",
        "青石职业学院：水苔铺出增收路",
        "青石职业学院    2023-06-23",
        "（供稿/供图：乡村振兴办公室 编辑：陈一一 编审：王二二）",
        "免责声明：",
        "凡本站注明“来源：青石教育网”的稿件，未经授权不得转载。",
        "上一篇：校园招聘会举行",
    }
    kept = "".join(block.plain for block in news.blocks)
    assert "督促工程进度" in kept
    assert "美丽。" in kept


def test_numbered_lines_and_the_first_words_of_a_numbered_paragraph_are_headings(news):
    assert news.sections == ("一、实施背景", "二、主要做法", "（一）抓产业。", "（二）抓培训。")


def test_a_caption_without_indent_is_no_heading(news):
    assert "督促工程进度" not in "".join(news.sections)


def test_figures_are_proposed_with_their_place_in_the_text(news):
    proposed = [(p.finding.raw, NEWS[p.finding.start : p.finding.end]) for p in news.metrics]
    assert proposed == [(raw, raw) for raw in ("20万元", "100亩", "60户", "12次", "460余人次")]
    assert [p.indicator for p in news.metrics][:2] == ["funds_invested", "planting_area"]


def test_a_figure_behind_a_label_is_named_by_it_and_its_line_is_no_heading(found):
    long = "学校在村里建起了合作社，村民一年到头都有活干，日子一天比一天好。" * 2
    one = found(f"一村一品立起来\n{long}\n1、投入资金：50万元\n2、培训人次：300人次\n{long}\n")
    assert [(p.name, p.indicator) for p in one.metrics] == [
        ("投入资金", "funds_invested"),
        ("培训人次", "training_person_times"),
    ]
    assert one.sections == ()


def test_plans_are_no_metrics_but_stand_in_the_report_with_a_reason(news):
    assert {figure.raw: figure.reason for figure, _ in news.other} == {
        "50万元": "forecast",
        "200亩": "forecast",
    }


def test_the_summary_is_the_opening_and_never_the_title_or_furniture(news):
    assert news.summary.startswith("近年来，青石职业学院")


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("（文：赵一一 ）", {"供稿": ("赵一一",)}),
        ("作者：赵一一 来源： 发布日期：2024-02-22 12:18", {"供稿": ("赵一一",)}),
        ("（记者 赵一一）", {"供稿": ("赵一一",)}),
        ("文/图：赵一一", {"供稿": ("赵一一",), "供图": ("赵一一",)}),
        ("责任编辑：钱二二 审核：孙三三", {"编辑": ("钱二二",), "编审": ("孙三三",)}),
        ("供稿：宣传部、教务处", {"供稿": ("宣传部", "教务处")}),
        ("校对：李 四", {"校对": ("李四",)}),
    ],
)
def test_bylines_are_read_as_sites_write_them(found, line, credits):  # noqa: A002
    text = f"一村一品立起来\n\n{'学校在村里建起了合作社，村民一年到头都有活干。' * 4}\n\n{line}\n"
    one = found(text)
    assert one.credits == credits
    assert line in {d.text for d in one.dropped}


def test_an_empty_source_is_not_filled_with_the_next_label(found):
    one = found(
        f"一村一品立起来\n作者：赵一一 来源： 发布日期：2024-02-22 12:18\n"
        f"{'学校建起了合作社。' * 9}\n"
    )
    assert (one.source, one.date) == ("", "2024-02-22")


@pytest.mark.parametrize(
    ("text", "date", "certain"),
    [
        ("2022年11月14日，记者从县里获悉，合作社今年分红。", "2022-11-14", True),
        ("[查看原文](https://tv.example.cn/2025/02/19/VIDEabc250219.shtml)", "2025-02-19", False),
        ("合作社在2021年建成。", "", False),
    ],
)
def test_a_date_comes_from_the_dateline_or_the_link_and_is_uncertain_there(
    found, text, date, certain
):
    body = "学校在村里建起了合作社，村民一年到头都有活干。" * 4
    one = found(f"一村一品立起来\n\n{text}\n\n{body}\n")
    assert (one.date, "date" not in one.uncertain) == (date, certain)


def test_a_date_without_a_day_is_the_month_in_the_draft_and_no_date_elsewhere(found, norms):
    body = "学校在村里建起了合作社，村民一年到头都有活干。" * 4
    one = found(f"一村一品立起来\n青石职业学院 2023年6月\n{body}\n")
    assert (one.date, as_json(one, norms)["date"]) == ("2023-06", None)
    assert one.uncertain["date"] == "稿子里只写到月"


def test_a_text_without_a_title_line_takes_its_first_heading_and_says_so(found):
    long = "学校在村里建起了合作社，村民一年到头都有活干，日子一天比一天好。" * 3
    one = found(f"{long}\n步云村工作队成效：\n{long}\n")
    assert one.title == "步云村工作队成效"
    assert "title" in one.uncertain


def test_an_injected_name_is_flagged_and_not_taken_for_the_institution(found):
    name = "天美制作果冻视频"
    one = found(
        f"一村一品立起来\n这是{name}驻村干部们的真实写照，也是学生们穿梭在田间地头的缩影。"
        f"{'好。' * 20}\n"
    )
    assert (one.institution, one.institution_suspect) == ("", True)
    assert [s.text for s in one.suspects] == [name]


def test_an_injected_site_name_around_the_text_leaves_the_institution_alone(found):
    one = found("金宝搏188入口\n" + NEWS)
    assert (one.institution, one.institution_suspect) == ("青石职业学院", False)
    assert [s.text for s in one.suspects] == ["金宝搏188入口"]
    assert "金宝搏188入口" in {d.text for d in one.dropped}


def test_a_masked_name_is_flagged(found):
    one = found(f"一村一品立起来\nxx职业技术学院认真落实部署。{'学校在村里建起了合作社。' * 6}\n")
    assert one.institution_suspect
    assert one.suspects[0].text == "xx职业技术学院"


def test_talk_of_gambling_is_no_injected_name(found):
    one = found(
        f"移风易俗树新风\n村里整治赌博，反对色情，打击博彩网站。"
        f"{'村民拍手称快，乡风越来越好。' * 6}\n"
    )
    assert one.suspects == ()


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


BROKEN = """\
青石职业学院：水苔铺出增收路
2023-06-23 青石职业学院
青石职业学院帮扶陇西县菜子镇步云村，选派3名干部驻村，
把课堂搬到田间地头，和村民一起找路子、建基地。
一、主要做法
    2023年，学院投入帮扶资金20万元，发展水苔100亩，带动6
0户村民增收，村民都说好。学院还派出农技专家驻村指导，开办
了田间课堂，教村民育苗、移栽、采收和晾晒，请来客商签下订单
，让水苔有了稳定的销路，合作社年底分红3万元，村民人人有份。
第二年合作社又添了烘干机。
"""


def test_lines_broken_in_mid_sentence_are_joined_and_told(found):
    one = found(BROKEN)
    assert [b.plain[-12:] for b in one.blocks] == [
        "村民一起找路子、建基地。",
        "一、主要做法",
        "年底分红3万元，村民人人有份。"[-12:],
        "第二年合作社又添了烘干机。"[-12:],
    ]
    assert (
        "开办了田间课堂，教村民育苗、移栽、采收和晾晒，请来客商签下订单，让水苔"
        in one.blocks[2].plain
    )
    assert "断在句子中间的行已接到上一行，共 4 处：第 4、7、8、9 行" in one.losses


def test_a_figure_broken_over_two_lines_is_one_figure_at_its_place(found):
    figure = next(p.finding for p in found(BROKEN).metrics if p.finding.quantity.unit == "户")
    assert (figure.quantity.low, BROKEN[figure.start : figure.end]) == (60, "6\n0户")


@pytest.mark.parametrize(
    "lines",
    [
        "学校建起合作社，村民都说好。\n第二年又添了烘干机，路也修通了。\n村里通了公交车，老人都说好。",
        "建基地，强产业，村里面貌一天一个样\n修公路，通客车，山里山外一天一个来回",
        "带动村民60户增收\n1. 建基地\n2. 闯市场",
    ],
)
def test_lines_that_may_be_paragraphs_of_their_own_stay_so(found, lines):
    one = found(f"一村一品立起来\n{'学校在村里建起了合作社，村民人人有活干。' * 4}\n{lines}\n")
    assert len(one.blocks) == 1 + len(lines.split("\n"))
    assert one.losses == ()


def test_a_village_that_lies_in_a_township_stands_under_it(found):
    lies = (
        "平川村位于甘肃省定西市陇西县文峰镇，全村312户，"
        "去年建起了合作社，村民人人有活干，日子越过越好，外出的人也陆续回来了。"
    )
    assert found(f"合作社立起来\n{lies}\n").regions == ("甘肃省/定西市/陇西县/文峰镇/平川村",)


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("北坡村建起合作社，北坡村民风一年比一年好，北坡村的路通了。", ("北坡村",)),
        ("甘肃省定西市北坡村建起合作社，北坡村的路通了。", ("甘肃省/定西市/北坡村",)),
        ("西塬镇北坡村建起合作社，北坡村的路通了，西塬镇的人都来看。", ("西塬镇/北坡村",)),
        ("学校在陇西县办班，又引导xx县北坡村种花椒。", ("甘肃省/定西市/陇西县", "北坡村")),
    ],
)
def test_a_village_without_its_county_is_kept_and_uncertain(found, text, regions):
    one = found(f"合作社立起来\n{text}{'村民人人有活干，日子越过越好。' * 4}\n")
    assert one.regions == regions
    assert "请补全，从省写起" in one.uncertain["regions"]


LETTER = """\
关于报送乡村振兴典型案例的函
省教育厅：
按照贵厅通知要求，现将我校典型案例报上，请审阅。
附件：小果子做出大产业
青石职业学院
2023年5月6日
附件
小果子做出大产业
2021年以来，学院选派3名干部驻村，投入资金120万元，种植刺梨600亩，带动农户210户。
学院举办培训12期，培训农民860人次，让想学的人都学到一门手艺。
"""


@pytest.mark.parametrize("sender", ["", "青石职业学院"])
def test_a_covering_letter_is_taken_off_and_its_signature_kept(found, sender):
    letter = sender + LETTER
    case = found(letter)
    assert case.title == "小果子做出大产业"
    assert (case.institution, case.date) == ("青石职业学院", "2023-05-06")
    taken = {d.text for d in case.dropped}
    assert {line for line in letter.splitlines()[:8] if line} <= taken
    assert [b.plain for b in case.blocks] == LETTER.splitlines()[8:]


def test_without_a_line_that_ends_it_a_letter_is_left_as_it_stands(found):
    case = found(LETTER.replace("附件\n", ""))
    assert "按照贵厅通知要求，现将我校典型案例报上，请审阅。" in [b.plain for b in case.blocks]


SECOND = """\
附件2
课堂搬到田间
学院在陇西县文峰镇乔家门村开办农民夜校，一年四季有人讲课，村民下了工就来听。
培训农民460人次，增收20万元。
"""


def test_each_case_behind_a_letter_becomes_a_draft_with_the_letters_signature():
    letter = LETTER.replace("\n附件\n", "\n附件1\n") + SECOND
    data = (letter + "附件3\n人员名单\n赵一一，钱二二。\n").encode()
    first, second = importers.read_manuscripts(importers.File("函.txt", data), NORMS)
    assert [f.title for f in (first, second)] == ["小果子做出大产业", "课堂搬到田间"]
    assert {(f.institution, f.date) for f in (first, second)} == {("青石职业学院", "2023-05-06")}
    assert [p.finding.raw for p in second.metrics] == ["460人次", "20万元"]
    assert "460人次" not in {p.finding.raw for p in first.metrics}
    assert (first.file, second.file) == ("函（附件1）.txt", "函（附件2）.txt")
    assert first.digest != second.digest


def test_an_enclosure_that_is_no_case_stays_with_the_one_before_it():
    data = (LETTER + SECOND.replace("课堂搬到田间", "推荐意见")).encode()
    assert [f.title for f in importers.read_manuscripts(importers.File("函.txt", data), NORMS)] == [
        "小果子做出大产业"
    ]


def test_a_page_copied_from_wechat_gives_author_account_and_date_and_loses_its_counts(found):
    pasted = found(
        "一盏茶里的新日子\n原创 李三 云岭职业学院\n 2024-03-08 09:12 甘肃\n"
        "2023年，云岭职业学院在陇西县永兴镇投入帮扶资金36.5万元，带动茶农118户，办起夜校，村民都来学手艺。\n"
        "图片丨赵四\n阅读 1024\n收录于合集 #乡村振兴 12个\n"
    )
    assert (pasted.title, pasted.date) == ("一盏茶里的新日子", "2024-03-08")
    assert (pasted.source, pasted.institution) == ("云岭职业学院", "云岭职业学院")
    assert pasted.credits == {"供稿": ("李三",), "供图": ("赵四",)}
    assert [p.finding.raw for p in pasted.metrics] == ["36.5万元", "118户"]
    assert [b.plain[:5] for b in pasted.blocks] == ["2023年"]


def test_the_line_above_a_form_that_numbers_the_enclosure_is_dropped(found):
    form = found(
        "附件2\n典型案例申报表\n案例名称：山里办夜校\n申报单位：青石职业学院\n\n夜校办到了村里，培训村民120人次。\n"
    )
    assert form.title == "山里办夜校"
    assert [b.plain[:4] for b in form.blocks] == ["夜校办到"]
    assert {d.text for d in form.dropped} >= {"附件2", "典型案例申报表"}


def test_a_report_shows_figures_without_their_marks(desk):
    said = (
        "<p>学院先后派出专家<strong>26</strong>人次到陇西县永兴镇，帮村民种茶办厂，"
        "日子有了奔头，大家都说好，都愿意学。</p>"
    )
    page = desk.put("稿.html", f"<html><body><h1>一盏茶里的新日子</h1>{said}</body></html>")
    told = desk.run(page).output
    assert "派出专家 26人次" in told
    assert "strong" not in told


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
