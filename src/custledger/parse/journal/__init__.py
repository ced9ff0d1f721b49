"""The journal language: hledger's journal format with exact spans."""
