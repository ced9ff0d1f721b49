"""What a command that writes one record asks with: the part of the book that it needs, where the index tells it.

Whatever that part does not decide is asked of the whole text, as if there were no index: above all, whatever is
refused because of what others have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from custledger.cli.reading import Reading
from custledger.core.trouble import BookError, CustledgerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from custledger.book.customer import Customer
    from custledger.edit.plan import Plan
    from custledger.indexed.asking import Asking
    from custledger.parse.journal.model import CommodityDeclared
    from custledger.pipeline import Opened

T = TypeVar("T")

_SURE = frozenset(
    f"edit.{name}"
    for name in (
        "payment_there invoice_there bad_number too_many_digits bad_line lines_or_amount due_before no_terms bad_code "
        "bad_file no_such_tax no_such_tax_near pattern_without_sequence not_text"
    ).split()
)
"""What a part of a book refuses as the whole does: it is the customer's own, or stands on the command line."""


class Recording(Reading):
    """One run of a command that may write."""

    moved: Callable[[], str | None] | None = None
    """Under the lock: a file that is not what the plan was proved on; None: the opened book knows."""

    def ready_to_write(self) -> None:
        """Refuse what cannot be written to: a bare journal, a revision, a book with errors.

        A book with an index that is true to it has none.
        """
        if self.given_files:
            raise UsageError("cli.writes_need_book")
        if self.revision is not None:
            raise UsageError("cli.writes_now", option="--at")
        if self.index is None:
            self.book()

    def one_to_write(self, word: str) -> Customer:
        """The one customer that `word` means; from then on the book is the part that they need.

        Raises UsageError where it is nobody, or several.
        """
        from custledger.core.text import listed

        found = self.select_part([word]) or []
        if len(found) != 1:
            self._whole_if_part()
            raise UsageError("edit.several_customers", word=word, found=listed(found[:5]))
        return self.book().book.customers[found[0]]

    def select_nobody(self) -> None:
        """From then on the book is the part that everybody is read with, where there is an index."""
        if "_opened" not in self.__dict__ and self.index is not None:
            part = self._of_index(lambda index: index.part([]))
            if part is not None:
                self.__dict__["_opened"] = part

    def called(self, words: Collection[str]) -> tuple[Customer, ...]:
        """The customers who have one of `words` for an id or a name, now or earlier, or all of them; in file order."""
        opened = self.book()
        if not self._partly:
            return opened.customers

        def question(index: Asking) -> tuple[Customer, ...] | None:
            ids = {row.id for word in words if word for row in index.index.customers_saying(word)}
            part = index.part(sorted(ids))
            return None if part is None else part.customers

        found = self._of_index(question)
        if found is None:
            self._read_all()
            return self.book().customers
        return found

    def by_part(self, work: Callable[[Opened], T]) -> T:
        """What `work` makes of the part of the book that was selected; of all of it where that does not suffice.

        `work` writes and says nothing. Whatever it refuses for what others have is refused by the whole text.
        """
        opened = self.book()
        if self._partly:
            from custledger.indexed import NotIndexed

            try:
                return work(opened)
            except (NotIndexed, BookError):
                self._read_all()
            except UsageError as refused:
                if refused.key in _SURE:
                    raise
                self._read_all()
        return work(self.book())

    @property
    def _partly(self) -> bool:
        """Whether the book that is open is a part of it."""
        return "_opened" in self.__dict__ and self._opened.sound

    def _whole_if_part(self) -> None:
        if self._partly:
            self.reopen()

    def _read_all(self) -> None:
        """From now on the whole text is read."""
        self.__dict__["index"] = None
        self.moved = None
        self.reopen()

    # what a record takes from all of the book; of `opened`, which may be a part -------------------------------------

    def asked(self, opened: Opened, question: Callable[[Asking], T], whole: Callable[[], T]) -> T:
        """What `whole` says of a whole book, else what the index answers. Raises NotIndexed where it does not."""
        from custledger.indexed import NotIndexed

        if not opened.sound:
            return whole()
        try:
            found = self._of_index(lambda index: (question(index),))
        except (CustledgerError, OSError) as error:
            if isinstance(error, UsageError):
                raise
            raise NotIndexed("files") from error  # the text is about to say the same
        if found is None:
            raise NotIndexed("index")
        return found[0]

    def numbers_like(self, opened: Opened, pattern: str, day: date) -> Sequence[str]:
        """Numbers and codes in use, the greatest of a pattern's sequence on a day among them if there is one."""
        from custledger.cli.writing import numbers_taken

        def question(index: Asking) -> Sequence[str]:
            from custledger.indexed.lookups import numbers_like

            return numbers_like(index, pattern, day)

        return self.asked(opened, question, lambda: numbers_taken(opened))

    def taken(self, opened: Opened, number: str) -> bool:
        """Whether a document or an entry has this number or code."""
        from custledger.cli.writing import numbers_taken

        def question(index: Asking) -> bool:
            from custledger.indexed import NotIndexed
            from custledger.indexed.lookups import in_use

            if in_use(index, number):
                raise NotIndexed("numbers")  # the text says where
            return False

        return self.asked(opened, question, lambda: number in numbers_taken(opened))

    def styles(self, opened: Opened, commodity: str) -> Mapping[str, CommodityDeclared]:
        """How the journals write amounts of a commodity, and perhaps of others."""

        def question(index: Asking) -> Mapping[str, CommodityDeclared]:
            from custledger.indexed.lookups import written

            found = written(index, opened, commodity)
            return {} if found is None else {commodity: found}

        return self.asked(opened, question, lambda: opened.journal.commodities)

    def last_cash(self, opened: Opened, commodity: str) -> str | None:
        """The cash account of the last posting in a commodity; None where there is none."""

        def question(index: Asking) -> str | None:
            from custledger.indexed.lookups import last_cash

            return last_cash(index, opened, commodity)

        def whole() -> str | None:
            from custledger.resolve.roles import Roles, cash_account

            return cash_account(opened.journal, Roles(opened.settings.accounts, opened.journal.accounts), commodity)

        return self.asked(opened, question, whole)

    # proof ----------------------------------------------------------------------------------------------------------

    def prove_part(self, opened: Opened, plan: Plan, customers: Sequence[str]) -> tuple[Opened, Opened]:
        """The part of the book that `plan` (for these customers) changes, before and after it.

        Raises NotIndexed where it would do anything else, or harm.
        """

        def question(index: Asking) -> tuple[Opened, Opened]:
            from custledger.indexed.proving import prove

            proved = prove(index, opened, plan, customers, self.today)
            self.moved = proved.moved
            return proved.before, proved.after

        return self.asked(opened, question, lambda: (opened, opened))
