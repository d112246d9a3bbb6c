"""What these services refuse."""


class Refused(Exception):
    """What was asked cannot be done. ``code`` says why; words.py puts it in words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
