"""Rows of a CSV file, all of one width or none."""

import csv
import io
from collections.abc import Iterator

from vigie.errors import ListError


def decoded(content: bytes, name: str) -> str:
    """Text of a file in UTF-8, with or without a byte order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ListError(f"{name}: line {line}: not UTF-8 text; save the list as UTF-8 or fetch it again") from None


def rows(content: bytes, name: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Number of the line a row ends on, and its cells, blank lines left out.

    Raises ListError, naming file and line, for a row of another width or an unfinished quotation: the file is cut or
    was changed, and no one can tell what is missing.
    """
    reader = csv.reader(io.StringIO(decoded(content, name), newline=""), strict=True)
    try:
        for row in reader:
            if row and len(row) != columns:
                raise ListError(
                    f"{name}: line {reader.line_num}: has {len(row)} columns where {columns} are expected; "
                    "the file is damaged, fetch it again"
                )
            if row:
                yield reader.line_num, row
    except csv.Error:
        raise ListError(
            f"{name}: line {reader.line_num}: a quotation is not closed properly; the file is cut or damaged, "
            "fetch it again"
        ) from None
