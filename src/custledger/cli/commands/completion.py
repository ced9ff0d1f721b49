"""`custledger completion bash|zsh|fish`: the shell completes verbs, options, customers and numbers."""

from __future__ import annotations

from typing import Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument
from custledger.core.text import listed
from custledger.core.trouble import UsageError

_BASH = """\
_custledger() {
    local found
    COMPREPLY=()
    while IFS= read -r found; do
        COMPREPLY+=("$(printf '%q' "$found")")
    done < <(custledger completion candidates -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _custledger custledger
"""
_ZSH = """\
#compdef custledger
_custledger() {
    local -a found
    found=("${(@f)$(custledger completion candidates -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "${found[1]}" ]]; then compadd -a found; else _files; fi
}
if [ "$funcstack[1]" = "_custledger" ]; then _custledger "$@"; else compdef _custledger custledger; fi
"""
_FISH = """\
function __custledger_candidates
    set -l words (commandline -opc) (commandline -ct)
    custledger completion candidates -- $words[2..-1] 2>/dev/null
end
complete -c custledger -f -a '(__custledger_candidates)'
complete -c custledger -s f -l file -r -F
complete -c custledger -l book -r -F
complete -c custledger -s o -l output -r -F
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def run(
    context: Context,
    shell: Annotated[str, argument(help="help.completion.shell")],
    words: Annotated[list[str] | None, argument(help="help.completion.words")] = None,
) -> None:
    """Print a shell's script; `candidates -- WORDS` is what the scripts ask, word by word."""
    if shell == "candidates":
        from custledger.cli.candidates import candidates

        context.print("".join(f"{word}\n" for word in candidates(context, list(words or []))))
        return
    if shell not in SCRIPTS:
        raise UsageError("completion.no_such_shell", shell=shell, known=listed(SCRIPTS))
    context.print(SCRIPTS[shell])


COMMAND = Command("completion", run, section="help")
