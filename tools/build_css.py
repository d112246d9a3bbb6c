"""Joins the styles of the design-system components we use into one file that the pages load.

Source: the packages under ``node_modules/@utrecht`` as pinned by ``package-lock.json`` (EUPL-1.2).
Result: ``dijkwacht/web/static/vendor/components.css``; git ignores it, the wheel and the image contain it.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules" / "@utrecht"
RESULT = ROOT / "dijkwacht" / "web" / "static" / "vendor" / "components.css"
COMPONENTS = (
    "document", "surface", "skip-link", "heading-1", "heading-2", "heading-3", "heading-4", "paragraph", "link",
    "unordered-list", "breadcrumb-nav", "button", "button-group", "alert", "status-badge", "table", "form-field",
    "form-fieldset", "form-label", "form-field-description", "form-field-error-message", "textbox", "textarea",
    "select", "checkbox", "radio-button", "pagination",
)  # fmt: skip
LICENCE = "/* Components of the Utrecht component library, (c) Frameless B.V. and Gemeente Utrecht, EUPL-1.2. */\n"


def build(packages: Path = PACKAGES, result: Path = RESULT) -> int:
    """Writes the file and returns its size in bytes. Raises FileNotFoundError naming the component that is missing."""
    parts = [(packages / f"{name}-css" / "dist" / "index.min.css").read_text(encoding="utf-8") for name in COMPONENTS]
    text = LICENCE + "\n".join(part.strip() for part in parts) + "\n"
    result.parent.mkdir(parents=True, exist_ok=True)
    result.write_text(text, encoding="utf-8")
    return len(text.encode())


if __name__ == "__main__":
    try:
        size = build()
    except FileNotFoundError as missing:
        sys.exit(f"Component styles are not there ({missing.filename}). Run: npm ci --ignore-scripts")
    print(f"{RESULT.relative_to(ROOT)}: {size // 1024} kB from {len(COMPONENTS)} components")
