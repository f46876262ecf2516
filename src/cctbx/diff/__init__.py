"""Layer 3: compare, apply, merge."""
