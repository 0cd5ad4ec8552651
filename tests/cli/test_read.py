"""`vigie read`: the shape of its JSON, and its exit codes."""

import hashlib
import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from tests.cli.conftest import HEADER, Vigie, paxlst
from tests.conftest import ROOT
from vigie.demo import SAMPLE

VALIDATOR = jsonschema.Draft202012Validator(
    json.loads((ROOT / "docs" / "reference" / "read.schema.json").read_text(encoding="utf-8"))
)
AS_OF = ("--as-of", "2026-12-03")
WHOLE = paxlst(("HOLT", "ANDERS"), ("BERG", "NINA"))
INPUTS = [
    ("whole", WHOLE, 0),
    ("a warning: the count is wrong", WHOLE.replace(b"CNT+42:2", b"CNT+42:7"), 0),
    ("a code nobody knows is kept as unknown", WHOLE.replace(b"ATT+2++M", b"ATT+2++Q", 1), 0),
    ("an error: a birth date that is none", WHOLE.replace(b"DTM+329:700601", b"DTM+329:99999999", 1), 1),
    ("an error: cut off after the first passenger", WHOLE[: WHOLE.index(b"NAD+FL+++BERG")], 1),
    ("nothing: no bytes", b"", 2),
    ("nothing: a picture", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", 2),
    ("nothing: a letter", b"Dear colleagues,\nplease find attached the list.\n", 2),
    ("nothing: an envelope without message", b"UNB+UNOA:4+ZZAIR+STATE+261123:0400+1'UNZ+0+1'", 2),
    ("nothing: zeros", bytes(1 << 20), 2),
]


def test_the_sample_is_valid_by_the_published_schema(vigie: Vigie) -> None:
    files = sorted(SAMPLE.glob("*.edi"))
    ran = vigie("read", *files, "--json", *AS_OF)
    assert ran.code == 0
    assert {message["source"] for message in ran.objects} == {str(file) for file in files}
    assert sum(len(message["travellers"]) for message in ran.objects) == 460 + 9 + 6 + 2
    for message in ran.objects:
        VALIDATOR.validate(message)


@pytest.mark.parametrize(("reason", "data", "code"), INPUTS, ids=[reason for reason, *_ in INPUTS])
def test_exit_code_and_schema(vigie: Vigie, tmp_path: Path, reason: str, data: bytes, code: int) -> None:
    file = tmp_path / "input.edi"
    file.write_bytes(data)
    ran = vigie("read", file, "--json", *AS_OF)
    (message,) = ran.objects
    VALIDATOR.validate(message)
    assert ran.code == code
    assert message["sha256"] == hashlib.sha256(data).hexdigest()
    assert (code == 0) == (not [problem for problem in message["problems"] if problem["severity"] == "error"])


def test_several_files_give_the_worst_code_and_every_answer(vigie: Vigie, tmp_path: Path) -> None:
    for name, (_, data, _) in zip(("good", "bad", "empty"), (INPUTS[0], INPUTS[3], INPUTS[5]), strict=True):
        (tmp_path / name).write_bytes(data)
    order = [
        (("good", "bad"), 1),
        (("bad", "good"), 1),
        (("empty", "good"), 2),
        (("good", "absent", "bad"), 2),
        (("good", "good"), 0),
    ]
    for names, code in order:
        ran = vigie("read", *(tmp_path / name for name in names), "--json")
        assert ran.code == code, names
        assert [Path(message["source"]).name for message in ran.objects] == [n for n in names if n != "absent"]


def test_one_message_that_gives_nothing_does_not_make_the_input_nothing(vigie: Vigie, tmp_path: Path) -> None:
    file = tmp_path / "two.edi"
    file.write_bytes(WHOLE.replace(b"UNZ+1+1'", b"UNH+2+APERAK:D:96A:UN'BGM+294'UNT+3+2'UNZ+2+1'"))
    ran = vigie("read", file, "--json", *AS_OF)
    assert [len(message["travellers"]) for message in ran.objects] == [2, 0]
    assert ran.code == 1


def test_words_go_to_standard_error(vigie: Vigie) -> None:
    ran = vigie("read", SAMPLE / "coach.edi", *AS_OF)
    assert (ran.code, ran.out) == (0, b"")
    assert "PAXLST D.05B 745, 40 passengers, 0 crew; ZC31 BFOUA-NENIM 2026-12-03T06:00" in ran.err
    assert "[CENTURY_DERIVED in DTM at byte" in ran.err


def test_one_passenger_is_no_passengers(vigie: Vigie, tmp_path: Path) -> None:
    (tmp_path / "one.edi").write_bytes(paxlst(("HOLT", "ANDERS")))
    assert ", 1 passenger, 0 crew;" in vigie("read", tmp_path / "one.edi", *AS_OF).err


GIVEN = [
    ("a list of the UN", (SAMPLE / "list.xml").read_bytes(), True),
    ("a list as plain CSV", f"{HEADER}\nN1,primary,Anders Holt,1970,M,NOR,\n".encode(), True),
    (
        "a list as OFAC's main file",
        b'36,"HOLT, Anders","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n',
        True,
    ),
    ("a table of passengers", b"family name,given name,birth date\nHOLT,ANDERS,1970-06-01\n", False),
    ("a letter", INPUTS[7][1], False),
    ("a message", WHOLE, False),
]


@pytest.mark.parametrize(("carrier", "summary"), [("Estrella Lines", "Estrella Lines 2045"), ("ZV", "ZV2045")])
def test_the_name_of_a_carrier_stands_apart_from_the_number(
    vigie: Vigie, tmp_path: Path, carrier: str, summary: str
) -> None:
    (tmp_path / "list.csv").write_text(f"carrier,voyage,from,to,surname,sex\n{carrier},2045,MAPTM,ESALG,BENALI,F\n")
    assert f"; {summary} MAPTM-ESALG" in vigie("read", tmp_path / "list.csv", *AS_OF).err


@pytest.mark.parametrize(("reason", "data", "hinted"), GIVEN, ids=[reason for reason, *_ in GIVEN])
def test_a_list_given_as_message_is_told(vigie: Vigie, tmp_path: Path, reason: str, data: bytes, hinted: bool) -> None:
    (tmp_path / "input").write_bytes(data)
    ran = vigie("read", tmp_path / "input", *AS_OF)
    assert ("this is a watchlist, no message: 'vigie lists check" in ran.err) == hinted


def test_the_day_decides_the_century(vigie: Vigie, tmp_path: Path) -> None:
    file = tmp_path / "child.edi"
    file.write_bytes(paxlst(("HOLT", "PETRA"), birth="260101"))
    born = [
        vigie("read", file, "--json", "--as-of", day).objects[0]["travellers"][0]["birth_date"]
        for day in ("2025-12-31", "2026-11-23")
    ]
    assert born == ["1926-01-01", "2026-01-01"]


@pytest.mark.parametrize(("day", "code"), [("0001-01-01", 1), ("9999-12-31", 0)], ids=["no year 0", "the last year"])
def test_no_day_breaks_the_reader(vigie: Vigie, day: str, code: int) -> None:
    assert vigie("read", SAMPLE / "coach.edi", "--json", "--as-of", day).code == code


def test_a_type_that_is_its_function_is_said_once(vigie: Vigie, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("PNL\nZZ12/23NOV OSL PART1\n-CMN001Y\n1HOLT/ANNMRS\nENDPNL\n")
    assert ": PNL, 1 passenger" in vigie("read", tmp_path / "list.txt", "--no-view").err
