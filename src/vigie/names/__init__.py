"""Names: scripts, spellings, words. See `docs/reference/names.md`."""

from vigie.names.display import in_one_line
from vigie.names.scripts import script_of
from vigie.names.spelling import fold, skeleton
from vigie.names.tokens import Word, words_of

__all__ = ["Word", "fold", "in_one_line", "script_of", "skeleton", "words_of"]
