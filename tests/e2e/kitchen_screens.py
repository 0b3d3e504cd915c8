"""The kitchen's displays in Chromium, as a cook and a runner see them."""

import json
import re
from datetime import datetime, timedelta

from screens import PATIENCE_MS, PICTURES, ZONE

SIZE = {"width": 1920, "height": 1080}

#: No part of a wish may be cut: neither by its own frame nor by the card, the column or the screen.
_CUT = """notes => notes.filter(note => {
    const card = note.closest(".kds-card").getBoundingClientRect();
    const place = note.getBoundingClientRect();
    return note.scrollWidth > note.clientWidth || note.scrollHeight > note.clientHeight
        || place.left < card.left || place.right > card.right || place.bottom > card.bottom || card.right > innerWidth;
}).map(note => note.innerText)"""


def open_link(back, kind, station=""):
    """Set up a display in the back office, and take its link."""
    stations = back.read("dining.station", [("name", "=", station)], ["id"], context={"lang": "zh_CN"})
    values = {"name": station or kind, "kind": kind, "station_id": stations[0]["id"] if stations else False}
    display = back.call("dining.display", "create", [values])
    return back.read("dining.display", [("id", "in", display)], ["link"])[0]["link"]


class KitchenScreen:
    """A display by its link, on a screen without an account.

    It does not poll: what it shows anew, Odoo's bus has told it.

    :param link: of a `dining.display`, with its token
    """

    def __init__(self, browser, link, size=None, locale="zh-CN"):
        context = browser.new_context(viewport=size or SIZE, locale=locale, timezone_id=ZONE, has_touch=True)
        context.set_default_timeout(PATIENCE_MS)
        self.page = context.new_page()
        self.page.route(link, _poll_never)
        self.page.goto(link)
        self.page.locator(".kds-columns, .kds-empty").wait_for()

    def card(self, table):
        return self.page.locator(f".kds-card[data-table='{table}']")

    def dish(self, table, name):
        """A dish of a table's card."""
        return self.card(table).locator(".kds-dish").filter(has_text=name)

    def tap(self, table, name):
        """The whole of a dish: what comes next is done to it."""
        self.dish(table, name).locator(".kds-dish-tap").tap()

    def dishes(self, table):
        """Names of the dishes on a table's card."""
        return self.card(table).locator(".kds-dish-name").all_inner_texts()

    def finish(self, table):
        """Everything of a table's first card is ready, or served."""
        self.card(table).locator(".kds-finish").first.tap()

    def recall(self):
        """Take the last bump back."""
        self.page.locator(".kds-recall").tap()

    def cut_wishes(self):
        """Wishes that are not shown whole."""
        return self.page.locator(".kds-note, .kds-danger").evaluate_all(_CUT)

    def lose_connection(self):
        self.page.context.set_offline(True)
        self.page.locator(".kds-stale").wait_for()

    def find_connection(self):
        self.page.context.set_offline(False)
        self.page.locator(".kds-stale").wait_for(state="detached")

    def picture(self, name, waited):
        """Keep what the screen shows as docs/pictures/NAME.png.

        :param waited: minutes that the cards seem to wait, one after another: nobody waits so long for a picture
        """

        def make_wait(route):
            answer = route.fetch()
            board = answer.json()
            for number, card in enumerate(board.get("cards", [])):
                minutes = waited[min(number, len(waited) - 1)]
                since = datetime.fromisoformat(board["now"][:19]) - timedelta(minutes=minutes)
                card["since"] = since.isoformat() + "Z"
            route.fulfill(response=answer, body=json.dumps(board))

        self.page.route("**/board*", make_wait)
        self.page.reload()
        self.page.locator(".kds-columns").wait_for()
        # The first touch allows sound and takes the hint away.
        self.page.touchscreen.tap(2, SIZE["height"] - 2)
        self.page.locator(".kds-sound-hint").wait_for(state="detached")
        self.page.screenshot(path=PICTURES / f"{name}.png")
        self.page.unroute("**/board*")
        self.page.reload()
        self.page.locator(".kds-columns, .kds-empty").wait_for()


def _poll_never(route):
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r'"poll_seconds": \d+', '"poll_seconds": 3600', answer.text()))
