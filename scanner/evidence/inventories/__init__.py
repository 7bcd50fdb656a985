"""What there is, out of what the rules for inventories observed."""
