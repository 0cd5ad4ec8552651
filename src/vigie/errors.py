"""The one family of errors. Each is named for the fault and carries what the user needs to put it right.

A message says what was found, what was expected and what to do next, and never quotes personal data: it points to
the place (file, segment, line, byte) instead.
"""


class VigieError(Exception):
    """Root of every error that is the user's or the input's fault; printed as one line, without a traceback.

    `exit_code` is the process's answer when this error ends a command.
    """

    exit_code = 2


class UsageError(VigieError):
    """The command or its arguments are wrong (exit code 64, as EX_USAGE)."""

    exit_code = 64


class InputError(VigieError):
    """A file cannot be used at all: empty, too large, not one of the known formats."""


class MessageError(InputError):
    """The bytes hold no message that can be read."""


class ListError(InputError):
    """A watchlist file is damaged or incomplete; nothing of it is used, because half a list would miss people."""


class IndexFileError(InputError):
    """An index file is none, is damaged, or was built by another engine; nothing of it is used."""


class StoreError(VigieError):
    """The database cannot be opened, is of another version, or refuses the operation."""


class NoDatabaseError(StoreError):
    """There is no database where one was named to be looked at, and none was made: a name mistyped."""

    exit_code = UsageError.exit_code

    def __init__(self) -> None:
        super().__init__(
            "no database there, and none was made; check the name ('vigie ingest', 'vigie screen --database' and "
            "'vigie schedule load' make one)"
        )
