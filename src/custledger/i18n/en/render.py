"""Words of the renderers themselves."""

MESSAGES = {
    "error": "error",
    "warning": "warning",
    "help": "help",
    "more_problems": "… and {count} more; `--format json` lists them all",
    "unknown_format": "there is no format `{value}`",
    "unknown_format.hint": "one of: {known}",
}
