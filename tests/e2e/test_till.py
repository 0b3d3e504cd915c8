"""A member pays with stored value at Odoo's own register, in a real browser; the till without the network."""

from uuid import uuid4

import pytest
import requests
from screens import Register, soon

TABLE = "C7"


@pytest.fixture(scope="module")
def code(back):
    return back.new_table(TABLE)["dining_code"]


@pytest.fixture
def member(phone, stack):
    """A phone of a member who has topped up 500 and was given 50."""
    one = phone(f"till-{uuid4().hex[:8]}")
    version = one.get("/member")["consent_version"]
    one.code = one.call("POST", "/member", {"consent_version": version}).json()["code"]
    offer = next(offer for offer in one.get("/topup-offers")["offers"] if offer["price_fen"] == 50_000)
    topup = one.call("POST", "/topups", {"offer_id": offer["id"]}).json()
    paid = requests.post(
        f"{stack['wechat']}/_control/pay", json={"out_trade_no": topup["id"], "user": one.user}, timeout=30
    )
    assert paid.status_code == 200, paid.text
    for _try in range(100):
        if one.get(f"/topups/{topup['id']}")["state"] == "credited":
            return one
    raise AssertionError("the top-up was not credited")


@pytest.fixture
def register(browser, stack, back):
    [store] = back.read("pos.config", [("is_dining", "=", True)], ["id"])
    register = Register(browser, stack, store["id"])
    yield register
    register.page.context.close()


def open_wallet(register):
    register.page.locator(".paymentmethod").filter(has_text="储值").click()


def show_code(register, member):
    """The member holds the phone under the scanner, which types the code and ends it."""
    field = register.page.locator(".dining-member-code")
    field.fill(member.code)
    field.press("Enter")


def test_a_member_pays_at_the_register(register, member, code, back, plain_dishes):
    version = member.join(code, 2)["menu_version"]
    assert member.add(plain_dishes(member.menu())[0], 2).status_code == 200
    placed = member.place(version)
    assert placed.status_code == 200, placed.text
    due = member.view()["order"]["due_fen"] / 100
    page = register.page
    register.open_table("露台", TABLE)
    page.locator(".pay-order-button").click()

    page.context.set_offline(True)
    open_wallet(register)
    soon(page.locator(".modal-body").get_by_text("现在连不上服务器，查不到余额，不能用储值付款"), 20)
    page.locator(".modal-footer .btn-primary").click()
    assert page.locator(".paymentline").count() == 0
    page.context.set_offline(False)
    page.wait_for_function("!odoo.__WOWL_DEBUG__.root.env.services.pos.data.network.offline")

    open_wallet(register)
    show_code(register, member)
    soon(page.locator(".dining-wallet-available").get_by_text("550.00"), 20)
    page.locator("#dining-wallet-amount").fill("11")
    pay = page.locator(".dining-wallet-pay:not([disabled])")
    soon(pay.get_by_text("11.00"), 10)
    register.picture("register-stored-quote")
    pay.click()
    soon(page.locator(".paymentline.selected").get_by_text("10.00"), 20)
    open_wallet(register)
    show_code(register, member)
    soon(page.locator(".dining-wallet-due").get_by_text(f"{due - 11:.2f}"), 20)
    page.locator(".dining-wallet-pay:not([disabled])").click()
    page.locator(".receipt-screen").wait_for()
    [order] = back.read(
        "pos.order",
        [("table_id.dining_name", "=", TABLE)],
        ["state", "amount_total", "amount_paid"],
        order="id desc",
        limit=1,
    )
    assert order["state"] == "paid"
    assert order["amount_total"] == order["amount_paid"]
    [wallet] = back.read(
        "dining.wallet", [("member_id.code", "=", member.code)], ["id", "principal_fen", "bonus_fen", "held_fen"]
    )
    assert wallet["principal_fen"] + wallet["bonus_fen"] == 55_000 - round(due * 100)
    said = back.call("dining.wallet", "action_verify", [wallet["id"]])
    assert said["params"]["type"] == "success", said


def test_what_a_member_can_top_up_at_the_register(register, member):
    """The cash itself is taken where a shift's till is counted: in the accountant's tests."""
    page = register.page
    page.locator(".pos-rightheader button:has(.fa-bars)").click()
    page.locator(".dropdown-item").filter(has_text="储值充值").click()
    show_code(register, member)
    offers = page.locator(".dining-topup-offer")
    offers.nth(2).wait_for()
    soon(offers.filter(has_text="首充 100 送 20").get_by_text("该档位仅限首次充值"), 10)
    offers.filter(has_text="充 500 送 50").click()
    soon(page.locator(".dining-topup-take").get_by_text("已收现金"), 10)
    register.picture("register-topup")
    page.locator(".modal-footer .btn-secondary").click()
