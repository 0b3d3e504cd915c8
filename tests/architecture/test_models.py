"""How models, controllers and access files are written (convention 2, 3, 5, 7, 8)."""

import ast
import csv

import house

# Files where a commit is the point, each with its reason.
MAY_COMMIT = {
    "addons/dining_api/dispatcher.py": "an outside call happens between two transactions",
    "addons/dining_base/deferred.py": "an outside call happens between two transactions",
    "addons/dining_kitchen/printing/asking.py": "a printer is asked, and its lock held, with no transaction open",
    "addons/dining_kitchen/printing/source.py": "a LISTEN takes effect when it is committed",
    "addons/dining_kitchen/services/print_agent.py": "an agent waits for jobs with no transaction open",
}
FORBIDDEN_IN_CONTROLLERS = {
    "sudo",
    "search",
    "search_count",
    "search_read",
    "read_group",
    "write",
    "create",
    "unlink",
    "browse",
}


def _addon_files():
    return [file for file in house.files(".py", under=house.ADDONS) if not house.is_test(file)]


def _calls(file):
    """(line, receiver as text, method) of every method call."""
    for node in ast.walk(house.tree(file)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, ast.unparse(node.func.value), node.func.attr


def test_constraints_are_models_constraint():
    """Odoo 19 ignores _sql_constraints without a word."""
    wrong = [
        f"{house.name_of(file)}:{node.lineno}"
        for file in _addon_files()
        for node in ast.walk(house.tree(file))
        if isinstance(node, ast.Name) and node.id == "_sql_constraints"
    ]
    house.none(wrong)


def test_nothing_commits_in_between():
    wrong = [
        f"{house.name_of(file)}:{line} {receiver}.commit()"
        for file in _addon_files()
        for line, receiver, method in _calls(file)
        if method == "commit" and house.name_of(file) not in MAY_COMMIT
    ]
    house.none(wrong)


def test_the_list_of_committers_is_true():
    unused = [name for name in MAY_COMMIT if not any(method == "commit" for _, _, method in _calls(house.ROOT / name))]
    house.none(unused)


def test_controllers_only_parse_call_and_answer():
    wrong = [
        f"{house.name_of(file)}:{line} {receiver}.{method}()"
        for file in _addon_files()
        if "controllers" in file.parts
        for line, receiver, method in _calls(file)
        if method in FORBIDDEN_IN_CONTROLLERS and receiver != "re"
    ]
    house.none(wrong)


def test_one_model_a_file():
    wrong = []
    for file in _addon_files():
        models = [node.name for node in house.tree(file).body if _is_model(node)]
        if len(models) > 1:
            wrong.append(f"{house.name_of(file)}: {', '.join(models)}")
    house.none(wrong)


def _is_model(node):
    return isinstance(node, ast.ClassDef) and any(
        isinstance(line, ast.Assign)
        and isinstance(line.targets[0], ast.Name)
        and line.targets[0].id in {"_name", "_inherit"}
        for line in node.body
    )


def test_every_access_row_names_a_group():
    wrong = []
    for file in house.ADDONS.glob("*/security/ir.model.access.csv"):
        with file.open() as lines:
            wrong += [
                f"{house.name_of(file)}: {row['id']}"
                for row in csv.DictReader(lines)
                if not (row.get("group_id:id") or row.get("group_id/id"))
            ]
    house.none(wrong)
