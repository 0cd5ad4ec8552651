"""Names as lists write them: several in one cell, a variant in brackets, `SURNAME, Given`, remarks of the editors."""

import re
from itertools import groupby
from typing import Final

from vigie.names.scripts import script_of
from vigie.records import ListedName, NameKind

_LETTERED: Final = re.compile(r"(?:^|\s)[a-z]\)\s")
_NAME: Final = re.compile(r"(?:\([^()]*\)|[^;،])+")
"""A name up to the next separator outside brackets; the second one is the Arabic comma."""
_BRACKET: Final = re.compile(r"\(([^()]*)\)?")
_MOST_BRACKETS: Final = 3
"""Each bracket may double the forms; a cell with more is no name and is taken as it stands."""
_BORN: Final = re.compile(r",\s*born\b.*", re.IGNORECASE | re.DOTALL)
_LABEL: Final = re.compile(r"^(?:original script|in arabic):\s*|^الكنية\s+", re.IGNORECASE)
_REMARK: Final = re.compile(r"[a-z]|(?:COMBAT NAME|NOM DE GUERRE|Tigrinya|Arabic|Russian|Dari|Pashto|Persian)$")
"""What stands in brackets is the editors' remark, not a name, when it begins in lower case or names a language."""
_WORD: Final = re.compile(r"[^\s;،()]+")
_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_NAME_LIKE: Final = re.compile(r"[A-Z][\w'‘’`.-]*(?: [\w'‘’`.-]+){0,6}")
_NOTED: Final = re.compile(r"(?:original script|in arabic):\s*(.+)", re.IGNORECASE)


def listed_name(
    kind: NameKind, text: str, *, note: str = "", surname_first: bool = True, birth_date: str | None = None
) -> ListedName:
    """One cell of a list as a name, with the separate names it stands for.

    `note` is the editors' remark on the name, which may hold it in another script; `surname_first` says that a comma
    separates family and given name in this column.
    """
    name = " ".join(text.split())
    forms = forms_of(name, note)
    family, given = _surname_first(name) if surname_first and not forms else (None, None)
    return ListedName(
        kind=kind, name=name, forms=forms, family=family, given=given, script=script_of(name), birth_date=birth_date
    )


def forms_of(name: str, note: str = "") -> tuple[str, ...]:
    """The separate names in a cell and its note, in their order; nothing when the cell is simply one name."""
    found = [form for part in _alternatives(_BORN.sub("", name)) for form in _expanded(part)]
    pieces = (_trimmed(piece) for form in [*found, *_noted(note)] for piece in form.split(";"))
    forms = tuple(dict.fromkeys(piece for piece in pieces if piece))
    return () if forms == (name,) else forms


def _alternatives(text: str) -> list[str]:
    """`A; B b) C` as A, B, C, and `A, B, C` (three or more single words) likewise."""
    parts = [part for lettered in _LETTERED.split(text) for part in _NAME.findall(lettered)]
    words = [word.strip() for word in text.split(",")]
    if len(words) > 2 and all(_WORD.fullmatch(word) and not _SUFFIX.fullmatch(word) for word in words):
        return words
    return parts


def _expanded(name: str) -> list[str]:
    """The name without its bracket, and what the bracket stands for."""
    if name.count("(") > _MOST_BRACKETS:
        name = re.sub(r"[()]", " ", name)
    name = _trimmed(name)
    bracket = _BRACKET.search(name)
    if bracket is None:
        return _by_script(name)
    before, inside, after = (
        name[: bracket.start()].rstrip(),
        _trimmed(_LABEL.sub("", bracket[1])),
        name[bracket.end() :],
    )
    without = _expanded(before + after)
    if not inside or _REMARK.match(inside):
        return without
    others = [_trimmed(part) for part in _NAME.findall(inside)]
    if len(others) > 1 or " " in inside or script_of(inside) != script_of(before + after):
        return without + others
    return [*without, *_expanded(_with_variant(before, inside) + after)]


def _with_variant(before: str, word: str) -> str:
    """`Ali Butayev (Butaev)`: a word like the one before takes its place, another one (`Ali (Musa)`) joins it."""
    rest, _, last = before.rpartition(" ")
    return f"{rest} {word}".strip() if last[:1].casefold() == word[:1].casefold() else f"{before} {word}".strip()


def _by_script(name: str) -> list[str]:
    """A name written twice in one cell, in two scripts, as two; `X son of Y` also without the father."""
    if name.isascii():
        person, son_of, father = name.partition(" son of ")
        return [person, f"{person} {father}"] if son_of else [name]
    scripts: list[str] = []
    for word in name.split():
        script = script_of(word)
        scripts.append(scripts[-1] if script == "Zyyy" and scripts else script)
    runs = groupby(zip(scripts, name.split(), strict=True), key=lambda pair: pair[0])
    return [" ".join(word for _, word in run) for _, run in runs]


def _noted(note: str) -> list[str]:
    """Names in the editors' note: `original script: ...`, or a list of transliterations."""
    note = " ".join(note.split())
    if found := _NOTED.search(note):
        words = found[1].split()
        return [_trimmed(" ".join(word for word in words if script_of(word) != "Latn"))]
    bracket = _BRACKET.search(note)
    text = bracket[1] if bracket and ";" in bracket[1] else note.partition(")")[0].partition("(")[0]
    commas = "transliteration" in note
    split = re.split("[;,]" if commas else ";", text.removeprefix("transliterations:"))
    parts = [part for part in map(_trimmed, split) if part]
    return parts if len(parts) > 1 and all(_NAME_LIKE.fullmatch(part) for part in parts) else []


def _surname_first(name: str) -> tuple[str | None, str | None]:
    """Family and given name of `SURNAME, Given`; a suffix (`Jr.`) joins the given name."""
    parts = [part.strip() for part in name.strip("\"“”'‘’").split(",")]
    suffixes = [part for part in parts[1:] if _SUFFIX.fullmatch(part)]
    names = [part for part in parts if part and part not in suffixes]
    if len(names) < 2:
        return None, None
    return names[0], " ".join([*names[1:], *suffixes])


def _trimmed(name: str) -> str:
    return " ".join(name.split()).strip(" ,;)،؛")
