"""The papers of a statement: for each account its documents, as accessible PDF with the data inside, ODT, ODS and CSV.

Talks to typst and to nothing else. Takes a frozen statement and the norms that belong to it; the words for codes come from
the caller. The same statement gives the same bytes. What each product holds and why: docs/documents.md.
"""

from dijkwacht.adapters.documents.shelf import PUBLIC, media_type, product, product_names, products, to_read
from dijkwacht.adapters.documents.wording import Names, Words

__all__ = ["PUBLIC", "Names", "Words", "media_type", "product", "product_names", "products", "to_read"]
