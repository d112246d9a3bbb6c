"""When something fails as a bar on a line of hours: from one to nine of ten runs, with a mark at half. Inline SVG. Pure."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 240, 20


def bar(t10: float, t50: float, t90: float, *, within: float, title: str) -> SafeString:
    """The bar on a line that is ``within`` hours long. ``title``: the same in words."""

    def x(hours: float) -> float:
        return round(2 + (WIDTH - 4) * min(hours / within, 1), 1)

    start, end, middle = x(t10), x(t90), x(t50)
    return format_html(
        '<svg width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>'
        '<rect x="2" y="9" width="{}" height="2" fill="currentColor" fill-opacity="0.2"></rect>'
        '<rect x="{}" y="4" width="{}" height="12" fill="currentColor" fill-opacity="0.4"></rect>'
        '<rect x="{}" y="2" width="3" height="16" fill="currentColor"></rect></svg>',
        WIDTH, HEIGHT, WIDTH, HEIGHT, title, title, WIDTH - 4, start, max(round(end - start, 1), 1), middle - 1.5,
    )  # fmt: skip
