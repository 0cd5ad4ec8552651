"""What letters bytes are that are no UTF-8. All names are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.messages.writing import Reader, accounted
from vigie.messages import app_lines, letters, manifest, pnl

ARABIC = ["بنعلي", "سلمى", "محمد", "الأمين", "يوسف"]
CYRILLIC = ["Иванова", "Анна", "ПЕТРОВ", "Олег"]
LISTS = [
    (ARABIC, "cp1256", "Windows-1256", True, "Arabic of Windows"),
    (ARABIC, "iso8859_6", "ISO 8859-6", True, "Arabic of ISO"),
    (["محمد", "سعد"], "cp1256", "Windows-1256 or ISO 8859-6", False, "words that both sets have"),
    (CYRILLIC, "cp1251", "Windows-1251", True, "Cyrillic"),
    (["Παπαδοπούλου", "Μαρία", "Ελένη"], "cp1253", "Windows-1253", True, "Greek"),
    (["כהן", "שלום"], "cp1255", "Windows-1255", True, "Hebrew"),
    (["MÜLLER", "JÖRG"], "cp1252", "Windows-1252 or Windows-1250 or Windows-1254", True, "Latin that all sets have"),
    (["Dvořák", "Šárka", "KOWALSKI", "Michał"], "cp1250", "Windows-1250", True, "ł is no letter in the others"),
    (["Dvořák", "Šárka"], "cp1250", "Windows-1252 or Windows-1250 or Windows-1254", False, "ř or ø: nobody knows"),
    (["NÖRÐ", "HÈRØ"], "cp1252", "Windows-1252 or Windows-1250 or Windows-1254", False, "È or Č, Ø or Ř: nobody knows"),
    (["ŞAHİN"], "cp1254", "Windows-1252 or Windows-1250 or Windows-1254", False, "Ş or Þ: nobody knows"),
    (["HÉLÈNE"], "mac_roman", "ASCII", False, "none of the sets"),
    (["MüLLER"], "cp1252", "Windows-1252 or Windows-1250 or Windows-1254", True, "in capitals but for one"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "codec", "name", "known"), [c[:4] for c in LISTS], ids=[c[4] for c in LISTS])
def test_character_sets(words: list[str], codec: str, name: str, known: bool) -> None:
    sent = "\n".join(["BENALI,SALMA", *words]).encode(codec)
    found = letters.of(sent)
    assert (found.name, found.loses(sent)) == (name, not known)
    read = found.text(sent).split("\n")
    assert read[0] == "BENALI,SALMA"
    for word, text in zip(words, read[1:], strict=True):
        assert text == word if known else all(c in (w, letters.LOST) for c, w in zip(text, word, strict=True))


def test_letters_that_differ_in_the_accent_alone_are_read_without_it() -> None:
    sent = "MUÑOZ,Inês,Assunção".encode("cp1252")
    assert (letters.of(sent).text(sent), letters.of(sent).loses(sent)) == ("MUNOZ,Ines,Assunçao", False)


def test_french_headings_tell() -> None:
    sent = "Nom;Prénom;Siège\nMUÑOZ;HÉLÈNE;1\n".encode("cp1252")
    assert (letters.of(sent).text(sent), letters.of(sent).loses(sent)) == (sent.decode("cp1252"), False)


@pytest.mark.parametrize(
    ("data", "names", "codes"),
    [
        ("surname,first name\nبنعلي,سلمى\nالأمين,يوسف\n".encode("cp1256"), ["بنعلي", "الأمين"], ["CHARACTER_SET"]),
        ("اللقب,الاسم\nبنعلي,سلمى\n".encode("cp1256"), ["بنعلي"], ["CHARACTER_SET"]),
        ("surname,first name\nMUÑOZ,ANA\n".encode("cp1252"), ["MUNOZ"], ["CHARACTER_SET"]),
        ("surname,first name\nHÈRØ,ANA\n".encode("cp1252"), ["H\ufffdR\ufffd"], ["CHARACTER_SET", "LETTERS_LOST"]),
        ("surname,first name\nBÉNALI,É".encode() + b"\xc9\nOKONJO,\n", ["BÉNALI", "OKONJO"],
         ["CHARACTER_SET", "LETTERS_LOST"]),
    ],
    ids=["Arabic names", "Arabic headings", "Ñ or Ń", "È or Č", "one damaged byte in UTF-8"],
)  # fmt: skip
def test_a_table_invents_no_names(data: bytes, names: list[str], codes: list[str]) -> None:
    (message,) = accounted(manifest.read, data)
    assert [t.name.family for t in message.travellers] == names
    assert [problem.code for problem in message.problems] == codes


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (pnl.read, "PNL\nZV412/23NOV CMN\n-VIE001Y\n1{}/ANA\nENDPNL\n"),
        (
            app_lines.read,
            "CIRQ:000101/ZVZVA1/N//21/PRQ/22/1/P/MAR/MAR/ZZ1234567//P/20310214////{}/ANA/19840310/F///N/N////",
        ),
    ],
    ids=["PNL", "APP"],
)
def test_lines_invent_no_names(reader: Reader, text: str) -> None:
    for family, read, told in (
        ("HÈRØ", "H\ufffdR\ufffd", True),
        ("MUÑOZ", "MUNOZ", False),
        ("MÜLLER", "MÜLLER", False),
        ("يوسف", None, False),
    ):
        sent = text.format(family).encode("cp1252" if family < "\u0180" else "cp1256")
        (message,) = accounted(reader, sent)
        assert message.travellers[0].name.family == (read or family)
        assert ("LETTERS_LOST" in [problem.code for problem in message.problems]) == told


@given(st.binary(max_size=200))
def test_every_byte_is_one_character(data: bytes) -> None:
    found = letters.of(data)
    assert len(found.text(data)) == len(data)
    assert found.text(data).encode("ascii", "replace").decode().isascii()
