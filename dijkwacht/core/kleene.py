"""Strong Kleene truth with assurance, as small numbers and tables, so that judging is looking up.

A value is one number: 0 is unknown; any other says true or false, with which assurance, and what it can show. The
assurance of a falsehood mirrors that of a truth: *all* true has its lowest part, false its best false part; *any*
true its best true part, false its lowest.
"""

UNKNOWN = 0
TOP = 5  # rests on no fact at all: neutral among assurances
_SHOWN = 4


def value(truth: bool, assurance: int = TOP, shown: int = 0) -> int:
    """The number of a known value. ``assurance`` 1-4, or TOP; ``shown`` 0-3 (0: nothing)."""
    return 1 + (truth * TOP + assurance - 1) * _SHOWN + shown


SIZE = 1 + 2 * TOP * _SHOWN
TRUTH: list[bool | None] = [None] * SIZE
ASSURANCE = [0] * SIZE
SHOWN = [0] * SIZE
for _truth in (False, True):
    for _assurance in range(1, TOP + 1):
        for _level in range(_SHOWN):
            _n = value(_truth, _assurance, _level)
            TRUTH[_n], ASSURANCE[_n], SHOWN[_n] = _truth, _assurance, _level

TRUE = value(True)
FALSE = value(False)
NOT = [UNKNOWN] + [value(not TRUTH[n], ASSURANCE[n], SHOWN[n]) for n in range(1, SIZE)]


def _both(a: int, b: int) -> int:
    """*all* of two values."""
    if TRUTH[a] is False or TRUTH[b] is False:
        false = [n for n in (a, b) if TRUTH[n] is False]
        return value(False, max(ASSURANCE[n] for n in false), max(SHOWN[n] for n in false))
    if a == UNKNOWN or b == UNKNOWN:
        return UNKNOWN
    return value(True, min(ASSURANCE[a], ASSURANCE[b]), max(SHOWN[a], SHOWN[b]))


ALL = [[_both(a, b) for b in range(SIZE)] for a in range(SIZE)]
ANY = [[NOT[_both(NOT[a], NOT[b])] for b in range(SIZE)] for a in range(SIZE)]


def resting_on(code: int, assurance: int, shown: int) -> int:
    """The same value, resting on one more fact: a reference that was followed."""
    if code == UNKNOWN:
        return UNKNOWN
    return value(bool(TRUTH[code]), min(ASSURANCE[code], assurance), max(SHOWN[code], shown))


def at_least(n: int, parts: list[int]) -> int:
    """At least ``n`` of the parts. True: the n-th best true part; false: mirrored; else unknown."""
    true = sorted((p for p in parts if TRUTH[p]), key=ASSURANCE.__getitem__, reverse=True)
    if len(true) >= n:
        return value(True, ASSURANCE[true[n - 1]], max(SHOWN[p] for p in true))
    false = sorted((p for p in parts if TRUTH[p] is False), key=ASSURANCE.__getitem__, reverse=True)
    least = len(parts) - n + 1
    if len(false) >= least:
        return value(False, ASSURANCE[false[least - 1]], max(SHOWN[p] for p in false))
    return UNKNOWN
