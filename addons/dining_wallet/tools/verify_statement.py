"""python verify_statement.py FILE [FINGERPRINT]: whether a signed statement holds, without Odoo or the database.

FILE is the JSON, or the PDF that carries it. Ends with 0 where it holds, 1 where not, 2 where it cannot be read.
"""

import json
import sys
from pathlib import Path

ADDONS = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ADDONS), str(ADDONS / "dining_wallet")]

import signing  # noqa: E402

from dining_rules.statement import fingerprint, problem_of  # noqa: E402

ATTACHED = "statement.json"
WORDS = {
    "format": "this is no statement of stored value that this version knows",
    "signature": "the signature is not that of what it says: it was changed after it was issued",
    "balance": "the balances are not those of its last entry",
    "account": "it holds entries of another wallet",
}


def read(file):
    """The document in a JSON or PDF file.

    :raises ValueError: neither
    """
    content = file.read_bytes()
    if content.startswith(b"%PDF"):
        content = _attached(file)
    try:
        return json.loads(content)
    except UnicodeDecodeError as error:
        raise ValueError(str(error)) from error


def _attached(file):
    """What the PDF's catalogue lists as the attached statement."""
    from PyPDF2 import PdfReader
    from PyPDF2.errors import PyPdfError

    try:
        names = PdfReader(file).trailer["/Root"]["/Names"]["/EmbeddedFiles"]["/Names"]
        files = {str(name): spec.get_object() for name, spec in zip(names[::2], names[1::2], strict=True)}
        return files[ATTACHED]["/EF"]["/F"].get_object().get_data()
    except (PyPdfError, KeyError, AttributeError) as error:
        raise ValueError(f"the PDF carries no {ATTACHED}") from error


def main(file, expected=None):
    try:
        document = read(Path(file))
    except (OSError, ValueError) as error:
        print(f"{file} cannot be read: {error}")
        return 2
    problem = problem_of(document, signing.verify)
    if problem:
        print(f"It does NOT hold: {WORDS.get(problem) or f'entry {problem}'}")
        return 1
    told = document["statement"]
    key = fingerprint(document["signature"]["public_key"])
    if expected and expected.replace(" ", "").lower() != key.replace(" ", ""):
        print(f"It does NOT hold: it was signed with another key ({key})")
        return 1
    print(f"It holds: {len(told['entries'])} entries, signed by {told['company']}")
    print(f"member {told['member']}, issued {told['issued_at']} UTC")
    print(f"principal ¥{told['principal_fen'] / 100:.2f}, bonus ¥{told['bonus_fen'] / 100:.2f}")
    print(f"key {key}" + ("" if expected else ": compare it with the one that the restaurant publishes"))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
