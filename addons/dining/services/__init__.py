"""What the controllers call."""
