"""What `import --json` prints."""

from __future__ import annotations

from importers.news import NEWS


def test_pictures_that_are_not_beside_the_page_are_losses_as_in_the_report(desk) -> None:
    files = "<img src=no.jpg><video src=tea.mp4></video>"
    page = f"<h1>水苔铺出增收路</h1><div id=zoom><p>{NEWS}</p>{files}</div>"
    (told,) = desk.json(desk.put("网页.html", page))
    losses = "\n".join(told["losses"])
    assert "no.jpg" in losses
    assert "tea.mp4" in losses
