"""Odoo's back office in Chromium, as a manager sees it."""

import re

from screens import PATIENCE_MS, PICTURES, ZONE

SIZE = {"width": 1280, "height": 720}


class Office:
    """The back office of somebody with a password."""

    def __init__(self, browser, stack, login):
        context = browser.new_context(viewport=SIZE, locale="zh-CN", timezone_id=ZONE)
        context.set_default_timeout(PATIENCE_MS)
        self.address = stack["odoo"]
        self.page = context.new_page()
        self.page.goto(f"{self.address}/web/login")
        self.page.locator("input[name=login]").fill(login)
        self.page.locator("input[name=password]").fill(login)
        self.page.locator("form.oe_login_form button[type=submit]").click()
        self.page.wait_for_url(re.compile("/odoo"), wait_until="commit")

    def open(self, action):
        """The page of an action, by its external id."""
        self.page.goto(f"{self.address}/odoo/action-{action}")
        self.page.locator(".o_kanban_record, .o_data_row").first.wait_for()

    def card(self, words):
        """A card that holds these words."""
        return self.page.locator(".o_kanban_record").filter(has_text=words)

    def row(self, *words):
        """The first row of a list that holds all the words."""
        found = self.page.locator(".o_data_row")
        for word in words:
            found = found.filter(has_text=word)
        return found.first

    def press(self, name):
        """A button, by the name of its method; the one of a dialogue where there is one."""
        self.page.locator(f"button[name={name}]:visible").last.click()

    def picture(self, name, height):
        """Keep the upper part of the page as docs/pictures/NAME.png."""
        self.page.wait_for_timeout(700)
        self.page.screenshot(
            path=PICTURES / f"{name}.png", clip={"x": 0, "y": 0, "width": SIZE["width"], "height": height}
        )
