"""What fits the files in models/, and makes pages to learn from."""
