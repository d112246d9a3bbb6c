"""What is the law: dated packs of fact types, criteria and accounts, as data. ``read`` is the only way in."""
