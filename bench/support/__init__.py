"""What the benchmarks share: load, stores to measure in, and the words around the figures."""
