"""timings: seconds by stage."""

from casegen.timings import Clock


def test_a_stage_that_comes_twice_is_added_up_and_the_total_holds_every_stage():
    clock = Clock()
    with clock.stage("parse"):
        pass
    once = clock.spent["parse"]
    for name in ("parse", "render"):
        with clock.stage(name):
            pass
    found = clock.all()
    assert found["parse"] >= once
    assert set(found) == {"parse", "render", "total"}
    assert found["total"] >= found["parse"] + found["render"]
