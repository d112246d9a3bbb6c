"""What may be done on these facts: the rules alone, and the page of the wizard. Prints figures; asserts nothing.

Usage: python -m bench.bench_powers
"""

import os
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter, process_time

ON = date(2026, 11, 30)
BUDGET = 50


def main() -> None:
    """Prints one line per figure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijkwacht.settings")
    import django

    django.setup()
    from django.contrib.auth.models import AnonymousUser
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    from dijkwacht.apps.order.forms import WizardForm
    from dijkwacht.apps.order.wizard_page import answered, apart
    from dijkwacht.core.powers import outcomes
    from dijkwacht.norms.powers import powers_pack
    from dijkwacht.web.context import Shell

    start = perf_counter()
    pack = powers_pack()
    print(f"{'pack read, once per process':<44} {1000 * (perf_counter() - start):8.1f} ms")
    calm = {name: "no" for name, each in pack.questions.items() if not each.options}
    some = {**calm, "serious_fear": "yes", "decider": "mayor", "lighter_suffices": "unknown"}
    _say("outcomes of all powers, nothing known", lambda: outcomes(pack.powers, pack.reasons, {}, on=ON))
    _say("outcomes of all powers, all known", lambda: outcomes(pack.powers, pack.reasons, some, on=ON))
    _say("the same in words", lambda: answered(some, on=ON))

    class Seat:
        organisation = type("Town", (), {"slug": "dijkstad"})()

    request = RequestFactory().get("/", some)
    request.user, request.session = AnonymousUser(), {}

    def page() -> str:
        form = WizardForm(request.GET)
        form.is_valid()
        shown = {
            "seat": Seat(),
            "form": form,
            "page": answered(form.answers, on=ON),
            "on": ON,
            "answers": some,
            "query": "x",
            "apart": apart(),
        }
        return render_to_string("order/home.html", {**shown, "request": request, "shell": Shell(request)})

    _say(f"the page, rendered ({len(page()) // 1024} KB)", page, budget=BUDGET)


def _say(what: str, run: Callable[[], object], rounds: int = 20, budget: int = 0) -> None:
    run()
    taken, worked = [], []
    for _ in range(rounds):
        start, work = perf_counter(), process_time()
        run()
        taken.append(perf_counter() - start)
        worked.append(process_time() - work)
    told = f"   (budget {budget} ms)" if budget else ""
    print(f"{what:<44} {1000 * median(taken):8.2f} ms, of processor {1000 * median(worked):.2f} ms{told}")


if __name__ == "__main__":
    main()
