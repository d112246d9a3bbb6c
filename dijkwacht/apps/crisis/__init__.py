"""Disruption within the municipal borders: the local crisis plan, who to reach without a network, the log of a crisis, the
mayor's card, and how failure spreads. Serves Wet veiligheidsregio's 5, 7, 39 and 40, Besluit veiligheidsregio's 2.2 and 2.3.
"""
