"""A name in one line."""

import pytest

from vigie.names import in_one_line
from vigie.records import Name

NAMES = [
    ("two parts", "HOLT", "Anders", "HOLT, Anders"),
    ("one name is all there is", "HOLT", None, "HOLT"),
    ("no family name", None, "Anders", "Anders"),
    ("nothing understood", None, None, "HOLT/ANDERS"),
    ("Cyrillic letters", "Хольт", "Андерс", "Хольт, Андерс"),
    ("Arabic letters", "هولت", "أندرس", "هولت، أندرس"),
]


@pytest.mark.parametrize(("reason", "family", "given", "said"), NAMES, ids=[reason for reason, *_ in NAMES])
def test_in_one_line(reason: str, family: str | None, given: str | None, said: str) -> None:
    assert in_one_line(Name(family=family, given=given, raw="HOLT/ANDERS", source="NAD")) == said
