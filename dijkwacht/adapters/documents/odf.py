"""What every OpenDocument file has: the package, the manifest, who made it when. OpenDocument 1.3, parts 2 and 3.

Written by hand because it must give the same bytes for the same content; the libraries that exist write the clock into it.
"""

import io
import zipfile
from datetime import datetime

from dijkwacht.adapters.documents.safe import xml
from dijkwacht.adapters.documents.wording import HOUSE

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("number", "datastyle"),
        ("meta", "meta"), ("svg", "svg-compatible"), ("fo", "xsl-fo-compatible"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
_OLDEST = datetime(1980, 1, 1, tzinfo=HOUSE)  # a zip knows no earlier day


def package(kind: str, *, content: str, styles: str, meta: str, at: datetime) -> bytes:
    """The file of a ``kind`` (``text`` or ``spreadsheet``): its media type comes first and unpacked, as part 2 asks."""
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    parts = {
        "content.xml": HEAD + content,
        "styles.xml": HEAD + styles,
        "meta.xml": HEAD + meta,
        "META-INF/manifest.xml": HEAD + _manifest(media_type),
    }
    stamp = max(at, _OLDEST).astimezone(HOUSE).timetuple()[:6]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(_entry("mimetype", stamp, zipfile.ZIP_STORED), media_type)
        for name, text in parts.items():
            archive.writestr(_entry(name, stamp, zipfile.ZIP_DEFLATED), text)
    return out.getvalue()


def _entry(name: str, stamp: tuple[int, ...], method: int) -> zipfile.ZipInfo:
    """An entry that says the same on every machine."""
    info = zipfile.ZipInfo(name, (stamp[0], stamp[1], stamp[2], stamp[3], stamp[4], stamp[5]))
    info.compress_type, info.create_system, info.external_attr = method, 3, 0o644 << 16
    return info


def _manifest(media_type: str) -> str:
    names = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    return (
        f'<manifest:manifest xmlns:manifest="{names}" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{media_type}"/>'
        f"{files}</manifest:manifest>"
    )


def meta(title: str, *, language: str, organisation: str, at: datetime) -> str:
    """Title, language, maker and moment."""
    moment = at.astimezone(HOUSE).replace(tzinfo=None, microsecond=0).isoformat()
    return (
        f'<office:document-meta {NAMESPACES} office:version="1.3"><office:meta>'
        f"<meta:generator>Dijkwacht</meta:generator><dc:title>{xml(title)}</dc:title>"
        f"<dc:language>{language}</dc:language><meta:initial-creator>{xml(organisation)}</meta:initial-creator>"
        f"<meta:creation-date>{moment}</meta:creation-date><dc:date>{moment}</dc:date>"
        f"</office:meta></office:document-meta>"
    )


def paragraphs(text: str, style: str = "") -> str:
    """The text in paragraphs, one per line; spaces that would fall away are kept."""
    named = f' text:style-name="{style}"' if style else ""
    return "".join(f"<text:p{named}>{spaced(line)}</text:p>" for line in text.split("\n"))


def spaced(text: str) -> str:
    """The text of one line in XML, tabs and runs of spaces kept."""
    safe = xml(text.replace("\r", "")).replace("\t", "<text:tab/>")
    safe = safe.replace("  ", " <text:s/>")
    return f"<text:s/>{safe[1:]}" if safe.startswith(" ") else safe
