"""`python -m reference_impl.fraud.training.other_seeds FILE`: how much of the figures is luck of the seed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from statistics import mean, stdev

import click

from reference_impl.errors import ServiceError
from reference_impl.fraud.simulation.world import Size
from reference_impl.fraud.training.card import table
from reference_impl.fraud.training.metrics import TOP, Figures
from reference_impl.fraud.training.run import train

SEEDS = (2, 3, 4, 5, 6)
"""Neither the one that is shipped nor any that something was chosen on."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def main(*, file: Path) -> None:
    """Trains on five other worlds, for as many times as long as one, and writes how good each came out."""
    try:
        text = markdown({seed: train(Size(), seed).compared for seed in SEEDS})
    except ServiceError as error:
        raise click.ClickException(str(error)) from None
    file.write_text(text, "utf-8")
    click.echo(text)


def markdown(compared: Mapping[int, Mapping[str, Figures]]) -> str:
    """`compared`: seed, then model, to its figures. Of each model a table, with mean and standard deviation."""
    parts = [
        f"""# Other seeds

Everything as `card.md` says, in worlds that differ in nothing but the seed: {", ".join(map(str, compared))}.
Nothing was chosen by looking at them.
"""
    ]
    for model in next(iter(compared.values())):
        rows = [_row(str(seed), found[model]) for seed, found in compared.items()]
        columns = list(zip(*(row[1:] for row in rows), strict=True))
        summary = [(name, *map(of, columns)) for name, of in (("mean", mean), ("standard deviation", stdev))]
        heads = ("seed", "AUC", "average precision", f"card precision@{TOP}", "Brier score")
        parts.append(f"## {model[0].upper()}{model[1:]}\n\n{table(heads, [*rows, *summary])}\n")
    return "\n".join(parts)


def _row(name: str, found: Figures) -> tuple[str, float, float, float, float]:
    return name, found.auc, found.average_precision, found.card_precision, found.brier


if __name__ == "__main__":
    main()
