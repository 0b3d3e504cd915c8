"""What people see: the phone, the kitchen's paper and the register, in Chromium."""

import re
import time
from pathlib import Path

import requests
from playwright.sync_api import expect

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"

#: Long, because the machine of a test may be busy; nothing waits for it when all is well.
PATIENCE_MS = 60_000
#: Guests and staff sit in the restaurant.
ZONE = "Asia/Shanghai"


class PhoneScreen:
    """The unmodified mini-program as one WeChat user, in the browser host."""

    def __init__(self, browser, stack, user, code="", lang="zh_CN", width=390):
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            device_scale_factor=2,
            has_touch=True,
            is_mobile=True,
            locale=lang.replace("_", "-"),
            timezone_id=ZONE,
        )
        context.set_default_timeout(PATIENCE_MS)
        self.page = context.new_page()
        scene = f"scene={code}&" if code else ""
        self.page.goto(f"{stack['phone']}?{scene}user={user}&lang={lang}&bare=1")

    def top(self, selector):
        """Elements of the page on top."""
        return self.page.locator(f".mp-page:not([hidden]) {selector}")

    def text(self, words):
        """What the page on top says, word for word."""
        return self.top(f"wx-view:text-is('{words}'):visible").last

    def tap(self, words):
        self.text(words).tap()

    def dish(self, name):
        """The card of a dish of the category that is scrolled to."""
        return self.top("ui-dish-card").filter(has_text=name).first

    def category(self, name):
        """Scroll to a category; dishes far away are not drawn, so wait until the list stands still."""
        self.top(".tab").filter(has_text=name).tap()
        self.top(".tab--on").filter(has_text=name).wait_for()
        self.page.wait_for_timeout(600)

    def sit_down(self, guests):
        """Answer how many sit down, as the first phone at a table is asked."""
        self.top("ui-guests-sheet").get_by_text(f"{guests} 位", exact=True).tap()

    def choose(self, category, name, *options, wishes=(), note="", rush=False):
        """Open a dish, choose and put it into the cart."""
        self.category(category)
        self.dish(name).tap()
        sheet = self.top("ui-option-sheet")
        for option in (*options, *wishes):
            sheet.get_by_text(option, exact=True).first.tap()
        if note:
            sheet.locator("textarea").fill(note)
        if rush:
            sheet.locator("wx-switch").tap()
        self.page.wait_for_timeout(300)
        return sheet

    def add_chosen(self):
        self.top("ui-option-sheet").get_by_text("加入购物车", exact=True).tap()

    def plus(self, category, name):
        """The + of a dish that needs no choice."""
        self.category(category)
        self.dish(name).locator(f"[aria-label='+ {name}']").tap()

    def open_cart(self):
        self.top("ui-cart-bar .bar__cart").tap()

    def review(self):
        """Go to the page where the table's cart is checked."""
        self.top("ui-cart-bar .bar__go").tap()

    def submit(self):
        """Order what is in the table's cart, and stay on the page of the order."""
        self.review()
        submit = self.top(":is(wx-view):text-matches('^(提交订单|提交加菜)$'):visible").last
        submit.wait_for()
        submit.tap()
        self.top("ui-order-line").first.wait_for()

    def ordered(self, name):
        """A dish on the page of the order."""
        return self.top("ui-order-line").filter(has_text=name)

    def picture(self, name):
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_timeout(700)
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def assert_sound(self):
        """The host saw no error, and the page stays within what WeChat allows."""
        errors = self.page.evaluate("__host.errors")
        assert errors == [], errors
        for route, metrics in self.page.evaluate("__host.metrics.pages").items():
            assert metrics["maxNodes"] < 1000, route
            assert metrics["maxSetDataBytes"] < 256 * 1024, route


class Paper:
    """The virtual kitchen printer's tickets."""

    def __init__(self, stack):
        self.address = stack["paper"].rstrip("/")

    def tickets(self):
        """All tickets, newest first, each with its text."""
        answer = requests.get(f"{self.address}/tickets", timeout=10).json()
        return answer["tickets"] if isinstance(answer, dict) else answer

    def set(self, printer, **condition):
        """Bring a printer into another condition, as with `paper="out"`."""
        requests.post(f"{self.address}/_control/{printer}", json=condition, timeout=10).raise_for_status()

    def wait_for(self, *words, seconds=30):
        """The newest ticket that holds all the words."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for ticket in self.tickets():
                text = self.text_of(ticket)
                if all(word in text for word in words):
                    return {**ticket, "text": text}
            time.sleep(0.2)
        raise AssertionError(f"no ticket with {words}: {[self.text_of(ticket) for ticket in self.tickets()[:4]]}")

    def text_of(self, ticket):
        return requests.get(f"{self.address}/tickets/{ticket['number']}.txt", timeout=10).text

    def png_of(self, ticket):
        return requests.get(f"{self.address}/tickets/{ticket['number']}.png", timeout=20).content


class Register:
    """Odoo's own register, as a cashier."""

    def __init__(self, browser, stack, store_id, login="cashier"):
        context = browser.new_context(viewport={"width": 1366, "height": 860}, locale="zh-CN", timezone_id=ZONE)
        context.set_default_timeout(PATIENCE_MS)
        self.page = context.new_page()
        self.page.goto(f"{stack['odoo']}/web/login")
        self.page.locator("input[name=login]").fill(login)
        self.page.locator("input[name=password]").fill(login)
        self.page.locator("form.oe_login_form button[type=submit]").click()
        # Logged in; the back office need not load for that.
        self.page.wait_for_url(re.compile("/odoo"), wait_until="commit")
        self.page.goto(f"{stack['odoo']}/pos/ui/{store_id}")
        self.page.locator(".floor-map, .login-overlay").first.wait_for()
        if self.page.locator(".login-overlay").count():
            self.page.locator(".login-overlay .open-register-btn").click()
        self.page.locator(".floor-map").wait_for()

    def open_table(self, floor, name):
        self.page.locator(".floor-selector .button-floor").filter(has_text=floor).click()
        self.page.locator(".floor-map .table").filter(has_text=name).first.click()
        self.page.locator(".product-screen").wait_for()

    def lines(self):
        return self.page.locator(".order-container .orderline")

    def add(self, name):
        self.page.locator("article.product").filter(has_text=name).first.click()

    def take_off(self, name, reason):
        """Take a dish off the order and tell the kitchen why."""
        self.lines().filter(has_text=name).first.click()
        for _press in range(2):
            self.page.locator(".numpad button").filter(has_text="⌫").click()
        self.lines().filter(has_text=name).first.wait_for(state="detached")
        self.send_to_kitchen()
        self.page.locator(".modal .selection-item").filter(has_text=reason).click()
        self.page.locator(".floor-map").wait_for()

    def move_to(self, name):
        """Move the open order to another table (转台)."""
        self.page.locator(".more-btn").click()
        self.page.locator(".control-buttons button:has(.oi-arrow-right)").last.click()
        self.page.locator(".floor-map .table").filter(has_text=name).first.click()

    def send_to_kitchen(self):
        self.page.locator(".submit-order").click()

    def pay_cash(self):
        """Take cash, for all that is due."""
        self.page.locator(".pay-order-button").click()
        self.page.locator(".paymentmethod").filter(has_text="现金").click()
        self.page.locator(".paymentline").filter(has_text="现金").wait_for()
        self.page.locator(".validation-button").click()
        self.page.locator(".receipt-screen").wait_for()

    def picture(self, name):
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_timeout(700)
        self.page.screenshot(path=PICTURES / f"{name}.png")


def soon(locator, seconds=1):
    """`locator` is visible within `seconds`."""
    expect(locator).to_be_visible(timeout=seconds * 1000)
