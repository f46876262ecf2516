"""Layer 3: one function per finding code."""
