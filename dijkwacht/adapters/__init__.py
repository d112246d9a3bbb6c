"""What talks: one file per outside party or format. Files come from strangers, so every reader has limits.

A reader returns core values or raises ``TableError`` with a code and a place; it decides nothing about the law.
"""
