"""What makes a bundle one: the digests of its files, and who vouches for them."""
