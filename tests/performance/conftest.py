from __future__ import annotations

import pytest
from tests.cast import Cast, make_cast
from tests.performance.factories import make_indicator, make_objective, make_targets

from runtut.performance.models import Indicator


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    """An index that the first section of Sukamaju answers for."""
    found = make_indicator(make_objective(cast.office.unit), cast.office.positions["kasi1"])
    make_targets(found, "87", "84", "85", "86.5", "87")
    return found
