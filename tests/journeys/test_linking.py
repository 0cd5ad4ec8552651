"""Whether two mentions are one person, and why."""

import dataclasses
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journeys.sending import person
from vigie.journeys.linking import COSTS, RULES, Context, link, link_across
from vigie.journeys.name_agreement import AGREEMENTS, agreement, spelled_names
from vigie.records import Document, Name, Traveller

PNR = Context()
SAME = Context(same_sender=True)
AGAIN = Context(same_sender=True, same_list=True)
CHANGE = Context(same_sender=True, change=True)
LATER = Context(same_journey=False)


@dataclasses.dataclass(frozen=True)
class Case:
    a: Traveller
    b: Traveller
    expected: str | None
    """Confidence, with ` merges` where both are taken to be one."""
    reason: str
    context: Context = PNR


def _p(family: str | None, given: str | None = None, *papers: str, **fields: Any) -> Traveller:
    return person(family, given, *papers, **fields)


EXPIRED = Document(type="P", number="ZZ1111111", issuer="MAR", expires="2026-11-22")
DIPLOMATIC = Document(type="P", number="ZZ1111111", issuer="MAR", kind="diplomatic_passport")
NATIONAL = Document(type="P", number="ZZ2222222", issuer="MAR", kind="passport")

CASES = [
    # the carrier's reference
    Case(
        _p("BENALI", "SALMA", reference="25760"),
        _p("BENALI", "SALMA", reference="25760"),
        "strong merges",
        "one reference of one sender",
        SAME,
    ),
    Case(
        _p("BENALI", "SALMA", reference="25760"),
        _p("BENALI", "SALMA", reference="25760"),
        "likely",
        "one reference of two senders says nothing; the names stay",
    ),
    Case(
        _p("BENALI", "SALMA", reference="25760"),
        _p("BENALI", "OMAR", reference="25760"),
        "weak",
        "a reference repeated in a family by mistake",
        SAME,
    ),
    Case(
        _p("BENALI", "SALMA", reference="25760", record_locator="AB12CD"),
        _p("BENALI", "SALMA", reference="25760", record_locator="AB12CD"),
        "certain merges",
        "reference and locator",
        SAME,
    ),
    Case(
        _p("BENALI", "SALMA", reference="25760"),
        _p("BENALI", "SALMA", reference="25761"),
        "weak",
        "two references of one sender, and nothing but the name",
        SAME,
    ),
    Case(
        _p(None, None, reference="25760", record_locator="AB12CD"),
        _p("BENALI", "SALMA", reference="25760", record_locator="AB12CD"),
        "strong merges",
        "a change without the name",
        SAME,
    ),
    # a renewed document, and another person
    Case(
        _p("IDRISSI", "MOHAMED", "ZZ1111111/MAR", birth_date="1990-05-17"),
        _p("IDRISSI", "MOHAMED", "ZZ2222222/MAR", birth_date="1990-05-17"),
        "likely",
        "namesakes born on one day, each with a valid passport of one State",
    ),
    Case(
        _p("IDRISSI", "MOHAMED", "ZZ1111111/MAR", birth_date="1990-05-17"),
        _p("IDRISSI", "MOHAMED", "ZZ2222222/MAR", birth_date="1990-05-17"),
        "likely",
        "nor are they one in two versions of a list",
        AGAIN,
    ),
    Case(
        _p("IDRISSI", "MOHAMED", "ZZ1111111/MAR", birth_date="1990-05-17", record_locator="AB12CD"),
        _p("IDRISSI", "MOHAMED", "ZZ2222222/MAR", birth_date="1990-05-17", record_locator="AB12CD"),
        "strong merges",
        "a passport renewed since the booking",
    ),
    Case(
        _p("IDRISSI", "MOHAMED", "ZZ1111111/MAR", birth_date="1990-05-17", reference="25760"),
        _p("IDRISSI", "MOHAMED", "ZZ2222222/MAR", birth_date="1990-05-17", reference="25760"),
        "strong merges",
        "a passport renewed, by the carrier's reference",
        SAME,
    ),
    Case(
        _p("IDRISSI", "MOHAMED", "ZZ1111111/MAR", birth_date="1990-05-17"),
        _p("IDRISSI", "MOHAMED", "ZZ2222222/FRA", birth_date="1990-05-17"),
        "strong merges",
        "passports of two States: many hold both",
    ),
    Case(
        _p("IDRISSI", "MOHAMED", birth_date="1990-05-17", documents=(EXPIRED,)),
        _p("IDRISSI", "MOHAMED", "ZZ2222222/MAR", birth_date="1990-05-17"),
        "strong merges",
        "the other passport has run out before the journey",
        Context(day="2026-11-23"),
    ),
    Case(
        _p("IDRISSI", "MOHAMED", birth_date="1990-05-17", documents=(DIPLOMATIC,)),
        _p("IDRISSI", "MOHAMED", birth_date="1990-05-17", documents=(NATIONAL,)),
        "strong merges",
        "a diplomatic and a national passport of one State",
    ),
    # father and son
    Case(
        _p("AHMED BEN MOHAMED EL IDRISSI", record_locator="AB12CD"),
        _p("MOHAMED EL IDRISSI", record_locator="AB12CD"),
        "likely",
        "the father's name stands in the son's, in one booking; which are given names is not told",
    ),
    Case(
        _p("EL IDRISSI AHMED BEN", "MOHAMED", record_locator="AB12CD"),
        _p("EL IDRISSI", "MOHAMED", record_locator="AB12CD"),
        "strong merges",
        "the same given name, with more of the family name",
    ),
    Case(
        _p("AHMED BEN MOHAMED EL IDRISSI", seats=("12A",)),
        _p("MOHAMED EL IDRISSI", seats=("12A",)),
        "likely",
        "nor does the seat on which the father holds the son",
    ),
    Case(
        _p("AHMED BEN MOHAMED EL IDRISSI", birth_date="1990-05-17", record_locator="AB12CD"),
        _p("MOHAMED EL IDRISSI", birth_date="1990-05-17", record_locator="AB12CD"),
        "certain merges",
        "one birth date: the same man with less of his name",
    ),
    Case(
        _p("AHMED BEN MOHAMED EL IDRISSI", None, "ZZ1111111/MAR", birth_date="1990-01-02", reference="25760"),
        _p("MOHAMED EL IDRISSI", None, "ZZ1111111/MAR", birth_date="1960-01-02", reference="25760"),
        "likely",
        "one digit between the births of father and son, who share document and reference by mistake",
        SAME,
    ),
    Case(
        _p("BENALI SALMA BINT NOUR", None, "ZZ1111111/MAR", sex="F", reference="25760"),
        _p("BENALI NOUR", None, "ZZ1111111/MAR", sex="M", reference="25760"),
        "likely",
        "daughter and father, who share document and reference by mistake",
        SAME,
    ),
    # tickets
    Case(
        _p("BENALI", "SALMA", tickets=("7842836432717C2",)),
        _p("BENALI", "SALMA", tickets=("7842836432717",)),
        "strong merges",
        "one ticket, the coupon left out",
    ),
    Case(
        _p("BENALI", "SALMA", tickets=("7842836432717C2",)),
        _p("BENALI", "SALMA MRS", tickets=("7842836432717C1",)),
        "strong merges",
        "two coupons of one ticket",
    ),
    Case(
        _p("BENALI", "SALMA", tickets=("INF7842836432722",)),
        _p("BENALI", "SALMA", tickets=("7842836432722",)),
        "strong merges",
        "an infant's ticket, marked and not",
    ),
    # documents
    Case(
        _p("BENALI", "SALMA", "ZZ1234567/MAR"), _p("BENALI", "SALMA", "ZZ1234567/MAR"), "certain merges", "one document"
    ),
    Case(
        _p("BENALI", "SALMA", "ZZ1234567/MAR"),
        _p("BENALI", "SALMA", "ZZ1234567"),
        "certain merges",
        "one document, of which the issuer is missing once",
    ),
    Case(
        _p("BENALI", "SALMA", "ZZ1234567/MAR"),
        _p("BENALI", "SALMA", "ZZ1234567/FRA"),
        "likely",
        "one number of two issuers",
    ),
    Case(
        _p("BENALI", "SALMA", "ZZ1234567/MAR", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", "ZZ1234567/FRA", birth_date="1984-03-10"),
        "certain merges",
        "... and one birth date",
    ),
    Case(
        _p("BENALI", "SALMA", "ZZ 12345-67"),
        _p("BENALI", "SALMA", "ZZ1234567"),
        "certain merges",
        "blanks and hyphens in the number",
    ),
    Case(_p("BENALI", "SALMA", "ZZ1234567"), _p("BENALI", "OMAR", "ZZ1234567"), "weak", "one document typed for two"),
    Case(
        _p("BENALI", "SALMA", "ZZ1234567", birth_date="1984-03-10"),
        _p("BENALI", "YANIS", "ZZ1234567", birth_date="2026-01-02", infant=True),
        "weak",
        "an infant with a parent's document",
    ),
    Case(
        _p("BENALI", "SALMA", "ZZ1234567", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", "ZZ1234567", birth_date="2026-01-02", infant=True),
        "likely",
        "... and the parent's name",
    ),
    Case(_p("BENALI", "SALMA", "0000000"), _p("BENALI", "SALMA", "0000000"), "likely", "a filler is no document"),
    Case(
        _p("BENALI", "SALMA", "ZZ1234567"),
        _p("HAMDI", "NOUR", "ZZ1234567"),
        "weak",
        "one document under two names: worth showing",
    ),
    Case(
        _p(None, None, "ZZ1234567", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", "ZZ1234567", birth_date="1984-03-10"),
        "strong merges",
        "a name is missing, document and birth date agree",
    ),
    # locator and name
    Case(
        _p("BENALI", "SALMA", record_locator="AB12CD"),
        _p("BENALI", "SALMA", record_locator="AB12CD"),
        "strong merges",
        "locator and name",
    ),
    Case(
        _p("BENALI", "SALMAMRS", record_locator="AB12CD"),
        _p("BENALI", "SALMA", record_locator="AB12CD"),
        "strong merges",
        "a title glued to the name",
    ),
    Case(
        _p("SALMA", "BENALI", record_locator="AB12CD"),
        _p("BENALI", "SALMA", record_locator="AB12CD"),
        "strong merges",
        "names the other way round",
    ),
    Case(
        _p("BENALI", "SALMA", record_locator="AB12CD"),
        _p("BENALI", "SALMA NOUR", record_locator="AB12CD"),
        "strong merges",
        "a second given name left out of the booking",
    ),
    Case(
        _p("BENALI", "S", record_locator="AB12CD"),
        _p("BENALI", "SALMA", record_locator="AB12CD"),
        "likely",
        "an initial: there may be a SAMIRA",
    ),
    Case(
        _p("BENALI", "MARIA", record_locator="AB12CD"),
        _p("BENALI", "MARIANA", record_locator="AB12CD"),
        "likely",
        "no field ended here: two names",
    ),
    Case(
        _p("WICKRAMASINGHE", "DHARMASENA NIMA", record_locator="AB12CD"),
        _p("WICKRAMASINGHE", "DHARMASENA NIMALKA", record_locator="AB12CD"),
        "strong merges",
        "a name cut off where its field ended",
    ),
    Case(
        _p("MOHAMED", "AHMED", record_locator="AB12CD"),
        _p("MOHAMED", "ALI AHMED", record_locator="AB12CD"),
        "likely",
        "a son bears his father's names behind his own",
    ),
    Case(
        _p("BENALI", "SALMA", record_locator="AB12CD"),
        _p("BENALI", "OMAR", record_locator="AB12CD"),
        None,
        "a family in one booking",
    ),
    Case(
        _p("DUPONT", "JEAN", record_locator="AB12CD"),
        _p("DUPONT", "JEANNE", record_locator="AB12CD"),
        "likely",
        "alike by ear, in one booking",
    ),
    Case(
        _p("SUKARNO", None, record_locator="AB12CD"),
        _p("SUKARNO", "SUKARNO", record_locator="AB12CD"),
        "strong merges",
        "one name, once in both fields",
    ),
    Case(
        _p("SUKARNO", None, record_locator="AB12CD"),
        _p("SUKARNO", "DEWI", record_locator="AB12CD"),
        "likely",
        "one name may be a family's",
    ),
    # birth dates
    Case(
        _p("BENALI", "SALMA", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", birth_date="1984-03-10"),
        "certain merges",
        "name and birth date",
    ),
    Case(
        _p("BENALI", "SALMA", birth_date="1984-01-01"),
        _p("BENALI", "SALMA", birth_date="1984-01-01"),
        "strong merges",
        "the first of January is many people's",
    ),
    Case(
        _p("BENALI", "SALMA", "ZZ1234567", birth_date="1984-01-01"),
        _p("BENALI", "SALMA", "ZZ7654321", birth_date="1984-01-01"),
        "likely",
        "... and other documents part them",
    ),
    Case(
        _p("BENALI", "SALMA", "ZZ1234567", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", "ZZ7654321", birth_date="1984-03-10"),
        "strong merges",
        "two documents of one person",
    ),
    Case(
        _p("BENALI", "HASSAN", birth_date="2010-03-10"), _p("BENALI", "HUSSEIN", birth_date="2010-03-10"), None, "twins"
    ),
    Case(
        _p("BENALI", "HASSAN", "ZZ1234567", birth_date="2010-03-10"),
        _p("BENALI", "HUSSEIN", "ZZ1234567", birth_date="2010-03-10"),
        "likely",
        "twins with one document typed for both",
    ),
    Case(
        _p("MARTIN", "YVAN", birth_date="2010-03-10", sex="M"),
        _p("MARTIN", "YVANNE", birth_date="2010-03-10", sex="F"),
        "weak",
        "twins alike by ear",
    ),
    Case(
        _p("BENALI", "SALMA", record_locator="AB12CD", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", record_locator="AB12CD", birth_date="1951-07-22"),
        "weak",
        "two of one name in a booking: mother and daughter",
    ),
    Case(
        _p("BENALI", "SALMA", "ZZ1234567", record_locator="AB12CD", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", "ZZ1234567", record_locator="AB12CD", birth_date="1984-10-03"),
        "strong merges",
        "day and month changed places; document and locator outweigh it",
    ),
    Case(
        _p("BENALI", "SALMA", "ZZ1234567", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", "ZZ1234567", birth_date="1951-07-22"),
        "likely",
        "a document typed for mother and daughter of one name",
    ),
    Case(
        _p("BENALI", "SALMA", record_locator="AB12CD", birth_date="1984"),
        _p("BENALI", "SALMA", record_locator="AB12CD", birth_date="1984-03-10"),
        "strong merges",
        "a year does not contradict a day in it",
    ),
    Case(
        _p("BENALI", "SALMA", birth_date="1984"),
        _p("BENALI", "SALMA", birth_date="1984"),
        "likely",
        "a year is no birth date to know somebody by",
    ),
    # sex, seat, loyalty
    Case(
        _p("BENALI", "SALMA", record_locator="AB12CD", sex="F"),
        _p("BENALI", "SALMA", record_locator="AB12CD", sex="M"),
        "likely",
        "the sex differs",
    ),
    Case(
        _p("BENALI", "SALMA", "ZZ1234567", sex="F", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", "ZZ1234567", sex="M", birth_date="1984-03-10"),
        "strong merges",
        "... outweighed by document and birth date",
    ),
    Case(
        _p("BENALI", "SALMA", seats=("12A",)),
        _p("BENALI", "SALMA", seats=("012A",)),
        "strong merges",
        "one seat and name",
    ),
    Case(
        _p("BENALI", "SALMA", seats=("12A",)),
        _p("HAMDI", "NOUR", seats=("12A",)),
        None,
        "a seat given to somebody else",
    ),
    Case(
        _p("BENALI", "SALMA", loyalty=("ZV:123456789",)),
        _p("BENALI", "SALMA", loyalty=("ZV:123456789",)),
        "strong merges",
        "one frequent-flyer number",
    ),
    # versions and changes
    Case(_p("BENALI", "SALMA"), _p("BENALI", "SALMA"), "strong merges", "a new version of a list of mere names", AGAIN),
    Case(_p("BENALI", "SALMA"), _p("BENALI", "SALMA"), "likely", "mere names of two senders"),
    Case(
        _p("BENALI", "SALMA", record_locator="AB12CD"),
        _p("BENALI", "SALMA", record_locator="XY98ZW"),
        "likely",
        "of one name, in two bookings",
        AGAIN,
    ),
    Case(
        _p("BENALI", "SALMA", "ZZ1234567"),
        _p("BENALI", "SALMA", "ZZ7654321"),
        "likely",
        "of one name, other documents",
        AGAIN,
    ),
    Case(
        _p("BENALI", "SALMA", reference="25760", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", reference="25760", birth_date="1990-12-31"),
        "strong merges",
        "a change corrects the birth date",
        CHANGE,
    ),
    Case(
        _p("BENALI", "SALMA", reference="25760", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", reference="25760", birth_date="1990-12-31"),
        "weak",
        "... and a list does not say that it corrects",
        SAME,
    ),
    Case(
        _p("BENALI", "SLAMA", "ZZ1234567", reference="25760"),
        _p("BENALI", "SALMA", "ZZ1234567", reference="25760"),
        "strong merges",
        "a change corrects the name",
        CHANGE,
    ),
    Case(
        _p("HAMDI", "NOUR", "ZZ1234567", reference="25760"),
        _p("BENALI", "SALMA", "ZZ1234567", reference="25760"),
        "weak",
        "a change to a wholly other name is another person",
        CHANGE,
    ),
    # a later crossing
    Case(
        _p("BENALI", "SALMA", "ZZ1234567", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", "ZZ1234567", birth_date="1984-03-10"),
        "certain merges",
        "document and birth date at the border",
        LATER,
    ),
    Case(
        _p("BENALI", "SALMA", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", birth_date="1984-03-10"),
        "likely",
        "a namesake born on the day may cross",
        LATER,
    ),
    Case(
        _p("BENALI", "SALMA", record_locator="AB12CD", seats=("12A",), tickets=("7842836432717",)),
        _p("BENALI", "SALMA", record_locator="AB12CD", seats=("12A",), tickets=("7842836432717",)),
        "likely",
        "what is of one journey counts in it only",
        LATER,
    ),
    # placeholders
    Case(_p("TBA", None, placeholder=True), _p("BENALI", "SALMA"), None, "nobody yet"),
]


@pytest.mark.parametrize("case", CASES, ids=[case.reason for case in CASES])
def test_links(case: Case) -> None:
    found = link(case.a, case.b, case.context)
    told = found and found.confidence + (" merges" if found.merges else "")
    assert told == case.expected, (case.reason, found)
    assert link(case.b, case.a, case.context) == found, "the order of the two does not matter"


@pytest.mark.parametrize("case", CASES, ids=[case.reason for case in CASES])
def test_an_explanation_names_fields_and_quotes_nothing(case: Case) -> None:
    found = link(case.a, case.b, case.context)
    if found is None:
        return
    quoted = [word for each in (case.a, case.b) for word in _values(each) if len(word) > 1]
    assert not [word for word in quoted if word.upper() in found.says.upper().split()], found.says
    assert "\n" not in found.says
    assert found.says[-1] not in " .,"


def _values(traveller: Traveller) -> list[str]:
    name = traveller.name
    numbers = [document.number for document in traveller.documents]
    return [text for text in (name.family, name.given, traveller.birth_date, traveller.reference, *numbers) if text]


def test_an_explanation_reads_as_a_sentence() -> None:
    one = _p("BENALI", "SALMA", "ZZ1234567", birth_date="1984-03-10", sex="F")
    other = _p("BENALI", "SALMA", "ZZ1234567", birth_date="1984-03-10", sex="M")
    found = link(one, other)
    assert found is not None
    assert found.says == "the document and the birth date are the same, and the names agree; but the sex differs"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("BENALI", "SALMA"), ("BENALI", "SALMA"), "same"),
        (("EL FASSI", "ABD EL KADER"), ("ELFASSI", "ABDELKADER"), "same"),
        (("DUPONT", "JEAN-PIERRE"), ("DUPONT", "JEANPIERRE"), "same"),
        (("O'BRIEN", "SEAN"), ("OBRIEN", "SEÁN"), "same"),
        (("GARCIA LOPEZ", "ANA"), ("GARCIA", "ANA"), "part"),
        (("BENALI", "MOHAMED"), ("BENALI", "MOHAMMED"), "sound"),
        (("محمد", "علي"), ("MOHAMED", "ALI"), "sound"),
        (("BENALI", "S"), ("BENALI", "SALMA"), "short"),
        (("BENALI", ""), ("BENALI", "SALMA"), "short"),
        (("BENALI", "FNU"), ("BENALI", ""), "same"),
        (("", ""), ("BENALI", "SALMA"), "unknown"),
        (("BENALI", "SALMA"), ("BENALI", "OMAR"), "some"),
        (("BENALI", "SALMA"), ("HAMDI", "NOUR"), "differs"),
    ],
)
def test_agreement_of_names(one: tuple[str, str], other: tuple[str, str], expected: str) -> None:
    ours, theirs = spelled_names(person(*one)), spelled_names(person(*other))
    assert agreement(ours, theirs) == expected


def test_another_name_of_the_person_may_agree() -> None:
    """A booking under a nickname, with the document's name beside it."""
    other = Name(family="BENALI", given="SALMA", raw="BENALI/SALMA", source="DOCS")
    booked = person("BENALI", "SOUSSOU", names=(Name(family="BENALI", given="SOUSSOU", raw="", source="TIF"), other))
    found = link(booked, person("BENALI", "SALMA"))
    assert found is not None
    assert found.names == "same"


def test_a_crossing_finds_its_person_among_many() -> None:
    crossing = _p("BENALI", "SALMA", "ZZ1234567/MAR", birth_date="1984-03-10", source="MRZ")
    candidates = [
        _p("HAMDI", "NOUR", "AA1111111"),
        _p("BENALI", "SALMA", birth_date="1984-03-10"),
        _p("BENALI", "SALMA", "ZZ1234567", birth_date="1984-03-10"),
        _p("BENALI", "OMAR", "ZZ1234567"),
    ]
    found = link_across(crossing, candidates)
    assert [(each.candidate, each.link.confidence) for each in found] == [(2, "certain"), (1, "likely"), (3, "weak")]


def test_every_rule_can_be_reached() -> None:
    """A rule behind one that asks for less would never hold."""
    for later, rule in enumerate(RULES):
        before = [each.names for each in RULES[:later] if each.pieces <= rule.pieces]
        assert rule.names - frozenset().union(*before), rule


def test_no_rule_merges_other_names() -> None:
    assert [rule for rule in RULES if rule.worth >= 2 and rule.names & {"some", "differs"}] == []
    assert min(COSTS.values()) >= 1


FAMILIES = st.sampled_from(["BENALI", "HAMDI", "EL FASSI", None])
GIVENS = st.sampled_from(["SALMA", "SALMA NOUR", "S", "OMAR", "JEAN", "JEANNE", None])
PEOPLE = st.builds(
    person,
    FAMILIES,
    GIVENS,
    st.sampled_from(["ZZ1234567", "ZZ7654321/MAR", "ZZ1234567/FRA", "0000000"]),
    birth_date=st.sampled_from([None, "1984", "1984-03-10", "1984-10-03", "2026-01-02"]),
    sex=st.sampled_from([None, "F", "M"]),
    reference=st.sampled_from([None, "25760", "25761"]),
    record_locator=st.sampled_from([None, "AB12CD"]),
    infant=st.booleans(),
)
CONTEXTS = st.builds(
    Context,
    same_journey=st.booleans(),
    same_sender=st.booleans(),
    same_list=st.booleans(),
    change=st.booleans(),
    day=st.sampled_from([None, "2026-11-23"]),
)


@given(PEOPLE, PEOPLE, CONTEXTS)
def test_a_link_has_no_direction(a: Traveller, b: Traveller, context: Context) -> None:
    assert link(a, b, context) == link(b, a, context)


@given(PEOPLE, PEOPLE, CONTEXTS)
def test_only_names_that_agree_merge_outside_a_change(a: Traveller, b: Traveller, context: Context) -> None:
    found = link(a, b, context)
    if found is not None and found.merges and not context.change:
        assert found.names not in ("some", "differs")
        assert found.evidence or context.same_list


def test_agreements_are_in_order() -> None:
    assert all(one != other for one, other in itertools.pairwise(AGREEMENTS))
