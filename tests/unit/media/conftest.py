"""The fixture `made`: `made(data, "photo.jpg").files()`."""

import pytest
from pictures import Made


@pytest.fixture
def made(tmp_path):
    return lambda data, name="photo.jpg": Made(tmp_path, data, name)
