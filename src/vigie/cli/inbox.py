"""`vigie inbox`: what came in, and what a person does about it."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from vigie import app
from vigie.cli import common, keys, output, streams
from vigie.cli.ingest import now
from vigie.errors import UsageError
from vigie.ingest import replay
from vigie.ingest.door import Door
from vigie.store.inbox import RefusedRow
from vigie.store.rows import ArrivalRow, ArrivalState

if TYPE_CHECKING:
    from vigie.store import Store

_REFUSED = "refused"
_HEADS = ("arrival", "arrived", "from", "type", "journey", "travellers", "errors", "warnings", "state")
_REFUSED_HEADS = ("refused", "from", "why", "mode", "messages", "travellers", "bytes", "SHA-256")
_EXAMPLES = """\
examples:
  vigie inbox list --database work.db                         what came in, newest first
  vigie inbox list --database work.db --state quarantined     what waits for a person
  vigie inbox list --database work.db --state refused         what was not taken in, and why
  vigie inbox show 17 --database work.db                      one arrival with its problems
  vigie inbox replay 17 --database work.db --profile state.toml    read it again with this program
"""


def add(group: argparse.ArgumentParser) -> None:
    group.epilog = _EXAMPLES
    inner = group.add_subparsers(dest="inbox_command", metavar="COMMAND", required=True)
    listing = _add(inner, group, "list", "List arrivals, newest first.", _list)
    states = (*get_args(ArrivalState), _REFUSED)
    listing.add_argument(
        "--state",
        choices=states,
        metavar="STATE",
        help=f"only those in this state: {', '.join(states)}; of what was refused nothing is kept but its sum and size",
    )
    listing.add_argument(
        "--limit", metavar="N", type=common.count, default=50, help="at most that many (default: %(default)s)"
    )
    listing.add_argument("--json", action="store_true", help="one JSON object per arrival")
    show = _add(inner, group, "show", "Show one arrival with its problems.", _show)
    show.add_argument("--json", action="store_true", help="as one JSON object")
    again = _add(
        inner, group, "replay", "Read an arrival again with this program; out of quarantine it goes on.", _replay
    )
    again.add_argument("--profile", metavar="FILE", type=Path, required=True, help="as for 'vigie ingest'")
    keys.add_keys(again)
    release = _add(
        inner, group, "release", "Let an arrival out of quarantine, to be processed as it is stored.", _release
    )
    keys.add_keys(release)
    expire = _add(
        inner, group, "expire", "Destroy originals that were sealed 72 hours ago, as 'vigie ingest' does.", _expire
    )
    keys.add_keys(expire)
    for command in (show, again, release):
        command.add_argument("arrival", metavar="ARRIVAL", type=int, help="its number")


def _add(
    inner: "argparse._SubParsersAction[argparse.ArgumentParser]",
    group: argparse.ArgumentParser,
    name: str,
    about: str,
    run: object,
) -> argparse.ArgumentParser:
    command = inner.add_parser(
        name, help=about, description=about, epilog=_EXAMPLES, formatter_class=group.formatter_class
    )
    common.add_database(command, "the database of 'vigie ingest'")
    command.set_defaults(run=run)
    return command


def _list(given: argparse.Namespace) -> int:
    if given.state == _REFUSED:
        return _list_refused(given)
    with common.opened(given.database) as store:
        found = store.inbox.rows(given.state, given.limit)
    if given.json:
        _json(found)
    else:
        output.table("", _HEADS, [_cells(row) for row in found])
    return 0


def _list_refused(given: argparse.Namespace) -> int:
    with common.opened(given.database) as store:
        found = store.inbox.refused(given.limit)
    if given.json:
        _json(found)
    else:
        output.table("", _REFUSED_HEADS, [_refused_cells(row) for row in found])
    return 0


def _refused_cells(row: RefusedRow) -> tuple[object, ...]:
    sent = row.modes, row.messages, row.travellers, row.size, row.sha256
    return _minute(row.at), row.carrier or row.channel, row.reason, *sent


def _json(rows: Iterable[object]) -> None:
    for row in rows:
        streams.json_line(row)
    streams.flush()


def _cells(row: ArrivalRow) -> tuple[object, ...]:
    return (
        row.id,
        _minute(row.received_at),
        row.carrier or f"{row.channel} {row.source}",
        " ".join(row.types),
        output.some(row.journeys),
        row.travellers,
        row.problems_of("error"),
        row.problems_of("warning"),
        row.state if row.reason is None else f"{row.state} [{row.reason}]",
    )


def _minute(at: str) -> str:
    return f"{at[:16]}Z"


def _one(store: "Store", number: int) -> ArrivalRow:
    row = store.inbox.row(number)
    if row is None:
        raise UsageError(f"there is no arrival {number}; 'vigie inbox list' shows them")
    return row


def _show(given: argparse.Namespace) -> int:
    with common.opened(given.database) as store:
        row = _one(store, given.arrival)
    if given.json:
        streams.json_line(row)
        streams.flush()
        return 0
    facts = [(field, getattr(row, field)) for field in row.__struct_fields__ if field not in ("problems", "codes")]
    shown = [(field, ", ".join(value) if isinstance(value, tuple) else value) for field, value in facts]
    output.table("", ("what", "of this arrival"), shown)
    output.problem_lines(row.problems, "byte")
    if (more := sum(row.codes.values()) - len(row.problems)) > 0:
        streams.say(f"  and {output.counted(more, 'more problem')}")
    return 0


def _replay(given: argparse.Namespace) -> int:
    profile = app.load_profile(given.profile)
    with common.opened(given.database) as store:
        folder = keys.keys_folder(given)
        store.expire_sealed(folder, now())
        found = replay.replay(Door(store.inbox, profile, folder, now), given.arrival, now())
    _say_replayed(found, folder)
    return 0


def _say_replayed(found: replay.Replayed, folder: Path) -> None:
    what = "the whole original" if found.sealed else "the redacted original; there is no whole one (any more)"
    if found.key_missing:
        what = f"the redacted original; the key of the whole one, {found.key_missing} (UTC), is not in {folder}"
    streams.say(f"arrival {found.arrival}: read {what}")
    streams.say(
        f"  {output.counted(found.recorded, 'traveller')} recorded so far, {found.read} read now: "
        f"{found.new} of them not recorded so, {found.gone} recorded and not read so any more"
    )
    if found.goes_on:
        streams.say("  it goes on: 'vigie ingest' processes it")
    elif found.key_missing:
        streams.say(
            "  nothing was changed; give --keys as to 'vigie ingest', or, if the key is lost, 'vigie inbox release'"
        )
    else:
        streams.say("  nothing was changed")


def _release(given: argparse.Namespace) -> int:
    with common.opened(given.database) as store:
        folder = keys.keys_folder(given)
        store.expire_sealed(folder, now())
        replay.release(store.inbox, folder, given.arrival, now())
    streams.say(f"arrival {given.arrival} waits: 'vigie ingest' processes it")
    return 0


def _expire(given: argparse.Namespace) -> int:
    with common.opened(given.database) as store:
        gone = store.expire_sealed(keys.keys_folder(given), now())
    streams.say(f"{output.counted(gone.keys, 'key')} and {output.counted(gone.originals, 'sealed original')} destroyed")
    return 0
