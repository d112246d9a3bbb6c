"""CSAF 2.0 and 2.1: the format in which publishers send advisories (OASIS).

`read` turns bytes into an Advisory, `check` holds a document against the schema, the rules, its hash and its signature, `write`
makes documents of ours, `feed` and `fetch` find what is new at a provider. What is wrong is a Problem with a JSON pointer.
"""
