"""Pictures in a site: shown in three widths, without what phones tell, made once."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from pictures import TELLTALES, bomb, noise, phone_photo, saved
from PIL import Image
from projects import Project, case_text

from casegen import build as builder
from casegen import project as projects

HEIC = Path(__file__).parent / "files" / "phone.heic"
PHOTO = phone_photo(image=noise((2000, 1500)))  # upright 1500×2000
CASE = case_text(
    body='![苗圃](images/照片.jpg "育苗")\n\n见[原图](images/照片.jpg)与[另一张](images/b.png)。',
    cover="images/照片.jpg",
)
FILES = {
    "cases/a.md": CASE,
    "cases/images/照片.jpg": PHOTO,
    "cases/images/b.png": saved(Image.new("RGB", (30, 20), (9, 9, 9)), "PNG"),
}


def pictures_of(site):
    """The site's pictures, besides the cards that every theme carries for sharing."""
    return {
        path: data
        for path, data in site.files().items()
        if path.endswith((".jpg", ".png")) and not path.startswith("assets/share-")
    }


def test_a_photo_is_shown_in_three_widths_and_every_address_leads_to_a_file(project):
    site = project(FILES).build()
    page = site.page("cases/a.html")
    for image in page.select("figure img"):
        steps = dict(step.split(" ")[::-1] for step in image["srcset"].split(", "))
        assert list(steps) == ["480w", "960w", "1500w"]
        for width, address in steps.items():
            shown = Image.open(io.BytesIO((site.folder / "cases" / address).read_bytes()))
            assert f"{shown.width}w" == width
            assert shown.height == round(shown.width * 2000 / 1500)
        assert image["src"] in steps.values()
        assert (image["width"], image["height"]) == ("1500", "2000")
        assert image["sizes"]
    assert page.select_one("figure:not(.cover-picture) img")["loading"] == "lazy"
    assert len(page.select("figure img")) == 1  # the cover opens the body: it is shown once


def test_a_page_of_text_reaches_its_pictures_from_where_it_stands(project):
    files = {**FILES, "pages/about.md": "# 说明\n\n![图](../cases/images/照片.jpg)"}
    image = project(files).build().page("about.html").select_one(".prose img")
    assert image["src"].startswith("assets/zhao-pian-")
    assert all(step.startswith("assets/") for step in image["srcset"].split(", "))


def test_nothing_in_the_site_tells_where_a_photo_was_taken(project):
    site = project(FILES).build()
    assert len(pictures_of(site)) == 4
    for data in site.files().values():
        assert not [mark for mark in TELLTALES if mark in data]
        assert data != PHOTO


def test_a_link_to_a_photo_leads_to_its_largest_file_and_says_how_large(project):
    body = "见[原图](images/照片.jpg)与[另一张](images/b.png)。"
    site = project({**FILES, "cases/a.md": case_text(body=body)}).build()
    large, small = site.page("cases/a.html").select(".prose a")
    assert large["href"].endswith("-1500.jpg")
    assert large.text == "原图（JPG，1500×2000）"
    assert small.text == "另一张（PNG，30×20）"
    assert (site.folder / "cases" / small["href"]).is_file()


def counted(project: Project, **options: object) -> tuple[builder.Outcome, int]:
    """A build, and how many files it rendered."""
    rendered = []
    found, _ = projects.load_project(project.root)
    outcome = builder.build_site(
        found,
        (),
        builder.Options(**{"jobs": 1, **options}),
        lambda stage, *_: rendered.append(stage) if stage == "render" else None,
    )
    assert outcome.report is not None, outcome.errors
    return outcome, len(rendered)


def test_a_second_build_makes_and_opens_no_picture(project):
    made = project(FILES)
    assert counted(made)[1] > 4
    assert counted(made)[1] == 0
    made.write({"cases/b.md": case_text("乙", "又一句。")})  # else nothing at all is read
    found = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "casegen", "build", "--json"],
        cwd=made.root,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=100,
    )
    assert "casegen.build" in found.stderr
    assert "PIL.Image" not in found.stderr


def test_a_lost_file_of_a_picture_is_made_again_alone(project):
    made = project(FILES)
    site = made.build()
    before = site.files()
    lost = next(path for path in before if path.endswith("-960.jpg"))
    (site.folder / lost).unlink()
    outcome, rendered = counted(made)
    assert (rendered, outcome.report.written) == (1, (lost,))
    assert site.files() == before


def test_another_photo_of_the_same_name_replaces_all_its_files(project):
    made = project(FILES)
    before = made.build().files()
    other = phone_photo(image=noise((2000, 1500), seed=300))
    site = made.write({"cases/images/照片.jpg": other}).build()
    gone = {path for path in before if path.endswith(".jpg")}
    assert len(gone) == 3
    removed = {path for path in site.outcome.report.removed if path.endswith(".jpg")}
    assert removed == gone
    assert len(pictures_of(site)) == 4


def test_many_pictures_have_the_same_bytes_from_one_process_and_from_two(project):
    many = {
        f"cases/p/{n}.jpg": phone_photo((20 + n, 20), orientation=1 + n % 8) for n in range(160)
    }
    body = "\n\n".join(f"![图{n}](p/{n}.jpg)" for n in range(160))
    made = project({**many, "cases/a.md": case_text(body=body)})
    alone = made.build(output=made.root / "one").files()
    pooled = made.build(output=made.root / "two", clean=True, jobs=2).files()
    assert len([path for path in alone if path.endswith(".jpg")]) == 160
    assert alone == pooled


BROKEN = {
    "cases/a.md": case_text(body="开头。\n\n文字![图](a.jpg)，再一次![图](a.jpg)。", cover="b.png"),
    "cases/a.jpg": PHOTO[:-5000],
    "cases/b.png": bomb(30000, 30000),
}


def test_every_place_of_a_broken_picture_is_named_once(project):
    made = project(BROKEN)
    found = [
        (p.rule, p.where.line, p.where.column, p.where.field)
        for p in made.check()
        if p.rule.endswith("-image")
    ]
    lines = BROKEN["cases/a.md"].split("\n")
    cover = next(n for n, line in enumerate(lines, 1) if line.startswith("cover"))
    body = next(n for n, line in enumerate(lines, 1) if line.startswith("文字"))
    assert found == [
        ("large-image", cover, 8, "cover"),
        ("unreadable-image", body, 8, "body"),
        ("unreadable-image", body, 23, "body"),
    ]


def test_a_broken_picture_stops_the_build_and_leaves_the_old_site(project):
    made = project(FILES)
    before = made.build().files()
    outcome = made.write(BROKEN).try_build()
    assert outcome.report is None
    assert {p.rule for p in outcome.errors} == {"large-image", "unreadable-image"}
    assert {p: (made.root / "site" / p).read_bytes() for p in before} == before


def test_a_broken_picture_of_a_draft_stops_nothing(project):
    draft = BROKEN["cases/a.md"].replace("title:", "status: draft\ntitle:")
    site = project({**BROKEN, "cases/a.md": draft, "cases/c.md": case_text()}).build()
    assert not pictures_of(site)


HEIC_CASE = {"cases/a.md": case_text(body="![图](a.heic)"), "cases/a.heic": HEIC.read_bytes()}


def test_without_the_extra_a_heic_photo_is_an_error_that_says_what_to_install(project):
    made = project(HEIC_CASE)
    start = "import sys; sys.modules['pi_heif'] = None; from casegen.cli import main; main()"
    found = subprocess.run(
        [sys.executable, "-c", start, "build"],
        cwd=made.root,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )
    assert found.returncode == 1
    said = found.stdout + found.stderr
    assert "casegen[heic]" in said
    assert "另存为 JPEG" in said
    assert not (made.root / "site").exists()


def test_installing_the_extra_is_noticed_though_the_photo_did_not_change(project):
    pytest.importorskip("pi_heif")
    made = project(HEIC_CASE)
    start = "import sys; sys.modules['pi_heif'] = None; from casegen.cli import main; main()"
    subprocess.run(
        [sys.executable, "-c", start, "check"],
        cwd=made.root,
        capture_output=True,
        check=False,
        timeout=100,
    )
    [(path, data)] = pictures_of(made.build()).items()
    assert path.endswith("-48.jpg")
    assert Image.open(io.BytesIO(data)).size == (48, 64)


def test_every_fault_of_a_picture_has_its_words(project):
    for rule in ("heic-unsupported", "unreadable-image", "large-image"):
        found = project({}).start("explain", rule)
        assert found.exit_code == 0
        assert rule in found.stdout
