"""The form of the code: formatters and linters, one count for each tool."""

import shutil

from . import addons, node, paths, venv
from .console import say
from .runners import Result, stream

PYLINT_LEAVES_OUT = (
    "consider-merging-classes-inherited",  # a long model is read in parts
    "invalid-commit",  # tests/architecture knows who may, and why
    "missing-readme",  # ours are README.md
)
NODE_FOLDERS = ("miniprogram", "sandbox/phone")


def run(targets=(), fix=False):
    """Run every tool.

    :param targets: paths to look at; everything if empty
    :param fix: let the tools mend what they can
    :returns: a Result with one count a tool
    """
    total = Result()
    for name, command, cwd in _tools([str(target).rstrip("/") for target in targets], fix):
        say(f"-- {name}")
        code, _ = stream(command, cwd=cwd, env={"PYTHONPATH": str(paths.ROOT)})
        total += Result(passed=1) if code == 0 else Result(failed=1)
        if code:
            say(f"{name}: exit code {code}")
    return total


def _tools(targets, fix):
    programs = venv.ensure().parent
    python = targets or ["."]
    yield "ruff check", [programs / "ruff", "check", *(["--fix"] if fix else []), *python], paths.ROOT
    yield "ruff format", [programs / "ruff", "format", *([] if fix else ["--check"]), *python], paths.ROOT
    odoo = [target for target in targets or ["addons"] if target.startswith("addons")]
    odoo = [f"addons/{name}" for name in addons.ours()] if "addons" in odoo else odoo
    if odoo:
        leave_out = f"--disable={','.join(PYLINT_LEAVES_OUT)}"
        yield "pylint-odoo", [programs / "pylint", "--rcfile=pyproject.toml", leave_out, *odoo], paths.ROOT
    if targets:
        return
    for folder in NODE_FOLDERS:
        package = paths.ROOT / folder / "package.json"
        if not package.exists() or not shutil.which("npm"):
            continue
        for script in ("format", "lint") if fix else ("lint",):
            if f'"{script}":' in package.read_text():
                node.ensure_packages(package.parent)
                yield f"{folder}: npm run {script}", ["npm", "run", "--silent", script], package.parent
