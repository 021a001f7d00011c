"""Where the tables go: one target a module, named in pyproject.toml."""
