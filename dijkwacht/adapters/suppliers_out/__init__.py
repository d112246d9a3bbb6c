"""What goes out about suppliers and comes back from them: requirements of a tender with the answers to them, services as OSCAL,
what would stop. Values in, bytes out; the same values give the same bytes.
"""
