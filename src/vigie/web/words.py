"""The words a reader sees for the codes of the records. Values are English msgids, translated where they are shown."""

from typing import Final


def N_(message: str) -> str:  # noqa: N802  gettext's own name for "translate later", known to every extractor
    return message


MODES: Final = {
    "air": N_("by air"),
    "sea": N_("by sea"),
    "rail": N_("by rail"),
    "road": N_("by road"),
    "foot": N_("on foot"),
}
SEXES: Final = {"M": N_("male"), "F": N_("female"), "X": N_("unspecified (X)")}
CAPACITIES: Final = {"passenger": N_("passenger"), "crew": N_("crew")}
NAME_KINDS: Final = {
    "primary": N_("main name"),
    "alias": N_("alias"),
    "weak_alias": N_("weak alias"),
    "original_script": N_("original script"),
}
DOCUMENT_TYPES: Final = {
    "P": N_("passport"),
    "V": N_("visa"),
    "I": N_("identity card"),
    "A": N_("identity card"),
    "C": N_("identity card"),
    "L": N_("crew licence"),
}
"""First letters of the document code, ICAO Doc 9303 parts 4 to 7: A, C and I are all official identity cards."""
SEVERITIES: Final = {"error": N_("error"), "warning": N_("warning"), "note": N_("note")}
GROUPS: Final = {
    "party": N_("party"),
    "leg": N_("leg"),
    "traveller": N_("traveller"),
    "document": N_("document"),
    "answer": N_("answer"),
    "totals": N_("total"),
    "booking": N_("booking"),
    "ticket": N_("ticket"),
    "payment": N_("payment"),
    "flight": N_("flight"),
    "service": N_("service"),
    "split": N_("split booking"),
    "history": N_("history"),
}
"""What segments of a message belong to (`vigie.messages.edifact.levels.Group`), without envelope and header."""
FIELDS: Final = {
    "name": N_("Name"),
    "birth_date": N_("Date of birth"),
    "birth_place": N_("Place of birth"),
    "sex": N_("Sex"),
    "nationality": N_("Nationality"),
    "document": N_("Documents"),
    "list_quality": N_("Quality of the listing"),
}
QUALITY_FIELDS: Final = {
    "name": N_("Name"),
    "given_name": N_("Given name"),
    "birth_date": N_("Date of birth"),
    "sex": N_("Sex"),
    "nationality": N_("Nationality"),
    "document": N_("Document"),
    "document_number": N_("Document number"),
    "issuer": N_("Issuing State"),
    "expiry": N_("Date of expiry"),
    "locator": N_("Record locator"),
    "reference": N_("Traveller reference"),
}
"""Fields that are counted (`vigie.messages.quality.FIELDS`)."""
BENCH_RULES: Final = {
    "no_error": N_("No errors"),
    "travellers": N_("Somebody is named"),
    "name": N_("Everybody has a name"),
    "birth_date": N_("Date of birth given"),
    "nationality": N_("Nationality given"),
    "document": N_("Document given"),
    "document_number": N_("Document number given"),
    "counts": N_("Totals that disagree"),
    "references": N_("References that disagree"),
    "leg": N_("Journeys without places or day"),
}
"""Rules of bench_rules.tsv."""
ICAO_CODES: Final = {
    "EUE": N_("European Union (laissez-passer)"),
    "GBD": N_("British overseas territories citizen"),
    "GBN": N_("British national (overseas)"),
    "GBO": N_("British overseas citizen"),
    "GBP": N_("British protected person"),
    "GBS": N_("British subject"),
    "RKS": N_("Kosovo"),
    "UNA": N_("United Nations specialised agency"),
    "UNK": N_("United Nations mission in Kosovo"),
    "UNO": N_("United Nations"),
    "XOM": N_("Sovereign Military Order of Malta"),
    "XPO": N_("INTERPOL"),
    "XXA": N_("stateless person"),
    "XXB": N_("refugee (1951 Convention)"),
    "XXC": N_("refugee (other)"),
    "XXX": N_("unspecified nationality"),
}
"""Codes of ICAO Doc 9303 part 3, section 5, that are no country of ISO 3166 and so have no name in CLDR."""
LEVELS: Final = {
    # name
    "same_letters": N_("same letters"),
    "same_sound": N_("same sound, spelt otherwise"),
    "one_letter": N_("one letter differs"),
    "unwritten_vowels": N_("same but for vowels the script leaves out"),
    "cut_off": N_("cut off at the end of the field"),
    "distant": N_("distant spelling"),
    "initial": N_("initial only"),
    "complete": N_("nothing is left over on either side"),
    "contradicts": N_("another name in its place"),
    "only_traveller": N_("only the traveller has it"),
    "only_entry": N_("only the list has it"),
    # birth date
    "same_day": N_("same day"),
    "day_month_swapped": N_("day and month swapped"),
    "near_day": N_("one day or one digit away"),
    "year_off_by_one": N_("same day and month, one year apart"),
    "same_month_and_year": N_("same month and year"),
    "same_day_other_month": N_("same day and year, another month"),
    "year_digits_swapped": N_("same day and month, digits of the year mistaken"),
    "same_year": N_("same year"),
    "same_month": N_("same month"),
    "same_year_other_day": N_("same year, another day"),
    "next_year": N_("one year apart"),
    "next_year_other_day": N_("one year apart, another day"),
    "within_range": N_("within the listed range"),
    "near_approximate": N_("near an approximate date"),
    "conflict": N_("another date"),
    "conflict_far": N_("more than ten years apart"),
    "conflict_year_only": N_("another year"),
    "conflict_approximate": N_("far from an approximate date"),
    # sex and nationality
    "same": N_("same value"),
    "different": N_("another value"),
    # document
    "same_number": N_("same number"),
    "confused_characters": N_("same but for characters easily confused"),
    "same_number_other_issuer": N_("same number, another issuing State"),
    "confused_characters_other_issuer": N_("same but for characters easily confused, another issuing State"),
    "in_other_hands": N_("the document may be in other hands: contradictions count less"),
    # list quality
    "weak_alias": N_("the list calls this alias weak"),
}
"""Agreement levels of the evidence (docs/reference/evidence.md); a level without words is shown as its name."""
STATUSES: Final = {
    "booked": N_("booked"),
    "listed": N_("listed"),
    "checked_in": N_("checked in"),
    "on_board": N_("on board"),
    "not_on_board": N_("not on board"),
    "cancelled": N_("cancelled"),
    "no_longer_listed": N_("no longer listed"),
    "crew_added": N_("crew roster: added"),
    "crew_deleted": N_("crew roster: taken off"),
    "crew_changed": N_("crew roster: changed"),
    "gate_pass": N_("gate pass"),
    "document_read": N_("document read"),
}
"""Of a person on a journey, and of one whom a message names without putting him on it."""
JOURNEY_STATUSES: Final = {
    "open": N_("open"),
    "closed": N_("closed"),
    "cancelled": N_("cancelled"),
    "changed": N_("changed"),
}
HAPPENINGS: Final = {
    "added": N_("named for the first time"),
    "changed": N_("data changed"),
    "booked": N_("booked"),
    "listed": N_("listed"),
    "checked_in": N_("checked in"),
    "on_board": N_("on board"),
    "not_on_board": N_("not on board"),
    "cancelled": N_("cancelled"),
    "no_longer_listed": N_("no longer listed"),
    "answered": N_("answered by a government"),
    "repeated": N_("repeats an earlier message"),
    "closed": N_("flight closed"),
    "reopened": N_("open again"),
    "flight_cancelled": N_("flight cancelled"),
    "flight_changed": N_("flight changed"),
}
ANSWERS: Final = {
    "answer": N_("answer"),
    "change": N_("change of an answer"),
    "acknowledgement": N_("acknowledgement"),
}
TOTALS: Final = {"passengers": N_("passengers"), "crew": N_("crew"), "bookings": N_("bookings")}
CONFIDENCES: Final = {
    "certain": N_("certain"),
    "strong": N_("strong"),
    "likely": N_("likely"),
    "weak": N_("weak"),
}
PIECES: Final = {
    "reference": N_("carrier’s reference"),
    "ticket": N_("ticket"),
    "document": N_("document"),
    "number": N_("document number (issuers differ)"),
    "locator": N_("record locator"),
    "seat": N_("seat"),
    "loyalty": N_("frequent-flyer number"),
    "government": N_("government’s reference"),
    "birth_date": N_("date of birth"),
    "sex": N_("sex"),
    "digest": N_("all that was sent"),
    "uncommon_day": N_("birth known to the day"),
    "given": N_("first given name"),
}
"""What agrees between two mentions (`vigie.journeys.linking.Piece`)."""
AGREEMENTS: Final = {
    "same": N_("names agree"),
    "sound": N_("names sound alike"),
    "part": N_("one name goes on where the other ends"),
    "short": N_("one name may be short for the other"),
    "unknown": N_("a name is missing"),
    "some": N_("names agree in part only"),
    "differs": N_("names differ"),
}
CONTRADICTIONS: Final = {
    "birth_date": N_("dates of birth differ"),
    "birth_date_typed": N_("dates of birth differ as by a typing mistake"),
    "sex": N_("sex differs"),
    "age": N_("an infant and a grown person"),
    "document": N_("documents differ"),
    "document_valid": N_("each has a valid document of one kind and State"),
    "reference": N_("carrier’s references differ"),
    "locator": N_("two bookings"),
}
TRAVELLER_FIELDS: Final = {
    "name": N_("Name"),
    "birth_date": N_("Date of birth"),
    "birth_place": N_("Place of birth"),
    "sex": N_("Sex"),
    "nationality": N_("Nationality"),
    "documents": N_("Documents"),
    "capacity": N_("Capacity"),
    "residence": N_("Residence"),
    "record_locator": N_("Record locator"),
    "reference": N_("Carrier's passenger reference"),
    "seats": N_("Seats"),
    "bags": N_("Checked bags"),
    "verified": N_("Checked by the carrier against the document"),
    "in_transit": N_("In transit"),
    "infant": N_("Infant"),
    "birth_date_basis": N_("Basis of the date of birth"),
    "birth_country": N_("Country of birth"),
    "stateless": N_("Stateless"),
    "nationalities": N_("Nationalities"),
    "embarks": N_("Embarks at"),
    "disembarks": N_("Disembarks at"),
    "clearance": N_("Border cleared at"),
    "traveller_type": N_("Type of traveller"),
    "contacts": N_("Contacts"),
    "addresses": N_("Addresses"),
    "bag_weight": N_("Weight of bags"),
    "bag_tags": N_("Bag tags"),
    "tickets": N_("Tickets"),
    "loyalty": N_("Frequent-flyer numbers"),
    "government_references": N_("Government references"),
    "occupation": N_("Crew duty"),
    "protections": N_("Protection"),
    "checked_in": N_("Check-in"),
    "sequence": N_("Check-in number"),
}
"""Fields of a traveller that the best view may change."""
