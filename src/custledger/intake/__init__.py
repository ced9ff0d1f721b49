"""Tables from other systems (CSV, XLSX) to documents and entries."""
