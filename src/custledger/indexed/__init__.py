"""The index beside the text: made, kept up to date, and asked. What it cannot answer is left to `pipeline`.

files ─► reading ─► plain rows ─► stretches ─► store.index ─► asking ─► standing
              └───► the rest ──► pipeline ──► story ──┘
"""
