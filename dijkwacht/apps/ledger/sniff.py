"""What kind of file it is, from its first bytes. What the sender says about it plays no part."""

import re

HEAD = 16_384  # bytes that are looked at
UNKNOWN = "application/octet-stream"
MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),  # Word, Excel and Outlook of before 2007
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-executable"),
    (b"#!", "text/x-shellscript"),
)
OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
OPEN_DOCUMENT = re.compile(rb"^.{30}mimetype(application/vnd\.oasis\.opendocument\.[a-z]{4,12})", re.DOTALL)
MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|script|svg|\?xml)\b", re.IGNORECASE)
MAIL = re.compile(r"(?:received|return-path|delivered-to|from|mime-version|message-id|date|subject): ", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def media_type(head: bytes, name: str = "") -> str:
    """The media type of a file from its first ``HEAD`` bytes. ``name`` only tells a table from other plain text."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(head)
    for magic, found in MAGIC:
        if head.startswith(magic):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return _text(head, name)


def _zip(head: bytes) -> str:
    if match := OPEN_DOCUMENT.match(head):
        return match.group(1).decode("ascii")
    if b"[Content_Types].xml" in head or b"_rels/.rels" in head:
        for folder, found in OFFICE:
            if folder in head:
                return found
    return "application/zip"


def _text(head: bytes, name: str) -> str:
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4 or len(head) < HEAD:  # cut in the middle of a character is no fault
            return UNKNOWN
        text = head[: error.start].decode("utf-8-sig")
    if CONTROL.search(text):
        return UNKNOWN
    if found := MARKUP.search(text[:1024]):
        return (
            "image/svg+xml"
            if "<svg" in text[:4096].lower()
            else "application/xml"
            if found[0] == "<?xml"
            else "text/html"
        )
    if MAIL.match(text):
        return "message/rfc822"
    return "text/csv" if name.lower().endswith(".csv") else "text/plain"
