"""Registration: from an invite code over consent, number and name to a binding that somebody else approved."""

import datetime as dt
from collections.abc import Collection

from bot.clock import instant
from bot.domain.access import Action, Actor, can
from bot.domain.registration import Claim, same_name
from bot.services import campaign as campaigns
from bot.services import invites, outbox, work
from bot.services.accounts import actor_of
from bot.services.effects import Outcome, effect
from storage import accounts, audit, people, registrations
from storage import invites as invite_rows
from storage.engine import Database, Tx
from storage.invites import Invite
from storage.records import Person, Role
from storage.registrations import Registration

CONSENT_VERSION = 1  # grows with every change of what people consent to (registration-notice)
TRIES = 5
LOCK = dt.timedelta(hours=1)
BRAKE = 60  # wrong names through one link in an hour; as many wrong codes are only an alarm: 128 bits need no brake


@effect
async def arrive(tx: Tx, actor: Actor, code: str, owners: Collection[int], now: dt.datetime) -> Outcome:
    """/start, with a code or without."""
    if actor.person is not None:
        return Outcome("registration-welcome-back")
    if not await people.count(tx):
        return Outcome("registration-not-open")
    waiting = await registrations.find_waiting(tx, actor.user_id)
    if waiting is not None and waiting.replaces is None:
        return Outcome("registration-waiting", {"id": waiting.id})
    if not code and actor.former:
        return Outcome("registration-former")
    if not code:
        return Outcome("registration-how" if actor.stranger else "registration-welcome-back")
    if until := await _locked_until(tx, actor.user_id, now):
        return Outcome("registration-locked", {"until": until})
    invite = await invites.find(tx, code, now)
    if invite is None:
        return await _wrong(tx, actor, "code", owners, now)
    return Outcome("registration-consent", {"invite": invite.id})


@effect
async def consent(tx: Tx, actor: Actor, version: int, language: str, now: dt.datetime) -> Outcome:
    """同意: nobody is asked for anything before it. The language it was read in is spoken from now on."""
    if actor.account is not None and actor.account.language is None:
        await accounts.set_language(tx, actor.user_id, language)
    await accounts.consent(tx, actor.user_id, version, instant(now))
    await audit.append(tx, instant(now), actor.user_id, "consent", after=str(version))
    return Outcome("registration-ask-number")


@effect
async def claim(
    tx: Tx,
    actor: Actor,
    invite_id: int,
    claimed: Claim,
    account_name: str,
    owners: Collection[int],
    now: dt.datetime,
) -> Outcome:
    """A number and a name against the roster. Whatever does not fit gets one and the same answer."""
    if actor.person is not None:
        return Outcome("registration-welcome-back")
    if actor.account is None or actor.account.consent_version is None:
        return Outcome("registration-how")
    if until := await _locked_until(tx, actor.user_id, now):
        return Outcome("registration-locked", {"until": until})
    if await registrations.count_attempts(tx, _through(invite_id), instant(now - LOCK)) >= BRAKE:
        return Outcome("registration-braked")
    invite = await invite_rows.get_open(tx, invite_id, instant(now))
    if invite is None:
        return Outcome("registration-bad-code")
    person = await _match(tx, invite, claimed)
    if person is None:
        return await _wrong(tx, actor, _through(invite.id), owners, now)
    bound = await accounts.find_by_person(tx, person.id)
    if bound is not None and bound.user_id != actor.user_id:
        return await _ask_for_taken(tx, actor, invite, person, bound.user_id, account_name, owners, now)
    return await _join(tx, actor, invite, person, account_name, owners, now)


async def waiting_of(db: Database, actor: Actor) -> int | None:
    """The registration that this account knows to be waiting."""
    async with db.read() as tx:
        waiting = await registrations.find_waiting(tx, actor.user_id)
    return waiting.id if waiting is not None and waiting.replaces is None else None


async def number_of(db: Database, invite_id: int) -> str:
    """Whoever has a personal code need not type his number: it is known, and shown to nobody."""
    async with db.read() as tx:
        return await invite_rows.find_number(tx, invite_id)


async def _match(tx: Tx, invite: Invite, claimed: Claim) -> Person | None:
    for person, trail in await registrations.list_claimed(tx, claimed.number.upper()):
        meant = trail.startswith(invite.trail) if invite.person_id is None else person.id == invite.person_id
        fits = same_name(claimed.name, person.name) and meant
        if fits and not person.status.gone:
            return person
    return None


async def _join(
    tx: Tx, actor: Actor, invite: Invite, person: Person, account_name: str, owners: Collection[int], now: dt.datetime
) -> Outcome:
    waiting = await registrations.find_waiting(tx, actor.user_id)
    if waiting is not None and waiting.replaces is None:
        return Outcome("registration-waiting", {"id": waiting.id})
    if waiting is not None:
        await registrations.settle(tx, waiting.id, "withdrawn", actor.user_id, instant(now))
    if not await invite_rows.take_use(tx, invite.id, instant(now)):
        return Outcome("registration-bad-code")
    if await _needs_approval(tx, actor, person, owners, now):
        return await _wait(tx, actor, invite, person, None, account_name, owners, now)
    await registrations.insert(tx, actor.user_id, person.id, invite.id, "", "approved", None, instant(now))
    await accounts.bind(tx, actor.user_id, person.id, instant(now))
    await audit.append(tx, instant(now), actor.user_id, "registration", f"person:{person.id}", after="bound")
    return Outcome("registration-bound")


async def _needs_approval(tx: Tx, actor: Actor, person: Person, owners: Collection[int], now: dt.datetime) -> bool:
    """Always, unless the setting is `roster`, or an owner is the only one who could decide over himself."""
    if (await campaigns.load(tx)).join == "roster":
        return False
    if Role.OWNER not in actor.roles:
        return True
    trail = await registrations.trail_of(tx, person.id)
    return set(await work.deciders(tx, trail, person.id, owners, now.date())) != {actor.user_id}


async def _wait(
    tx: Tx,
    actor: Actor,
    invite: Invite,
    person: Person,
    replaces: int | None,
    account_name: str,
    owners: Collection[int],
    now: dt.datetime,
) -> Outcome:
    number = await registrations.insert(
        tx, actor.user_id, person.id, invite.id, account_name, "pending", replaces, instant(now)
    )
    await work.call_for(tx, person.department_id, person.id, owners, now)
    return Outcome("registration-waiting", {"id": number})


async def _ask_for_taken(
    tx: Tx,
    actor: Actor,
    invite: Invite,
    person: Person,
    bound_user: int,
    account_name: str,
    owners: Collection[int],
    now: dt.datetime,
) -> Outcome:
    """The person has another account: perhaps a new phone, perhaps somebody else. Who decides sees it; the answer
    here is that of a name that does not fit."""
    if await registrations.find_waiting(tx, actor.user_id) is None:
        await invite_rows.take_use(tx, invite.id, instant(now))
        await _wait(tx, actor, invite, person, bound_user, account_name, owners, now)
    return await _wrong(tx, actor, _through(invite.id), owners, now)


@effect
async def decide(
    tx: Tx, actor: Actor, registration_id: int, approve: bool, now: dt.datetime, owners: Collection[int] = ()
) -> Outcome:
    """通过 or 不通过, once, by somebody who may and whom it is not about; the one who asked hears of it at once."""
    found = await registrations.get(tx, registration_id)
    if found is None or not may_decide(actor, found):
        return Outcome("error-stale")
    if approve and found.state == "pending" and found.person.status.gone:
        return Outcome("registration-left", {"id": found.id})
    if approve and found.state == "pending" and await _bound_meanwhile(tx, found):
        return Outcome("registration-look-again", {"id": found.id})
    state = "approved" if approve else "rejected"
    if not await registrations.settle(tx, found.id, state, actor.user_id, instant(now)):
        return Outcome("registration-settled", {"id": found.id})
    await audit.append(tx, instant(now), actor.user_id, "registration", f"person:{found.person.id}", "pending", state)
    facts = await _bind(tx, found, owners, now) if approve else {}
    await outbox.tell(tx, f"registration:{found.id}", f"registration-{state}", found.user_id, facts)
    return Outcome(f"registration-{state}", {"id": found.id})


async def _bound_meanwhile(tx: Tx, found: Registration) -> bool:
    """Whether the person has got an account of which the card said nothing: from now on it does."""
    old = await accounts.find_by_person(tx, found.person.id)
    if old is None or old.user_id in (found.user_id, found.replaces):
        return False
    await registrations.set_replaces(tx, found.id, old.user_id)
    return True


async def _bind(tx: Tx, found: Registration, owners: Collection[int], now: dt.datetime) -> dict[str, object]:
    """Bind the account in place of the one that had the person until now."""
    old = await accounts.find_by_person(tx, found.person.id)
    if old is not None and old.user_id != found.user_id:
        await accounts.unbind(tx, old.user_id)
        await registrations.end_dialogs(tx, old.user_id)
        await registrations.drop_messages(tx, old.user_id, instant(now))
        await outbox.tell(tx, f"replaced:{found.id}", "registration-replaced", old.user_id, {"user": old.user_id})
    await accounts.bind(tx, found.user_id, found.person.id, instant(now))
    await registrations.end_dialogs(tx, found.user_id)
    account, person, standing = await accounts.find(tx, found.user_id)
    actor = actor_of(found.user_id, account, person, standing, frozenset(owners), now.date())
    return {"user": found.user_id, "roles": sorted(actor.roles)}


def may_decide(actor: Actor, found: Registration) -> bool:
    own = found.user_id == actor.user_id or found.person.id == actor.person_id
    return not own and can(actor, Action.DECIDE, found.trail)


@effect
async def decline(tx: Tx, actor: Actor, now: dt.datetime) -> Outcome:
    """不同意, be it after a 同意: nobody is registered, nobody is asked again."""
    waiting = await registrations.find_waiting(tx, actor.user_id)
    if waiting is not None:
        await registrations.settle(tx, waiting.id, "withdrawn", actor.user_id, instant(now))
    await end_consent(tx, actor, now)
    return Outcome("registration-declined")


async def end_consent(tx: Tx, actor: Actor, now: dt.datetime) -> None:
    """Withdraw the consent of an account, and its binding with it."""
    if actor.account is not None and actor.account.consent_version is not None:
        await accounts.unbind(tx, actor.user_id)
        await audit.append(tx, instant(now), actor.user_id, "consent", after="withdrawn")


@effect
async def withdraw(tx: Tx, actor: Actor, registration_id: int, now: dt.datetime) -> Outcome:
    """Who waits takes it back, and his consent with it."""
    found = await registrations.get(tx, registration_id)
    if found is None or found.user_id != actor.user_id or actor.person is not None:
        return Outcome("error-stale")
    if not await registrations.settle(tx, found.id, "withdrawn", actor.user_id, instant(now)):
        return Outcome("error-stale")
    await end_consent(tx, actor, now)
    return Outcome("registration-withdrawn")


async def look(db: Database, actor: Actor, registration_id: int) -> Registration | None:
    """A registration as it stands, for somebody who may decide over it."""
    async with db.read() as tx:
        found = await registrations.get(tx, registration_id)
    return found if found is not None and may_decide(actor, found) else None


# Wrong tries


async def _locked_until(tx: Tx, user_id: int, now: dt.datetime) -> int | None:
    latest = await registrations.list_attempts(tx, user_id, TRIES)
    lock = int(LOCK.total_seconds() * 1000)
    if len(latest) < TRIES or latest[0] - latest[-1] > lock or latest[0] + lock <= instant(now):
        return None
    return latest[0] + lock


def _through(invite_id: int) -> str:
    """Wrong names are counted by link: whoever abuses one shuts nobody else out."""
    return f"claim:{invite_id}"


async def _wrong(tx: Tx, actor: Actor, kind: str, owners: Collection[int], now: dt.datetime) -> Outcome:
    """Count a wrong code or a wrong name; very many of them in an hour are told to those who run the bot."""
    await registrations.record_attempt(tx, actor.user_id, kind, instant(now), instant(now - 24 * LOCK))
    if await registrations.count_attempts(tx, kind, instant(now - LOCK)) >= BRAKE:
        for user_id in {*owners, *await accounts.list_by_role(tx, Role.OFFICE.value, None, None)}:
            key = f"registration-alarm:{kind}:{instant(now) // 3_600_000}:{user_id}"
            await outbox.tell(tx, key, "registration-alarm", user_id, {"kind": kind.partition(":")[0]})
    if until := await _locked_until(tx, actor.user_id, now):
        return Outcome("registration-locked", {"until": until})
    return Outcome("registration-bad-code" if kind == "code" else "registration-no-match")
