"""Beyond the own walls: who does what by which basis in the digital safety of municipalities, where it overlaps and where
nobody was found, what municipalities need, what runs, and what the covenant accounts for. Serves the covenant Digital Safety of
Municipalities (Stcrt. 2022, 35231) and the letter to parliament of 15 December 2025. The highest room but Today: may ask all.
"""
