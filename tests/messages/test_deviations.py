"""One named case for every deviation of envelope and PAXLST that is known from the field, with what must come of it.

Numbers are those of our study of the closest open system: 1 to 6 envelope and version, 16 to 19 PAXLST; `fault` are
cases on which that system was seen to lose or to mutilate travellers. Cases 7 to 15 are in test_deviations_pnrgov.py.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest

from tests.messages.test_reading import validate
from tests.messages.writing import AS_OF, FLIGHT, loud, whole
from vigie import messages
from vigie.records import Message

BODY = f"{FLIGHT}NAD+FL+++BENALI:SALMA'DTM+329:840310'NAT+2+MAR'DOC+P:110:111+ZZ1234567'NAD+FL+++OKONJO'"
TEXT = whole(BODY)
BARE = TEXT.removeprefix("UNA:+.? '")
BOTH = ["BENALI", "OKONJO"]


class Case(NamedTuple):
    name: str
    text: str | bytes
    families: Sequence[str | None]
    loud: Sequence[str] = ()
    more: Callable[[tuple[Message, ...]], bool] = lambda _: True


def first(found: tuple[Message, ...]) -> Any:
    return found[0].travellers[0]


def legs(found: tuple[Message, ...]) -> list[tuple[str | None, str | None]]:
    return [(leg.origin, leg.destination) for journey in found[0].journeys for leg in journey.legs]


def body(segments: str, bgm: str = "745", unh: str = "PAX1+PAXLST:D:05B:UN:IATA") -> str:
    return whole(segments, bgm, unh)


def glued(segments: str, instead: str = "") -> str:
    """As `body`, with the terminators before `<` lost, or something else in their place."""
    return body(segments).replace("'<", instead)


def _has_function(code: str) -> Callable[[tuple[Message, ...]], bool]:
    return lambda found: found[0].function == code


def marks(text: str, component: str, element: str, release: str, terminator: str) -> str:
    return text.translate(str.maketrans(":+?'", component + element + release + terminator))


PERSON = "NAD+FL+++BENALI:SALMA'"
KEEPS = "ATT+2++F'DOC+P+ZZ1234567'"
"""What follows a name and must stay with it."""
APOSTROPHES = [
    ("O'BRIEN:JOHN", ("O'BRIEN", "JOHN"), "in a family name"),
    ("KEITA:N'GOLO", ("KEITA", "N'GOLO"), "in a given name"),
    ("O'BRIEN-D'ARCY:JOHN", ("O'BRIEN-D'ARCY", "JOHN"), "twice"),
    ("SHA'ABAN:OMAR", ("SHA'ABAN", "OMAR"), "behind a longer part, where the given name follows"),
    ("SANT'ANNA", ("SANT'ANNA", None), "behind a particle"),
    ("D'AMI:JEAN+1 RUE X", ("D'AMI", "JEAN"), "before a part as long as a tag"),
]


@pytest.mark.parametrize(("sent", "name", "reason"), APOSTROPHES, ids=[reason for *_, reason in APOSTROPHES])
@pytest.mark.parametrize("fast", [True, False])
def test_an_apostrophe_that_is_not_released_parts_no_name(
    sent: str, name: tuple[str, str | None], reason: str, fast: bool
) -> None:
    text = body(f"{FLIGHT}{PERSON}{KEEPS}NAD+FL+++{sent}'{KEEPS}NAD+FL+++OKONJO'")
    (message,) = messages.iter_messages(text.encode(), AS_OF, fast=fast)
    before, one, behind = message.travellers
    assert (one.name.family, one.name.given, one.sex, one.documents[0].number) == (*name, "F", "ZZ1234567"), reason
    assert (before.name.family, len(before.documents), behind.name.family) == ("BENALI", 1, "OKONJO")
    found = [problem.position for problem in message.problems if problem.code == "SERVICE_CHARACTERS"]
    assert found == [text.index(sent) + sent.index("'")]


NO_APOSTROPHES = [
    ("BENALI:SALMA'KOSHER MEAL'", "words behind a whole name"),
    ("BENALI:SALMA'QQQ+1'", "an unknown segment"),
    ("A'S C'", "a letter"),
    ("A'\r\nBCD:EFG'", "a line of its own"),
    ("LI'QQQ'", "what may be a tag"),
    ("LI:AN'NATT+2++M'", "a damaged tag"),
]


@pytest.mark.parametrize(("sent", "reason"), NO_APOSTROPHES, ids=[reason for *_, reason in NO_APOSTROPHES])
def test_what_is_no_part_of_a_name_is_not_joined(sent: str, reason: str) -> None:
    (message,) = messages.read(body(f"{FLIGHT}NAD+FL+++{sent}NAD+FL+++OKONJO'").encode(), AS_OF)
    assert "'" not in (message.travellers[0].name.family or "") + (message.travellers[0].name.given or "")
    assert set(loud(message)) & {"NOT_A_SEGMENT", "UNKNOWN_SEGMENT"}


def test_a_second_message_without_header_has_its_own_function() -> None:
    text = body(f"{FLIGHT}{PERSON}CNT+42:1'BGM+745+XR'{FLIGHT}NAD+FL+++BENNANI:SARA'CNT+42:1'")
    for fast in (True, False):
        first, second = messages.iter_messages(text.encode(), AS_OF, fast=fast)
        assert (first.function, [one.name.family for one in first.travellers]) == ("745", ["BENALI"])
        assert (second.function, [one.name.family for one in second.travellers]) == ("745+XR", ["BENNANI"])
        assert [loud(first), loud(second)] == [["TRUNCATED"], ["HEADER_MISSING"]]
        (missing,) = [problem for problem in second.problems if problem.code == "HEADER_MISSING"]
        assert missing.position == text.index("BGM+745+XR")


def test_a_second_head_before_any_traveller_begins_no_message() -> None:
    (message,) = messages.read(body(f"{FLIGHT}BGM+745'{PERSON}").encode(), AS_OF)
    assert [one.name.family for one in message.travellers] == ["BENALI"]


@pytest.mark.parametrize(("segments", "codes", "reason"), [
    ("NAD+FL+++BENALI:SARA ATT+2++F'", ["TERMINATOR_MISSING"], "a blank instead of a terminator"),
    ("NAD+FL+++NGUYEN:VAN LOC+1 RUE'ATT+2++F'", [], "a name that is a tag, and an address"),
    ("NAD+FL+++SMITH+JOHN'ATT+2++F'", ["FIELD_UNPLACED"], "a given name in the place of the address"),
    ("NAD+FL+++SMITH+1 RUE X'ATT+2++F'", [], "an address"),
])  # fmt: skip
def test_what_a_name_runs_into(segments: str, codes: list[str], reason: str) -> None:
    for fast in (True, False):
        (message,) = messages.iter_messages(body(FLIGHT + segments).encode(), AS_OF, fast=fast)
        assert [code for code in loud(message) if code != "COUNT_MISMATCH"] == codes, reason
        assert message.travellers[0].sex == "F", reason


TWO_LEGS = "LOC+92+CMN'DTM+189:2611230540:201'LOC+92+MRS'DTM+232:2611230910:201'"
BORDER = "LOC+125+MRS'DTM+189:2611231000:201'LOC+87+VIE'DTM+232:2611231150:201'"

CASES = [
    # 1. service string advice
    Case("1 UNA absent", BARE, BOTH),
    Case("1 blanks behind UNA", TEXT.replace("UNB", "  UNB", 1), BOTH),
    Case("1 line ends behind UNA", TEXT.replace("UNB", "\r\n\r\nUNB", 1), BOTH),
    Case("1 UNA of five characters", TEXT.replace("UNA:+.? '", "UNA:+\\*'"), BOTH),
    Case("1 UNA with backslash for release", TEXT.replace("UNA:+.? '", "UNA:+.\\ '"), BOTH),
    Case("1 UNA with a typographic quote", TEXT.replace("UNA:+.? '", "UNA:+.? ’"), BOTH),
    # 2. characters that regular expressions know
    Case("2 separators :-.? *", marks(TEXT, ":", "-", "?", "*").replace("UNA:-.? *", "UNA:-.? *"), BOTH),
    Case("2 separators :*.? $", marks(TEXT, ":", "*", "?", "$"), BOTH),
    Case("2 fifth character * for repetition", TEXT.replace("UNA:+.? '", "UNA:+.?*'"), BOTH),
    Case("2 terminator # of Type B", marks(TEXT, ":", "*", "?", "#"), BOTH),
    # 3. envelope
    Case("3 functional group", TEXT.replace("UNH+", "UNG+PAXLST+ZV+GOV+261122:1910+1+UN+D:05B'UNH+", 1)
         .replace("UNZ", "UNE+1+1'UNZ"), BOTH),
    Case("3 blank behind a tag", TEXT.replace("UNH+", "UNG +PAXLST+ZV+GOV'UNH+", 1), BOTH),
    Case("3 blank before every segment", TEXT.replace("'", "' "), BOTH),
    Case("3 STX and ETX around", f"\x02{TEXT}\x03", BOTH),
    Case("3 text behind UNZ", f"{TEXT}13Nov09", BOTH),
    Case("3 prose behind UNZ", f"{TEXT}\r\nThis mail was checked and holds no virus.\r\n", BOTH),
    Case("3 last segment without terminator", TEXT[:-1], BOTH, ["TERMINATOR_MISSING"]),
    Case("3 application reference behind", TEXT.replace("+77'UNH", "+77++APIS+A++0'UNH"), BOTH, [],
         lambda found: found[0].envelope is not None and found[0].envelope.application == "APIS"),
    Case("3 recipient empty", TEXT.replace("+GOV+", "++"), BOTH, [],
         lambda found: found[0].envelope is not None and found[0].envelope.recipient is None),
    # 4. lines
    Case("4 several segments on a line", TEXT.replace("'NAT", "'\r\nNAT"), BOTH),
    Case("4 folded within words and numbers", "\r\n".join(TEXT[at : at + 64] for at in range(0, len(TEXT), 64)), BOTH,
         [], lambda found: first(found).documents[0].number == "ZZ1234567"),
    Case("4 blank lines within", TEXT.replace("'DTM+329", "'\r\n\r\n\r\nDTM+329"), BOTH),
    Case("4 CR, CRLF and LF mixed", TEXT.replace("'DTM", "'\rDTM").replace("'NAT", "'\r\nNAT").replace("'DOC", "'\nDOC")
         , BOTH),
    Case("4 Latin-1 bytes", TEXT.replace("BENALI", "BÉNALI").encode("latin-1"), ["BÉNALI", "OKONJO"]),
    # 5. counts and references
    Case("5 UNT counts 99", TEXT.replace("UNT+13", "UNT+99"), BOTH, ["COUNT_MISMATCH"]),
    Case("5 UNT with zeros before", TEXT.replace("UNT+13", "UNT+0000013"), BOTH),
    Case("5 UNB and UNZ differ", TEXT.replace("UNZ+1+77", "UNZ+1+0.2198557"), BOTH, ["REFERENCE_MISMATCH"]),
    Case("5 UNH and UNT differ", TEXT.replace("UNT+13+PAX1", "UNT+13+PAX9"), BOTH, ["REFERENCE_MISMATCH"]),
    Case("5 several UNH", TEXT.replace("NAD+FL+++OKONJO'UNT+13+PAX1'",
         "UNT+12+PAX1'UNH+2+PAXLST:D:05B'BGM+745'NAD+FL+++OKONJO'UNT+4+2'").replace("UNZ+1", "UNZ+2"), BOTH, [],
         lambda found: len(found) == 2),
    # 6. versions
    Case("6 D.02B", body(BODY, unh="1+PAXLST:D:02B:UN:IATA"), BOTH, [], lambda f: f[0].version == "D.02B"),
    Case("6 D.21A", body(BODY, unh="1+PAXLST:D:21A:UN:IATA"), BOTH, [], lambda f: f[0].version == "D.21A"),
    Case("6 newer content under an older version", body(f"{PERSON}DOC+P+1'GEI+4+173'MEA+WT++KGM:20'",
         unh="1+PAXLST:D:02B:UN:IATA"), ["BENALI"], [], lambda f: first(f).bag_weight == "20KGM"),
    Case("6 US-EDIFACT", "UNB+UNOA:1+ZV+USCS+261122:1910+7'UNH+7+PAXLST:001:000'TDT++ZV412+40+ZV'"
         "LOC+005+MACMN:50'LOC+008+ATVIE:50'UNS+D'PDT+P/1:310101:MA+BENALI:SALMA::840310:F+PAX'UNT+7+7'UNZ+1+7'",
         ["BENALI"]),
    # 16. journeys
    Case("16 LOC+92 pairs in one TDT", body(f"TDT+20+ZV412+++ZV'{TWO_LEGS}{BORDER}{PERSON}"), ["BENALI"], [],
         lambda f: legs(f) == [("CMN", "MRS"), ("MRS", "VIE")]),
    Case("16 LOC+92 pairs with a TDT each", body(f"TDT+20+ZV412+++ZV'{TWO_LEGS}TDT+20+ZV412+++ZV'{BORDER}{PERSON}"),
         ["BENALI"], [], lambda f: legs(f) == [("CMN", "MRS"), ("MRS", "VIE")]),
    Case("16 LOC+130 beside", body(f"TDT+20+ZV412+++ZV'{BORDER}LOC+130+VIE'{PERSON}"), ["BENALI"], [],
         lambda f: legs(f) == [("MRS", "VIE")]),
    Case("16 carrier differs between elements", body(f"TDT+20+ZX877+++XZ'{BORDER}{PERSON}"), ["BENALI"], [],
         lambda f: f[0].journeys[0].legs[0].carrier == "XZ" and f[0].journeys[0].legs[0].number_raw == "ZX877"),
    Case("16 TDT without carrier", body(f"TDT+20+ZV412'{BORDER}{PERSON}"), ["BENALI"], [],
         lambda f: (f[0].journeys[0].legs[0].carrier, f[0].journeys[0].legs[0].number) == ("ZV", "412")),
    Case("16 number unpadded, with suffix", body(f"TDT+20+ZV7A+++ZV'{BORDER}{PERSON}"), ["BENALI"], [],
         lambda f: f[0].journeys[0].legs[0].number == "7A"),
    # 17. persons
    Case("17 one name", body("NAD+FL+++SUKARNO'"), ["SUKARNO"]),
    Case("17 one name behind an empty one", body("NAD+FL+++:SUKARNO'"), ["SUKARNO"]),
    Case("17 name one element early", body("NAD+FL++BENALI:SALMA'"), ["BENALI"]),
    Case("17 mixed case", body("NAD+FL+++Benali:Salma'"), ["Benali"]),
    Case("17 address elements", body("NAD+FL+++BENALI:SALMA+1 RUE X+FES+FES+30000+MAR'"), ["BENALI"], [],
         lambda f: first(f).addresses[0].country == "MAR"),
    Case("17 place of birth as text", body(f"{PERSON}LOC+180+:::HARTFORD USA'"), ["BENALI"], [],
         lambda f: first(f).birth_place == "HARTFORD USA" and first(f).nationality is None),
    Case("17 NAT before LOC", body(f"{PERSON}NAT+2+MAR'LOC+178+CMN'"), ["BENALI"], [],
         lambda f: (first(f).nationality, first(f).embarks) == ("MAR", "CMN")),
    Case("17 LOC before NAT", body(f"{PERSON}LOC+178+CMN'NAT+2+MAR'"), ["BENALI"], [],
         lambda f: (first(f).nationality, first(f).embarks) == ("MAR", "CMN")),
    Case("17 neither", body(PERSON), ["BENALI"]),
    # 18. documents and the rest of a person
    Case("18 DOC forms", body(f"{PERSON}DOC+P+1'DOC+P:110:111+2'DOC+P:43817+3'"), ["BENALI"], [],
         lambda f: [d.number for d in first(f).documents] == ["1", "2", "3"]),
    Case("18 document without type", body(f"{PERSON}DOC++1'"), ["BENALI"], [],
         lambda f: first(f).documents[0].type is None),
    Case("18 empty document", body(f"{PERSON}DOC++'LOC+91+'"), ["BENALI"], [], lambda f: first(f).documents == ()),
    Case("18 expiry whose century is open", body(f"{FLIGHT}{PERSON}DOC+P+1'DTM+36:610218'"), ["BENALI"], [],
         lambda f: first(f).documents[0].expires == "2061-02-18"),
    Case("18 references in any order", body(f"{PERSON}RFF+SEA:1A'RFF+AEA:7'RFF+CR:8'RFF+ABO:9'RFF+AVF:Q7'"),
         ["BENALI"], [],
         lambda f: (first(f).record_locator, first(f).reference, first(f).seats) == ("Q7", "9", ("1A",))),
    Case("18 MEA and FTX+BAG", body(f"{PERSON}MEA+CT++:2'FTX+BAG+++ZV1:2'"), ["BENALI"], [],
         lambda f: (first(f).bags, first(f).bag_tags[0].count) == (2, 2)),
    Case("18 ATT of something else", body(f"{PERSON}ATT+99++Q'ATT+2++F'"), ["BENALI"], ["UNKNOWN_QUALIFIER"],
         lambda f: first(f).sex == "F"),
    Case("18 eight digits", body(f"{PERSON}DTM+329:19840310:102'"), ["BENALI"], [],
         lambda f: first(f).birth_date == "1984-03-10"),
    Case("18 day and month unknown", body(f"{PERSON}DTM+329:840000'"), ["BENALI"], [],
         lambda f: first(f).birth_date == "1984"),
    # 19. crew and updates
    Case("19 crew list", body("NAD+FM+++BENALI:SALMA'CNT+41:1'", "250+C"), ["BENALI"], [],
         lambda f: first(f).capacity == "crew" and f[0].function == "250+C"),
    Case("19 master crew list", body("TDT+20+ZVMCL'NAD+FM+++BENALI:SALMA'", "336+G"), ["BENALI"]),
    *[Case(f"19 function {code}", body(PERSON, code), ["BENALI"], [], _has_function(code))
      for code in ("745+CP", "745+XR", "745+RP", "266+CL", "266+CLNB", "266+CLOB", "266+XF", "266+CF", "250+CC")],
    Case("19 close-out with ZZZ and nobody", body(f"{FLIGHT}NAD+ZZZ'", "266+CLOB"), []),
    Case("19 close-out with ZZZ and somebody", body("NAD+ZZZ+++BENALI:SALMA'", "266+CLNB"), ["BENALI"],
         ["UNKNOWN_QUALIFIER"]),
    # faults seen in the other system
    Case("fault ?? before a terminator", body("NAD+FL+++WHAT??'NAD+FL+++OKONJO'"), ["WHAT?", "OKONJO"]),
    Case("fault text that stands for a sentinel", body("NAD+FL+++~XYZ~:A'"), ["~XYZ~"]),
    Case("fault names of other messages in the text", body("NAD+FL+++PNRGOV:PDT?+P UNS'"), ["PNRGOV"]),
    Case("fault unknown segment in a person", body(f"{PERSON}QQQ+1'NAD+FL+++OKONJO'"), BOTH, ["UNKNOWN_SEGMENT"]),
    Case("fault damaged tag of a person", body(f"{PERSON}DOC+P+A1'NAE+FL+++OKONJO'DTM+329:800505'DOC+P+B9'"), BOTH,
         ["DAMAGED_TAG"], lambda f: [d.number for t in f[0].travellers for d in t.documents] == ["A1", "B9"]),
    Case("fault tag of a person with letters turned", body(f"{PERSON}DOC+P+A1'NDA+XX+++OKONJO'DOC+P+B9'"),
         ["BENALI", None], ["UNKNOWN_SEGMENT", "NAME_MISSING"],
         lambda f: [[d.number for d in t.documents] for t in f[0].travellers] == [["A1"], ["B9"]]),
    *(Case(f"fault terminator lost in the line behind {segment}",
           glued(f"{PERSON}{segment}'<NAD+FL+++OKONJO'DTM+329:800505'DOC+P+B9'"), BOTH,
           ["TERMINATOR_MISSING"], lambda f: not any("NAD" in (d.number or "") for d in first(f).documents)
           and [t.birth_date for t in f[0].travellers] == [None, "1980-05-05"]
           and f[0].travellers[1].documents[0].number == "B9")
      for segment in ("RFF+AVF:Q7TX2B", "DOC+P+ZZ1", "ATT+2++M", "FTX+AAI+++A TEXT", "DOC+P+", "NAT+2+MAR  ")),
    Case("fault terminators lost between three persons",
         glued("NAD+FL+++BENALI'<NAD+FM+++OKONJO'<NAD+DDU+++LINDQVIST'"), ["BENALI", "OKONJO", "LINDQVIST"],
         ["TERMINATOR_MISSING"], lambda f: [t.capacity for t in f[0].travellers] == ["passenger", "crew", "passenger"]),
    Case("fault terminator become a typographic quote in the line",
         glued("NAD+FL+++BENALI:SALMA'<NAD+FL+++OKONJO'", "\u2019"), BOTH, ["TERMINATOR_MISSING"],
         lambda f: first(f).name.given == "SALMA"),
    Case("fault name that ends like a tag", body("NAD+FL+++GRENAD:SENAD+12 RUE NAD'"), ["GRENAD"]),
    Case("fault CNT missing", body(PERSON), ["BENALI"]),
    Case("fault UNZ missing", TEXT[: TEXT.index("UNZ")], BOTH),
    Case("fault UNT and UNZ missing", TEXT[: TEXT.index("UNT")], BOTH, ["TRUNCATED"]),
    Case("fault CCYYMMDD", body(f"{PERSON}DTM+329:19700602:102'"), ["BENALI"], [],
         lambda f: first(f).birth_date == "1970-06-02"),
    Case("fault 700000", body(f"{PERSON}DTM+329:700000'"), ["BENALI"], [], lambda f: first(f).birth_date == "1970"),
    Case("fault nationality from birth place", body(f"{PERSON}LOC+180+USA'DOC+P+1'LOC+91+GBR'"), ["BENALI"], [],
         lambda f: first(f).nationality is None),
    Case("fault LOC+9", body(f"LOC+9+CMN'{PERSON}"), ["BENALI"], ["UNKNOWN_QUALIFIER"]),
    Case("fault RFF with an unlisted qualifier", body(f"{PERSON}RFF+ZQ:1'"), ["BENALI"], ["UNKNOWN_QUALIFIER"]),
    Case("fault ATT+99", body(f"{PERSON}ATT+99++M'"), ["BENALI"], ["UNKNOWN_QUALIFIER"]),
    Case("fault BGM unknown", body(PERSON, "999"), ["BENALI"], ["UNKNOWN_CODE"]),
    Case("fault 266+CLOB", body(f"NAD+ZZZ'{PERSON}", "266+CLOB"), ["BENALI"]),
    Case("fault lower-case text kept", body("NAD+FL+++van der Zwaan:Joost'"), ["van der Zwaan"]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_deviation_costs_nothing_more_than_itself(case: Case) -> None:
    data = case.text if isinstance(case.text, bytes) else case.text.encode()
    found = messages.read(data, AS_OF)
    assert [t.name.family for message in found for t in message.travellers] == list(case.families)
    assert [code for message in found for code in loud(message)] == list(case.loud)
    assert case.more(found)
    assert sum(message.account.received for message in found if message.account) == len(data)
    for message in found:
        validate(message)


def test_every_deviation_has_its_case() -> None:
    assert {case.name.split()[0] for case in CASES} == {*map(str, [1, 2, 3, 4, 5, 6, 16, 17, 18, 19]), "fault"}
