"""Limits of time and memory for what is made with templates of a stranger."""

from __future__ import annotations

import resource
import time
from functools import partial

import pytest

from casegen.process_limits import EndlessError, Limits, hold_limits
from casegen.workers import EndedError, run_alone


def compute_without_end():
    while True:
        pass


def compute_in_one_operation(limits):
    one, other = [1], [1]
    for _ in range(60):
        one, other = [one, one], [other, other]
    with hold_limits(limits):
        return one == other


def test_what_does_not_end_is_stopped_and_what_ends_is_not():
    limits = Limits(seconds=0.2, grace=600)  # its end would be that of the tests
    with pytest.raises(EndlessError), hold_limits(limits):
        compute_without_end()
    with hold_limits(limits):
        pass
    time.sleep(0.4)  # nothing is stopped after the block


def test_one_operation_that_outlasts_the_clock_ends_its_process_which_says_where_it_was():
    limits = Limits(seconds=0.1, grace=0.1)
    with pytest.raises(EndedError, match="in compute_in_one_operation"):
        run_alone(partial(compute_in_one_operation, limits))


@pytest.mark.parametrize(
    "make",
    [
        lambda: "x" * (2 << 30),
        lambda: [["x" * (100 << 20) * n] for n in range(1, 20)],
        lambda: list(range(1 << 30)),
    ],
)
def test_memory_is_refused_in_the_block_and_only_there(make):
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with pytest.raises(MemoryError), hold_limits(Limits(grace=600)):
        make()
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_a_lower_limit_of_the_system_is_kept():
    before = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (1 << 31, before[1]))
    try:
        with hold_limits(Limits(memory=1 << 40, grace=600)):
            assert resource.getrlimit(resource.RLIMIT_DATA)[0] == 1 << 31
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
