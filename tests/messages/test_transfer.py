"""Inputs whose bytes are taken back to text before they are read: quoted-printable with damage, and UTF-16."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.journeys import reservations
from tests.messages.writing import AS_OF, FLIGHT, problem, read_one, whole
from vigie import messages
from vigie.messages import transfer
from vigie.messages.inspection import annotate
from vigie.messages.redaction import redact

LIST = whole(f"{FLIGHT}NAD+FL+++BENALI:SALMA'FTX+AAA+++SECRET WORDS'NAD+FL+++OKONJO:'QQQ+SECRET'")
FOOTER = "\r\n\r\nThis mail: http://mail.example/?a=b&c=d\r\n"


def escaped(text: str) -> str:
    return text.replace("=", "=3D").replace("+", "=2B").replace("'", "=27")


QUOTED = [
    (escaped(LIST).replace("=2B", "=2b"), ["BENALI", "OKONJO"], "digits in small letters"),
    (escaped(LIST) + FOOTER, ["BENALI", "OKONJO"], "a footer with signs that are no escapes"),
    (escaped(LIST) + "\r\n" + escaped(LIST) + FOOTER, ["BENALI", "OKONJO"] * 2, "two, and a footer"),
    (escaped(LIST)[:-2], ["BENALI", "OKONJO"], "cut within the last escape"),
    (escaped(LIST)[:-1], ["BENALI", "OKONJO"], "cut before the last digit"),
    (escaped(LIST).replace("OKONJO:", "OKONJO:A=XB"), ["BENALI", "OKONJO"], "a sign that is no escape"),
]


@pytest.mark.parametrize(("text", "families", "reason"), QUOTED, ids=[reason for *_, reason in QUOTED])
def test_damage_to_quoted_printable_costs_no_traveller(text: str, families: list[str], reason: str) -> None:
    data = text.encode()
    found = messages.read(data, AS_OF)
    assert [one.name.family for message in found for one in message.travellers] == families, reason
    assert sum(message.account.received for message in found if message.account) == len(data)
    assert ("A=XB" in text) == ("VALUE_INVALID" in [one.code for one in found[0].problems])
    stored = redact(data, [removal for message in found for removal in message.removals])
    assert b"SECRET" not in stored
    assert [message.travellers for message in messages.read(stored, AS_OF)] == [m.travellers for m in found]


ENCODINGS = [
    ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff"), ("utf-16-le", ""), ("utf-16-be", ""),
]  # fmt: skip
NAMES = [
    ("ŁUKASZ", "low byte of a capital letter"),
    ("علي", "Arabic"),
    ("ااا", "Alef: its low byte is a terminator"),
    ("ABīC", "its low byte is an element separator"),
    ("A𝒜B", "four bytes"),
    ("ØÆÉ", "Latin-1"),
]


@pytest.mark.parametrize(("encoding", "mark"), ENCODINGS)
@pytest.mark.parametrize(("name", "reason"), NAMES, ids=[reason for _, reason in NAMES])
def test_utf_16_is_read_as_what_it_says(name: str, reason: str, encoding: str, mark: str) -> None:
    lists = LIST.replace("BENALI", name)
    booking = reservations.whole(f"SRC'{reservations.RCI}TIF+{name}+OMAR:A:1'FTI+ZV:1'")
    for text in (lists, booking):
        data = (mark + text).encode(encoding)
        message, plain = read_one(data), read_one(text)
        assert message.travellers == plain.travellers, reason
        assert message.bookings == plain.bookings
        assert message.account is not None
        assert message.account.received == len(data)
        assert problem(message, "CHARACTER_SET").position == 0
        for one in message.problems[1:]:
            assert one.position is None or (one.position - 2 * len(mark)) % 2 == 0
        stored = redact(data, message.removals)
        assert "SECRET" not in stored.decode(encoding)
        assert read_one(stored).travellers == message.travellers
        assert b"".join(line.raw for line in annotate(data, AS_OF) if line.raw) == stored


def test_a_position_is_that_of_the_bytes() -> None:
    text = "\ufeff" + LIST.replace("BENALI", "ŁUKASZ")
    found = problem(read_one(text.encode("utf-16-be")), "UNKNOWN_SEGMENT").position
    assert found == 2 * text.index("QQQ")


def test_half_a_character_at_the_end_is_accounted_for() -> None:
    data = ("\ufeff" + LIST).encode("utf-16-le") + b"X"
    message = read_one(data)
    assert message.account is not None
    assert message.account.received == len(data)
    assert len(message.travellers) == 2


@given(st.text(max_size=3000), st.sampled_from(["utf-16-le", "utf-16-be"]))
@example("\ud800A" * 2000, "utf-16-le")
@example("ا𝒜x" * 1000, "utf-16-be")
def test_every_character_of_utf_16_keeps_its_place(text: str, encoding: str) -> None:
    """The twin: every character in turn."""
    data = ("\ufeff" + text).encode(encoding, "surrogatepass")
    found = transfer._Wide(data, encoding)
    offset, position = 0, 2
    for character in text:
        assert found.position(offset) == position
        assert found.offset(position) == offset
        position += len(character.encode(encoding, "surrogatepass"))
        offset += len(character.encode("utf-8", "replace")) if not "\ud800" <= character <= "\udfff" else 3
    assert found.position(offset) == position == len(data)
    assert found.offset(position) == offset == len(found.data)
