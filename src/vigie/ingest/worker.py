"""Consumers: each takes the oldest arrival that may be worked on, and has it processed."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Final, Self

from vigie.errors import StoreError
from vigie.ingest.fault import fault
from vigie.store.claims import LEASE, Claim, ClaimLostError, Claims, Work

IDLE_SECONDS: Final = 0.5
"""Between looks into an inbox where nothing waits."""
_AFTER_ERROR: Final = 5.0
_LONGEST: Final = dt.timedelta(minutes=15)
"""A worker that is not done by then is taken for one that hangs: its claim runs out."""

Process = Callable[[Claim], Work]
Now = Callable[[], dt.datetime]
Say = Callable[[str], None]
Idle = Callable[[], bool]


def work_once(claims: Claims, process: Process, now: Now, say: Say) -> bool:
    """Work on one arrival; False when there is none to work on. Raises StoreError only for the database's faults."""
    claim = claims.next(now())
    if claim is None:
        return False
    try:
        with _renewed(claims, claim, now):
            done = process(claim)
    except ClaimLostError as lost:
        say(f"arrival {claim.arrival_id}: {lost}")
    except Exception as error:  # noqa: BLE001  # a bug must cost this arrival and no other
        _failed(claims, claim, fault(error), now, say)
    else:
        with suppress(ClaimLostError):  # whoever has it now finds everything recorded
            claims.finish(claim, done, now())
    return True


def _failed(claims: Claims, claim: Claim, reason: str, now: Now, say: Say) -> None:
    with suppress(ClaimLostError):
        if claims.fail(claim, reason, now()):
            say(f"arrival {claim.arrival_id}: in quarantine after {claim.attempt} attempts ({reason})")
        else:
            say(f"arrival {claim.arrival_id}: attempt {claim.attempt} broke off ({reason}); it will be tried again")


@contextmanager
def _renewed(claims: Claims, claim: Claim, now: Now) -> Iterator[None]:
    """Renew the claim in the background while its work is done."""
    ended = threading.Event()
    last = now() + _LONGEST

    def renew() -> None:
        while not ended.wait(LEASE.total_seconds() / 3) and now() < last:
            with suppress(StoreError):  # who has lost it learns so when writing
                claims.renew(claim, now())

    thread = threading.Thread(target=renew, name=f"renew-{claim.arrival_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


class Workers:
    """Several consumers in threads of this process. A context manager: at its end each finishes what it has begun."""

    def __init__(
        self, claims: Claims, process: Process, number: int, now: Now, say: Say, idle: Idle = lambda: False
    ) -> None:
        """`idle` is called when nothing waits, and says whether it found anything to do."""
        self._claims, self._process, self._now, self._say, self._idle = claims, process, now, say, idle
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, name=f"consumer-{n}", daemon=True) for n in range(number)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def alive(self) -> bool:
        return all(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                if not (work_once(self._claims, self._process, self._now, self._say) or self._idle()):
                    self._stop.wait(IDLE_SECONDS)
            except StoreError as error:
                self._say(f"the inbox cannot be worked on: {error}")
                self._stop.wait(_AFTER_ERROR)
            except Exception as error:  # noqa: BLE001  # a consumer that ends would leave everything waiting
                self._say(f"a consumer failed: {fault(error)}")
                self._stop.wait(_AFTER_ERROR)
