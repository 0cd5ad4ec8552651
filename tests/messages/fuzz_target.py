"""The promises of reading, for Atheris (coverage-guided fuzzing). docs/how-to/fuzz-the-reader.md says how to run it.

PYTHONPATH=src python -m tests.messages.fuzz_target CORPUS -max_total_time=1800 -max_len=8192
"""

import sys

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["vigie.messages", "vigie.dates", "vigie.places", "vigie.countries"]):
    from tests.messages.mutation import check, check_both_ways, check_redacted


def one(data: bytes) -> None:
    check_both_ways(data)
    check_redacted(data, check(data))


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
