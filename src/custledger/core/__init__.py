"""Money, dates, spans, diagnostics: what every other layer is made of."""
