"""XML of unknown origin, read without giving it a chance to do harm.

No document type at all (so no entities, no bombs, no outside references), no network, libxml2's own limits on depth
and text length left on. The size is limited before the bytes come here (`files`).
"""

import re
from typing import Final

from lxml import etree

from vigie.errors import ListError

_DOCTYPE: Final = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


def root(content: bytes, name: str) -> etree._Element:
    """Root element of a whole, well-formed document.

    Raises ListError naming `name` and the line when it is cut, not well-formed, or has a document type.
    """
    if _DOCTYPE.search(content):
        raise _refused(name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        element = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        # libxml2's own message may quote the content, so only its place is passed on.
        raise ListError(
            f"{name}: line {error.lineno}: the XML ends too early or is not well-formed; fetch the file again, "
            "nothing of it was used"
        ) from None
    # Bytes in another encoding than ASCII's pass the first look.
    if element.getroottree().docinfo.internalDTD is not None:
        raise _refused(name)
    return element


def _refused(name: str) -> ListError:
    return ListError(f"{name}: has a DOCTYPE, which no known list has; it was not read, check where it comes from")
