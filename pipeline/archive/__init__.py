"""What an archive keeps: searchable PDF/A, ALTO, METS and BagIt packages."""
