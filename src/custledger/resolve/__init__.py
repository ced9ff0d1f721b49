"""From transactions and documents to charges, credits and the book."""
