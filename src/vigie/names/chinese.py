"""Names in Han characters: surname first, with the spellings that bearers have in different States.

Passports of the People's Republic print pinyin, the given name as one word (GB/T 28039-2011, 5.1) and ü as YU (LYU;
LV and LU in older ones). Taiwan's print mostly Wade-Giles, Hong Kong's the government's Cantonese romanisation, which
has habits and no standard: the rules here turn Jyutping into the most frequent of them. South-East Asian spellings
are known for frequent surnames only. Koreans' names may be written in the same characters.

The given name is one word, because documents write it so and its further spellings belong together; lists that write
it a syllable a word are met by the comparison, which joins neighbouring words.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import islice, product
from typing import Final, NamedTuple

from anyascii import anyascii

from vigie.names import japanese, korean
from vigie.names.choices import readings, unrepeated

_MOST_SPELLINGS: Final = 12
_MOST_GIVEN: Final = 2
_MOST_JAPANESE: Final = 3
"""Characters of a given name."""
_MOST_JOINED: Final = 4

_WADE_WHOLE: Final = dict(
    zip(
        "zhi chi shi ri zi ci si er yi you yan ye ge ke he gui kui guo kuo huo shuo e".split(),
        "chih chih shih jih tzu tzu szu erh i yu yen yeh ko ko ho kuei kuei kuo kuo huo shuo o".split(),
        strict=True,
    )
)
_WADE_ENDS: Final = (("ian$", "ien"), ("ie$", "ieh"), ("([ujqxynlv])e$", r"\1eh"), ("uo$", "o"), ("ong$", "ung"))
_WADE_BEGINNINGS: Final = dict(
    zip("zh ch sh z c j q x r b d g".split(), "ch ch sh ts ts ch ch hs j p t k".split(), strict=True)
)
_BEGINNING: Final = re.compile("^(?:zh|ch|sh|[zcjqxrbdg])")

_JYUTPING: Final = re.compile("^(gw|kw|ng(?=.)|[bpmfdtnlgkhwzcsj]?)(.*)$")
_HONG_KONG_INITIALS: Final = {"b": "p", "d": "t", "g": "k", "gw": "kw", "z": "C", "c": "C", "s": "S", "j": "y"}
_HONG_KONG_FINALS: Final = dict(
    zip(
        "aa aai aau aam aan aang aap aat aak am an ou oe oeng oek eoi eon eot yu yun yut m".split(),
        "a ai au am an ang ap at ak Am An o eu eung euk ui un ut u uen uet ng".split(),
        strict=True,
    )
)
_HONG_KONG_HABITS: Final = {"C": ("ch", "ts"), "S": ("s", "sh"), "A": "au"}
_UMLAUT: Final = {"v": ("yu", "u", "v")}


class _Character(NamedTuple):
    mandarin: tuple[str, ...]
    """Pinyin without tones, v for ü."""
    cantonese: tuple[str, ...]
    """Jyutping without tones."""
    korean: tuple[str, ...]
    """Hangul."""


def parted(pieces: Sequence[str]) -> list[tuple[str, tuple[str, ...]]] | None:
    """Each word of a name in Han characters with its a-z spellings; None when it does not look like a person's name.

    A name is a surname of the tables and a given name of one or two characters, in one piece or parted by blanks; or a
    Japanese surname and given name that are both known, one of them alone, or a Japanese surname and what may be a
    given name. Two or three characters that no table knows are taken as a rare surname and a given name.
    """
    whole = "".join(pieces)
    own = _japanese(pieces)
    surname = _surname(pieces)
    if surname and not (own and len(surname) == 1 and len(pieces) == 1 and len(own[0]) > 1):
        given = whole[len(surname) :]
        return [(surname, _surname_spellings(surname)), (given, _given_spellings(given))]
    if own:
        surname, given = own
        return [
            (surname, _japanese_first(japanese.surname_spellings(surname), surname)),
            (given, _japanese_first(japanese.given_spellings(given), given)),
        ]
    return _unknown(whole) if len(pieces) == 1 else None


def _unknown(han: str) -> list[tuple[str, tuple[str, ...]]] | None:
    if len(han) == 1 and han in _surnames():
        return [(han, _surname_spellings(han))]
    alone = japanese.surname_spellings(han) or japanese.given_spellings(han)
    if alone:
        return [(han, _japanese_first(alone, han))]
    known, rest = japanese.surname_spellings(han[:2]), han[2:]
    if known and len(rest) <= _MOST_GIVEN:  # no table has all Japanese given names: new ones are coined
        return [(han[:2], _japanese_first(known, han[:2])), (rest, _given_spellings(rest))]
    if len(han) <= 1 + _MOST_GIVEN:
        parts = [part for part in (han[:1], han[1:]) if part]
        return [(part, _given_spellings(part)) for part in parts]
    return None


def _surname(pieces: Sequence[str]) -> str:
    """The Chinese surname that the name begins with, if what follows can be a given name."""
    whole = "".join(pieces)
    lengths = (len(pieces[0]),) if len(pieces) > 1 else (2, 1)
    candidates = (whole[:n] for n in lengths if 0 < len(whole) - n <= _MOST_GIVEN)
    return next((surname for surname in candidates if surname in _surnames()), "")


def _japanese(pieces: Sequence[str]) -> tuple[str, str] | None:
    if len(pieces) == 1:
        return japanese.parted(pieces[0])
    surname, given = pieces[0], "".join(pieces[1:])
    return (surname, given) if japanese.surname_spellings(surname) and len(given) <= _MOST_JAPANESE else None


def _japanese_first(own: Sequence[str], han: str) -> tuple[str, ...]:
    """The pinyin stands second: whoever parted a Chinese name wrongly still finds it when its words are joined."""
    if not own:
        return _given_spellings(han)
    first, *others = own
    return unrepeated([first, *_pinyin(han)[:1], *others, *_wade(han)], _MOST_SPELLINGS)


def _surname_spellings(surname: str) -> tuple[str, ...]:
    pinyin, habitual = _surnames()[surname]
    spoken = [latin for one in pinyin for latin in readings(one, _UMLAUT, 3)] or _pinyin(surname)
    hanguls = [hangul for hangul in _joined(surname, "korean") if korean.is_surname(hangul)]
    koreans = [latin for hangul in hanguls for latin in korean.surname_spellings(hangul)[:3]]
    wade = [wade_giles(one) for one in pinyin] if pinyin and len(surname) == 1 else _wade(surname)
    others = [*wade, *habitual, *_cantonese(surname)[:2], *koreans, *japanese.surname_spellings(surname)[:2]]
    return unrepeated([*spoken[:1], *others[:1], *spoken[1:], *others[1:]], _MOST_SPELLINGS)


def _given_spellings(given: str) -> tuple[str, ...]:
    hanguls = _joined(given, "korean")[:1]
    koreans = [latin for hangul in hanguls for latin in korean.given_spellings(hangul)[:3]]
    first, *others = _pinyin(given) or ("",)
    own = japanese.given_spellings(given)[:2]
    return unrepeated([first, *_wade(given), *others, *_cantonese(given)[:3], *koreans, *own], _MOST_SPELLINGS)


def _pinyin(han: str) -> tuple[str, ...]:
    """Of the whole text as one word; the usual reading of each character first. Characters without any are left out."""
    spoken = _joined("".join(character for character in han if _readings(character).mandarin), "mandarin")
    return unrepeated([latin for one in spoken[:2] for latin in readings(one, _UMLAUT, 3)], _MOST_JOINED)


def _wade(han: str) -> tuple[str, ...]:
    return ("".join(wade_giles(one) for character in han for one in _readings(character).mandarin[:1]),)


def _cantonese(han: str) -> tuple[str, ...]:
    syllables = [_readings(character).cantonese[:1] for character in han]
    if not all(syllables):
        return ()
    return readings("".join(_hong_kong(one) for (one,) in syllables), _HONG_KONG_HABITS, _MOST_JOINED)


def wade_giles(pinyin: str) -> str:
    """One syllable (`zhang`; v for ü) by Wade-Giles, without its marks, as passports print it."""
    if pinyin in _WADE_WHOLE:
        return _WADE_WHOLE[pinyin]
    for end, latin in _WADE_ENDS:
        if re.search(end, pinyin):
            pinyin = re.sub(end, latin, pinyin)
            break
    return _BEGINNING.sub(lambda found: _WADE_BEGINNINGS[found[0]], pinyin).replace("v", "u")


def _hong_kong(jyutping: str) -> str:
    """One Jyutping syllable as Hong Kong writes it; capitals mark where habits differ."""
    found = _JYUTPING.match(jyutping)
    initial, final = (found[1], found[2]) if found else ("", jyutping)
    return _HONG_KONG_INITIALS.get(initial, initial) + _HONG_KONG_FINALS.get(final, final)


def _joined(han: str, tongue: str) -> list[str]:
    """Readings of the whole text, the usual one of each character first; empty when a character has none."""
    each = [getattr(_readings(character), tongue) for character in han]
    return ["".join(row) for row in islice(product(*each), _MOST_JOINED)] if all(each) else []


def _readings(character: str) -> _Character:
    """Of a character that no name is known to hold, what the general transliteration gives."""
    general = "".join(letter for letter in anyascii(character).lower() if "a" <= letter <= "z")
    return _characters().get(character) or _Character((general,) if general else (), (), ())


@cache
def _characters() -> dict[str, _Character]:
    return {
        character: _Character(*(tuple(column.split(" ")) if column != "-" else () for column in columns))
        for character, *columns in _rows("han.tsv")
    }


@cache
def _surnames() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Pinyin, where it is not that of the characters, and habitual spellings of each surname."""
    return {
        form: (
            tuple(pinyin.split(" ")) if pinyin != "-" else (),
            tuple(habitual.split(" ")) if habitual != "-" else (),
        )
        for forms, pinyin, habitual in _rows("chinese_surnames.tsv")
        for form in forms.split(" ")
    }


def _rows(name: str) -> list[list[str]]:
    text = files("vigie.names").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
