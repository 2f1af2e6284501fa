"""The `project` fixture: `project({"cases/a.md": CASE}).build().page("cases/a.html")`."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from projects import CONFIG, Project

# The same examples at every run, so that a change is judged by what it changes; the full suite
# looks for new ones.
settings.register_profile(
    "default",
    deadline=None,
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "full", deadline=None, max_examples=500, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("full" if os.environ.get("CASEGEN_FULL") else "default")

# Most of what is in memory lives as long as the run: to look through it for garbage again and again
# takes a tenth of the time of a build.
gc.set_threshold(50_000, 20, 50)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


# A password that a desktop's keyring may hold is none of the tests' business.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"


@pytest.fixture
def project(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Project]:
    def make(files: Mapping[str, str | bytes], config: str = CONFIG) -> Project:
        root = tmp_path / f"project-{len(list(tmp_path.iterdir()))}"
        root.mkdir()
        return Project(root).write({"casegen.yml": config, **files})

    return make
