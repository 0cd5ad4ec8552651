"""`POST /inbox`: every answer, on both databases."""

import gzip
from collections.abc import Iterator

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.ingest.conftest import Clock, bare, paxlst
from vigie.config import Limits
from vigie.errors import StoreError
from vigie.ingest.door import Door
from vigie.ingest.http import build
from vigie.ingest.problems import ProblemError
from vigie.ingest.quota import Quota, Rates
from vigie.store import Store

LARGEST = 20_000


class Office:
    """The door as a carrier meets it."""

    def __init__(self, store: Store, door: Door, clock: Clock, rates: Rates) -> None:
        door.limits = Limits(message_bytes=LARGEST, travellers=20, segments=2_000)
        self.store, self.door, self.clock = store, door, clock
        self.said: list[str] = []
        self.token = store.carriers.add("ZZ", clock())
        pages = build(
            door, store.carriers, lambda: {"database": "ok", "consumers": "ok"}, self.said.append, rates=rates
        )
        self.client = TestClient(pages, base_url="http://localhost", raise_server_exceptions=False)

    def post(self, data: bytes, token: str | None = None, **headers: str) -> Response:
        sent = {"Authorization": f"Bearer {token or self.token}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return self.client.post("/inbox", content=data, headers=sent)


@pytest.fixture
def office(store: Store, door: Door, clock: Clock) -> Iterator[Office]:
    office = Office(store, door, clock, Rates(burst=50))
    with office.client:
        yield office


def test_accepted(office: Office) -> None:
    answer = office.post(paxlst("HOLT", "BERG"))
    assert answer.status_code == 202
    (row,) = office.store.inbox.rows()
    assert answer.json() == {
        "arrival": row.id,
        "state": "waiting",
        "sha256": row.sha256,
        "messages": 1,
        "travellers": 2,
        "problems": {"CENTURY_DERIVED": 2},
    }
    assert (row.channel, row.carrier, row.source) == ("http", "ZZ", "ZZ")
    assert answer.headers["cache-control"] == "no-store"
    assert office.post(paxlst("HOLT", "BERG")).json()["state"] == "repeated"


def test_gzip(office: Office) -> None:
    assert office.post(gzip.compress(paxlst("HOLT")), Content_Encoding="gzip").status_code == 202
    assert [row.size for row in office.store.inbox.rows()] == [len(paxlst("HOLT"))]


BOMB = gzip.compress(b"A" * (LARGEST * 500))
FORM = (
    b'--------9a1b\r\nContent-Disposition: form-data; name="file"; filename="a.edi"\r\n\r\n'
    + paxlst("HOLT")
    + b"\r\n--------9a1b--\r\n"
)
"""What `curl --form` sends."""
REFUSED = [
    ("larger than any message", b"A" * (LARGEST + 1), {}, 413, "REQUEST_ENTITY_TOO_LARGE"),
    ("a gzip bomb", BOMB, {"Content_Encoding": "gzip"}, 413, "REQUEST_ENTITY_TOO_LARGE"),
    ("gzip that is none", paxlst("HOLT"), {"Content_Encoding": "gzip"}, 422, "UNPROCESSABLE_ENTITY"),
    ("gzip cut off", gzip.compress(paxlst("HOLT"))[:-9], {"Content_Encoding": "gzip"}, 422, "UNPROCESSABLE_ENTITY"),
    ("two gzip members", gzip.compress(b"A") * 2, {"Content_Encoding": "gzip"}, 422, "UNPROCESSABLE_ENTITY"),
    ("another encoding", paxlst("HOLT"), {"Content_Encoding": "br"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
    ("a form", paxlst("HOLT"), {"Content_Type": "multipart/form-data; boundary=x"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
    ("another form", b"a=b", {"Content_Type": "application/x-www-form-urlencoded"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
    ("a form that is called a message", FORM, {}, 415, "UNSUPPORTED_MEDIA_TYPE"),
    ("a form in gzip", gzip.compress(FORM), {"Content_Encoding": "gzip"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
    ("gzip that is not said to be", gzip.compress(paxlst("HOLT")), {}, 415, "UNSUPPORTED_MEDIA_TYPE"),
    ("gzip in gzip", gzip.compress(BOMB[:1000]), {"Content_Encoding": "gzip"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
    ("by sea", paxlst("HOLT", mode="1"), {}, 403, "NO_LEGAL_BASIS"),
    ("too many travellers", bare(*["HOLT"] * 30), {}, 413, "TOO_MANY_TRAVELLERS"),
    ("too many segments", b"UNB+UNOA:4+A+B'UNH+1+PAXLST:D:05B'" + b"FTX'" * 2_500, {}, 413, "TOO_MANY_SEGMENTS"),
]


@pytest.mark.parametrize(("case", "data", "headers", "status", "reason"), REFUSED, ids=[case for case, *_ in REFUSED])
def test_refused(case: str, data: bytes, headers: dict[str, str], status: int, reason: str, office: Office) -> None:
    answer = office.post(data, **headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told = answer.json()
    assert (told["status"], told["reason"], told["type"]) == (status, reason, "about:blank")
    assert told["detail"]
    assert "\n" not in told["detail"]
    assert office.store.inbox.rows() == []
    logged = reason in ("TOO_MANY_TRAVELLERS", "TOO_MANY_SEGMENTS", "MODE_UNKNOWN", "NO_LEGAL_BASIS")
    assert [f"was refused [{reason}]" in line for line in office.said] == [True] * logged, (
        "as the log of the inbox has it"
    )
    assert "HOLT" not in "".join(office.said)


LIST = b"entry_id,kind,name,birth_date,sex,nationality,document_number\nN1,primary,HOLT,,,,\n"
NOTHING = [
    ("garbage", b"a letter", "NO_MESSAGE", "nothing in it can be read; it is kept for 72 hours"),
    ("empty", b"", "EMPTY_INPUT", "the body is empty; send the bytes of the message"),
    ("entities", b"<!DOCTYPE a>", "NO_MESSAGE", "nothing in it can be read"),
    ("a watchlist", LIST, None, "this is a watchlist, no passenger message; it is kept for 72 hours"),
]


@pytest.mark.parametrize(("case", "data", "reason", "says"), NOTHING, ids=[case for case, *_ in NOTHING])
def test_what_gives_nothing_is_kept_for_a_person_and_said(
    case: str, data: bytes, reason: str | None, says: str, office: Office
) -> None:
    answer = office.post(data)
    (row,) = office.store.inbox.rows()
    assert (answer.status_code, row.state) == (422, "quarantined")
    told = answer.json()
    assert told["detail"].startswith(says)
    assert "HOLT" not in answer.text
    assert told["arrival"] == row.id
    if reason is not None:
        assert (told["reason"], told["problems"]) == (reason, {reason: 1})


def test_the_operator_is_told_what_the_folder_tells(office: Office) -> None:
    """Only the sender knew that his message had been quarantined or had come before."""
    for _ in range(2):
        office.post(paxlst("HOLT"))
    office.post(b"a letter")
    office.post(paxlst("HOLT", mode="1"))
    repeated, quarantined, refused = office.said
    assert repeated.startswith("arrival 2 (ZZ): repeated, the same bytes had come before")
    assert quarantined.startswith("arrival 3 (ZZ): quarantined [NO_MESSAGE], a person has to look")
    assert refused.startswith("ZZ: an input (")
    assert "was refused [NO_LEGAL_BASIS]" in refused
    assert "HOLT" not in "".join(office.said)


def test_a_table_that_lost_its_lines_is_told_why(office: Office) -> None:
    """curl --data takes the ends of lines away."""
    answer = office.post(b"Family name,Given name,Nationality,Date of birthHOLT,ANN,NOR,1970-06-01")
    assert (answer.status_code, answer.json()["reason"], answer.json()["problems"]) == (
        422,
        "NO_MESSAGE",
        {"NO_MESSAGE": 1},
    )
    assert "--data-binary" in answer.json()["detail"]
    (row,) = office.store.inbox.rows()
    assert [problem.code for problem in row.problems] == ["NO_MESSAGE"]


TOKENS = [
    ("none", {}),
    ("another", {b"Authorization": b"Bearer x"}),
    ("empty", {b"Authorization": b"Bearer "}),
    ("another scheme", {b"Authorization": b"Basic eDp4"}),
    ("no ASCII", {b"Authorization": b"Bearer \xff\xfe"}),
]


@pytest.mark.parametrize(("case", "headers"), TOKENS, ids=[case for case, _ in TOKENS])
def test_without_a_token(case: str, headers: dict[bytes, bytes], office: Office) -> None:
    answer = office.client.post("/inbox", content=paxlst("HOLT"), headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert ("is not known" in answer.json()["detail"]) is (case in ("another", "no ASCII")), "given, and none of ours"
    assert office.store.inbox.rows() == []


def test_a_token_that_was_ended_and_one_given_anew(office: Office) -> None:
    office.store.carriers.disable("ZZ", office.clock())
    assert office.post(paxlst("HOLT")).status_code == 403
    renewed = office.store.carriers.add("ZZ", office.clock())
    assert office.post(paxlst("HOLT")).status_code == 401
    assert office.post(paxlst("HOLT"), renewed).status_code == 202
    (carrier,) = office.store.carriers.rows()
    assert (carrier.name, carrier.disabled_at, carrier.arrivals) == ("ZZ", None, 1)


def test_too_often(store: Store, door: Door, clock: Clock) -> None:
    office = Office(store, door, clock, Rates(burst=3, per_second=0.001))
    with office.client:
        answers = [office.post(paxlst(f"P{n}")) for n in range(4)]
    assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
    assert answers[-1].headers["retry-after"] == "1"


def test_one_carrier_does_not_take_anothers_turn() -> None:
    seconds = [0.0]
    quota = Quota(Rates(per_second=1, burst=2, at_once=1, everybody_at_once=2), lambda: seconds[0])

    def status(carrier: int) -> int:
        try:
            with quota.turn(carrier):
                return 200
        except ProblemError as refused:
            return int(refused.status)

    with quota.turn(1):
        assert status(1) == 429
        with quota.turn(2):
            assert status(3) == 503
        assert status(3) == 200
    assert [status(1), status(1)] == [200, 429]
    seconds[0] += 1.0
    assert [status(1), status(1)] == [200, 429]


def test_health(office: Office) -> None:
    assert office.client.get("/healthz").json() == {"status": "ok"}
    assert office.client.get("/readyz").json()["database"] == "ok"


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/inbox", 405), ("POST", "/", 404), ("GET", "/docs", 404)]
)
def test_nothing_else_is_here(method: str, path: str, status: int, office: Office) -> None:
    assert office.client.request(method, path).status_code == status


def test_when_the_database_is_away_the_carrier_is_told_to_come_again(office: Office) -> None:
    def away(*_: object) -> None:
        raise StoreError("away")

    office.door.take = away  # type: ignore[method-assign, assignment]
    answer = office.post(paxlst("HOLT"))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")


def test_a_bug_tells_its_place_and_no_content(office: Office) -> None:
    def broken(*_: object) -> None:
        raise KeyError("HOLT")

    office.door.take = broken  # type: ignore[method-assign, assignment]
    answer = office.post(paxlst("HOLT"))
    assert answer.status_code == 500
    assert len(office.said) == 1
    assert "KeyError" in office.said[0]
    assert "HOLT" not in office.said[0] + answer.text
