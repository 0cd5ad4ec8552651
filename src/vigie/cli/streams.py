"""Standard output, which carries answers (JSON Lines, or a view), and standard error, for words to the person there."""

import os
import sys
from typing import Any, TextIO

import msgspec


def say(text: str) -> None:
    """Words for the person at the terminal. Work goes on when nobody reads them."""
    try:
        print(text, file=sys.stderr, flush=True)  # noqa: T201
    except BrokenPipeError:
        silence(sys.stderr)


def json_line(value: Any) -> None:
    """One object of the answer. Raises BrokenPipeError when nobody reads."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")


def text_line(text: str) -> None:
    """A line of an answer for people. Raises BrokenPipeError when nobody reads."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")


def flush() -> None:
    """Hand over all lines. Raises BrokenPipeError when nobody reads."""
    sys.stdout.flush()
    sys.stdout.buffer.flush()


def silence(stream: TextIO) -> None:
    """Let what is still to be written go nowhere: its reader has gone, and Python would complain once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
