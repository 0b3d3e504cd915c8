"""Telling the figures: one JSON object, or a page for a person."""

import json


def rounded(value):
    """A figure with three digits that matter, for people and for JSON."""
    if isinstance(value, dict):
        return {name: rounded(inner) for name, inner in value.items()}
    if isinstance(value, float):
        return round(value, 1) if abs(value) >= 10 else round(value, 2)
    return value


def tell(figures, lines, as_json):
    """Print `figures` as the only JSON object, or the `lines`."""
    print(json.dumps(rounded(figures), ensure_ascii=False) if as_json else "\n".join(lines), flush=True)
