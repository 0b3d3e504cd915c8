"""From a ticket's blocks to paper: bytes, the way over the network, and the worker that walks it."""
