"""What the places of coded segments may hold. Nobody reads some of them, and senders put text and cards into all.

Texts (IFT, LTS), addresses (ADD), special services (SSR) and the history's sources (ABI) are seen to where they are
read; of an address only the number of a card is looked for here.
"""

import functools
import re
from typing import Final

from vigie.messages import sensitive
from vigie.messages.edifact.grammar import Segment
from vigie.messages.edifact.service import Service
from vigie.messages.fields import shapes
from vigie.messages.fields.shapes import Shape
from vigie.messages.pnr.removals import Removals
from vigie.messages.sensitive import CARD, FREE_TEXT

_EVERY: Final = 0
"""Stands for every element: what repeats has the same places."""
_SHAPES: Final[dict[str, dict[tuple[int, int], Shape]]] = {
    **{tag: {} for tag in "APD EBD EQN FAR MON PTK RPI SAC SRC SSD TBD TRA TXD".split()},
    "DAT": {},
    "MSG": {(1, 0): shapes.function, (1, 1): shapes.function},
    "RCI": {(_EVERY, 1): shapes.locator},
    "REF": {(_EVERY, 1): shapes.reference},
    "TRI": {(_EVERY, 3): shapes.reference},
    "TKT": {},
    "FTI": {(_EVERY, 4): shapes.level, (_EVERY, 8): shapes.level},
    "FOP": {(_EVERY, 4): shapes.account},
    "ORG": {(1, 1): shapes.office, (2, 0): shapes.office, (2, 1): shapes.office, (3, 1): shapes.place},
    "TVL": {(2, 1): shapes.place, (3, 1): shapes.place, (5, 0): shapes.flight_number},
    # Names, also further ones and titles, are never judged here.
    "TIF": {
        **{(_EVERY, at): shapes.anything for at in (0, 4, 5)},
        (_EVERY, 2): shapes.reference,
    },
    "ADD": {**{(_EVERY, at): shapes.anything for at in range(8)}},
}
"""By element and component. What is not named is a code, a number or an amount."""
_ACCOUNTS: Final = ("FOP", 4)
"""Of the account that pays, the reader of FOP leaves the last digits."""
_TELEPHONES: Final = ("ADD", 7)
"""What its rules of free text know: a telephone number may have the length and the check digit of a card."""


def cleaned(segment: Segment, removals: Removals) -> Segment:
    """The segment without what its places are not for, which is removed: nothing behind this can use it."""
    places = _SHAPES.get(segment.tag)
    if places is None or _usual(segment.tag, removals.marks).fullmatch(segment.raw):
        return segment
    gone = [
        (element, component, code)
        for element, components in enumerate(segment.elements[1:], 1)
        for component, value in enumerate(components)
        if value and (code := _fault(segment, element, component, value, places)) is not None
    ]
    if not gone:
        return segment
    elements = [list(components) for components in segment.elements]
    for element, component, code in gone:
        removals.part(segment, element, component, code=code)
        elements[element][component] = ""
    return segment._replace(elements=elements)


@functools.lru_cache(maxsize=512)
def _usual(tag: str, marks: Service) -> re.Pattern[str]:
    """The usual forms of a segment that `_fault` finds nothing in: to look at once instead of at every place.

    tests/messages/test_pnr_parts.py holds that nothing which is at fault has such a form.
    """
    end = re.escape(marks.element + marks.component + marks.release)
    short = f"[^{end}]{{0,3}}|[0-9]{{1,{sensitive.LEAST_OF_CARD - 1}}}"
    base = f"{short}|(?![^{end}]*[A-Z]{{4}})[A-Z0-9./*#-]{{4,12}}"
    forms = {
        shapes.function: short,
        shapes.account: short,
        shapes.locator: base + "|[A-Z0-9]{5,6}",
        shapes.anything: f"(?!(?:[^{end}0-9]*[0-9]){{{sensitive.LEAST_OF_CARD}}})[^{end}_]*",
    }
    places = _SHAPES[tag]
    by_component = [
        [forms.get(shape, base) for (_, at), shape in places.items() if at == component] or [base]
        for component in range(1 + max((at for _, at in places), default=-1))
    ]
    # Where elements differ in what a place is for, the narrowest of the forms holds for all.
    chosen = [min(each, key=lambda form: form != short) for each in by_component] or [base]
    component = re.escape(marks.component)
    rest = f"(?:{component}(?:{base}))*"
    for form in reversed(chosen[1:]):
        rest = f"(?:{component}(?:{form}){rest})?"
    return re.compile(f"{tag}(?:{re.escape(marks.element)}(?:{chosen[0]}){rest})*")


def _fault(
    segment: Segment, element: int, component: int, value: str, places: dict[tuple[int, int], Shape]
) -> str | None:
    """Why a value is not kept; None when it is. Filler is nothing, whoever put it there."""
    if len(value) <= 3 or (value.isdecimal() and len(value) < sensitive.LEAST_OF_CARD):
        return None
    here = segment.tag, component
    if here == _TELEPHONES or (here == _ACCOUNTS and shapes.account(value)):
        return None
    if sensitive.says_nothing(value):
        return FREE_TEXT if "_" in value else None
    if sensitive.cards(value, tickets=segment.tag == "TKT"):
        return CARD
    shape = places.get((element, component)) or places.get((_EVERY, component)) or shapes.code
    return None if shape(value) else FREE_TEXT
