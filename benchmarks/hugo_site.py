"""Hugo site: the published cases of a generated project as a Hugo site with equal work.

Secret: Hugo's own layout of the collection: content files, settings and templates as a careful user
of Hugo writes them (flat addresses, no alias pages, each card rendered once).
Not here: starting Hugo and measuring it (speed).

One page a case with its metrics, body and credits; lists of all cases, of each category, province
and year, fifty cases a page; RSS and a sitemap.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml
from generate import CHINESE_KEYS
from phrases import CATEGORIES

ENGLISH_KEYS = {name: key for key, name in CHINESE_KEYS.items()}
CATEGORY_IDS = {name: key for key, name in CATEGORIES.items()}

SETTINGS = """\
baseURL: https://xczx.example.edu.cn/cases/
title: 示例乡村振兴案例集
locale: zh-CN
uglyURLs: true
taxonomies: {category: categories, region: regions, year: years}
pagination: {pagerSize: 50, disableAliases: true}
services: {rss: {limit: 20}}
outputs:
  home: [html, rss]
  section: [html]
  taxonomy: [html]
  term: [html]
params: {organization: 示例大学乡村振兴研究院, icp: 京ICP备00000000号}
"""

BASE = """\
<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} - {{ site.Title }}</title>
{{ with .Params.summary }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="{{ "style.css" | relURL }}">
</head>
<body>
<header><a href="{{ "" | relURL }}">{{ site.Title }}</a>
<nav><a href="{{ "regions/index.html" | relURL }}">地区</a> \
<a href="{{ "years/index.html" | relURL }}">年份</a>\
</nav></header>
<main>
{{ block "main" . }}{{ end }}
</main>
<footer>{{ site.Params.organization }} {{ site.Params.icp }}</footer>
</body>
</html>
"""

CASE = """\
{{ define "main" }}
<article>
<h1>{{ .Title }}</h1>
<dl>
<dt>单位</dt><dd>{{ .Params.institution }}</dd>
<dt>地区</dt><dd>{{ delimit .Params.places "、" }}</dd>
<dt>日期</dt><dd><time>{{ .Date.Format "2006-01-02" }}</time></dd>
{{ with .Params.period }}<dt>时段</dt><dd>{{ . }}</dd>{{ end }}
<dt>类别</dt><dd>{{ range .GetTerms "categories" }}<a href="{{ .RelPermalink }}">\
{{ .Title }}</a> {{ end }}</dd>
<dt>标签</dt><dd>{{ delimit .Params.tags "、" }}</dd>
</dl>
{{ with .Params.summary }}<p>{{ . }}</p>{{ end }}
<table>
<thead><tr><th>指标</th><th>数值</th><th>备注</th></tr></thead>
<tbody>
{{ range .Params.metrics }}<tr><td>{{ .name }}</td><td>{{ .value }}</td>\
<td>{{ with .note }}{{ . }}{{ end }}</td></tr>
{{ end }}</tbody>
</table>
{{ .Content }}
<dl>
{{ range $role, $name := .Params.credits }}<dt>{{ $role }}</dt><dd>{{ $name }}</dd>
{{ end }}</dl>
{{ with .Params.source }}<p>来源：<a href="{{ .url }}">{{ .name }}</a></p>{{ end }}
<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
</article>
{{ end }}
"""

CARD = """\
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <span>{{ .Params.institution }}</span> \
<span>{{ delimit .Params.places "、" }}</span> <time>{{ .Date.Format "2006-01-02" }}</time>\
{{ with .Params.summary }}<p>{{ . }}</p>{{ end }}</li>
"""

LIST = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ $pages := .Paginate (%s) }}
<ul>
{{ range $pages.Pages }}{{ partialCached "card.html" . .RelPermalink }}{{ end }}</ul>
<nav>{{ with $pages.Prev }}<a href="{{ .URL }}">上一页</a>{{ end }}
第 {{ $pages.PageNumber }} 页，共 {{ $pages.TotalPages }} 页
{{ with $pages.Next }}<a href="{{ .URL }}">下一页</a>{{ end }}</nav>
{{ end }}
"""

TERMS = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ len .Pages }} 篇</li>
{{ end }}</ul>
{{ end }}
"""

STYLE = "body{max-width:48rem;margin:auto;font:1rem/1.8 sans-serif}table{width:100%}\n"

FILES = {
    "hugo.yaml": SETTINGS,
    "layouts/baseof.html": BASE,
    "layouts/page.html": CASE,
    "layouts/home.html": LIST % "site.RegularPages",
    "layouts/term.html": LIST % ".Pages",
    "layouts/taxonomy.html": TERMS,
    "layouts/_partials/card.html": CARD,
    "static/style.css": STYLE,
    "content/cases/_index.md": "---\ntitle: 案例\nbuild: {render: never}\n---\n",
}


def lay_out(project: Path, site: Path) -> int:
    """Write the whole Hugo site; return how many cases it has."""
    for name, text in FILES.items():
        _write(site / name, text.encode())
    for key, name in CATEGORIES.items():
        _write(site / f"content/categories/{key}/_index.md", f"---\ntitle: {name}\n---\n".encode())
    sources = sorted((project / "cases").rglob("*.md"))
    return sum(copy_case(source, project, site) for source in sources)


def copy_case(source: Path, project: Path, site: Path) -> bool:
    """Write one case and the files beside it; False where the case is not published."""
    meta, body = _read(source)
    if "status" in meta:
        return False
    target = site / "content" / source.relative_to(project)
    head = yaml.safe_dump(_front_matter(meta), allow_unicode=True, sort_keys=False, width=1000)
    _write(target, f"---\n{head}---\n\n{body}".encode())
    if source.name == "index.md":
        for file in source.parent.iterdir():
            if file != source:
                shutil.copyfile(file, target.parent / file.name)
    return True


def _read(source: Path) -> tuple[dict[str, Any], str]:
    """Return front matter with English keys, and the body."""
    data = source.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    _, head, body = text.replace("\r\n", "\n").split("---\n", 2)
    meta = yaml.load(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return {ENGLISH_KEYS.get(key, key): value for key, value in meta.items()}, body.lstrip("\n")


def _front_matter(meta: dict[str, Any]) -> dict[str, Any]:
    """Return the case's fields as Hugo wants them: taxonomies, metrics of one shape."""
    regions = meta["regions"] if isinstance(meta["regions"], list) else [meta["regions"]]
    provinces = [region.partition("/")[0] for region in regions]
    return {
        **{key: meta[key] for key in ("title", "institution", "date") if key in meta},
        **{
            key: meta[key]
            for key in ("period", "summary", "tags", "credits", "source")
            if key in meta
        },
        "slug": meta.get("slug", ""),
        "places": regions,
        "regions": list(dict.fromkeys(provinces)),
        "years": [str(meta["date"].year)],
        "categories": [CATEGORY_IDS.get(name, name) for name in meta["categories"]],
        "metrics": [_metric(item) for item in meta["metrics"]],
    }


def _metric(item: dict[str, Any]) -> dict[str, Any]:
    if "name" in item:
        return {key: item[key] for key in ("name", "value", "note") if key in item}
    [(name, value)] = item.items()
    return {"name": name, "value": value}


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
