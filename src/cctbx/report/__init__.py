"""Layer 4: findings, changes and alignments as text, JSON, Markdown, HTML, SARIF …"""
