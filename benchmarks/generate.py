"""Generate: a project of N invented cases, the same bytes for the same N and seed.

    python benchmarks/generate.py 1000 /tmp/thousand [--seed 1]

Secret: how the words of phrases.py become cases that use every part of the format: short and long
metrics, parts of a whole, tables, pictures, footnotes, attachments, links, drafts, other encodings.
Not here: the words (phrases), timing (the benchmarks themselves).

Each figure in the front matter stands in the body in the same wording. A case depends on its number
and the seed alone, so the first cases of a larger project are those of a smaller one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from phrases import (
    BOLD,
    CATEGORIES,
    FOOTNOTES,
    HEADINGS,
    ITEMS,
    KINDS,
    METRICS,
    PRACTICES,
    PREFIXES,
    PRODUCTS,
    QUOTES,
    ROLES,
    SENTENCES,
    SUBHEADINGS,
    SUMMARIES,
    TAGS,
    TITLES,
    TOWNS,
    VILLAGES,
)

DIVISIONS = Path(__file__).parents[1] / "casegen" / "data" / "divisions.json"
LEFT_OUT = {"北京市", "天津市", "上海市", "台湾省", "香港特别行政区", "澳门特别行政区"}
CHINESE_KEYS = {
    "title": "标题", "institution": "单位", "regions": "地区", "date": "日期", "updated": "更新",
    "period": "时段", "categories": "类别", "summary": "摘要", "tags": "标签", "metrics": "指标",
    "credits": "署名", "source": "来源", "cover": "封面", "featured": "推荐", "order": "顺序",
    "status": "状态", "slug": "网址名",
}  # fmt: skip
LENGTHS = (1500, 2800)  # characters of a body
CONFIG = """\
title: 示例乡村振兴案例集
subtitle: 生成的案例，只供试验
organization: 示例大学乡村振兴研究院
contact: xczx@example.edu.cn
copyright: © 示例大学
base_url: https://xczx.example.edu.cn/cases/
icp: 京ICP备00000000号
nav:
  - 案例: cases
  - 地区: regions
  - 单位: institutions
  - 关于: about
categories:
  industry: {name: 产业, intro: 一县一品，从种下去到卖出去。}
  talent: {name: 人才, intro: 把本领留在村里。}
  culture: {name: 文化, intro: 旧风俗，新风尚。}
  ecology: {name: 生态, intro: 山要青，水要绿，院要净。}
  organization: {name: 组织, intro: 支部强，事情就顺。}
"""
ABOUT = """\
---
title: 关于
---

本集的案例都是程序编出来的，只用来试验生成、翻页与筛选。数字没有意义，**不可引用。**
"""


@dataclass
class Case:
    """A case while it is made: its dice, its words, its front matter and its body's parts."""

    number: int
    dice: random.Random
    words: dict[str, str]
    meta: dict[str, Any]
    facts: list[tuple[str, str, str]] = field(default_factory=list)  # name, quantity, sentence
    files: dict[str, bytes] = field(default_factory=dict)
    deck: list[str] = field(default_factory=list)  # sentences not yet used

    def deal(self, count: int) -> list[str]:
        """Return so many sentences; none comes again before all have been used."""
        while len(self.deck) < count:
            self.deck = self.dice.sample(SENTENCES, len(SENTENCES)) + self.deck
        dealt = [self.deck.pop() for _ in range(count)]
        return [text.format(**self.words) for text in dealt]

    def say(self, pool: Sequence[str]) -> str:
        """Return a phrase of the pool with the case's words in it."""
        return self.dice.choice(pool).format(**self.words)


# ── quantities as people write them ──


def quantity(form: str, dice: random.Random) -> str:
    """Return a written quantity of a form: money, land, length, area, mass, people, times, …"""
    kind, _, unit = form.partition(":")
    if kind == "money":
        return money(dice)
    if kind == "land":
        return land(dice)
    if kind == "rate":
        return dice.choice((f"{dice.randint(70, 99)}%", f"{dice.randint(80, 98)}%以上", "九成"))
    sizes = {
        "length": (2, 60),
        "area": (300, 20000),
        "mass": (3, 90),
        "people": (12, 900),
        "times": (60, 9000),
        "households": (20, 800),
        "pieces": (3, 120),
    }
    units = {
        "length": ("公里",),
        "area": ("平方米",),
        "mass": ("吨",),
        "people": ("人", "名"),
        "times": ("人次",),
        "households": ("户",),
        "pieces": (unit,),
    }
    return bent(dice.randint(*sizes[kind]), dice.choice(units[kind]), dice)


def bent(number: int, unit: str, dice: random.Random) -> str:
    """Return a number with a unit and, often, a qualifier before, between or behind."""
    round_ = max(number // 10 * 10, 10)
    return dice.choice((
        f"{number}{unit}",
        f"{number}{unit}",
        f"{round_}余{unit}",
        f"{round_}多{unit}",
        f"约{round_}{unit}",
        f"近{round_}{unit}",
        f"超{round_}{unit}",
        f"{chinese(round_)}{unit}",
        f"{round_}{unit}以上",
    ))  # fmt: skip


def money(dice: random.Random) -> str:
    """Return a sum of money, mostly in 万元."""
    whole = dice.randint(2, 480)
    return dice.choice((
        f"{whole}万元",
        f"{whole}.{dice.randint(1, 9)}万元",
        f"约{whole}万元",
        f"{whole}万余元",
        f"{whole}余万元",
        f"近{whole}万元",
        f"{whole}万元以上",
        f"{whole}至{whole + dice.randint(1, 40)}万元",
        f"{dice.randint(1, 9)},{dice.randint(100, 999)}万元",
        f"{dice.randint(1, 3)}.{dice.randint(1, 9)}亿元",
        f"{dice.randint(2000, 99000)}元",
    ))  # fmt: skip


def land(dice: random.Random) -> str:
    """Return an area of land in 亩, 万亩 or 公顷."""
    mu = dice.randint(3, 400) * 10
    return dice.choice(
        (
            f"{mu}亩",
            f"{mu}余亩",
            f"约{mu}亩",
            f"{mu}至{mu + 200}亩",
            f"{dice.randint(1, 4)}.{dice.randint(1, 9)}万亩",
            f"{dice.randint(8, 90)}公顷",
        )
    )


def chinese(number: int) -> str:
    """Return a whole number below 100,000 in Chinese numerals."""
    digits, units = "零一二三四五六七八九", ("", "十", "百", "千", "万")
    text = ""
    for place, digit in enumerate(reversed(str(number))):
        part = digits[int(digit)] + (units[place] if digit != "0" else "")
        text = (part + text) if digit != "0" or (text and text[0] != "零") else text
    return text.removeprefix("一") if text.startswith("一十") else text


# ── the parts of a case ──


def make(number: int, seed: int, places: dict[str, dict[str, list[str]]]) -> Case:
    """Make case `number` of the collection."""
    dice = random.Random(f"{seed}/{number}")
    institutions = [prefix + kind for kind in KINDS for prefix in PREFIXES]
    institution = institutions[int(len(institutions) * dice.random() ** 1.6)]
    spots = [spot(number + 97 * n, dice, places) for n in range(dice.choice((1, 1, 1, 1, 2, 3)))]
    county = next((name for name in reversed(spots[0][1:3]) if name), spots[0][0])
    words = {
        "校": institution,
        "县": county,
        "村": dice.choice(VILLAGES) + "村",
        "品": dice.choice(PRODUCTS),
        "法": dice.choice(PRACTICES),
    }
    regions = ["/".join(name for name in each if name) for each in spots]
    date = dt.date(2015, 1, 1) + dt.timedelta(days=dice.randrange(365 * 11))
    names = dice.sample(list(CATEGORIES), dice.choice((1, 1, 1, 2, 2, 3)))
    meta: dict[str, Any] = {
        "title": dice.choice(TITLES).format(**words),
        "institution": institution,
        "regions": regions if len(regions) > 1 or dice.random() < 0.5 else regions[0],
        "date": date,
    }
    if dice.random() < 0.2:
        meta["updated"] = date + dt.timedelta(days=dice.randint(3, 200))
    if dice.random() < 0.3:
        meta["period"] = f"{max(2015, date.year - dice.randint(1, 3))}-{date.year}"
    meta["categories"] = [name if dice.random() < 0.5 else CATEGORIES[name] for name in names]
    if dice.random() < 0.7:
        meta["summary"] = dice.choice(SUMMARIES).format(**words)
    tags = [words["品"], words["法"], *(tag for tag in TAGS if dice.random() < 0.02)]
    meta["tags"] = list(dict.fromkeys(tags))
    case = Case(number, dice, words, meta)
    meta["metrics"] = metrics(case)
    meta["credits"] = {role: dice.choice(names) for role, names in ROLES.items()}
    address = f"https://example.edu.cn/n/{number}.html"
    meta["source"] = {"name": f"{institution}新闻网", "url": address}
    if number % 83 == 0:
        meta["featured"] = True
    if number % 47 == 0:
        meta["order"] = number // 47
    if number % 29 == 0:
        states = ("draft", "submitted", "withdrawn", "edited", "approved", "withdrawn")
        meta["status"] = states[number // 29 % len(states)]
    return case


def spot(number: int, dice: random.Random, places: dict[str, dict[str, list[str]]]) -> list[str]:
    """Return a place as names from province to village; every province has its turn."""
    province = list(places)[number % len(places)]
    if dice.random() < 0.03:
        return [province, "", ""]
    city = dice.choice([name for name, counties in places[province].items() if counties])
    names = [province, city, dice.choice(places[province][city])]
    if dice.random() < 0.1:
        names += [dice.choice(TOWNS), dice.choice(VILLAGES) + "村"]
    return names


def metrics(case: Case) -> list[dict[str, Any]]:
    """Return four to ten metrics, each noted in `case.facts` with the sentence that states it."""
    dice = case.dice
    items = funds(case) if dice.random() < 0.5 else []
    for key, names, form, sentence in dice.sample(METRICS, dice.randint(4, 7)):
        name = dice.choice(names).format(**case.words)
        written = quantity(form, dice)
        says = sentence.replace("{名}", name).replace("{量}", written).format(**case.words)
        case.facts.append((name, written, says))
        if dice.random() < 0.3 or name not in names:
            items.append({"name": name, "indicator": key, "value": written})
        else:
            items.append({name: written})
    return items


def funds(case: Case) -> list[dict[str, Any]]:
    """Return money spent, split by use into two parts that make up the whole."""
    first, second = case.dice.randint(3, 90), case.dice.randint(3, 90)
    whole, one, two = f"{first + second}万元", f"{first}万元", f"{second}万元"
    words = case.words
    case.facts += [
        ("投入帮扶资金", whole, f"{words['校']}累计投入帮扶资金{whole}，笔笔有去处。"),
        ("产业扶持经费", one, f"其中产业扶持经费{one}，都用在了{words['品']}上。"),
        ("设施改善经费", two, f"另有设施改善经费{two}，修了路，亮了灯。"),
    ]
    return [
        {"name": "投入帮扶资金", "value": whole, "id": "total"},
        {"name": "产业扶持经费", "indicator": "项目资金", "value": one, "part_of": "total",
         "split": "用途"},
        {"name": "设施改善经费", "indicator": "项目资金", "value": two, "part_of": "total",
         "split": "用途", "note": "含前期投入"},
    ]  # fmt: skip


def body(case: Case, before: Sequence[str]) -> str:
    """Return the Markdown of a case; `before` are the paths of earlier cases, to link to."""
    dice = case.dice
    facts = [says for _, _, says in case.facts]
    wanted = dice.randint(LENGTHS[0] + 300, LENGTHS[1] - 300)
    headings = HEADINGS[:3] + tuple(dice.sample(HEADINGS[3:], dice.randint(1, 3)))
    extras = additions(case, before)
    parts = [f"## {headings[0]}", paragraph(case, facts[:1])]
    left = facts[1:]
    share = -(-len(left) // (len(headings) - 1))
    room = (wanted - sum(map(len, (*extras, *facts)))) // len(headings)
    for heading in headings[1:]:
        parts.append(f"## {heading}")
        size = 0
        here, left = left[:share], left[share:]
        if dice.random() < 0.3:
            parts.append(f"### {dice.choice(SUBHEADINGS)}")
        while size < room or here:
            parts.append(paragraph(case, here[:2]))
            here = here[2:]
            size += len(parts[-1])
        if extras:
            parts.append(extras.pop(0))
    return "\n\n".join([*parts, *extras]) + "\n"


def paragraph(case: Case, facts: Sequence[str]) -> str:
    """Return a few sentences with the facts among them."""
    dice = case.dice
    said = case.deal(dice.randint(3, 6))
    for fact in facts:
        said.insert(dice.randint(1, len(said)), fact)
    if dice.random() < 0.3:
        said.insert(1, case.say(BOLD))
    return "".join(said)


def additions(case: Case, before: Sequence[str]) -> list[str]:
    """Yield blocks that some bodies have: list, quotation, table, note, picture, file, link."""
    dice, number = case.dice, case.number
    blocks = []
    if dice.random() < 0.5:
        blocks.append("\n".join(f"- {item}" for item in dice.sample(ITEMS, 3)))
    if dice.random() < 0.4:
        blocks.append(f"> {case.say(QUOTES)}")
    if dice.random() < 0.4:
        rows = [f"| {name} | {written} |" for name, written, _ in case.facts]
        blocks.append("\n".join(("| 指标 | 数值 |", "| :-- | --: |", *rows)))
    if dice.random() < 0.3:
        blocks.append(f"{case.deal(1)[0]}[^1]\n\n[^1]: {case.say(FOOTNOTES)}")
    if number % 10 == 3:
        name = "field.jpg" if number % 20 == 3 else "field.png"
        case.files[name] = jpeg(dice) if name.endswith("jpg") else png(dice)
        case.meta["cover"] = name
        alt = f"{case.words['村']}的{case.words['品']}地"
        blocks.append(f'![{alt}]({name} "春天的地块 供图：宣传部")')
    if number % 20 == 7:
        name, content = dice.choice(ATTACHMENTS)
        case.files[name] = content
        blocks.append(f"明细见[附表]({name})。")
    if before and dice.random() < 0.25:
        up = "../" if case.files else ""
        blocks.append(f"相近的做法，可看[另一篇案例]({up}{dice.choice(before)})。")
    return blocks


# ── files ──


def png(dice: random.Random, width: int = 240, height: int = 160) -> bytes:
    """Return a small picture of coloured bands."""
    bands = [bytes(dice.randrange(60, 230) for _ in range(3)) * width for _ in range(8)]
    rows = b"".join(b"\0" + bands[y * len(bands) // height] for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        mark = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + mark

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def jpeg(dice: random.Random, width: int = 240, height: int = 160) -> bytes:
    """Return a small grey picture: baseline JPEG whose blocks of 8 by 8 are of one grey each.

    Twelve codes of four bits name the size of a step in grey, the code 0 ends a block.
    """
    bits = ""
    last = 0
    for _ in range((width // 8) * (height // 8)):
        level = dice.randint(-60, 60)
        step, last = level - last, level
        size = abs(step).bit_length()
        value = step if step > 0 else step + (1 << size) - 1
        bits += f"{size:04b}" + (f"{value:0{size}b}" if size else "") + "0"
    bits += "1" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8).replace(b"\xff", b"\xff\0")

    def segment(mark: int, content: bytes) -> bytes:
        return bytes((0xFF, mark)) + struct.pack(">H", len(content) + 2) + content

    steps = bytes((0x00, 0, 0, 0, 12, *[0] * 12, *range(12)))
    ends = bytes((0x10, 1, *[0] * 15, 0))
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
        + segment(0xDB, b"\0" + bytes([8] * 64))
        + segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
        + segment(0xC4, steps)
        + segment(0xC4, ends)
        + segment(0xDA, b"\1\1\0\0\x3f\0")
        + data
        + b"\xff\xd9"
    )


def pdf() -> bytes:
    """Return the smallest lawful PDF: one empty page."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    )
    content = b"%PDF-1.4\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj%sendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(content)
    return content + b"xref\n0 4\n0000000000 65535 f \n" + table + end


ATTACHMENTS = (
    ("table.csv", "\ufeff项目,金额\n苗木,示例\n农资,示例\n".encode()),
    ("notes.txt", "附记：本文件由程序生成。\n".encode()),
    ("plan.pdf", pdf()),
)


def write(case: Case, text: str, folder: Path) -> str:
    """Write the case and its files; return its path under `folder`."""
    number = case.number
    name = f"c{number:05d}"
    if number % 31 == 0:
        name = f"{case.words['品']}{number:05d}"
        case.meta["slug"] = f"c{number:05d}"
    path = f"{name}/index.md" if case.files else f"{name}.md"
    if number % 13 == 0:
        case.meta = {CHINESE_KEYS[key]: value for key, value in case.meta.items()}
    head = yaml.safe_dump(case.meta, allow_unicode=True, sort_keys=False, width=1000)
    content = f"---\n{head}---\n\n{text}"
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if number % 101 == 0:
        data = content.replace("\n", "\r\n").encode("utf-8-sig")
    elif number % 211 == 0:
        data = content.encode("gb18030")
    else:
        data = content.encode()
    target.write_bytes(data)
    for file, data in case.files.items():
        (target.parent / file).write_bytes(data)
    return path


def known_places() -> dict[str, dict[str, list[str]]]:
    """Return counties by province and city ("" for none), from the program's own table."""
    provinces = json.loads(DIVISIONS.read_text("utf-8"))["provinces"]
    return {
        province: {city: list(counties) for city, (_, counties) in cities.items()}
        for province, (_, cities) in provinces.items()
        if province not in LEFT_OUT
    }


def generate(count: int, folder: Path, seed: int = 1) -> None:
    """Write a project of `count` cases into `folder`, which must be new or empty."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty")
    (folder / "casegen.yml").write_text(CONFIG, "utf-8", newline="\n")
    (folder / "pages").mkdir()
    (folder / "pages" / "about.md").write_text(ABOUT, "utf-8", newline="\n")
    places = known_places()
    before: list[str] = []
    for number in range(1, count + 1):
        case = make(number, seed, places)
        path = write(case, body(case, before[-40:]), folder / "cases")
        if "status" not in case.meta and "状态" not in case.meta:
            before.append(path)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", type=int, help="how many cases")
    parser.add_argument("folder", type=Path, help="a new or empty folder")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generate(given.count, given.folder, given.seed)


if __name__ == "__main__":
    main()
