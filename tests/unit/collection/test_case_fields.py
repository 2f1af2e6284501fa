"""The fields of a case: the blank that is filled in, and the schema for editors."""

import json
import re

import pytest

from casegen import project
from casegen.collection import case_fields, parsing
from casegen.collection.norms import Norms
from casegen.source import files, slips
from casegen.source.schema import name_nearest

NORMS = Norms(project.load_vocabulary())


def blank(**known):
    return case_fields.write_blank("某：题 #1", known)


def test_the_blank_lacks_only_what_nobody_can_know():
    document, problems = files.make_document("cases/a.md", blank().encode())
    assert problems == ()
    assert document.meta["title"] == "某：题 #1"
    _, found = parsing.parse_case(document, NORMS)
    assert [(p.rule, p.where.field) for p in found] == [
        ("missing-field", "institution"),
        ("missing-field", "regions"),
        ("missing-field", "date"),
        ("missing-field", "categories"),
    ]


def test_the_blank_explains_every_field_and_its_examples_are_right():
    text = blank(categories="[产业]", institution="某校", date="2024-01-02")
    for field in case_fields.FIELDS:
        assert field.label in text
        assert field.about in text
    text = re.sub(r"^# (?=[a-z_]+:|  - )", "", text, flags=re.MULTILINE)
    text = re.sub(r"^regions:.*", "regions: [甘肃省]", text, flags=re.MULTILINE)
    document, problems = files.make_document("cases/a.md", text.encode())
    found, more = parsing.parse_case(document, NORMS)
    assert problems + more == ()
    assert found.title == "某：题 #1"
    assert len(found.metrics) == 2


def test_the_schema_knows_every_key_and_refuses_others():
    schema = json.loads(json.dumps(case_fields.make_json_schema(), ensure_ascii=False))
    properties = schema["properties"]
    for field in case_fields.FIELDS:
        assert field.about in properties[field.key]["description"]
        assert properties[field.label] == properties[field.key]
    assert schema["additionalProperties"] is False
    assert len(schema["allOf"]) == 5
    assert "供稿" in properties["credits"]["properties"]


def test_the_fields_that_no_brackets_make_a_list_of_are_those_of_one_text():
    """Reading the front matter stands below the table of fields and has lists of its own."""
    one = {"text", "month", "date", "period", "switch", "number", "slug"}
    names = {kind: set() for kind in ("one", "texts")}
    for field in case_fields.FIELDS:
        kind = "one" if field.kind in one else field.kind
        names.setdefault(kind, set()).update({field.key, field.label})
    assert names["one"] == slips.TEXTS
    assert names["texts"] - {"aliases", "旧网址"} == slips.WORDS
    every = {name for field in case_fields.FIELDS for name in (field.key, field.label)}
    assert every == slips.FIELDS


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("关键词", "写成 标签"),
        ("时间", "写成 日期"),
        ("place", "写成 regions"),
        ("類别", "写成 类别"),
        ("標題", "写成 标题"),
        ("單位", "写成 单位"),
        ("關鍵詞", "写成 标签"),
        ("攝影", "写在署名里：署名: {供图: 名称}"),
        ("abstract", "写成 summary"),
        ("author", "写在credits里：credits: {contributor: 名称}"),
        ("摄影", "写在署名里：署名: {供图: 名称}"),
        ("供图", "写在署名里：署名: {供图: 名称}"),
    ],
)
def test_a_word_that_is_typed_for_a_field_is_answered_with_it(typed, hint):
    assert name_nearest(typed, case_fields.FIELDS) == hint


def test_a_word_that_is_typed_for_a_role_is_answered_with_it_among_the_roles():
    [roles] = [field.parts for field in case_fields.FIELDS if field.key == "credits"]
    assert name_nearest("摄影", roles) == "写成 供图"
    assert name_nearest("author", roles) == "写成 contributor"


def test_no_word_is_typed_for_two_fields_and_none_is_a_key():
    [roles] = [field.parts for field in case_fields.FIELDS if field.key == "credits"]
    for fields in (case_fields.FIELDS, roles):
        keys = {name for field in fields for name in (field.key, field.label, *field.names)}
        words = [word for field in fields for word in field.meant]
        assert len(words) == len(set(words))
        assert keys.isdisjoint(words)
