"""What shows: the base page, the components, words for codes, charts, the clock, and both languages.

Serves no law of its own. Rooms use ``{% load ui %}``, ``dijkwacht.web.words`` and ``dijkwacht.web.clock``; nothing in
here knows a room, except ``context.py``, which fills the header.
"""
