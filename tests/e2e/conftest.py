"""Browser and API tests run against one restaurant, started by `./manage test tests/e2e`."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from phones import Back, Phone


def pytest_collection_modifyitems(items):
    """The evening goes last: it ends with the books, which close the register."""
    items.sort(key=lambda item: item.path.stem == "test_evening")


@pytest.fixture(scope="session")
def back(stack):
    """The back office as the demo restaurant's manager."""
    return Back(stack, "manager", "manager")


@pytest.fixture
def phone(stack):
    """Makes phones by a user's name."""
    return lambda user: Phone(stack, user)


@pytest.fixture
def at_once():
    """Calls functions in threads at the same time; returns what they return, in order."""

    def run(*functions):
        with ThreadPoolExecutor(len(functions)) as pool:
            return [future.result() for future in [pool.submit(function) for function in functions]]

    return run


@pytest.fixture
def plain_dishes():
    """Dishes of a menu that can be ordered by number alone."""

    def pick(menu):
        return [dish for dish in menu["dishes"] if not dish["groups"] and not dish["sets"] and not dish["hours"]]

    return pick
