from . import (
    test_access,
    test_dish_event,
    test_fire,
    test_office,
    test_office_tour,
    test_printing,
    test_register,
    test_register_tour,
    test_round,
    test_worker,
)
