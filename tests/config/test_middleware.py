from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from runtut.config.middleware import RequestSizeMiddleware


def answer(length: str, settings: Settings) -> HttpResponse:
    settings.REQUEST_LIMIT = 2 * settings.MEBIBYTE

    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("isi")

    return RequestSizeMiddleware(page)(RequestFactory().post("/", CONTENT_LENGTH=length))


@pytest.mark.parametrize("length", ["", "0", "2097152"])
def test_request_size_within_the_limit_goes_on(settings: Settings, length: str) -> None:
    assert answer(length, settings).content == b"isi"


@pytest.mark.parametrize("length", ["2097153", "-1", "banyak"])
def test_request_size_over_the_limit_is_refused_with_a_sentence(settings: Settings, length: str) -> None:
    refused = answer(length, settings)

    assert refused.status_code == 413
    assert "paling banyak 2 MiB" in refused.content.decode()
