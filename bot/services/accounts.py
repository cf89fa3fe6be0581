"""Who is speaking, in which language, muted or not."""

import datetime as dt
from collections.abc import Sequence

from bot import dialogs
from bot.clock import instant
from bot.dialogs import Dialog
from bot.domain.access import Actor, led_by, roles_of
from bot.services.effects import Outcome, effect
from storage import accounts, people
from storage.engine import Database, Tx
from storage.records import Account, Person, Role, Standing


async def meet(
    db: Database, user_id: int, chat_id: int, owners: frozenset[int], now: dt.datetime, *, private: bool
) -> tuple[Actor, Dialog]:
    """Who has written or pressed something in this chat, and where in a dialogue he stands; in private he is reachable
    from now on, and whoever is on no roster has been here now: by that his account has its term."""
    async with db.read() as tx:
        found = await accounts.find(tx, user_id)
        dialog = await dialogs.load(tx, chat_id, user_id, now)
    if private and (found[0] is None or not found[0].reachable or found[0].person_id is None):
        async with db.write() as tx:
            await accounts.see(tx, user_id, chat_id, instant(now))
            found = await accounts.find(tx, user_id)
    return actor_of(user_id, *found, owners, now.date()), dialog


async def recognise(db: Database, user_id: int, owners: frozenset[int], now: dt.datetime) -> Actor:
    """The actor as the roster has him at this moment: who has left it is a stranger again."""
    async with db.read() as tx:
        found = await accounts.find(tx, user_id)
    return actor_of(user_id, *found, owners, now.date())


async def list_bound(db: Database) -> Sequence[int]:
    """Every account that belongs to somebody."""
    async with db.read() as tx:
        return await accounts.list_bound(tx)


async def language_of(db: Database, user_id: int) -> str | None:
    """What this account has chosen."""
    async with db.read() as tx:
        account, _, _ = await accounts.find(tx, user_id)
    return account.language if account else None


def actor_of(
    user_id: int,
    account: Account | None,
    person: Person | None,
    standing: Standing,
    owners: frozenset[int],
    today: dt.date,
) -> Actor:
    """What this account may act as today: nobody of the roster before consent, or after leaving it."""
    on_roster = person is not None and not person.status.gone
    consented = account is not None and account.consent_version is not None
    present = person if on_roster and consented else None
    return Actor(
        user_id=user_id,
        chat_id=account.chat_id if account else user_id,
        account=account,
        person=present,
        led=led_by(present, standing, today),
        roles=roles_of(present, standing, today, owner=user_id in owners),
    )


async def office_names(db: Database) -> Sequence[str]:
    """Whom to ask: those of the office who are at work."""
    async with db.read() as tx:
        return await people.list_names(tx, Role.OFFICE)


@effect
async def choose_language(tx: Tx, actor: Actor, language: str) -> Outcome:
    await accounts.set_language(tx, actor.user_id, language)
    return Outcome("language-chosen", {"language": language})


@effect
async def mute(tx: Tx, actor: Actor) -> Outcome:
    """Turn the morning message off, or on again."""
    account, _, _ = await accounts.find(tx, actor.user_id)
    muted = not (account and account.muted)
    await accounts.set_muted(tx, actor.user_id, muted)
    return Outcome("mute-on" if muted else "mute-off")


@effect
async def lost_contact(tx: Tx, user_id: int) -> Outcome:
    """The person has blocked the bot or is gone: nothing unasked until /start."""
    await accounts.set_reachable(tx, user_id, False)
    return Outcome("contact-lost")
