"""What is wrong in a document of somebody else: a code, where it stands, and how much of the document it costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Problem", "Weight"]

Weight = Literal["note", "grave", "fatal"]
"""`note`: read all the same, nothing that decides is lost. `grave`: something that may decide cannot be read; the document is
set aside until a person says "read anyway". `fatal`: nothing can be read, or it is not known what document this is."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``path``: JSON pointer (RFC 6901) in the document; empty: the document as a whole."""

    code: str
    path: str = ""
    weight: Weight = "note"
    params: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} ({self.path})" if self.path else self.code
