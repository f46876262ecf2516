"""Layer 2: pure text knowledge."""
