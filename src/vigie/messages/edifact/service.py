"""Which service characters an interchange is written with: what UNA says, checked against what the text does.

Real senders leave UNA out, with other characters than the standard's (a terminator `"`); mail programs damage it.
Then the second header of the interchange shows how its segments end.
"""

import re
from collections import Counter
from typing import Final, NamedTuple

HEAD: Final = 1000
"""Characters from the start of an interchange in which its second segment must begin."""
_BACKSLASH_WITHIN: Final = 65536
_UNA: Final = re.compile(r"UNA(.{6})\s*(?=UN[BGH])", re.DOTALL)
_DAMAGED_UNA: Final = re.compile(r"UNA.{0,9}?\s*(?=UN[BGH])", re.DOTALL)
_ELEMENT: Final = re.compile(r"UN[BGH]\s*(\W)")
_COMPONENT: Final = re.compile(r"UNB\s?.[A-Z]{4}(\W)\d|(?:PAXLST|CUSRES|PNRGOV)(\W)(?:D|\d)")
_TERMINATOR: Final = r"([!-/:-@\[-^`{-~\r\n])\s*(?:UN[GHT]|BGM|MSG|ORG|SRC|NAD|TDT)\s*"


_COMPONENTS: Final = r"(?:DTM{0}\d{{1,3}}|RFF{0}[A-Z]{{2,3}}|SSR{0}[A-Z]{{4}}|COM{0}\d+)([^\w\s])"
"""Segments whose second component is always there, by the element separator."""
_BEHIND_HEADLESS: Final = 4000
_ANY_TERMINATOR: Final = (
    r"([!-/:-@\[-^`{{-~])\s*(?:(?:NAD|TDT|LOC|DTM|ATT|NAT|RFF|DOC|UNT|TIF|SSR|RCI|SRC|DAT|TVL|CNT){0}|\Z)"
)


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
    head = text[start : start + HEAD]
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


def service_without_header(text: str, found: "re.Match[str] | None", start: int = 0) -> Service | None:
    """Service characters of segments whose header is lost, from the first of a traveller, `found`, and its neighbours.

    None when they cannot be told.
    """
    if found is None:
        return None
    element = next(group for group in found.groups() if group)
    near = text[max(start, found.start() - _BEHIND_HEADLESS) : found.end() + _BEHIND_HEADLESS]
    ends = re.compile(_ANY_TERMINATOR.format(re.escape(element))).findall(near)
    terminators = Counter(mark for mark in ends if mark != element)
    if not terminators:
        return None
    terminator = terminators.most_common(1)[0][0]
    parts = re.compile(_COMPONENTS.format(re.escape(element))).search(near)
    component = parts[1] if parts and parts[1] not in (element, terminator) else STANDARD.component
    if component in (element, terminator):
        return None
    release = STANDARD.release if STANDARD.release not in (component, element, terminator) else ""
    return Service(component, element, release, "", terminator)


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
    # A low line is what fills overwritten spans of stored originals, so it releases nothing: no known sender uses it.
    service = Service(component, element, release.strip(" _"), repetition.strip(), terminator)
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
