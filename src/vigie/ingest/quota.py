"""How much one carrier may ask for, so that none takes the others' turn. Counted in this process only."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import NamedTuple

from vigie.ingest.problems import ProblemError


class _Purse:
    """Tokens of one carrier: each request takes one, and time gives them back."""

    def __init__(self, tokens: float, at: float) -> None:
        self.tokens, self.at, self.open = tokens, at, 0


class Rates(NamedTuple):
    """What one carrier may do."""

    per_second: float = 10.0
    burst: int = 100
    at_once: int = 4
    everybody_at_once: int = 16
    """Bodies in memory, of all carriers together."""


class Quota:
    """Counts requests by carrier. For one event loop."""

    def __init__(self, rates: Rates, clock: Callable[[], float] = time.monotonic) -> None:
        self._rates, self._clock = rates, clock
        self._purses: dict[int, _Purse] = {}
        self._open = 0

    @contextmanager
    def turn(self, carrier: int) -> Iterator[None]:
        """One request of a carrier. Raises ProblemError, 429 or 503, when it has to wait."""
        purse = self._purse(carrier)
        if purse.open >= self._rates.at_once or purse.tokens < 1:
            says = "too many requests of this carrier; send them more slowly"
            raise ProblemError(HTTPStatus.TOO_MANY_REQUESTS, says, retry_after=1)
        if self._open >= self._rates.everybody_at_once:
            raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "too many requests at once; try again", retry_after=2)
        purse.tokens -= 1
        purse.open += 1
        self._open += 1
        try:
            yield
        finally:
            purse.open -= 1
            self._open -= 1

    def _purse(self, carrier: int) -> _Purse:
        now, rates = self._clock(), self._rates
        purse = self._purses.setdefault(carrier, _Purse(rates.burst, now))
        purse.tokens = min(rates.burst, purse.tokens + (now - purse.at) * rates.per_second)
        purse.at = now
        return purse
