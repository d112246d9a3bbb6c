"""What remembers: one room per subject, all of one shape.

Each room has models (tables and constraints), services (verbs that change things), queries (reads, always within one
organisation), forms, views and templates. A lower room does not know a higher one, and neighbours do not know each
other: accountability and today, then ledger, then trail, then people.
"""
