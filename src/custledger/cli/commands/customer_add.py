"""`custledger customer add`: a new customer's profile, in a file of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from custledger.cli.command import Command, Context
from custledger.cli.declared import argument, option

if TYPE_CHECKING:
    from custledger.book.customer import Customer
    from custledger.edit.plan import Plan
    from custledger.pipeline import Opened

Text = str | None
Texts = list[str] | None


def run(  # noqa: PLR0913, PLR0917 - one parameter an option
    context: Context,
    name: Annotated[Text, argument(metavar="NAME", help="help.customer_add.name")] = None,
    id_: Annotated[Text, option("--id", metavar="ID", help="help.customer_add.id")] = None,
    alias: Annotated[Texts, option("--alias", help="help.customer_add.alias")] = None,
    individual: Annotated[bool, option("--individual", help="help.customer_add.individual")] = False,
    terms_: Annotated[Text, option("--terms", metavar="TERMS", help="help.customer_add.terms")] = None,
    currency: Annotated[Text, option("--currency", help="help.customer_add.currency")] = None,
    limit: Annotated[Text, option("--limit", metavar="AMOUNT", help="help.customer_add.limit")] = None,
    segment: Annotated[Text, option("--segment", help="help.customer_add.segment")] = None,
    industry: Annotated[Text, option("--industry", help="help.customer_add.industry")] = None,
    tag: Annotated[Texts, option("--tag", help="help.customer_add.tag")] = None,
    owner: Annotated[Text, option("--owner", help="help.customer_add.owner")] = None,
    language: Annotated[Text, option("--language", help="help.customer_add.language")] = None,
    tax_id: Annotated[Text, option("--tax-id", help="help.customer_add.tax_id")] = None,
    contact: Annotated[Text, option("--contact", help="help.customer_add.contact")] = None,
    email: Annotated[Text, option("--email", help="help.customer_add.email")] = None,
    phone: Annotated[Text, option("--phone", help="help.customer_add.phone")] = None,
    note: Annotated[Text, option("--note", help="help.customer_add.note")] = None,
) -> None:
    """Write `customers/ID.yaml`; the id is made from the name unless it is given."""
    from custledger.book.customer import Contact, Customer
    from custledger.book.settings import Dated
    from custledger.cli.questions import required
    from custledger.cli.writing import done, known_currency, positive, readable, terms_from

    context.ready_to_write()
    readable(
        alias=alias, segment=segment, industry=industry, tag=tag, owner=owner, tax_id=tax_id,
        contact=contact, email=email, phone=phone, note=note, id=id_, currency=currency, language=language,
    )  # fmt: skip
    context.select_nobody()
    if id_ is not None:
        _id(context, "", id_)
    name = required(context, name, "NAME", "edit.ask_name", partial(_named, context, id_))
    terms = terms_from(terms_) if terms_ else None
    unit = context.by_part(lambda opened: known_currency(opened, currency))
    customer = Customer(
        id=_id(context, name, id_),
        name=name,
        aliases=tuple(alias or ()),
        kind="individual" if individual else "company",
        segment=segment or "",
        industry=industry or "",
        tags=tuple(tag or ()),
        tax_id=tax_id or "",
        owner=owner or "",
        language=language or "",
        currency=Dated(((None, unit),)) if unit else Dated(),
        contacts=(Contact(contact or "", "", email or "", phone or ""),) if contact or email or phone else (),
        terms=Dated(((None, terms),)) if terms else Dated(),
        credit_limit=Dated(((None, positive(limit, "--limit")),)) if limit else Dated(),
        since=context.today,
        note=note or "",
    )
    plan, told = context.by_part(lambda opened: _made(context, opened, customer))
    done(context, plan, told, f"custledger invoice new {customer.id}")


def _made(context: Context, opened: Opened, customer: Customer) -> tuple[Plan, list[str]]:
    """The plan, proved, and what is said of it."""
    from custledger.cli.writing import prove_record
    from custledger.edit.append import new_file
    from custledger.edit.document_values import customer_value
    from custledger.edit.heading import heading
    from custledger.edit.plan import Plan
    from custledger.edit.verify import added, require
    from custledger.edit.yaml_text import document

    file = f"customers/{customer.id}.yaml"
    text = document(customer_value(customer) | {"reviewed": context.today})
    plan = Plan((new_file(file, heading("customer", file) + text),))
    before, after = prove_record(context, opened, plan, [])
    made = added(before.customers, after.customers, lambda c: c)
    require(file, made, lambda c: (c.id, c.name), [(customer.id, customer.name)])
    return plan, [context.say.text("edit.customer_added", id=customer.id, name=customer.name, file=file)]


def _named(context: Context, given: str | None, text: str) -> str:
    """A name that can be written and is nobody's yet."""
    from custledger.cli.writing import readable

    name = " ".join(text.split())
    readable(name=name)
    _id(context, name, given)
    return name


def _id(context: Context, name: str, given: str | None) -> str:
    """The id of the new customer: given or made from the name, and free."""
    from custledger.core.ids import suggest_id, valid_id
    from custledger.core.trouble import UsageError

    made = given if given is not None else suggest_id(name)
    if made is None or not valid_id(made):
        near = suggest_id(made or name) or ""
        raise UsageError("edit.bad_id" if near else "edit.no_id", id=made or name, near=near)
    for other in context.called([made, name]):
        if made in (other.id, *other.was):
            raise UsageError("edit.id_taken", id=made, name=other.name, place=other.span.place)
        if name in (other.name, *other.aliases):
            raise UsageError("edit.name_taken", id=other.id, name=name, place=other.span.place)
    opened = context.opened()
    if opened.layout is not None and f"customers/{made}.yaml" in opened.layout.customers:
        raise UsageError("edit.file_taken", name=f"customers/{made}.yaml")
    return made


COMMAND = Command("customer add", run, options=("place", "index", "write"), section="records")
