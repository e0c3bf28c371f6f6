# SPDX-License-Identifier: EUPL-1.2
"""Takes the README's pictures of a running demonstration: `python -m tests.journeys.pictures`.

Needs `./run` in another window, Chromium, and pdftoppm (poppler-utils) for the papers.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parent.parent.parent / "docs/pictures"
EDITION = "/organisation/coventis-2027"
PAGES = {
    "home": ("", "/"),
    "directory": ("", "/annuaire?venue=1"),
    "requests": ("entreprise", "Mes demandes"),
    "agenda": ("entreprise", "Mon agenda"),
    "cockpit": ("organisateur", EDITION),
    "schedule": ("organisateur", f"{EDITION}/planification/1"),
}


def come_in(browser: Browser, address: str, who: str) -> Page:
    """A page as this person of the demonstration."""
    page = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900}).new_page()
    page.goto(urljoin(address, "/connexion" if who else "/"))
    if who:
        page.fill("[name=email]", f"{who}@demo.invalid")
        page.fill("[name=password]", "passerelle-demo")
        page.locator("form:has([name=password]) button").first.click()
        page.wait_for_load_state()
    return page


def take(browser: Browser, address: str) -> None:
    """One picture per page, 1280 px wide, its upper part."""
    for name, (who, where) in PAGES.items():
        page = come_in(browser, address, who)
        if where.startswith("/"):
            page.goto(urljoin(address, where))
        else:
            page.get_by_role("link", name=where).first.click()
        page.wait_for_load_state()
        page.set_viewport_size({"width": 1280, "height": 1400})
        page.screenshot(path=PICTURES / f"{name}.png")


def print_papers(browser: Browser, address: str) -> None:
    """The first badge sheet, and the agenda of the company of the demonstration."""
    company = come_in(browser, address, "entreprise")
    company.get_by_role("link", name="Mon agenda").first.click()
    as_picture(company, "main a[href*='.pdf']", "agenda-paper")
    team = come_in(browser, address, "organisateur")
    team.goto(urljoin(address, f"{EDITION}/impressions"))
    team.locator("main form[action$='/badges'] button").first.click()
    for _ in range(120):
        team.goto(urljoin(address, f"{EDITION}/impressions"))
        if team.locator("main a[href$='.pdf']").count():
            break
        team.wait_for_timeout(1000)
    as_picture(team, "main a[href$='.pdf']", "badges")


def as_picture(page: Page, link: str, name: str) -> None:
    """The first sheet of the PDF behind a link, as a picture."""
    address = page.locator(link).first.get_attribute("href") or ""
    paper = page.request.get(urljoin(page.url, address)).body()
    command = ["pdftoppm", "-png", "-r", "70", "-f", "1", "-l", "1", "-singlefile", "-"]
    subprocess.run([*command, str(PICTURES / name)], input=paper, check=True)


def main(address: str = "http://127.0.0.1:8000") -> None:
    """Take every picture of the demonstration served at `address`."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=flags
        )
        take(browser, address)
        print_papers(browser, address)
        browser.close()


if __name__ == "__main__":
    main(*[argument for argument in sys.argv[1:] if re.match("https?://", argument)])
