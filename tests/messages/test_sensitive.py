"""Which special services and which texts may be stored."""

import re

import pytest

from vigie.messages import sensitive
from vigie.messages.sensitive import may_keep

MEALS = (
    "AVML BBML BLML CHML DBML FPML GFML HNML KSML LCML LFML LSML MOML NLML RVML SFML SPML VGML VJML VLML VOML".split()
)
HEALTH = "BLND DEAF DPNA MAAS MEDA OXYG STCR WCHR WCHS WCHC WCBD WCBW WCMP WCLB WCOB ESAN SVAN LEGL LEGR".split()
ELEMENTS = """
    DOCS DOCA DOCO CTCA CTCB CTCE CTCF CTCH CTCM CTCP CTCR CTCT FQTV FQTR FQTS FQTU SEAT NSST NSSA NSSW RQST
    TKNE TKNM TKNA TKNR TKTL ADTK UMNR INAD DEPA DEPU INFT CHLD GRPS CKIN OTHS XBAG SPEQ
""".split()


@pytest.mark.parametrize("code", [*MEALS, *HEALTH, "EXST", "LANG", "PCTC", "EPAY"])
def test_services_that_may_reveal_what_the_law_protects_are_removed(code: str) -> None:
    assert not may_keep(code)
    assert sensitive.services()[code].reason


@pytest.mark.parametrize("code", ELEMENTS)
def test_services_of_the_19_elements_are_kept(code: str) -> None:
    assert may_keep(code)
    assert may_keep(code.lower())


@pytest.mark.parametrize("code", ["", "ZZZZ", "QQML", "X", "XXXX", "DOC", "DOCS "[:3], "1234"])
def test_what_is_not_in_the_table_is_removed(code: str) -> None:
    assert not may_keep(code)


def test_every_row_of_the_table_has_its_ground() -> None:
    for code, service in sensitive.services().items():
        assert re.fullmatch("[A-Z]{3,4}", code), code
        assert service.use in ("keep", "remove"), code
        assert bool(service.element) == (service.use == "keep"), code
        assert not service.element or 1 <= int(service.element) <= 19, code
        assert service.reason, code
