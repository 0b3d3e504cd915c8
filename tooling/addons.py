"""Our addons: their manifests, what they need, and the hash of their content."""

import ast
import hashlib

from . import odoo_source, paths
from .console import Problem

# Stock modules every template has, so that one template serves every addon.
BASELINE = ("point_of_sale", "pos_restaurant", "pos_loyalty", "l10n_cn", "payment")
APPLICATION = "dining"
# What an installed database does not depend on.
NOT_INSTALLED = ("tests", "__pycache__", "node_modules")


def manifest(name):
    """The manifest of one of our addons."""
    file = paths.ADDONS / name / "__manifest__.py"
    try:
        return ast.literal_eval(file.read_text())
    except (SyntaxError, ValueError) as error:
        raise Problem(f"{file.relative_to(paths.ROOT)} cannot be read: {error}") from None


def ours():
    """The names of the addons that are here, sorted."""
    return sorted(file.parent.name for file in paths.ADDONS.glob("*/__manifest__.py"))


def closure(names):
    """These addons and all of ours below them, lowest first."""
    here = set(ours())
    ordered = []

    def visit(name, above):
        if name in above:
            raise Problem(f"addons depend on each other in a circle: {' > '.join((*above, name))}")
        if name in here and name not in ordered:
            for below in manifest(name).get("depends", []):
                visit(below, (*above, name))
            ordered.append(name)

    for name in sorted(names):
        if name not in here:
            raise Problem(f"addons/{name} is not here.", f"the addons are: {', '.join(sorted(here))}")
        visit(name, ())
    return ordered


def stock(names):
    """Odoo's own modules that these addons and the baseline need, sorted.

    :raises Problem: when an addon depends on what neither we nor Odoo have
    """
    here = set(ours())
    odoo = odoo_source.ensure().addons
    needed = set(BASELINE)
    for name in names:
        for below in manifest(name).get("depends", []):
            if below in here:
                continue
            if not any((library / below).is_dir() for library in odoo):
                raise Problem(f"addons/{name} depends on {below}, which is nowhere.")
            needed.add(below)
    return sorted(needed)


def content_hash(names):
    """A hash over everything an installed database depends on."""
    digest = hashlib.sha256()
    for name in names:
        for file in sorted((paths.ADDONS / name).rglob("*")):
            relative = file.relative_to(paths.ADDONS)
            if not file.is_file() or file.suffix in {".md", ".pyc"}:
                continue
            if any(part in NOT_INSTALLED for part in relative.parts):
                continue
            digest.update(f"{relative}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
