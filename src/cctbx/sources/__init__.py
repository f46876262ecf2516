"""Layer 3: glossary pages → source entries."""
