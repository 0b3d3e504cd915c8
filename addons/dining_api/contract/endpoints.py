"""Every call of the API: the one table that the dispatcher, `openapi.json` and the tests read."""

from dataclasses import dataclass

from pydantic import BaseModel

from . import auth, common, member, menu, order, table

BASE = "/diancan/v1"


@dataclass(frozen=True)
class Endpoint:
    """One call.

    :param public: needs no bearer token
    :param keyed: a write that must carry an Idempotency-Key
    :param writes: a GET that may write down something, such as a key made with the first use
    :param media: of an answer that is no JSON
    """

    name: str
    method: str
    path: str
    summary: str
    answer: type[BaseModel] | None
    body: type[BaseModel] | None = None
    public: bool = False
    keyed: bool = False
    writes: bool = False
    media: str = "image/jpeg"

    @property
    def readonly(self):
        return self.method == "GET" and not self.writes

    @property
    def tag(self):
        """The resource, which is also the controller's module."""
        return self.name.split(".")[0]


_SESSION = "/stores/<int:store_id>/table-sessions/<string:token>"

ENDPOINTS = {
    endpoint.name: endpoint
    for endpoint in (
        Endpoint("stores.index", "GET", "/stores", "Stores, for the home page", menu.StoresOut, public=True),
        Endpoint(
            "stores.menu",
            "GET",
            "/stores/<int:store_id>/menu",
            "A store's menu; send If-None-Match to hear only of changes",
            menu.MenuOut,
            public=True,
        ),
        Endpoint(
            "stores.availability",
            "GET",
            "/stores/<int:store_id>/availability",
            "What is left of limited dishes",
            menu.AvailabilityOut,
            public=True,
        ),
        Endpoint(
            "stores.image",
            "GET",
            "/images/<int:dish_id>/<string:file_name>",
            "A dish's picture; its address changes with the picture",
            None,
            public=True,
        ),
        Endpoint("tables.scan", "GET", "/scan", "Where a table code (?scene=) leads", table.ScanOut, public=True),
        Endpoint(
            "tables.join",
            "POST",
            "/stores/<int:store_id>/table-sessions",
            "Join the table whose code was scanned",
            table.TableOut,
            body=table.JoinIn,
        ),
        Endpoint(
            "tables.show",
            "GET",
            _SESSION,
            "The table as the phone shows it; 304 while ?rev= is current",
            table.TableOut,
        ),
        Endpoint(
            "tables.allergies",
            "POST",
            _SESSION + "/allergies",
            "Say what one must not eat, for this visit",
            table.TableOut,
            body=table.AllergiesIn,
            keyed=True,
        ),
        Endpoint(
            "tables.cart_add",
            "POST",
            _SESSION + "/cart",
            "Put a dish into the table's cart",
            table.CartEntryOut,
            body=table.CartLineIn,
            keyed=True,
        ),
        Endpoint(
            "tables.cart_change",
            "POST",
            _SESSION + "/cart/<string:line_key>",
            "More or fewer of a line in the cart",
            table.CartEntryOut,
            body=table.CartChangeIn,
            keyed=True,
        ),
        Endpoint(
            "tables.place",
            "POST",
            _SESSION + "/rounds",
            "Submit the cart as a round",
            table.PlacedOut,
            body=table.PlaceIn,
            keyed=True,
        ),
        Endpoint("orders.index", "GET", "/orders", "Orders of the tables one sat at", order.OrdersOut),
        Endpoint(
            "orders.show",
            "GET",
            "/orders/<string:order_id>",
            "One order; 304 while ?rev= is current",
            order.OrderOut,
        ),
        Endpoint(
            "orders.rush",
            "POST",
            "/orders/<string:order_id>/lines/<string:line_id>/rush",
            "Ask the kitchen to hurry with a dish, at most once in five minutes",
            order.RushOut,
            body=order.RushIn,
            keyed=True,
        ),
        Endpoint(
            "payments.create",
            "POST",
            "/orders/<string:order_id>/payments",
            "Begin to pay what is due by WeChat Pay",
            order.PaymentOut,
            body=order.PayIn,
            keyed=True,
        ),
        Endpoint("payments.show", "GET", "/payments/<string:payment_id>", "How a payment stands", order.PaymentOut),
        Endpoint(
            "payments.cancel",
            "POST",
            "/payments/<string:payment_id>/cancel",
            "Give up a payment that was begun",
            order.PaymentOut,
            body=order.PayIn,
        ),
        Endpoint(
            "wallet.pay",
            "POST",
            "/orders/<string:order_id>/wallet-payments",
            "Pay what is due, or a part of it, with stored value",
            member.WalletPaymentOut,
            body=member.WalletPaymentIn,
            keyed=True,
        ),
        Endpoint(
            "wallet.quote",
            "POST",
            "/orders/<string:order_id>/wallet-quote",
            "What paying with stored value would come to; nothing is changed",
            member.WalletQuoteOut,
            body=member.WalletQuoteIn,
        ),
        Endpoint(
            "wallet.statement",
            "GET",
            "/wallet/statement",
            "The member's signed statement",
            member.StatementOut,
            writes=True,
        ),
        Endpoint(
            "wallet.statement_view",
            "GET",
            "/wallet/statement-view",
            "A month (?month=2026-11) of the statement, or all of it, to look at",
            member.StatementViewOut,
            writes=True,
        ),
        Endpoint(
            "wallet.statement_pdf",
            "GET",
            "/wallet/statement.pdf",
            "The statement, or a month (?month=2026-11), as a page, in a PDF that carries all of it",
            None,
            writes=True,
            media="application/pdf",
        ),
        Endpoint("topups.offers", "GET", "/topup-offers", "What can be topped up", member.TopupOffersOut),
        Endpoint(
            "topups.create",
            "POST",
            "/topups",
            "Begin to top up by WeChat Pay",
            member.TopupOut,
            body=member.TopupIn,
            keyed=True,
        ),
        Endpoint("topups.show", "GET", "/topups/<string:topup_id>", "How a top-up stands", member.TopupOut),
        Endpoint(
            "topups.cancel",
            "POST",
            "/topups/<string:topup_id>/cancel",
            "Give up a top-up that was begun",
            member.TopupOut,
            body=order.PayIn,
        ),
        Endpoint(
            "wallet.set_pin", "POST", "/wallet/pin", "Set a payment PIN, or another one", common.Done, body=member.PinIn
        ),
        Endpoint("wallet.show", "GET", "/wallet", "The member's stored value and its latest entries", member.WalletOut),
        Endpoint("member.show", "GET", "/member", "Who this phone's member is", member.MemberOut),
        Endpoint(
            "member.join", "POST", "/member", "Become a member, with a consent", member.MemberOut, body=member.MemberIn
        ),
        Endpoint(
            "auth.login",
            "POST",
            "/auth/login",
            "Log in with WeChat's code",
            auth.LoginOut,
            body=auth.LoginIn,
            public=True,
        ),
        Endpoint("auth.logout", "POST", "/auth/logout", "Make the token useless", common.Done),
    )
}
