"""Catalogues and words."""
