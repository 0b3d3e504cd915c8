"""What a table pays beside its dishes: for its seats (茶位费) and for service (服务费)."""

from dataclasses import dataclass

from .menu import ChargeProduct, Menu, Text
from .money import tax_in


@dataclass(frozen=True, slots=True)
class Charged:
    """What earlier rounds of the same order were charged.

    `dishes_fen` is what the order's dishes come to, those that staff added too. `seats` and `service_fen` are what
    was charged, also where staff made it less afterwards. A charge of a `waived` kind ('seat', 'service') was taken
    off by staff and is not made again.
    """

    dishes_fen: int = 0
    seats: int = 0
    service_fen: int = 0
    waived: frozenset[str] = frozenset()


NOTHING_CHARGED = Charged()


@dataclass(frozen=True, slots=True)
class Charge:
    """A seat charge (茶位费, `kind` 'seat') or a service charge ('service')."""

    kind: str
    product_id: int
    name: Text
    quantity: int
    unit_price_fen: int
    amount_fen: int
    tax_fen: int


def due(menu: Menu, dishes_fen: int, guests: int, charged: Charged) -> tuple[Charge, ...]:
    """The charges that this round adds: seats not charged yet, and service on the order's new total.

    Service is reckoned on all rounds together, so that its rounding does not depend on how they were split.
    """
    charges = []
    seats = guests - charged.seats
    if menu.seat_charge_fen and menu.seat_product and seats > 0:
        charges.append(_charge("seat", menu.seat_product, seats, menu.seat_charge_fen))
    service_fen = service_on(charged.dishes_fen + dishes_fen, menu.service_charge_permille) - charged.service_fen
    if menu.service_product and service_fen > 0:
        charges.append(_charge("service", menu.service_product, 1, service_fen))
    return tuple(charge for charge in charges if charge.kind not in charged.waived)


def service_on(dishes_fen: int, permille: int) -> int:
    """The service charge on an order's dishes, in fen, half up."""
    return (2 * dishes_fen * permille + 1000) // 2000


def _charge(kind: str, product: ChargeProduct, quantity: int, unit_fen: int) -> Charge:
    amount_fen = quantity * unit_fen
    return Charge(
        kind,
        product.product_id,
        product.name,
        quantity,
        unit_fen,
        amount_fen,
        tax_in(amount_fen, product.tax_permille),
    )
