"""pytest plugin: write each test's name into Odoo's log.

A warning in the log can then be blamed on the test that caused it.
"""

import logging

from .odoo_log import TEST_MARK

_logger = logging.getLogger(TEST_MARK)


def pytest_runtest_logstart(nodeid, location):
    _logger.info(nodeid)


def pytest_runtest_logfinish(nodeid, location):
    _logger.info("after %s", nodeid)
