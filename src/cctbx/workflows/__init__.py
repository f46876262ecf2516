"""Layer 4: the use cases, one module each, and the only file I/O (`workflows.files`)."""
