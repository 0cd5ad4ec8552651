"""docs/reference/store.md names every table and every action of the log."""

from pathlib import Path

import pytest

from vigie.store.events import Action
from vigie.store.migrations import VERSION_TABLE
from vigie.store.tables import METADATA

REFERENCE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "store.md").read_text()


@pytest.mark.parametrize("word", [*METADATA.tables, VERSION_TABLE, *Action])
def test_the_reference_has_a_row_for_it(word: str) -> None:
    assert f"\n| `{word}` | " in REFERENCE
