"""Code that one can read in a sitting."""

import ast
import subprocess
import sys
from pathlib import Path

import house

FUNCTION_LINES = 70
FILE_LINES = 400
TEST_FILE_LINES = 600
# Written by a program, read by programs.
GENERATED = {"miniprogram/src/services/api.d.ts"}


def test_functions_are_short():
    long = []
    for file in house.files(".py"):
        for node in ast.walk(house.tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = node.end_lineno - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long.append(f"{house.name_of(file)}:{node.lineno} {node.name} has {lines} lines")
    house.none(long)


def test_functions_are_simple():
    """McCabe complexity of at most 10 (ruff's C901, set in pyproject.toml)."""
    ruff = Path(sys.executable).parent / "ruff"
    done = subprocess.run(
        [ruff, "check", "--select", "C901", "--output-format", "concise", "--no-cache", "."],
        cwd=house.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["All checks passed!"]


def test_files_are_short():
    long = []
    for file in house.files(".py", ".ts", ".js", ".mjs", ".wxml"):
        if house.name_of(file) in GENERATED:
            continue
        lines = len(file.read_text().splitlines())
        limit = TEST_FILE_LINES if house.is_test(file) else FILE_LINES
        if lines > limit:
            long.append(f"{house.name_of(file)} has {lines} lines, {limit} are allowed")
    house.none(long)
