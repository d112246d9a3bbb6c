"""What this room says: titles of checks, words, states and refusals."""

from dijkwacht.web.perimeter_words import check_words


def title(check: str) -> str:
    """The name of a check; its id when nobody gave it one."""
    found = check_words(check)
    return str(found.title) if found else check
