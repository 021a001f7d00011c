"""What a document says: one extractor a module, named in pyproject.toml."""
