"""Layer 3: source entries → concepts, with evidence."""
