"""The collection as one file: the same as on the site, and as its schema says."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from exported import FILES, HOSTILE, run
from projects import Project

ROOT = Path(__file__).parents[4]
SCHEMA = json.loads((ROOT / "casegen" / "data" / "export.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Project:
    root = tmp_path_factory.mktemp("export")
    return Project(root).write({"casegen.yml": "title: 试验案例集\n", **FILES})


def test_what_is_exported_is_what_the_site_offers(made):
    site = made.build()
    assert run(made, "export").stdout == site.files()["data/metrics.csv"]
    written = run(made, "export", "--format", "xlsx", "-o", "-").stdout
    assert written == site.files()["data/metrics.xlsx"]
    exported = json.loads(run(made, "export", "--format", "json").stdout)
    assert exported["cases"] == site.json("data/cases.json")["cases"]


def test_the_csv_disarms_what_a_spreadsheet_would_run(made):
    text = run(made, "export").stdout.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert "'" + HOSTILE in cells
    assert not [cell for cell in cells if cell[:1] in set("=+-@")]


def test_the_same_project_gives_the_same_bytes(made):
    first, second = (run(made, "export", "--format", "xlsx", "-o", "-").stdout for _ in range(2))
    assert first == second


# --- JSON ------------------------------------------------------------------------------------


def exported(project: Project) -> dict[str, object]:
    return json.loads(run(project, "export", "--format", "json").stdout)


@pytest.mark.parametrize("which", ["small", "demonstration"])
def test_the_json_is_as_its_schema_says(made, which):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    value = exported(made if which == "small" else Project(ROOT))
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    assert value["cases"]
    assert value["totals"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda value: value["cases"][0]["metrics"][0].update(low="200万"),
        lambda value: value["cases"][0].pop("institution"),
        lambda value: value["totals"][0].update(scope="county"),
        lambda value: value["totals"][0].update(more=1),
    ],
    ids=["number", "missing", "scope", "unknown"],
)
def test_the_schema_refuses_what_is_not_promised(made, spoil):
    value = exported(made)
    spoil(value)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, SCHEMA)


def test_the_schema_of_the_front_matter_is_sound_and_knows_every_field(made):
    schema = json.loads(run(made, "schema").stdout)
    jsonschema.validators.validator_for(schema).check_schema(schema)
    assert {"title", "标题", "metrics", "指标"} <= set(schema["properties"])
