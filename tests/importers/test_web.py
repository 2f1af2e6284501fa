"""Saved web pages: two campus systems, WeChat, a news site and an .mhtml file."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

LONG = "青石职业学院帮扶陇西县菜子镇步云村，选派干部驻村，把课堂搬到田间地头，和村民一起找路子。"
FIGURES = "2023年，学院投入帮扶资金<strong>20万元</strong>，发展水苔100亩，带动60户村民增收。"
BODY = (
    f'<p style="text-indent:2em">　　{LONG}</p>'
    '<p style="text-align:center"><img data-src="pics/1.png" src="blank.gif" alt=""></p>'
    '<p style="text-align:center">图为村民采收水苔</p>'
    f"<p><strong>一、主要做法</strong></p><p>{FIGURES}{LONG}</p>"
    "<p>（供稿：宣传部 编辑：陈一一）</p>"
)
TOP = "<div><a href='/'>首页</a> &gt; <a href='/n'>新闻</a> &gt; 正文</div>"
END = "<p>上一条：<a>招聘会</a></p><p>下一条：<a>运动会</a></p><div>版权所有 青石职业学院</div>"


def page(inside: str, head: str = "") -> str:
    head = f"<head><meta charset='utf-8'>{head}</head>"
    return f"<!DOCTYPE html><html>{head}<body>{inside}</body></html>"


PAGES = {
    "boda.html": page(
        f"<table><tr><td>{TOP}</td></tr><tr><td><h1>水苔铺出增收路</h1></td></tr>"
        "<tr><td>2023-06-23 10:12 &nbsp; 宣传部 &nbsp; 点击：[<span>12</span>]</td></tr>"
        f'<tr><td><div id="vsb_content_2"><div class="v_news_content">{BODY}'
        f"</div></div></td></tr></table>{END}"
    ),
    "sudy.html": page(
        f"{TOP}<div class='article'>"
        f"<h1 class='arti_title'>水苔铺出增收路</h1><p class='arti_metas'>"
        "<span>发布者：宣传部</span><span>发布时间：2023-06-23</span>"
        "<span>浏览次数：<i>88</i></span></p>"
        f"<div class='wp_articlecontent'>{BODY}</div></div>{END}"
    ),
    "wechat.html": page(
        "<h1 id='activity-name'>水苔铺出增收路</h1><em id='publish_time'>2023-06-23 18:00</em>"
        f"<div id='js_content' class='rich_media_content'>"
        f"<section><section>{BODY}</section></section>"
        "<p>点击上方蓝字关注我们</p></div><div>阅读原文</div><div>预览时标签不可点</div>"
    ),
    "news.html": page(
        f"<header><nav><ul><li><a>要闻</a></li><li><a>图片</a></li></ul></nav></header>{TOP}"
        f"<h1>水苔铺出增收路</h1>"
        f"<div class='info'>来源：青石日报 2023-06-23 09:30</div><div class='x7'>{BODY}"
        "</div><div class='s'>分享到：微信 微博</div><aside><h3>相关新闻"
        "</h3><ul><li><a>甲</a></li></ul></aside>"
        "<footer>版权所有 青石日报社</footer>"
    ),
}


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(made, "PNG")
    return made.getvalue()


@pytest.fixture(params=PAGES)
def saved(request, desk):
    name = request.param
    desk.put("pics/1.png", png())
    return desk.put(name, PAGES[name])


def test_the_article_of_a_page_is_found_with_its_title_date_and_credits(desk, saved):
    (one,) = desk.json(saved)
    assert (one["title"], one["date"]) == ("水苔铺出增收路", "2023-06-23")
    assert one["credits"] == {"供稿": "宣传部", "编辑": "陈一一"}
    assert one["sections"] == ["一、主要做法"]


def test_figures_have_their_places_in_the_page_as_saved(desk, saved):
    (one,) = desk.json(saved)
    text = saved.read_text("utf-8")
    assert [m["raw"] for m in one["metrics"]] == ["20万元", "100亩", "60户"]
    assert all(text[m["start"] : m["end"]] == m["raw"] for m in one["metrics"])


def test_the_body_holds_the_article_and_nothing_of_the_page(desk, saved):
    assert desk.run(saved).exit_code == 0
    assert desk.body().split("\n\n") == [
        LONG,
        '![图为村民采收水苔](images/01.png "图为村民采收水苔")',
        "## 一、主要做法",
        FIGURES.replace("<strong>", "**").replace("</strong>", "**") + LONG,
    ]


def test_a_page_in_gbk_is_read(desk):
    place = desk.put("boda.html", PAGES["boda.html"].replace("utf-8", "gb2312").encode("gb18030"))
    (one,) = desk.json(place)
    assert one["title"] == "水苔铺出增收路"


def test_an_mhtml_file_brings_its_pictures(desk):
    html = base64.b64encode(
        PAGES["wechat.html"].replace("pics/", "https://a.cn/").encode()
    ).decode()
    picture = base64.b64encode(png()).decode()
    text = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: https://a.cn/s.html\r\n\r\n{html}\r\n--B\r\nContent-Type: image/png\r\n"
        "Content-Transfer-Encoding: base64\r\nContent-Location: https://a.cn/1.png\r\n\r\n"
        f"{picture}\r\n--B--\r\n"
    )
    assert desk.run(desk.put("a.mhtml", text)).exit_code == 0
    assert "images/01.png" in desk.body()
    assert "https://a.cn/s.html" in desk.fields()


def test_a_picture_that_did_not_come_along_is_told_and_nothing_is_fetched(desk):
    result = desk.run(desk.put("boda.html", PAGES["boda.html"]))
    assert "图片没有带来" in result.output
    assert "图为村民采收水苔" in desk.body()


@pytest.mark.parametrize(
    "src", ["../秘.png", "/etc/hostname", "file:///etc/hostname", "a\\..\\..\\b"]
)
def test_a_picture_outside_the_folder_of_the_page_is_not_read(desk, src):
    (desk.inbox.parent / "秘.png").write_bytes(png())
    desk.put("pics/1.png", png())
    text = PAGES["boda.html"].replace("pics/1.png", src)
    assert desk.run(desk.put("boda.html", text)).exit_code == 0
    assert "images/" not in desk.body()


def test_a_page_without_text_is_refused(desk):
    result = desk.run(desk.put("空.html", page("<script>x</script>")))
    assert result.exit_code == 2
    assert "没有读到正文" in result.output


WECHAT = """<html><head><meta charset="utf-8"></head><body>
<h1 id="activity-name">一盏茶里的新日子</h1><a id="js_name">云岭职业学院</a>
<div id="js_content"><p>2023年，学院在陇西县永兴镇投入帮扶资金36.5万元，带动茶农118户，办起夜校，
村民都来学手艺，白天采茶，晚上上课，日子一天比一天有奔头。</p><p>来源 | 乡村振兴办公室</p>
<p>图片 | 赵四</p></div></body></html>"""


def test_a_page_of_wechat_is_the_account_s_and_an_office_is_no_institution(found):
    page = found(WECHAT, "page.html")
    assert (page.institution, page.source) == ("云岭职业学院", "乡村振兴办公室")
    assert page.credits == {"供图": ("赵四",)}
    assert len(page.blocks) == 1
    both = found(WECHAT.replace("图片 | 赵四", "图文 | 赵四"), "page.html")
    assert both.credits == {"供稿": ("赵四",), "供图": ("赵四",)}
    assert not [loss for loss in both.losses if "图片的说明" in loss]


def test_a_table_that_readability_leaves_out_stays_in_the_draft(desk):
    words = (
        "青石职业学院的老师走遍了每个村民小组，把课堂搬到田埂上，培训农民三百人次，大家都说好。" * 2
    )
    table = (
        "<table><tr><td>年份</td><td colspan=2>产量（吨）</td></tr>"
        "<tr><td rowspan=2>2022</td><td>春</td><td>3</td></tr>"
        "<tr><td>秋</td><td>2</td></tr></table>"
    )
    page = (
        "<html><head><title>茶叶出山</title></head><body><div class='nav'><a>首页</a></div>"
        f"<h1>茶叶出山</h1><div class='article'><p>{words}</p>{table}<p>{words}</p></div>"
        "<p>上一篇：没有了</p><p>版权所有 青石职业学院</p></body></html>"
    )
    desk.run(desk.put("茶.html", page))
    rows = [line for line in desk.body().splitlines() if line.startswith("|")]
    assert rows[2:] == ["| 2022 | 春 | 3 |", "| 2022 | 秋 | 2 |"]
    assert desk.body().count(words) == 2
    assert "上一篇" not in desk.body()
