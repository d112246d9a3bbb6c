"""Where mail goes on an installation without a mail host: the error stream, so that what a command prints stays readable."""

import sys
from typing import Any

from django.core.mail.backends.console import EmailBackend as ConsoleBackend


class EmailBackend(ConsoleBackend):
    """Prints each mail on the error stream."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"stream": sys.stderr, **kwargs})
