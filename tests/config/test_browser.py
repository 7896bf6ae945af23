from __future__ import annotations

import pytest
from tests.browser import PHONE, NewPage


@pytest.mark.browser
def test_site_serves_hashed_compressed_style_sheets(new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)

    answer = page.goto("/static/vendor/bootstrap-5.3.8/bootstrap.min.css")

    assert answer is not None
    assert answer.status == 200
    assert answer.header_value("content-encoding") in {"br", "gzip"}
