"""By what a name in a text is known: `norms/powers/names.yaml`, a short list that misses many."""

from functools import lru_cache
from pathlib import Path

from dijkwacht.core.signals import Names
from dijkwacht.norms.fields import fields_of
from dijkwacht.norms.problems import PackErrors, Problem

ROOT = Path(__file__).resolve().parent
FILE = "powers/names.yaml"


@lru_cache(maxsize=1)
def signal_names() -> Names:
    """The names of the house's pack. Raises PackErrors with file and line."""
    problems: list[Problem] = []
    fields = fields_of(ROOT, FILE, "names", problems)
    fields.only(("first_names", "particles"))
    found = Names.of(fields.words("first_names"), fields.words("particles"))
    if problems:
        raise PackErrors(problems)
    return found
