"""What this room remembers, one file per part."""

from dijkwacht.apps.landscape.models.cells import Doing, Edition, LocalCell
from dijkwacht.apps.landscape.models.covenant import Paper, TakenOver
from dijkwacht.apps.landscape.models.initiatives import Assumption, Initiative, InitiativeKind, Part
from dijkwacht.apps.landscape.models.needs import (
    Area,
    Challenge,
    Felt,
    Handling,
    HowPressing,
    HowReal,
    Need,
    NeedStatus,
    Reach,
    Voice,
)
from dijkwacht.apps.landscape.models.talk import Comment, Topic

__all__ = [
    "Area",
    "Assumption",
    "Challenge",
    "Comment",
    "Doing",
    "Edition",
    "Felt",
    "Handling",
    "HowPressing",
    "HowReal",
    "Initiative",
    "InitiativeKind",
    "LocalCell",
    "Need",
    "NeedStatus",
    "Paper",
    "Part",
    "Reach",
    "TakenOver",
    "Topic",
    "Voice",
]
