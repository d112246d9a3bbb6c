"""Makes docs/img/*.png: the demo world in a browser at 1280 px. Usage: python -m tools.screenshots

Needs chromium (or CHROMIUM=/path/to/it). Uses a data folder and a server of its own, and ends both.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

OUT = Path(__file__).parents[1] / "docs" / "img"
ADDRESS = "127.0.0.1:8765"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PAGES = {  # per person of the demo: the name of the picture and the page on it
    "ciso@dijkstad.example": {
        "today": "o/dijkstad/",
        "questions": "o/dijkstad/vragen/",
        "accounts": "o/dijkstad/verantwoording/",
        "requirement": "o/dijkstad/eis/bio2:8.13.04/",
        "ensia": "o/dijkstad/ensia/",
        "statement": "o/dijkstad/verklaringen/1/",
        "isms": "o/dijkstad/isms/",
        "risks": "o/dijkstad/isms/risicos/",
        "outside": "o/dijkstad/buitenkant/",
        "outside-name": "o/dijkstad/buitenkant/namen/dijkstad.example/",
        "warning": "o/dijkstad/waarschuwingen/4/",
    },
    "inkoop@dijkstad.example": {
        "suppliers": "o/dijkstad/leveranciers/",
        "supplier": "o/dijkstad/leveranciers/1/",
        "what-if": "o/dijkstad/leveranciers/wat-stopt/als/?wie=k90010001",
    },
    "aov@dijkstad.example": {
        "beyond": "o/dijkstad/buiten-de-muren/",
        "landscape": "o/dijkstad/landschap/",
        "powers": "o/dijkstad/openbare-orde/?disturbance_now=yes",
        "exercise": "o/dijkstad/oefeningen/1/terugkijken/",
        "cascade": "o/dijkstad/crisis/uitval/?uitval=power_grid_local#fails",
        "cybercrime": "o/dijkstad/cybercrime/",
        "covenant": "o/dijkstad/landschap/convenant/investment/",
    },
    "burgemeester@dijkstad.example": {"mayor-card": "o/dijkstad/crisis/bestuurskaart/1/"},
    "samen@vereniging.example": {"joint-review": "o/vereniging/leveranciers/onderzoeken/1/"},
    "analist@csirt.example": {"triage": "o/csirt/adviezen/"},
    "inspecteur@toezicht.example": {"reading-room": "o/dijkstad/leeszaal/2/"},
}


def main() -> None:
    """One picture per page."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is needed")
    with tempfile.TemporaryDirectory() as data:
        env = {**os.environ, "DIJKWACHT_DATA": data}
        made = subprocess.run(
            [sys.executable, "-m", "dijkwacht.cli", "demo", "--json"],
            env=env,
            check=True,
            capture_output=True,
            text=True,
        )
        signs = json.loads(made.stdout)
        command = [sys.executable, "-m", "gunicorn", "dijkwacht.wsgi", "--bind", ADDRESS, "--no-control-socket"]
        server = subprocess.Popen([*command, "--log-level", "warning"], env=env)
        try:
            _wait()
            for email, pages in PAGES.items():
                _take(chromium, pages, email=email, password=signs["password"])
        finally:
            server.terminate()
            server.wait(timeout=10)


def _wait() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://{ADDRESS}/account/login/", timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("the site did not start")


def _take(chromium: str, pages: dict[str, str], *, email: str, password: str) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page: Page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="nl-NL")
        page.goto(f"http://{ADDRESS}/account/login/")
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", password)
        page.click("main button[type=submit]")
        for name, path in pages.items():
            page.goto(f"http://{ADDRESS}/{path}")
            page.screenshot(path=OUT / f"{name}.png")
            print(f"docs/img/{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
