"""Layer 2: pure knowledge of text: normal forms, tokens, stems, compounds, acronyms. No term base, no files."""
