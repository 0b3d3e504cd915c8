from hypothesis import given
from hypothesis import strategies as st

from dining_rules.firing import FiredLine
from dining_rules.menu import Text
from dining_rules.routing import RoutingTable, Station

HOT, COLD, SOUP, DRINK, NOODLE = 1, 2, 3, 4, 5


def station(station_id, categories=(), dishes=(), **more):
    return Station(
        station_id,
        Text(f"站{station_id}", f"S{station_id}"),
        category_ids=frozenset(categories),
        dish_ids=frozenset(dishes),
        **more,
    )


def line(uuid, dish_id=100, categories=(HOT,), parts=()):
    return FiredLine(
        line_id=1,
        line_uuid=uuid,
        dish_id=dish_id,
        product_id=dish_id,
        category_ids=categories,
        quantity=1,
        name=Text(uuid, uuid),
        parts=tuple(parts),
    )


def summary(tickets):
    return [
        (
            ticket.station and ticket.station.id,
            ticket.assigned,
            [(row.line_uuid, [part.line_uuid for part in row.parts]) for row in ticket.lines],
        )
        for ticket in tickets
    ]


WOK = station(11, [HOT], priority=1)
SALAD = station(12, [COLD], priority=2)
PASS = station(13, priority=9, is_pass=True)
KITCHEN = RoutingTable((WOK, SALAD, PASS), parents={SOUP: HOT, NOODLE: SOUP})


def test_category_decides():
    assert KITCHEN.station_of(100, [HOT]) == WOK
    assert KITCHEN.station_of(100, [COLD]) == SALAD


def test_parent_category_counts_and_the_nearest_wins():
    assert KITCHEN.station_of(100, [NOODLE]) == WOK
    soups = station(14, [SOUP], priority=8)
    assert RoutingTable((WOK, soups), parents={SOUP: HOT, NOODLE: SOUP}).station_of(100, [NOODLE]) == soups


def test_between_equals_priority_then_age_decides():
    assert RoutingTable((station(2, [HOT], priority=5), station(1, [HOT], priority=6))).station_of(9, [HOT]).id == 2
    assert RoutingTable((station(2, [HOT]), station(1, [HOT]))).station_of(9, [HOT]).id == 1


def test_dish_override_beats_category():
    dim_sum = station(15, dishes=[100], priority=99)
    assert RoutingTable((WOK, dim_sum)).station_of(100, [HOT]) == dim_sum
    assert RoutingTable((WOK, dim_sum)).station_of(101, [HOT]) == WOK


def test_one_ticket_a_station_in_the_order_of_stations():
    tickets = KITCHEN.split([line("a", categories=(COLD,)), line("b"), line("c", categories=(COLD,))])
    assert summary(tickets) == [(11, True, [("b", [])]), (12, True, [("a", []), ("c", [])])]


def test_unassigned_dishes_go_to_the_pass_on_a_ticket_that_says_so():
    tickets = KITCHEN.split([line("tea", categories=(DRINK,)), line("b"), line("bare", categories=())])
    assert summary(tickets) == [(11, True, [("b", [])]), (13, False, [("tea", []), ("bare", [])])]


def test_without_a_pass_the_first_station_gets_the_unassigned():
    assert summary(RoutingTable((SALAD, WOK)).split([line("tea", categories=(DRINK,))])) == [(11, False, [("tea", [])])]


def test_own_and_unassigned_dishes_of_one_station_are_two_tickets():
    tickets = RoutingTable((WOK,)).split([line("b"), line("tea", categories=(DRINK,))])
    assert summary(tickets) == [(11, True, [("b", [])]), (11, False, [("tea", [])])]


def test_a_store_without_stations_loses_nothing():
    assert summary(RoutingTable(()).split([line("b")])) == [(None, False, [("b", [])])]


def test_a_set_meal_is_shared_out_by_its_parts():
    feast = line(
        "feast",
        categories=(DRINK,),
        parts=[line("chicken"), line("cucumber", categories=(COLD,)), line("soup", categories=(SOUP,))],
    )
    assert summary(KITCHEN.split([feast])) == [
        (11, True, [("feast", ["chicken", "soup"])]),
        (12, True, [("feast", ["cucumber"])]),
    ]


def test_a_part_nobody_takes_follows_its_set():
    feast = line("feast", categories=(HOT,), parts=[line("tea", categories=(DRINK,))])
    assert summary(KITCHEN.split([feast])) == [(11, True, [("feast", ["tea"])])]


def test_a_loop_of_categories_ends():
    assert RoutingTable((WOK,), parents={7: 8, 8: 7}).station_of(1, [7]) is None


stations = st.lists(st.tuples(st.frozensets(st.integers(1, 6)), st.integers(1, 3), st.booleans()), max_size=5)
dishes = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.lists(st.integers(1, 6), max_size=3),
        st.lists(st.lists(st.integers(1, 6), max_size=2), max_size=3),
    ),
    max_size=8,
)


@given(stations, dishes, st.dictionaries(st.integers(1, 6), st.integers(1, 6)))
def test_every_leaf_lands_exactly_once(kitchen, ordered, parents):
    table = RoutingTable(
        tuple(
            station(number, categories, priority=priority, is_pass=is_pass)
            for number, (categories, priority, is_pass) in enumerate(kitchen, 1)
        ),
        parents,
    )
    lines = [
        line(
            f"{number}",
            dish,
            tuple(categories),
            [line(f"{number}.{part}", 50, tuple(own)) for part, own in enumerate(parts)],
        )
        for number, (dish, categories, parts) in enumerate(ordered)
    ]
    landed = [leaf.line_uuid for ticket in table.split(lines) for row in ticket.lines for leaf in row.leaves()]
    assert sorted(landed) == sorted(leaf.line_uuid for row in lines for leaf in row.leaves())


def test_a_station_for_this_floor_beats_a_general_one_of_the_same_category():
    upstairs = station(21, [HOT], priority=99, specific=True)
    assert RoutingTable((WOK, upstairs)).station_of(100, [HOT]) == upstairs
    soups = station(14, [SOUP])
    nearest = RoutingTable((upstairs, soups), parents={SOUP: HOT}).station_of(100, [SOUP])
    assert nearest == soups, "the nearest category comes before"


def test_one_dish_a_ticket():
    grill = station(16, [HOT], per_dish=True)
    tickets = RoutingTable((grill, SALAD)).split(
        [line("a"), line("b"), line("s", 7, (), [line("p"), line("q"), line("r", categories=(COLD,))])]
    )
    assert summary(tickets) == [
        (12, True, [("s", ["r"])]),
        (16, True, [("a", [])]),
        (16, True, [("b", [])]),
        (16, True, [("s", ["p"])]),
        (16, True, [("s", ["q"])]),
    ]


def test_a_copy_of_the_whole_round_comes_last_and_cooks_nothing():
    whole = station(13, priority=9, is_pass=True, whole=True)
    tickets = RoutingTable((whole, WOK, SALAD)).split([line("a"), line("b", categories=(COLD,))])
    assert [(ticket.station.id, ticket.copy) for ticket in tickets] == [(11, False), (12, False), (13, True)]
    assert [row.line_uuid for row in tickets[-1].lines] == ["a", "b"]
