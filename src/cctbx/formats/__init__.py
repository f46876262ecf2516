"""Layer 3: term-base formats, a reader and a writer each. The list is `formats.registry.FORMATS`."""
