"""The steps of one scan, in the order `scanner.run` takes them."""
