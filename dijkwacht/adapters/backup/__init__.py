"""Backups: one plain tar that is written and read as a stream, with a list of its parts and a manifest at the end.

`archive` writes it and reads it as something that comes from a stranger, `manifest` says what it tells of itself,
`content` looks into a database, `sqlite` and `postgres` copy one and put it back. Told in docs/backup.md.
"""


class BackupError(Exception):
    """Why a backup was not made or is not put back, in one sentence."""
