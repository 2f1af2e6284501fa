"""Sites that the tests of tests/site read, and how they read them."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

from bs4 import BeautifulSoup, Tag
from PIL import Image
from projects import Site, case_text

BASE = "https://example.edu.cn/xczx/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
LATER = re.compile(r"compare\.html|metrics\.html|metrics/")  # pages that have tests of their own


def picture(width: int = 64, height: int = 48) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (90, 140, 60)).save(file, "PNG")
    return file.getvalue()


RICH_CONFIG = f"""\
title: 山乡案例集
subtitle: 试验用的案例
organization: 某某大学
contact: 电话见官网
copyright: 版权归某某大学
base_url: {BASE}
icp: 京ICP备00000000号
police: 京公网安备00000000000000号
site_code: "0000000000"
report_error: mailto:office@example.edu.cn
iis: true
nav:
  - 案例: cases.html
  - 说明: about
  - 产业: categories/industry
  - 主管单位: https://example.edu.cn/
"""

WATER = """\
---
title: 水苔下山
institution: 某某大学
regions: [贵州省/黔东南苗族侗族自治州/从江县, 贵州省/黔东南苗族侗族自治州/榕江县]
date: 2022-03-04
updated: 2023-01-02
period: 2019-2021
categories: [产业, 人才]
tags: [水苔, 合作社]
summary: 一句话的摘要。
metrics:
  - {name: 投入资金, indicator: 投入帮扶资金, value: 约200万元, id: total, note: 三年合计}
  - {name: 大棚, indicator: 项目资金, value: 120万元, part_of: total, split: 用途}
  - {name: 培训, indicator: 项目资金, value: 80万元, category: 人才, part_of: total, split: 用途}
  - {name: 亩产, value: 3至5万元, period: 2020}
  - {name: 种植面积, value: "1,200余亩"}
credits: {供稿: 工作队, 编辑: [甲处, 乙处], 校对: 丙处}
source: {name: 某某大学网, url: "https://example.edu.cn/a.html?x=1&y=2"}
cover: images/cover.png
featured: true
order: 2
waive: {missing-alt: 原文如此}
aliases: [old/water.html, 2022/water.htm]
---

## 背景

先投入约200万元，其中大棚120万元，培训80万元。种植1,200余亩，见[茶园](tea/index.md)和\
[说明](../pages/about.md)，附[名单](files/list.csv)。[^1]

![采收的村民](images/field.png "采收。供图：工作队")

| 年份 | 面积 |
| --- | --- |
| 2020 | 100亩 |

## 做法

直接写 <b onclick="x()">标记</b> 和 <script>alert(1)</script>。[草稿](draft.md)不出现。

## 成效

<div>一块</div>

[^1]: 一条注。
"""

RICH = {
    "cases/water.md": WATER,
    "cases/images/cover.png": picture(),
    "cases/images/field.png": picture(900, 600),
    "cases/files/list.csv": "甲,乙\n",
    "cases/tea/index.md": case_text(
        "茶园里的课",
        "## 背景\n\n培训300人次。",
        institution="茶乡学院",
        regions="重庆市/万州区",
        date="2024-05-06",
        categories="[人才]",
        tags="[水苔, 茶]",
        metrics="[培训人次: 300人次]",
    ),
    "cases/draft.md": case_text("没写完", status="draft", tags="[只在草稿]", date="2024-01-01"),
    "cases/gone.md": case_text(
        "收回的一篇",
        status="withdrawn",
        tags="[只在撤稿]",
        institution="撤稿学院",
        aliases="[old/gone.html]",
    ),
    "pages/about.md": "---\ntitle: 编者说明\n---\n\n[水苔](../cases/water.md)\n\n## 体例\n\n略\n",
    "pages/前言.md": "# 写在前面\n\n一段话。\n",
}


MANY = {
    **{
        f"cases/c{n:02}.md": case_text(
            f"第{n}篇",
            date=f"2023-{1 + n % 12:02}-{1 + n % 28:02}",
            tags="[x]",
            regions=["甘肃省/定西市/陇西县", "甘肃省/定西市/通渭县", "甘肃省/兰州市"][n % 3],
        )
        for n in range(60)
    },
    "cases/other.md": case_text("另一篇", tags="[x-2]", categories="[人才]", regions="陕西省"),
}


HOSTILE = "\"><script>alert(1)</script>{{ 7*7 }}{% raw %}'&amp;\\ 𝒳😀\u05d0</script><!--"


SITES = ["rich", "bare", "many", "hostile"]


def html_files(site: Site) -> list[str]:
    return [name for name in site.files() if name.endswith((".html", ".htm"))]


@cache
def _parsed(path: Path, _modified: int) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def soup(site: Site, name: str) -> BeautifulSoup:
    """A page of the site; parsed once as long as it is not written again."""
    path = site.path(name)
    return _parsed(path, path.stat().st_mtime_ns)


def xml(site: Site, name: str) -> ET.Element:
    return ET.fromstring(site.text(name))  # noqa: S314 casegen wrote it


def pages_of_the_index(site: Site) -> list[str]:
    names = [name for name in site.files() if re.fullmatch(r"cases(-\d+)?\.html", name)]
    return sorted(names, key=lambda name: (len(name), name))


def texts(nodes: list[Tag]) -> list[str]:
    return [node.get_text(" ", strip=True) for node in nodes]


def cards(page: BeautifulSoup) -> list[str]:
    return [str(card["data-case"]) for card in page.select("[data-case]")]


def status_of(page: BeautifulSoup) -> str:
    found = page.select_one("[role=status]")
    assert found is not None
    return found.get_text(strip=True)


def listed(site: Site, name: str) -> set[str]:
    """The cases of a list, all its pages together."""
    found: set[str] = set()
    while name:
        page = soup(site, name)
        found |= set(cards(page))
        following = page.select_one("a[rel=next]")
        folder = name.rpartition("/")[0]
        name = f"{folder}/{str(following['href']).rpartition('/')[2]}" if following else ""
        name = name.removeprefix("/")
    return found
