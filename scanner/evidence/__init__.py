"""The evidence bundle: what a scan shows, arranged by requirement for the people who assess it."""
