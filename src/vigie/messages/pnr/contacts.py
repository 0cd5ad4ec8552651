"""Contacts of a reservation, from the many ways in which systems write them."""

import re
from typing import Final

from vigie.messages.sensitive import Kept
from vigie.records import Contact

_LEAD: Final = re.compile(r"CTC ?(?P<kind>[A-Z](?![A-Z]{2}))? ?(?P<place>[A-Z]{3}(?=[ \d+-]))? ?/?", re.IGNORECASE)
_KIND_BEHIND: Final = re.compile(r" (?:[ABFHMW]|FAX)\Z")
_KIND_BEFORE: Final = re.compile(r"[ABFHMW] ?(?=[+\d])")


def contact(kept: Kept, text: str) -> Contact | None:
    """The contact that `sensitive.recognised` found in the text; None when it is no contact."""
    sent = text[kept.start : kept.end].strip()
    if kept.kind == "email":
        value = email(sent)
        return Contact(kind="email", value=value, raw=sent if sent != value else None)
    if kept.kind == "telephone":
        return _telephone(sent)
    if kept.kind == "ip":
        return Contact(kind="other", value="IP " + re.split("[^0-9.]+", sent)[-1], raw=sent)
    return None


def email(sent: str) -> str:
    """A readable address: reservation systems have no `@`, `_` and `-`, and write `//`, `..` and `./` for them."""
    lead = _LEAD.match(sent)
    address = sent[lead.end() :] if lead else sent
    if "//" not in address:
        return address
    return address.replace("//", "@").replace("..", "_").replace("./", "-")


def _telephone(sent: str) -> Contact:
    lead = _LEAD.match(sent)
    number = sent[lead.end() :] if lead else _KIND_BEFORE.sub("", sent, count=1)
    fax = bool(lead and lead["kind"] in ("F", "f")) or sent.endswith((" FAX", " F"))
    value = _KIND_BEHIND.sub("", number).strip(" -/")
    return Contact(kind="fax" if fax else "telephone", value=value, raw=sent if sent != value else None)
