"""Which service characters an interchange is written with: what UNA says, checked against what the text does.

Real senders leave UNA out, with other characters than the standard's (a terminator `"`); mail programs damage it.
Then the second header of the interchange shows how its segments end.
"""

import re
from typing import Final, NamedTuple

_HEAD: Final = 1000
"""Characters from the start of an interchange in which its second segment must begin."""
_BACKSLASH_WITHIN: Final = 65536
_UNA: Final = re.compile(r"UNA(.{6})\s*(?=UN[BGH])", re.DOTALL)
_DAMAGED_UNA: Final = re.compile(r"UNA.{0,9}?\s*(?=UN[BGH])", re.DOTALL)
_ELEMENT: Final = re.compile(r"UN[BGH]\s*(\W)")
_COMPONENT: Final = re.compile(r"UNB\s?.[A-Z]{4}(\W)\d|(?:PAXLST|CUSRES|PNRGOV)(\W)(?:D|\d)")
_TERMINATOR: Final = r"([!-/:-@\[-`{-~\r\n])\s*(?:UN[GHT]|BGM|MSG|ORG|SRC|NAD|TDT)\s*"


class Service(NamedTuple):
    """Service characters (ISO 9735 UNA); `release` and `repetition` are empty when there are none."""

    component: str
    element: str
    release: str
    repetition: str
    terminator: str


STANDARD: Final = Service(":", "+", "?", "*", "'")
_BACKSLASHED: Final = STANDARD._replace(release="\\")
"""What copying from some documents makes of the standard's UNA."""
LEVEL_B: Final = Service("\x1f", "\x1d", "", "", "\x1c")


def read_service(text: str, start: int) -> tuple[Service, int, str]:
    """Service characters of the interchange at `start`, the offset of its first header, and what was repaired.

    The third is a sentence for a `Problem`, empty when UNA holds or the standard's characters are used without it.
    """
    head = text[start : start + _HEAD]
    una = _DAMAGED_UNA.match(head)
    begin = una.end() if una else 0
    declared = _declared(head)
    used = _used(head[begin:], declared or STANDARD)
    if declared and declared._replace(repetition="*") == _BACKSLASHED and _question_marks_only(text, start + begin):
        used = used._replace(release="?")
    if una is None:
        standard = used[:2] == STANDARD[:2] and used.terminator == STANDARD.terminator
        repaired = "" if standard else "there is no UNA; the service characters were taken from the text itself"
    elif used == declared:
        repaired = ""
    else:
        repaired = "UNA is damaged or contradicts the text; the service characters were taken from the text itself"
    return used, start + begin, repaired


def _question_marks_only(text: str, start: int) -> bool:
    """True when the text releases with `?`, and the backslash of UNA comes from copying."""
    end = start + _BACKSLASH_WITHIN
    return text.find("\\", start, end) < 0 and text.find("?", start, end) >= 0


def _declared(head: str) -> Service | None:
    """What UNA says, unless it is damaged: five or seven characters, or two that are the same."""
    una = _UNA.match(head)
    if una is None:
        return None
    component, element, _, release, repetition, terminator = list(una[1])
    service = Service(component, element, release.strip(), repetition.strip(), terminator)
    distinct = [component, element, terminator, *service.release]
    return service if len(set(distinct)) == len(distinct) else None


def _used(head: str, expected: Service) -> Service:
    """What the text uses, as far as it shows; the rest as expected. `head` begins with UNB, UNG or UNH."""
    element = _ELEMENT.match(head)
    if element is None:
        return expected
    if element[1] == LEVEL_B.element:
        return expected if expected.element == LEVEL_B.element else LEVEL_B
    component = _COMPONENT.search(head)
    terminator = re.compile(_TERMINATOR + re.escape(element[1])).search(head, 3)
    used = expected._replace(
        element=element[1],
        component=(component[1] or component[2]) if component else expected.component,
        terminator=terminator[1] if terminator else expected.terminator,
    )
    marks = [used.component, used.element, used.terminator]
    if used.release in marks:
        used = used._replace(release="")
    return used if len(set(marks)) == 3 else expected
