"""Vendor, product and version of a line that has them only in an identifier: a package URL (purl) or a CPE."""

from dijkwacht.core.advisories.naming import cpe_parts, purl_parts


def named(purl: str, cpe: str) -> tuple[str, str, str]:
    """Vendor, product and version, the CPE's before the purl's. Raises ValueError ``purl`` or ``cpe`` for a text that is none."""
    vendor = product = version = ""
    if purl:
        package = purl_parts(purl)
        if package is None:
            raise ValueError("purl")
        _, vendor, product, version = package
    if cpe:
        found = cpe_parts(cpe)
        if found is None:
            raise ValueError("cpe")
        vendor, product, version = found[1].replace("_", " "), found[2].replace("_", " "), found[3] or version
    return vendor, product, version
