"""Help of the commands about journals."""

MESSAGES = {
    "print": "the whole book as one hledger journal, with what documents post",
    "print.example": "custledger print\ncustledger print -o book-2026.journal\ncustledger print | hledger -f - balance",
    "fmt": "align the amounts of journals, and touch nothing else",
    "fmt.files": "journals; none: all of the book's",
    "fmt.check": "write nothing; exit 1 where a file is not aligned",
    "fmt.example": "custledger fmt\ncustledger fmt journals/2026-02.journal --dry-run\ncustledger fmt --check",
}
