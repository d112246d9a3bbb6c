"""How long it takes to read and check all norm packs, and how much text that is. Measures, never asserts."""

from pathlib import Path
from statistics import median
from time import perf_counter

from dijkwacht.norms.packs import read_packs
from dijkwacht.norms.read import ROOT

RUNS = 9
TARGET = 0.3  # seconds, for reading the packs at start


def size(root: Path) -> tuple[int, int]:
    """Number of pack files and their bytes."""
    sizes = [path.stat().st_size for path in root.rglob("*.yaml")]
    return len(sizes), sum(sizes)


def main() -> None:
    files, total = size(ROOT)
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        packs = read_packs(ROOT)
        times.append(perf_counter() - start)
    requirements = sum(len(version.catalog.requirements) for version in packs.versions)
    print(f"packs: {files} files, {total / 1000:.0f} kB")
    print(f"holding {len(packs.fact_types)} fact types and {requirements} requirements")
    print(f"read and check: first {times[0]:.3f} s, median {median(times):.3f} s, target {TARGET} s")


if __name__ == "__main__":
    main()
