"""Where the pages stand: those of an organisation, and those of a desk."""

HERE = "o/<slug:organisation>/waarschuwingen/"
DESK = "o/<slug:organisation>/adviezen/"
