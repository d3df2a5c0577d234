"""What FeatHub refuses, sqlfeat refuses before anything runs, with its own message."""

from __future__ import annotations

import pytest

import sqlfeat as sf
from sqlfeat.dialects.registry import DIALECTS
from tests.conformance import case as cases
from tests.conformance.tables import target_of
from tests.conformance.waiting import WAITING

REFUSED = [name for name in cases.names() if cases.load(name).is_refused and name not in WAITING]
ERRORS = {"DefinitionError": sf.DefinitionError, "UnsupportedError": sf.UnsupportedError}


@pytest.mark.parametrize("dialect", [dialect.name for dialect in DIALECTS])
@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, dialect: str) -> None:
    case = cases.load(name)
    refused = case.contract["refused"]["is"]
    with pytest.raises(sf.SqlfeatError) as caught:
        sf.render(target_of(case), dialect, timezone=case.timezone, **case.asked)
    assert type(caught.value) is ERRORS[refused["error"]]
    assert refused["says"] in str(caught.value)
