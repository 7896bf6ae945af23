from __future__ import annotations

from io import BytesIO

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from runtut.config.middleware import RequestSizeMiddleware


def answer(length: str, settings: Settings, body: BytesIO | None = None, referer: str = "") -> HttpResponse:
    settings.REQUEST_LIMIT = 2 * settings.MEBIBYTE

    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("isi")

    request = RequestFactory().post("/surat/catat/", CONTENT_LENGTH=length)
    request.META |= {"wsgi.input": body or BytesIO(), "HTTP_HOST": "testserver", "HTTP_REFERER": referer}
    return RequestSizeMiddleware(page)(request)


@pytest.mark.parametrize("length", ["", "0", "2097152"])
def test_request_size_within_the_limit_goes_on(settings: Settings, length: str) -> None:
    assert answer(length, settings).content == b"isi"


@pytest.mark.parametrize("length", ["2097153", "-1", "banyak"])
def test_request_size_over_the_limit_is_refused_with_a_page_that_leads_back(
    settings: Settings, length: str
) -> None:
    refused = answer(length, settings, referer="http://testserver/kerja/mulai/?sop=1")

    assert refused.status_code == 413
    assert "paling besar 2 MB" in refused.content.decode()
    assert 'href="/kerja/mulai/?sop=1"' in refused.content.decode()


@pytest.mark.parametrize("referer", ["", "https://lain.example/kerja/"])
def test_request_too_large_from_nowhere_leads_to_the_page_above(settings: Settings, referer: str) -> None:
    assert 'href="/surat/"' in answer("2097153", settings, referer=referer).content.decode()


def test_request_too_large_is_heard_to_its_end_so_that_the_browser_listens(settings: Settings) -> None:
    body = BytesIO(bytes(3 * 1024 * 1024))

    answer(str(3 * 1024 * 1024), settings, body)

    assert body.read() == b""


def test_request_far_too_large_is_not_heard(settings: Settings) -> None:
    body = BytesIO(bytes(1024))

    answer(str(9 * 1024 * 1024), settings, body)

    assert body.tell() == 0
