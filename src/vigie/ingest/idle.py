"""What a consumer does while nothing waits: journeys about which messages came are assembled, one at a time."""

from collections.abc import Callable

from vigie.errors import StoreError
from vigie.ingest.fault import fault


class Assembling:
    """Called by idle consumers; true when it did something. A journey that cannot be assembled costs no other."""

    def __init__(
        self, following: Callable[[int], int | None], assemble: Callable[[int], object], say: Callable[[str], None]
    ) -> None:
        """`following` gives the first journey to assemble above a number. StoreErrors of both are passed on."""
        self._following, self._assemble, self._say = following, assemble, say
        self._after = 0
        self._failed: set[int] = set()
        """Not tried again by this process; their pages try."""

    def __call__(self) -> bool:
        journey = self._following(self._after)
        if journey is None:
            self._after = 0
            return False
        self._after = journey
        if journey not in self._failed:
            self._try(journey)
        return True

    def _try(self, journey: int) -> None:
        try:
            self._assemble(journey)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  # a bug must cost this journey and no other
            self._failed.add(journey)
            self._say(
                f"journey {journey}: cannot be assembled ({fault(error)}); its messages are recorded, report this"
            )
