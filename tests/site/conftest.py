"""The sites that these tests read: each is built once."""

from __future__ import annotations

import json

import pytest
from projects import CONFIG, Project, Site, case_text
from rendered import BASE, HOSTILE, MANY, RICH, RICH_CONFIG, SITES


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small collection with something of everything."""
    root = tmp_path_factory.mktemp("rich")
    return Project(root).write({"casegen.yml": RICH_CONFIG, **RICH}).build()


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same cases without an address, navigation or other settings."""
    root = tmp_path_factory.mktemp("bare")
    return Project(root).write({"casegen.yml": CONFIG, **RICH}).build()


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Sixty-one cases, sixty of which share every value of every facet."""
    root = tmp_path_factory.mktemp("many")
    return Project(root).write({"casegen.yml": CONFIG, **MANY}).build()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Every field that takes text holds what breaks careless templates."""
    quoted = json.dumps(HOSTILE, ensure_ascii=False)
    mean = json.dumps(f"=1+1 {HOSTILE}", ensure_ascii=False)
    front = f"""\
title: {quoted}
institution: {mean}
regions: [{json.dumps("甘肃省/" + HOSTILE.replace("/", ""), ensure_ascii=False)}]
date: 2023-06-01
categories: 产业
tags: [{quoted}, "@SUM(A1)", "{"长" * 300}"]
summary: {quoted}
metrics:
  - {{name: {mean}, value: 200万元, note: {quoted}}}
credits: {{供稿: {quoted}}}
source: {{name: {quoted}, url: 'https://example.edu.cn/"><script>'}}
"""
    root = tmp_path_factory.mktemp("hostile")
    config = f"title: {quoted}\nsubtitle: {quoted}\norganization: {quoted}\nbase_url: {BASE}\n"
    config += f"contact: {quoted}\ncopyright: {quoted}\nicp: {quoted}\n"
    config += f"categories: {{industry: {{name: {quoted}, intro: {quoted}}}, talent: 人才}}\n"
    long_title = case_text("很长的标题" * 400, "正文。")
    return (
        Project(root)
        .write(
            {
                "casegen.yml": config,
                "cases/a.md": f"---\n{front}---\n\n投入200万元。{HOSTILE}\n",
                "cases/long.md": long_title,
                "pages/about.md": f"---\ntitle: {quoted}\n---\n\n{HOSTILE}\n",
            }
        )
        .build()
    )


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> Site:
    built: Site = request.getfixturevalue(request.param)
    return built
