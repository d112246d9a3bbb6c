"""The papers of a statement against their budget: 2 s for a PDF of 117 lines on one core. Prints figures; asserts nothing.

Usage: python -m bench.bench_documents
"""

import os
from dataclasses import replace
from statistics import median
from time import process_time


def timed(work, times: int = 5) -> float:
    """Median seconds of processor time of a few runs: what one core needs, however many there are and whoever else works."""
    spent = []
    for number in range(times):
        start = process_time()
        work(number)
        spent.append(process_time() - start)
    return median(spent)


def main() -> None:
    """Prints a line per product."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijkwacht.settings")
    import django

    django.setup()

    from dijkwacht.adapters.documents import product, product_names, products
    from dijkwacht.apps.accountability.document_words import document_words
    from tests.adapters.statements import ROOT, norms, statement

    def another(found, number):
        """A statement as long, of which typst has remembered nothing."""
        return replace(
            found, number=number, lines=tuple(replace(line, owner=f"Eigenaar {number}") for line in found.lines)
        )

    words = document_words(norms())
    soa = statement("bio2-soa")
    measures = tuple(
        line for line in soa.lines if line.requirement.startswith("bio2:") and "part1" not in line.requirement
    )
    for name, found in (("117 measures", replace(soa, lines=measures)), ("whole", soa)):
        facts = sum(len(line.facts) for line in found.lines)
        print(f"statement of applicability, {name}: {len(found.lines)} lines, {facts} facts")
        for each in product_names(found):
            if each.endswith((".pdf", ".ods")):
                seconds = timed(
                    lambda n, found=found, each=each: product(each, another(found, n), norms(), words=words, root=ROOT)
                )
                print(f"  {each}: {seconds:.2f} s" + (" (budget 2)" if each.endswith(".pdf") else ""))
        whole = timed(lambda n, found=found: products(another(found, n + 9), norms(), words=words, root=ROOT), 1)
        print(f"  all {len(product_names(found))} files: {whole:.2f} s")


if __name__ == "__main__":
    main()
