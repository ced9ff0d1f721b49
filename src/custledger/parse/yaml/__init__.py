"""YAML composed to nodes: text scalars with places, nothing resolved."""
