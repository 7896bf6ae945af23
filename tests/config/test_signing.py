"""What operators do about electronic signatures, and what `runtut check` says of them."""

from __future__ import annotations

import argparse

import pytest
from django.conf import LazySettings
from tests.cast import AT, Cast, make_cast

from runtut.config import safety
from runtut.config.commands import Failed, signing
from runtut.documents.actions import ensure_authority, load_demo_signing, sealed_away
from runtut.documents.models import CertificateAuthority, SigningChoice
from runtut.documents.queries import signing_way

pytestmark = pytest.mark.django_db

STRONG = "Kx7-pQ2_vN9wE4rT8yU1iO5aS3dF6gH0jL-zXcVbNmQwErTyUi"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def run(renew: bool = False) -> int:
    return signing.setup(argparse.Namespace(renew=renew))


def test_setup_founds_one_authority_and_tells_its_fingerprint(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (run(), run()) == (0, 0)
    first, second = capsys.readouterr().out.strip().split("\n")[1::2]

    assert CertificateAuthority.objects.count() == 1
    assert first == second
    assert len(first.split()[-1].split(":")) == 32


def test_setup_renews_beside_the_old_one(cast: Cast) -> None:
    run()
    run(renew=True)

    assert list(CertificateAuthority.objects.order_by("sequence").values_list("sequence", flat=True)) == [
        1,
        2,
    ]


def test_setup_needs_a_region(db: None) -> None:
    with pytest.raises(Failed, match="createadmin"):
        run()


def test_reseal_needs_the_key_before(cast: Cast, settings: LazySettings) -> None:
    settings.SIGNING_SECRET_BEFORE = ""
    with pytest.raises(Failed, match="RUNTUT_SIGNING_KEY_BEFORE"):
        signing.reseal(argparse.Namespace())


def test_reseal_opens_what_another_key_has_shut(cast: Cast, settings: LazySettings) -> None:
    ensure_authority(region=cast.kabupaten.region, at=AT)
    settings.SIGNING_SECRET_BEFORE, settings.SIGNING_SECRET = settings.SIGNING_SECRET, STRONG
    assert sealed_away()
    assert any("does not open" in sentence for sentence in safety.problems())

    assert signing.reseal(argparse.Namespace()) == 0
    assert not sealed_away()
    assert not any("does not open" in sentence for sentence in safety.problems())


def test_check_names_a_weak_key_and_an_open_address(db: None, settings: LazySettings) -> None:
    settings.SIGNING_KEY, settings.HTTPS = "pendek", True
    settings.PUBLIC_ADDRESS = "http://runtut.contoh.go.id"
    found = " ".join(safety.problems())
    assert "RUNTUT_SIGNING_KEY is weak" in found
    assert "RUNTUT_PUBLIC_ADDRESS is http://" in found

    settings.SIGNING_KEY, settings.PUBLIC_ADDRESS = STRONG, "https://runtut.contoh.go.id"
    assert "RUNTUT_SIGNING_KEY" not in " ".join(safety.problems())
    assert "RUNTUT_PUBLIC_ADDRESS" not in " ".join(safety.problems())


def test_made_up_offices_sign_electronically_until_somebody_chooses_otherwise(cast: Cast) -> None:
    load_demo_signing(at=AT)
    assert signing_way(unit=cast.office.unit) == "elektronik"
    SigningChoice.objects.update(way="basah")
    load_demo_signing(at=AT)

    assert signing_way(unit=cast.office.unit) == "basah"
    assert CertificateAuthority.objects.count() == 1
