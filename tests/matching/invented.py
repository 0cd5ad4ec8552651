"""A small invented list, and short ways to write entries and queries."""

from vigie.matching import Index, Query
from vigie.names import script_of
from vigie.records import Document, Entry, ListedDate, ListedName, NameKind, Sex, Watchlist


def name(text: str, kind: NameKind = "primary", birth_date: str | None = None) -> ListedName:
    return ListedName(kind=kind, name=text, script=script_of(text), birth_date=birth_date)


def entry(
    number: str,
    *names: ListedName | str,
    born: tuple[str, ...] = (),
    approximate: bool = False,
    sex: Sex | None = None,
    nationalities: tuple[str, ...] = (),
    documents: tuple[Document, ...] = (),
) -> Entry:
    return Entry(
        list="invented",
        id=number,
        names=tuple(one if isinstance(one, ListedName) else name(one) for one in names),
        birth_dates=tuple(ListedDate(date=date, approximate=approximate) for date in born),
        sex=sex,
        nationalities=nationalities,
        documents=documents,
    )


def watchlist(*entries: Entry, operational: bool = False) -> Watchlist:
    return Watchlist(
        list="invented", format="csv", version="a" * 64, date=None, entries=entries, operational=operational
    )


def passport(number: str, issuer: str | None = None) -> Document:
    return Document(type="P", number=number, issuer=issuer)


LISTED = (
    entry(
        "1", "Zoubeir Ould Kharrachi", name("Abou Tamim", "weak_alias"), born=("1979-03-12",), nationalities=("MRT",)
    ),
    entry("2", "BELGHOUMARI, Abdelmalek", name("DARGHOUMARI Abd al-Malik", "alias"), born=("1970-04-20",), sex="M"),
    entry("3", "Zulqadrain", born=("1963",), nationalities=("IDN",)),
    entry("4", "Serajuddin Jalaluddin Wardakani", born=("1977/1978",)),
    entry("5", name("زبير القرشي الظفاري", "original_script"), born=("1951-06-19",)),
    entry("6", name("Тимурбек Саидмагомедов", "original_script"), born=("1985-09-14",)),
    entry("7", "MUHAMMAD ALI HASSAN", born=("1980-05-05",), nationalities=("EGY",)),
    entry("8", "RI YONG TAEK", born=("1964-07-17",), nationalities=("PRK",)),
    entry("9", "Walijang", born=("1968",), approximate=True, nationalities=("AFG",)),
    entry("10", "QUIROGA FERREYRA, Anastasio", documents=(passport("AB1234507", "PRY"),), nationalities=("PRY",)),
    entry("11", name("Nikolasz Vorbrandt", birth_date="1971-11-30"), born=("1965-02-02",)),
    entry("12", "Temirkhan Oduyevich", born=("1965-11-11", "1964-11-11", "1963"), sex="M"),
)
INDEX = Index([watchlist(*LISTED)])


def query(*names: str, **facts: object) -> Query:
    return Query(tuple(names), **facts)  # type: ignore[arg-type]
