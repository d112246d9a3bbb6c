"""Frameworks as files to take along. The name of a file holds nothing but letters, digits, dots and hyphens."""

import re

from dijkwacht.adapters.oscal import write
from dijkwacht.adapters.oscal.bundle import canonical
from dijkwacht.adapters.oscal.parts import file_name
from dijkwacht.apps.frameworks.models import Framework
from dijkwacht.core.catalog import Norms


def framework_file(framework: Framework) -> tuple[str, bytes]:
    """Name and content of a framework as it came; a profile as the catalog into which it resolved."""
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", framework.file).strip("-.") or "kader"
    whole = framework.whole
    return (
        (name, whole.encode())
        if isinstance(whole, str)
        else (f"{name.rpartition('.')[0] or name}.json", canonical(whole))
    )


def norm_file(norms: Norms, catalog: str) -> tuple[str, bytes] | None:
    """Name and content of one of our norms as an OSCAL catalog; None when there is no such norm."""
    if catalog not in norms.catalogs:
        return None
    return file_name(norms.catalogs[catalog]), write.catalog(norms, catalog)
