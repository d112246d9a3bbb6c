"""OSCAL 1.0 to 1.2, the language of NIST for catalogs, profiles, mappings and the results of assessments.

Reading: ``bundle.read`` takes files that belong together and says what is in them and what was refused, and why.
Writing: ``write`` makes canonical JSON: the same content gives the same bytes. Explained in docs/oscal.md.
"""
