"""The kitchen's displays in Chromium, as a cook and a runner see them."""

from screens import PATIENCE_MS, PICTURES

SIZE = {"width": 1920, "height": 1080}


class KitchenScreen:
    """A display by its link, on a screen without an account.

    :param link: of a `dining.display`, with its token
    """

    def __init__(self, browser, link, size=None, locale="zh-CN"):
        context = browser.new_context(viewport=size or SIZE, locale=locale, timezone_id="Asia/Shanghai", has_touch=True)
        context.set_default_timeout(PATIENCE_MS)
        self.page = context.new_page()
        self.page.goto(link)
        self.page.locator(".kds-columns, .kds-empty").wait_for()

    def card(self, table):
        return self.page.locator(f".kds-card[data-table='{table}']")

    def dish(self, table, name):
        """A dish of a table's card, to be tapped."""
        return self.card(table).locator(".kds-dish-tap").filter(has_text=name).first

    def finish(self, table):
        """Everything of a table's card is ready, or served."""
        self.card(table).locator(".kds-finish").tap()

    def lose_connection(self):
        self.page.context.set_offline(True)
        self.page.locator(".kds-stale").wait_for()

    def find_connection(self):
        self.page.context.set_offline(False)
        self.page.locator(".kds-stale").wait_for(state="detached")

    def picture(self, name):
        """Keep what the screen shows as docs/pictures/NAME.png."""
        # The first touch allows sound and takes the hint away.
        self.page.touchscreen.tap(2, SIZE["height"] - 2)
        self.page.locator(".kds-sound-hint").wait_for(state="detached")
        self.page.screenshot(path=PICTURES / f"{name}.png")
