"""How a publisher rates a whole document: its severity word, and the notes in which NCSC-NL says likelihood and damage."""

from collections.abc import Iterator

from dijkwacht.core.advisories.shapes import Note, Rating

# NCSC-NL, service page and CSAF of 2025 and 2026: two notes with these titles, or an urgency. Titles are matched without case.
LIKELIHOOD, DAMAGE = ("kans", "likelihood"), ("schade", "damage", "impact")
URGENCY = ("urgentie", "urgency")
URGENCIES = {"urgent": "urgent", "normaal": "normal", "normal": "normal"}
NCSC = "ncsc.nl"
LONGEST = 60  # characters of a rating; more is an explanation that happens to have this title


def ratings(notes: tuple[Note, ...], severity: tuple[str, str], *, namespace: str) -> Iterator[Rating]:
    """The ratings of a document from its notes and its aggregate severity (text and namespace), raw and with their source."""
    text, scale = severity
    of_ncsc = namespace.rstrip("/").lower().endswith(NCSC)
    if text:
        urgency = URGENCIES.get(text.strip().lower()) if of_ncsc else None
        yield Rating("ncsc-urgency", urgency, namespace) if urgency else Rating("severity", text, scale or namespace)
    found: dict[str, str] = {}
    for note in notes:
        title, value = note.title.strip().lower(), note.text.strip().lower()
        if value and len(value) <= LONGEST:
            found.setdefault(title, value)
    likelihood, damage = _first(found, LIKELIHOOD[:1]), _first(found, DAMAGE[:1])
    if of_ncsc:
        likelihood, damage = likelihood or _first(found, LIKELIHOOD), damage or _first(found, DAMAGE)
    if likelihood or damage:
        yield Rating("ncsc-kans-schade", f"{likelihood or '?'}/{damage or '?'}", namespace)
    if (word := URGENCIES.get(_first(found, URGENCY))) and (of_ncsc or "urgentie" in found):
        yield Rating("ncsc-urgency", word, namespace)


def _first(found: dict[str, str], titles: tuple[str, ...]) -> str:
    return next((found[title] for title in titles if title in found), "")
