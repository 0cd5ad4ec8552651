"""The peer's side of speed.py, run by the peer's own Python: nomenklatura's logic-v2 behind its blocking index.

Reads a JSON file with `listed` and `travellers` (each: id, names, birth_date), then screens all travellers once per
line on standard input and answers with `{"seconds": ..., "pairs": ...}`. Everything that can be done once is done
before the first answer, warm-up included.
"""

import json
import logging
import sys
import tempfile
import time
from pathlib import Path

from followthemoney import Dataset, StatementEntity  # type: ignore[import-not-found]
from nomenklatura.blocker.index import Index  # type: ignore[import-not-found]
from nomenklatura.matching import get_algorithm  # type: ignore[import-not-found]
from nomenklatura.resolver import Linker  # type: ignore[import-not-found]
from nomenklatura.store.memory import MemoryStore  # type: ignore[import-not-found]

logging.disable(logging.CRITICAL)
DATASET = Dataset.make({"name": "list", "title": "list"})


def person(row: dict) -> StatementEntity:  # type: ignore[type-arg]
    properties = {"name": row["names"], "birthDate": [row["birth_date"]] if row["birth_date"] else []}
    return StatementEntity.from_data(DATASET, {"id": row["id"], "schema": "Person", "properties": properties})


def main() -> None:
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    listed = {row["id"]: person(row) for row in given["listed"]}
    travellers = {row["id"]: person(row) for row in given["travellers"]}
    store = MemoryStore(DATASET, Linker({}))
    with store.writer() as writer:
        for entity in listed.values():
            writer.add_entity(entity)
    scorer = get_algorithm("logic-v2")
    config = scorer.default_config()
    with tempfile.TemporaryDirectory() as folder:
        index = Index(store.default_view(), Path(folder))
        index.build()

        def screen() -> int:
            pairs = 0
            for own, candidates in index.match_entities(travellers.values()):
                for other, _ in candidates:
                    scorer.compare(travellers[str(own)], listed[str(other)], config)
                    pairs += 1
            return pairs

        screen()
        print(json.dumps({"ready": True}), flush=True)
        for _ in sys.stdin:
            start = time.perf_counter()
            pairs = screen()
            print(json.dumps({"seconds": time.perf_counter() - start, "pairs": pairs}), flush=True)


main()
