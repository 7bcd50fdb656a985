"""`paylint-reference assess`: which level and questionnaire a merchant is to expect, and what to go through."""

from __future__ import annotations

import click

from reference_impl.assessment.checklist import checklist, reductions
from reference_impl.assessment.classify import classify
from reference_impl.assessment.model import Capture, Merchant

_WHERE = {
    "outsourced": "redirected to the processor, or its iframe",
    "own_page": "a form or script that your page delivers",
    "own_systems": "your systems",
}


@click.command()
@click.option("--transactions", required=True, type=click.IntRange(0), help="A year, of the card brand with most.")
@click.option("--ecommerce", type=click.IntRange(0), help="Those over the internet; all, if not said.")
@click.option("--capture", required=True, type=click.Choice(list(_WHERE)), help="Where card numbers go first.")
@click.option("--stored", is_flag=True, help="Card numbers are stored, encrypted or not.")
@click.option("--breached", is_flag=True, help="Account data were stolen, or the acquirer asks for level 1.")
def assess(*, transactions: int, ecommerce: int | None, capture: str, stored: bool, breached: bool) -> None:
    """Says what a merchant is to expect. The acquirer decides; nothing of this is a statement of compliance."""
    over_internet = transactions if ecommerce is None else ecommerce
    if over_internet > transactions:
        raise click.UsageError("--ecommerce: some of --transactions")
    merchant = Merchant(transactions, over_internet, Capture(capture), stored=stored, breached=breached)
    standing = classify(merchant)
    click.echo(f"Level {standing.level}, {standing.shows.value}: {standing.why}.")
    click.echo(f"Card numbers go first to {_WHERE[capture]}.")
    for step in reductions(merchant):
        click.echo(f"- {step}")
    for area, items in checklist().items():
        click.echo(f"\n{area.replace('_', ' ').capitalize()}")
        for item in items:
            scans = f" (paylint: {', '.join(item.policies)})" if item.policies else ""
            click.echo(f"  [ ] {item.requirement} {item.ask}{scans}")
