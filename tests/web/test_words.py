"""Every code that the records can carry has words, so that no reader meets a bare code."""

from typing import get_args

import pytest

from tests.matching import test_search
from tests.matching.invented import INDEX
from vigie.journeys.answers import Answer
from vigie.journeys.linking import Confidence, Contradiction, Piece
from vigie.journeys.name_agreement import Agreement
from vigie.journeys.state import AsideKind, HappeningKind, JourneyStatus, PersonStatus
from vigie.journeys.transmission import Totals
from vigie.matching import weights
from vigie.records import Mode, NameKind, Sex, Traveller
from vigie.web import words

CLOSED = [
    (words.MODES, get_args(Mode)),
    (words.SEXES, get_args(Sex)),
    (words.NAME_KINDS, get_args(NameKind)),
    (words.CAPACITIES, get_args(Traveller.__annotations__["capacity"])),
    (words.STATUSES, (*get_args(PersonStatus), *get_args(AsideKind))),
    (words.JOURNEY_STATUSES, get_args(JourneyStatus)),
    (words.HAPPENINGS, get_args(HappeningKind)),
    (words.ANSWERS, get_args(Answer.__annotations__["kind"])),
    (words.TOTALS, Totals.__struct_fields__),
    (words.CONFIDENCES, get_args(Confidence)),
    (words.PIECES, get_args(Piece)),
    (words.AGREEMENTS, get_args(Agreement)),
    (words.CONTRADICTIONS, get_args(Contradiction)),
    (words.TRAVELLER_FIELDS, set(Traveller.__struct_fields__) - {"names", "booking", "placeholder"}),
]


@pytest.mark.parametrize(("table", "codes"), CLOSED)
def test_words_cover_the_codes_exactly(table: dict[str, str], codes: tuple[str, ...]) -> None:
    assert set(table) == set(codes)


def test_words_cover_the_levels_that_the_matcher_weighs() -> None:
    weighed = {*weights.AGREES, *weights.BIRTH_DATE, *weights.SEX, *weights.NATIONALITY}
    assert weighed - set(words.LEVELS) == set()


def test_words_cover_the_other_levels_exactly() -> None:
    """Levels that stand in no table of weights, over all cases of the matcher: none without words, no words unused."""
    weighed = {*weights.AGREES, *weights.BIRTH_DATE, *weights.SEX, *weights.NATIONALITY}
    asked = [case[0] for case in test_search.FOUND] + [case[0] for case in test_search.LEFT_ALONE]
    given = {term.level for one in asked for match in INDEX.search(one, -50_000) for term in match.evidence}
    assert given - weighed == set(words.LEVELS) - weighed
