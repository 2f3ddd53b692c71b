"""What the hub says to other people's web servers; protocols only, no decisions."""
