"""What a page tells machines about itself."""

from __future__ import annotations

import json

from rendered import html_files, soup


def test_structured_data_is_json_and_ends_no_script(hostile):
    for name in html_files(hostile):
        for data in soup(hostile, name).select("script[type='application/ld+json']"):
            json.loads(data.string)
