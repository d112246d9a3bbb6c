"""What dijkwacht restore tells when it is done: what is there again, which keys are not, and what then does not work."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.adapters.backup.manifest import Manifest
from dijkwacht.commands import Outcome
from dijkwacht.commands.backup import FAULTS


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back. ``own``: the seal is of this site (None: cannot be seen); ``absent``: organisation and key."""

    data: Manifest
    keys: Manifest | None
    own: bool | None
    migrated: int
    absent: list[tuple[str, str]]

    @property
    def secret_is_back(self) -> bool:
        """Whether the secret key of the site is the one of then."""
        return bool(self.own) and (self.keys is None or self.keys.secret_key or not self.data.secret_key)


def outcome(done: Restored, verified: Outcome) -> Outcome:
    """Well when every trail is whole and every file came along."""
    manifest = done.data
    data = {
        "id": manifest.id, "made_at": manifest.made_at, "version": manifest.version, "engine": manifest.engine,
        "rows": sum(manifest.counts.values()), "files": manifest.parts.number - 1, "organisations": len(manifest.chains),
        "migrated": done.migrated, "keys": 0 if done.keys is None else done.keys.parts.number, "own": done.own,
        "secret_key": done.secret_is_back,
        "absent_keys": [{"organisation": slug, "key": key} for slug, key in done.absent],
        "faulty": [{"part": each.part, "name": each.name, "fault": each.fault} for each in manifest.faulty],
        "trails": verified.data,
    }  # fmt: skip
    lines = [
        _("Put back: the backup of %(made_at)s by Dijkwacht %(version)s, %(rows)s rows and %(files)s files.") % data,
        *_about_age(done),
        *_about_keys(done),
        *(str(FAULTS[each.fault]) % {"name": each.name, "part": each.part} for each in manifest.faulty),
        *verified.lines,
    ]
    return Outcome(data, lines, well=verified.well and not manifest.faulty)


def _about_age(done: Restored) -> list[str]:
    if not done.migrated:
        return []
    text = ngettext(
        "It was of an older version: %(n)s step brought the tables up to date.",
        "It was of an older version: %(n)s steps brought the tables up to date.",
        done.migrated,
    )
    return [text % {"n": done.migrated}]


def _about_keys(done: Restored) -> list[str]:
    lines = [
        _(
            "%(organisation)s cannot sign: its key %(key)s is not here. Bring the file with keys, or make a new key with "
            "dijkwacht statement rotate-key --lost."
        )
        % {"organisation": slug, "key": key}
        for slug, key in done.absent
    ]
    if not done.secret_is_back:
        lines.append(
            _("The secret key of the site is not the one of then: links in mails that were sent no longer work.")
            if done.data.secret_key
            else _("Set DIJKWACHT_SECRET_KEY to what it was: without it links in mails that were sent no longer work.")
        )
    if done.own is None:
        lines.append(_("Nothing shows that this site made the backup: for that the secret key of then is needed."))
    lines.append(_("Everybody signs in anew."))
    return lines
