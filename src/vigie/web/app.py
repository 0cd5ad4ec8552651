"""The application: routes, languages, errors. Every page is a plain document that works without scripts."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from vigie import app
from vigie.errors import StoreError
from vigie.store import MatchRow, Store
from vigie.web import languages as spoken
from vigie.web import uploads
from vigie.web.bench import judge
from vigie.web.board import arrange, has_departed
from vigie.web.carriers import PERIODS, overview
from vigie.web.compare import verdicts
from vigie.web.inspect import inspect as explained
from vigie.web.match_api import MatchApi, lists
from vigie.web.match_call import Matcher
from vigie.web.persons import shown, ties
from vigie.web.rendering import Renderer
from vigie.web.security import HEADERS, SecurityHeaders
from vigie.web.waterfall import draw

STATIC: Final = Path(__file__).parent / "static"
LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
PAGE_SIZE: Final = 50
"""Matches on one page: what a person can read through without losing the place."""
MOST_ASSEMBLED: Final = 10
"""Journeys that one page of matches brings up to date; those of the others show what was assembled before."""
_LARGEST_ID: Final = 2**63 - 1
_YEAR: Final = 365 * 24 * 3600


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def build(
    store: Store,
    *,
    matcher: Matcher | None = None,
    languages: Sequence[str] = tuple(spoken.LOCALES),
    fonts: Path | None = None,
    hosts: Sequence[str] = LOOPBACK,
    now: Callable[[], dt.datetime] = utc_now,
) -> Starlette:
    """The workbench over `store`, which stays the caller's to close.

    matcher: lists that others may ask over HTTP; without it `/match` answers 503.
    languages: codes offered, the default first. fonts: the folder `@fontsource`; without it the system's fonts are
    used. hosts: names the server answers to, against DNS rebinding.
    """
    pages = _Pages(store, matcher, languages, fonts, now)
    return Starlette(
        routes=pages.routes(),
        middleware=[Middleware(SecurityHeaders), Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))],
        exception_handlers={
            HTTPException: pages.refused,
            StoreError: pages.store_failed,
            Exception: pages.failed,
        },
    )


class _Pages:
    """The handlers. Each gets what it shows from the store and leaves all words to the templates."""

    def __init__(
        self,
        store: Store,
        matcher: Matcher | None,
        languages: Sequence[str],
        fonts: Path | None,
        now: Callable[[], dt.datetime],
    ) -> None:
        self.store = store
        self.matcher = matcher
        self.now = now
        self.files = _static_files() | _font_files(fonts)
        self.renderer = Renderer(spoken.load(languages), _addresses(self.files))

    def routes(self) -> list[Route]:
        return [
            Route("/", self.journeys),
            Route("/journeys/{id:int}", self.journey),
            Route("/persons/{id:int}", self.person),
            Route("/matches", self.matches),
            Route("/matches/{id:int}", self.match),
            Route("/inspect", self.inspect, methods=["GET", "POST"]),
            Route("/carriers", self.carriers),
            Route("/bench", self.bench, methods=["GET", "POST"]),
            Route("/match/{list}", MatchApi(self.matcher)),
            Route("/catalog", self.catalog),
            Route("/healthz", self.alive),
            Route("/readyz", self.ready),
            Route("/static/{name}", self.file),
            Route("/fonts/{name}", self.file),
        ]

    # -- pages ------------------------------------------------------------------------------------------------

    def journeys(self, request: Request) -> Response:
        now = self.now()
        board = arrange(self.store.journeys(), now)
        return self.renderer.page(request, "journeys.html", board=board, counts=self.store.counts(), now=now)

    def journey(self, request: Request) -> Response:
        now, asked = self.now(), request.query_params
        found = app.assembled(self.store, _id(request), now)
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        page = _number(asked.get("page", "")) or 0
        chosen = shown(found, asked.get("show", ""), page, asked.get("history") == "all")
        return self.renderer.page(
            request,
            "journey.html",
            journey=found.journey,
            state=found.state,
            matches=self.store.matches(journey=found.journey.id, alerts_only=False),
            shown=chosen,
            persons=self.store.persons(chosen.ids),
            page=page,
            now=now,
        )

    def person(self, request: Request) -> Response:
        """A person may go on in another one when a message comes: then there is none with this id any more."""
        now, known = self.now(), self.store.person(_id(request))
        if known is not None:
            app.assembled(self.store, known.person.journey_id, now)
            known = self.store.person(known.person.id)
        if known is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        joined, apart = ties(known.journey, known.person.state) if known.person.state else ({}, ())
        links = {tied.id: tied.link for tied in apart}
        return self.renderer.page(
            request,
            "person.html",
            person=known.person,
            journey=known.journey.journey,
            messages=known.journey.messages,
            mentions=known.mentions,
            matches=known.matches,
            joined=joined,
            first=next((pair for pair in known.person.mentions if pair not in joined), None),
            apart=[(other, links[other.id]) for other in self.store.persons(list(links))],
            now=now,
        )

    def matches(self, request: Request) -> Response:
        now = self.now()
        everything = request.query_params.get("show") == "all"
        departing = request.query_params.get("order") == "departure"
        after = _number(request.query_params.get("after", ""))

        def ask() -> list[MatchRow]:
            if departing:
                return self.store.departing(now, alerts_only=not everything, limit=PAGE_SIZE + 1, after=after)
            return self.store.matches(alerts_only=not everything, limit=PAGE_SIZE + 1, after=after)

        rows = ask()
        if self._refreshed(rows, now):
            rows = ask()
        page = rows[:PAGE_SIZE]
        return self.renderer.page(
            request,
            "matches.html",
            # The store counts every uncertain departure by the widest window; here it is that of the place.
            matches=[row for row in page if not (departing and has_departed(row, now))],
            everything=everything,
            departing=departing,
            address=_matches_address,
            following=page[-1].id if len(rows) > PAGE_SIZE else None,
            first_page=after is None,
            now=now,
        )

    def _refreshed(self, rows: Sequence[MatchRow], now: dt.datetime) -> bool:
        """Whether journeys of these matches were assembled: those with a traveller who is no person yet."""
        waiting = dict.fromkeys(row.journey_id for row in rows if row.journey_id and row.person_id is None)
        for journey in list(waiting)[:MOST_ASSEMBLED]:
            app.assembled(self.store, journey, now)
        return bool(waiting)

    def match(self, request: Request) -> Response:
        found = self.store.match(_id(request))
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return self.renderer.page(
            request,
            "match.html",
            detail=found,
            verdicts=verdicts(found.traveller, found.entry, found.match.evidence),
            waterfall=draw(found.match.evidence, found.facts.threshold_millibits),
            now=self.now(),
        )

    async def inspect(self, request: Request) -> Response:
        """A form, and with what was sent by it the message explained. The message goes nowhere else."""
        return await self._sent(request, self._inspected)

    async def bench(self, request: Request) -> Response:
        """As `inspect`, with counts, pass mark and a specimen of the answer. The message goes nowhere else."""
        return await self._sent(request, self._tried)

    async def _sent(self, request: Request, shown: Callable[[Request, bytes | None, int], Response]) -> Response:
        if request.method != "POST":
            return shown(request, None, HTTPStatus.OK)
        try:
            data = await uploads.message(request)
        except HTTPException as refused:
            return shown(request, None, refused.status_code)
        return await run_in_threadpool(shown, request, data, HTTPStatus.OK if data else HTTPStatus.BAD_REQUEST)

    def _inspected(self, request: Request, data: bytes | None, status: int) -> Response:
        found = explained(data, self.now().date()) if data else None
        return self.renderer.page(request, "inspect.html", status, found=found)

    def _tried(self, request: Request, data: bytes | None, status: int) -> Response:
        now = self.now()
        found = explained(data, now.date()) if data else None
        judged = judge(found.messages, now) if found else []
        return self.renderer.page(request, "bench.html", status, found=found, bench=judged)

    def carriers(self, request: Request) -> Response:
        now, asked = self.now(), _number(request.query_params.get("days", ""))
        days = asked if asked in PERIODS else PERIODS[0]
        rows = overview(self.store, days, now)
        return self.renderer.page(request, "carriers.html", carriers=rows, days=days, periods=PERIODS, now=now)

    # -- machinery --------------------------------------------------------------------------------------------

    def alive(self, request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    def catalog(self, request: Request) -> Response:
        return lists(self.matcher)

    def ready(self, request: Request) -> Response:
        """Engine and lists are null where no lists were asked for: such pages show what was screened elsewhere."""
        index = self.matcher.index if self.matcher else None
        behind = {"engine": index and index.engine_version, "lists": index and index.list_version}
        try:
            self.store.events(1)
        except StoreError:
            why = "the database does not answer; see that it runs and that its disk is not full"
            found = {"status": "failed", "detail": why, "database": "failed", **behind}
            return JSONResponse(found, HTTPStatus.SERVICE_UNAVAILABLE)
        return JSONResponse({"status": "ok", "database": "ok", **behind})

    def file(self, request: Request) -> Response:
        path = self.files.get(request.url.path)
        if path is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return FileResponse(path, headers={"Cache-Control": f"public, max-age={_YEAR}, immutable"})

    # -- errors -----------------------------------------------------------------------------------------------

    def refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return self.renderer.page(request, "error.html", error.status_code, error.headers)

    def store_failed(self, request: Request, error: Exception) -> Response:
        return self.renderer.page(request, "error.html", HTTPStatus.SERVICE_UNAVAILABLE)

    def failed(self, request: Request, error: Exception) -> Response:
        """The last resort. Starlette calls it outside all middleware, so it brings the headers itself."""
        return self.renderer.page(request, "error.html", HTTPStatus.INTERNAL_SERVER_ERROR, HEADERS)


def _id(request: Request) -> int:
    """The id in the path; one that no database can hold is simply not found."""
    found: int = request.path_params["id"]
    if found > _LARGEST_ID:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


def _number(text: str) -> int | None:
    """An id in a query; None for anything that cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and int(text) <= _LARGEST_ID else None


def _matches_address(everything: bool, departing: bool, after: int | None = None) -> str:
    """Address of one page of matches, in one order."""
    asked = {"show": everything and "all", "order": departing and "departure", "after": after}
    query = urlencode({key: value for key, value in asked.items() if value})
    return "/matches?" + query if query else "/matches"


def _static_files() -> dict[str, Path]:
    return {f"/static/{path.name}": path for path in STATIC.iterdir() if path.suffix in (".css", ".svg")}


def _font_files(folder: Path | None) -> dict[str, Path]:
    """Only font files are served, whatever else the package folder holds."""
    found = folder.glob("ibm-plex-*/files/*.woff2") if folder else ()
    return {f"/fonts/{path.name}": path for path in found}


def _addresses(files: dict[str, Path]) -> dict[str, str]:
    """What templates link to: each of our own files by name, with its digest, so that it may be cached for ever."""
    own = {address: path for address, path in files.items() if address.startswith("/static/")}
    addresses = {
        path.name: f"{address}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}" for address, path in own.items()
    }
    if not any(address.startswith("/fonts/") for address in files):
        del addresses["fonts.css"]
    return addresses
