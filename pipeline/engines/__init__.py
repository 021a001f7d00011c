"""What reads a page: one engine a module, named in pyproject.toml."""
