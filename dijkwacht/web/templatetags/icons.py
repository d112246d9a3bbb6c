"""Small drawings in the colour of the text. Each says nothing by itself: the word stands beside it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Paths in a box of 16 by 16, drawn as lines of 2 wide unless a class says otherwise.
PATHS = {
    "met": '<path d="M3 8.5 6.5 12 13 4.5"/>',
    "partly": '<circle cx="8" cy="8" r="6"/><path class="solid" d="M8 2a6 6 0 0 0 0 12z"/>',
    "not_met": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "not_applicable": '<path d="M3 8h10"/>',
    "unknown": '<path d="M5.2 5.4a2.9 2.9 0 1 1 4.3 2.5Q8 8.5 8 10"/><circle class="solid" cx="8" cy="13" r="1"/>',
    "late": '<path d="M8 2 15 14H1z"/><path d="M8 6.5v3.5"/><circle class="solid" cx="8" cy="12" r=".6"/>',
    "clock": '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 2"/>',
    "file": '<path d="M4 1.5h5.5L13 5v9.5H4z"/><path d="M9 1.5V5.5h4"/>',
    "arrow": '<path d="M3 8h10M9 4l4 4-4 4"/>',
    "back": '<path d="M13 8H3M7 4 3 8l4 4"/>',
    "person": '<circle cx="8" cy="5" r="3"/><path d="M2 14.5c0-3.5 3-5 6-5s6 1.5 6 5"/>',
    "menu": '<path d="M2 4h12M2 8h12M2 12h12"/>',
    "info": '<circle cx="8" cy="8" r="6.5"/><path d="M8 7.5V11.5"/><circle class="solid" cx="8" cy="4.8" r=".8"/>',
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5 14 14"/>',
    "change": '<path d="M3 5h9M9 2l3 3-3 3M13 11H4M7 8l-3 3 3 3"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "lock": '<path d="M3.5 7h9v7h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>',
}


def icon(name: str) -> SafeString:
    """The drawing of that name. Raises KeyError."""
    return format_html(
        '<svg class="icon icon--{}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{}</svg>',
        name,
        mark_safe(PATHS[name]),  # noqa: S308 - a constant of this file
    )
