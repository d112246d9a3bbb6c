"""What the measurements of the outside saw of software, as a source of the register: it confirms itself at each run."""

from collections.abc import Iterable
from datetime import date

from dijkwacht.core.advisories.register_lines import RAW, Line, Lines, Notes
from dijkwacht.core.checks.banners import Software

FORM = "perimeter"


def perimeter_lines(found: Iterable[Software], *, on: date) -> Lines:
    """A line per product, version and place that said so on day ``on``. Always exposed: it was seen from outside.

    Give each measured name a source of its own (its name as label): a run that left a name out then takes nothing away of it.

    A banner is a claim: who packs the software may have mended it under the same number. That packer stands in ``status``.
    """
    lines = []
    for row, each in enumerate(found, start=1):
        vendor, _, product = each.product.partition(":")
        lines.append(
            Line(
                row, vendor=vendor.replace("_", " "), product=product.replace("_", " ") or each.title, version=each.version,
                name=each.title, location=each.target, status=each.distribution, exposed=True, as_of=on,
                raw=each.evidence[:RAW],
            )
        )  # fmt: skip
    return Notes().lines(Lines(FORM, tuple(lines), as_of=on))
