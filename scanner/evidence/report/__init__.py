"""What report.html and report.pdf are rendered from: the evidence in the order and in the amount a reader can take."""
