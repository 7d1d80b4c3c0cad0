"""A logistic scorecard: small enough to explain every decision to a shopper and to a regulator."""
import json
import math
from pathlib import Path

MODEL = json.loads((Path(__file__).parent / "model.json").read_text(encoding="utf-8"))


def score(values, model=MODEL):
    """Probability of fraud, and what each feature contributed to it."""
    missing = model["weights"].keys() - values.keys()
    if missing:
        raise ValueError(f"missing features: {', '.join(sorted(missing))}")
    parts = {name: weight * values[name] for name, weight in model["weights"].items()}
    logit = model["intercept"] + sum(parts.values())
    return 1 / (1 + math.exp(-logit)), parts


def decide(probability, model=MODEL):
    if probability >= model["thresholds"]["decline"]:
        return "decline"
    return "review" if probability >= model["thresholds"]["review"] else "accept"


def reasons(parts, count=3):
    """The features that spoke most for fraud."""
    against = sorted((item for item in parts.items() if item[1] > 0), key=lambda item: -item[1])
    return [name for name, _ in against[:count]]
