"""Layer 4: what each consumer (OmegaT, Weblate, …) takes, and what it loses."""
