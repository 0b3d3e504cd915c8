"""What a cart costs, decided by the server from the menu alone.

Everything is integer fen, tax included. Option prices add to the dish's price. A set meal's price is spread
over its parts as Odoo's register does (`point_of_sale` `compute_combo_items.js`), so that the same meal costs
the same on the phone and at the register, line by line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from .charges import NOTHING_CHARGED, Charge, Charged, due
from .menu import Dish, Menu, OptionGroup, SetChoice, SetGroup, Text
from .money import allocate, tax_in
from .refusals import Refusal

MAX_LINES = 200
"""Lines in one quote; far above a table's need, so that a request cannot ask for hours of work."""


@dataclass(frozen=True, slots=True)
class Component:
    """What was taken for one part of a set meal."""

    choice_id: int
    option_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CartLine:
    """What a diner chose; `key` is the caller's own name for the line."""

    key: str
    dish_id: int
    option_ids: tuple[int, ...] = ()
    components: tuple[Component, ...] = ()
    quantity: int = 1
    note: str = ""
    rush: bool = False
    #: The seat and the id of the guest who chose it.
    guest: int | None = None
    guest_id: int | None = None


@dataclass(frozen=True, slots=True)
class QuotedPart:
    """One dish of a set meal. `unit_price_fen` holds its share of the set's price and its own extras."""

    choice: SetChoice
    dish: Dish
    option_ids: tuple[int, ...]
    option_names: tuple[Text, ...]
    quantity: int
    unit_price_fen: int
    extra_fen: int
    amount_fen: int
    tax_fen: int


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A priced line. For a set meal the figures are the whole meal's: the sum of its parts."""

    line: CartLine
    dish: Dish
    unit_price_fen: int
    extra_fen: int
    amount_fen: int
    tax_fen: int
    option_ids: tuple[int, ...]
    option_names: tuple[Text, ...]
    parts: tuple[QuotedPart, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A priced cart: its lines, the charges they add to the order, and the sums."""

    lines: tuple[QuotedLine, ...]
    charges: tuple[Charge, ...]
    dishes_fen: int
    total_fen: int
    tax_fen: int

    @property
    def seats_charged(self) -> int:
        return sum(charge.quantity for charge in self.charges if charge.kind == "seat")

    @property
    def service_fen(self) -> int:
        return sum(charge.amount_fen for charge in self.charges if charge.kind == "service")


@dataclass(frozen=True, slots=True)
class Change:
    """How one line, or a charge, differs between two versions of the menu.

    `kind` is 'price', 'refused' with the `refusal` that the new menu gives, or 'charge' with the `key` 'seat' or
    'service' and no dish; prices are a unit's.
    """

    key: str
    dish_id: int | None
    name: Text | None
    kind: str
    old_price_fen: int | None
    new_price_fen: int | None
    refusal: Refusal | None = None


def quote(
    menu: Menu,
    lines: Sequence[CartLine],
    *,
    guests: int = 0,
    now: datetime | None = None,
    available: Mapping[int, int | None] | None = None,
    charged: Charged = NOTHING_CHARGED,
) -> Quote:
    """Price a cart.

    :param guests: how many sit at the table, for the seat charge
    :param now: aware datetime in the store's zone; None leaves sale hours out
    :param available: dish id → portions left; a missing dish or None is not limited, 0 is sold out
    :param charged: what earlier rounds were charged; the quote's charges are what comes on top
    :raises Refusal: cart_empty, line_limit, and those of `price_line`
    """
    if not lines:
        raise Refusal("cart_empty")
    if len(lines) > MAX_LINES:
        raise Refusal("line_limit", max=MAX_LINES)
    quoted = tuple(price_line(menu, line, now) for line in lines)
    _check_available(menu, lines, available or {})
    dishes_fen = sum(line.amount_fen for line in quoted)
    charges = due(menu, dishes_fen, guests, charged)
    return Quote(
        lines=quoted,
        charges=charges,
        dishes_fen=dishes_fen,
        total_fen=dishes_fen + sum(charge.amount_fen for charge in charges),
        tax_fen=sum(line.tax_fen for line in quoted) + sum(charge.tax_fen for charge in charges),
    )


def price_line(
    menu: Menu,
    line: CartLine,
    now: datetime | None = None,
    available: Mapping[int, int | None] | None = None,
) -> QuotedLine:
    """Price one line.

    :raises Refusal: dish_unknown, dish_out_of_hours, dish_sold_out, quantity_out_of_range, option_unknown,
        option_repeated, option_required, option_too_many, set_choice_unknown, set_choice_missing,
        set_choice_too_many; each names the dish and, where there is one, the group
    """
    dish = menu.dish(line.dish_id)
    if not 1 <= line.quantity <= dish.max_quantity:
        raise _refusal("quantity_out_of_range", dish, max=dish.max_quantity, quantity=line.quantity)
    if now is not None and not dish.served_at(now):
        raise _refusal("dish_out_of_hours", dish)
    options_fen, option_ids, option_names = _options(dish, line.option_ids)
    parts = _parts(menu, dish, line)
    if available:
        _check_available(menu, (line,), available)
    if parts:
        unit_fen = sum(part.unit_price_fen for part in parts)
        tax_fen = sum(part.tax_fen for part in parts)
        extra_fen = sum(part.extra_fen for part in parts)
    else:
        unit_fen = max(0, dish.price_fen + options_fen)
        tax_fen = tax_in(unit_fen * line.quantity, dish.tax_permille)
        extra_fen = options_fen
    return QuotedLine(
        line, dish, unit_fen, extra_fen, unit_fen * line.quantity, tax_fen, option_ids, option_names, parts
    )


def demand(menu: Menu, lines: Iterable[CartLine]) -> dict[int, int]:
    """Portions of each dish that the lines take, set meals and the dishes in them both counted."""
    wanted = Counter()
    for line in lines:
        wanted[line.dish_id] += line.quantity
        for component in line.components:
            wanted[menu.choices[component.choice_id][1].dish_id] += line.quantity
    return dict(wanted)


def diff(old: Menu, new: Menu, lines: Iterable[CartLine]) -> list[Change]:
    """What has changed for these lines since `old`: a price, that the line is no longer sold as chosen, a charge."""
    changes = []
    for line in lines:
        before, _refused = _attempt(old, line)
        after, refused = _attempt(new, line)
        known = after or before
        old_fen = before.unit_price_fen if before else None
        new_fen = after.unit_price_fen if after else None
        if refused or old_fen != new_fen:
            changes.append(
                Change(
                    line.key,
                    line.dish_id,
                    known and known.dish.name,
                    "refused" if refused else "price",
                    old_fen,
                    new_fen,
                    refused,
                )
            )
    return changes + _changed_charges(old, new)


def _changed_charges(old, new):
    changes = []
    if old.seat_charge_fen != new.seat_charge_fen and (product := new.seat_product or old.seat_product):
        changes.append(Change("seat", None, product.name, "charge", old.seat_charge_fen, new.seat_charge_fen))
    if old.service_charge_permille != new.service_charge_permille and (
        product := new.service_product or old.service_product
    ):
        changes.append(Change("service", None, product.name, "charge", None, None))
    return changes


def spread(price_fen: int, weights: Sequence[int]) -> list[int]:
    """Spread a set meal's price over its parts as the register does.

    Every part but the last gets its weighted share, half up; the last gets the rest. Where that would leave
    the last part below zero (a meal of a few fen), the largest-remainder method is used instead. Weights of
    zero only mean equal shares.

    :return: one amount a weight; the sum is exactly `price_fen`
    """
    if not any(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    shares = [(2 * price_fen * weight + whole) // (2 * whole) for weight in weights[:-1]]
    rest = price_fen - sum(shares)
    return allocate(price_fen, weights) if rest < 0 else [*shares, rest]


def _attempt(menu, line):
    try:
        return price_line(menu, line), None
    except Refusal as refusal:
        return None, refusal


def _refusal(code, dish, group=None, **data):
    """A refusal that names the dish and, if given, one of its groups."""
    if group is not None:
        data.update(group_id=group.id, group=group.name.as_dict())
    return Refusal(code, dish_id=dish.id, dish=dish.name.as_dict(), **data)


def _options(dish: Dish, option_ids: Sequence[int]):
    """Check the options against the dish's groups; returns their price, ids and names in menu order."""
    wanted = set(option_ids)
    if len(wanted) != len(option_ids):
        raise _refusal("option_repeated", dish)
    taken = []
    for group in dish.groups:
        taken += _taken(dish, group, wanted)
    unknown = wanted.difference(option.id for option in taken)
    if unknown:
        raise _refusal("option_unknown", dish, option_ids=sorted(unknown))
    return (
        sum(option.price_fen for option in taken),
        tuple(option.id for option in taken),
        tuple(option.name for option in taken),
    )


def _taken(dish: Dish, group: OptionGroup, wanted: set[int]):
    taken = [option for option in group.options if option.id in wanted]
    if len(taken) < group.min:
        raise _refusal("option_required", dish, group, min=group.min)
    if len(taken) > group.max:
        raise _refusal("option_too_many", dish, group, max=group.max)
    return taken


def _parts(menu: Menu, dish: Dish, line: CartLine) -> tuple[QuotedPart, ...]:
    own = {group.id for group in dish.sets}
    chosen = []
    for component in line.components:
        group, choice = menu.choices.get(component.choice_id, (None, None))
        if group is None or group.id not in own:
            raise _refusal("set_choice_unknown", dish, choice_id=component.choice_id)
        chosen.append((group, choice, component))
    counts = Counter(group.id for group, _choice, _component in chosen)
    for group in dish.sets:
        if counts[group.id] < group.count:
            raise _refusal("set_choice_missing", dish, group, count=group.count)
        if counts[group.id] > group.max_count:
            raise _refusal("set_choice_too_many", dish, group, count=group.count)
    # The register walks groups and choices by their ids; the last one bears the odd fen.
    chosen.sort(key=lambda item: (item[0].id, item[1].id, item[2].option_ids))
    shares = _shares(dish, [group for group, _choice, _component in chosen])
    return tuple(
        _part(menu, line, choice, component, share)
        for (_group, choice, component), share in zip(chosen, shares, strict=True)
    )


def _shares(dish: Dish, groups: Sequence[SetGroup]) -> list[int]:
    """The price of each chosen part before its extras, `groups` being the parts' groups in order.

    The first `count` of a group share the meal's price; a further one costs the group's own base price.
    """
    seen = Counter()
    included = []
    for index, group in enumerate(groups):
        seen[group.id] += 1
        if seen[group.id] <= group.count:
            included.append(index)
    shares = [group.base_fen for group in groups]
    if included:
        spread_fen = spread(dish.price_fen, [groups[index].base_fen for index in included])
        for index, share in zip(included, spread_fen, strict=True):
            shares[index] = share
    return shares


def _part(menu, line, choice, component, share) -> QuotedPart:
    dish = menu.dishes[choice.dish_id]
    options_fen, option_ids, option_names = _options(dish, component.option_ids)
    extra_fen = options_fen + choice.extra_fen
    unit_fen = max(0, share + extra_fen)
    amount_fen = unit_fen * line.quantity
    return QuotedPart(
        choice,
        dish,
        option_ids,
        option_names,
        line.quantity,
        unit_fen,
        extra_fen,
        amount_fen,
        tax_in(amount_fen, dish.tax_permille),
    )


def _check_available(menu, lines, available):
    for dish_id, wanted in demand(menu, lines).items():
        left = available.get(dish_id)
        if left is not None and wanted > left:
            raise _refusal("dish_sold_out", menu.dishes[dish_id], remaining=left)
