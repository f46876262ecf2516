"""The TBX validator."""
