"""The PINs that a thief tries first are not taken."""

import pytest

from dining_rules.pins import is_weak


@pytest.mark.parametrize("pin", ["000000", "121212", "123123", "123456", "654321", "890123", "210987"])
def test_what_anybody_tries_first_is_weak(pin):
    assert is_weak(pin)


@pytest.mark.parametrize("pin", ["135790", "112233", "123457", "100000", "927461"])
def test_others_are_not(pin):
    assert not is_weak(pin)
