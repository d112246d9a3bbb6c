"""One row that goes wrong does not stop the others: it is logged and counted, and the next round tries it again."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import InterfaceError

Done = TypeVar("Done")
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Faults:
    """How many rows of a round went wrong."""

    count: int = 0

    def guarded(self, what: str, deed: Callable[[], Done]) -> Done | None:
        """What a deed gives; None when it went wrong. ``what``: which row, for the log; nothing of what it says.

        Raises InterfaceError: the database is gone, so no other row will do.
        """
        try:
            return deed()
        except InterfaceError:
            raise
        except Exception:
            self.count += 1
            _log.exception("advisories: %s went wrong; the others go on", what)
            return None
