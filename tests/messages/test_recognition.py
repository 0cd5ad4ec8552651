"""Which kind of message in lines an input is, by its shape."""

import pytest

from vigie.messages.recognition import recognise

PNL = "PNL\nZV412/23NOV CMN PART1\n-VIE001Y\n1OKONJO\nENDPNL\n"
CASES = [
    (PNL, "PNL", "PNL"),
    (PNL.replace("PNL", "ADL"), "PNL", "ADL"),
    ("VIEGPXH\r\n.CMNRMZV 221200\r\n" + PNL.replace("\n", "\r\n"), "PNL", "with addresses"),
    (".CMNRMZV 221200\nPNL\nsomething else\n", "PNL", "flight damaged, sender before"),
    ("mail\n\n\x02" + PNL.replace("ZV412", "5Z0412A"), "PNL", "heading, carrier with a digit, suffix"),
    ("PNL\nis a word\n", None, "no flight and no sender"),
    ("CIRQ:000101/ZVZVA1/N//21/INT/8/S/ZV412/CMN/VIE/20261123/054000/20261123/095000/", "APP", "request"),
    ("\nCIRS:000107/ERR/3//5569/words/", "APP", "answer"),
    ("CIMR:000104/ZVZVA1/21/INM/3/ZV412/CMN/20261123/MRQ/3/AT/C/C/", "APP", "close-out"),
    ("CIRQ:000101/", None, "nothing behind it"),
    ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n", "MRZ", "MRZ"),
    ("family_name,given_names\nBENALI,SALMA\n", "MANIFEST", "the shortest heading"),
    ("Nom;Prénom;Sexe\nBENALI;SALMA;F\n", "MANIFEST", "French"),
    ("اللقب\tالاسم\tالجنس\n", "MANIFEST", "Arabic"),
    ("LISTE\n\nNavire: ESTRELLA\n\nNom et prénom;Nationalité\n", "MANIFEST", "lines above the heading"),
    ("mode,from,to,departs\nsea,MAPTM,ESALG,2026-11-23\n", None, "a timetable"),
    ("flight,date,origin,destination,status\nZV412,2026-11-23,CMN,VIE,\n", None, "airport's operations"),
    ("Dear colleague, the name of the passenger, sex and age are attached.", None, "a letter"),
    ("", None, "nothing"),
]


@pytest.mark.parametrize(("text", "expected"), [case[:2] for case in CASES], ids=[case[2] for case in CASES])
def test_recognition(text: str, expected: str | None) -> None:
    assert recognise(text.encode()) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_manifests(encoding: str) -> None:
    assert recognise("Nom;Prénom;Sexe\nBENALI;SALMA;F\n".encode(encoding)) == "MANIFEST"


def test_only_the_beginning_is_looked_at() -> None:
    assert recognise(b"words\n" * 20000 + PNL.encode()) is None
