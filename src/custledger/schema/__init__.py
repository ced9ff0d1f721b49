"""The shape of each YAML document, and its lowering to the domain."""
