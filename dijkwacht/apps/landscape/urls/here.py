"""Where the pages of this room stand."""

HERE = "o/<slug:organisation>/landschap/"
