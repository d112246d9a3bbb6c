"""How much hangs on a supplier, to see what a merge moves."""

from dijkwacht.apps.suppliers.models import Adoption, Contract, Finding, Proof, Service, SubSupplier, Supplier


def hanging(supplier: Supplier) -> dict[str, int]:
    """How many services, contracts, proofs, findings, links of the chain and joint reviews that were taken over."""
    chain = SubSupplier.objects.filter(supplier=supplier) | SubSupplier.objects.filter(on=supplier)
    return {
        "services": Service.objects.filter(supplier=supplier).count(),
        "contracts": Contract.objects.filter(supplier=supplier).count(),
        "proofs": Proof.objects.filter(supplier=supplier).count(),
        "findings": Finding.objects.filter(supplier=supplier).count(),
        "chain": chain.count(),
        "reviews": Adoption.objects.filter(supplier=supplier).count(),
    }
