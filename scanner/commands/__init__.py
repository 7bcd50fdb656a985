"""Commands, and what they share. Those in `scanner.cli.LATER` are imported only when they are called."""
