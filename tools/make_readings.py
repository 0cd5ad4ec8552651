"""Writes the tables of readings of Han characters in src/vigie/names: how names in them are spoken.

1. `han.tsv`: Mandarin, Cantonese and Korean readings of the characters that names are written in, from the Unihan
   database (Unicode licence). A character is kept when it stands in the General Standard table of the People's
   Republic (kTGHZ2013), has a Korean reading (kHangul, which holds the characters allowed in names) or is among the
   5,401 frequent characters of Big5.
2. `japanese_surnames.tsv` and `japanese_given.tsv`: what UniDic (BSD licence) calls surnames and given names, with
   their readings in kana, the cheapest (most frequent) first, at most three.

    python tools/make_readings.py UNIHAN_READINGS_TXT UNIDIC_SYS_DIC UNIDIC_LICENCE UNICODE_LICENCE

Unihan_Readings.txt is in Debian's package `unicode-data`, sys.dic in the package `unidic-lite`; the licences are
files that hold the notices to be kept with the tables.
"""

import struct
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

_OUT = Path(__file__).resolve().parents[1] / "src" / "vigie" / "names"
_HEADER = struct.Struct("<10I32s")
_TOKEN = struct.Struct("<HHHhII")
_MOST_READINGS = {"kMandarin": 2, "kCantonese": 2, "kHangul": 2}
_MOST_KANA = 3


def main() -> None:
    unihan, unidic, unidic_licence, unicode_licence = map(Path, sys.argv[1:5])
    head = "Readings of Han characters: pinyin (v for ü), Jyutping, Korean. An extract of Unihan, tones left out."
    _write("han.tsv", head, unicode_licence, _characters(unihan))
    for kind, file, what in (("姓", "japanese_surnames.tsv", "surnames"), ("名", "japanese_given.tsv", "given names")):
        head = f"Japanese {what} and their readings. An extract of UniDic, taken under its BSD licence."
        _write(file, head, unidic_licence, _names(unidic, kind))


def _write(name: str, head: str, licence: Path, rows: Iterator[tuple[str, ...]]) -> None:
    notice = [line.rstrip() for line in (head, "", *licence.read_text(encoding="utf-8").strip().splitlines())]
    lines = [f"# {line}".rstrip() for line in notice] + ["\t".join(row) for row in rows]
    (_OUT / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _characters(path: Path) -> Iterator[tuple[str, ...]]:
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            fields[chr(int(code[2:], 16))][field] = value
    for character, known in sorted(fields.items()):
        if "\u4e00" <= character <= "\u9fff" and _in_names(character, known):
            yield (character, *(" ".join(_readings(known, field)) or "-" for field in _MOST_READINGS))


def _in_names(character: str, known: Mapping[str, str]) -> bool:
    big5 = character.encode("big5", errors="ignore")
    return bool({"kTGHZ2013", "kHangul"} & known.keys()) or (len(big5) == 2 and big5 < b"\xc6\x7f")


def _readings(known: Mapping[str, str], field: str) -> list[str]:
    plain = (_toneless(reading.split(":")[0]) for reading in known.get(field, "").split())
    return list(dict.fromkeys(plain))[: _MOST_READINGS[field]]


def _toneless(reading: str) -> str:
    parted = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    kept = "".join(c for c in parted if not c.isdigit() and not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", kept)


def _names(path: Path, kind: str) -> Iterator[tuple[str, ...]]:
    """From a dictionary in MeCab's binary form: a double array, tokens of 16 bytes, features ended by a zero byte."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for cost, features in _tokens(path.read_bytes()):
        if features[:4] == ["名詞", "固有名詞", "人名", kind] and _is_han(features[8]):
            found[features[8]].append((cost, features[17]))
    for written, readings in sorted(found.items()):
        yield written, " ".join(list(dict.fromkeys(kana for _, kana in sorted(readings)))[:_MOST_KANA])


def _tokens(dictionary: bytes) -> Iterator[tuple[int, list[str]]]:
    *_, array_size, tokens_size, features_size, _, _ = _HEADER.unpack_from(dictionary)
    tokens = _HEADER.size + array_size
    features = dictionary[tokens + tokens_size : tokens + tokens_size + features_size]
    for _, _, _, cost, start, _ in _TOKEN.iter_unpack(dictionary[tokens : tokens + tokens_size]):
        yield cost, features[start : features.index(b"\0", start)].decode().split(",")


def _is_han(text: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" or character == "々" for character in text)


if __name__ == "__main__":
    main()
