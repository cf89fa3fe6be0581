"""Whom a plan is for: in a line, and as departments and roles to tap."""

from collections.abc import Sequence

from bot.domain.pages import page_of
from bot.domain.plans import Kind
from bot.i18n import Html, Translator
from bot.services.plan_audience import AUDIENCES, Place, places_of
from bot.services.schedule import Choice
from bot.views import errors
from bot.views.callbacks import PlanPress
from bot.views.parts import Button, Outgoing, button, clip, column, turns
from storage.plans import Plan

SHOWN = 5  # departments that are named; of more it is said how many they are


def for_whom(plan: Plan, places: Sequence[Place], t: Translator) -> list[str]:
    where = _where(places, t)
    if plan.kind != Kind.MEMO:
        lines = [t("schedule-for", who=t(f"schedule-for-{plan.kind}"))]
        return [*lines, t("schedule-only", where=where)] if where else lines
    who = t(f"schedule-audience-{plan.audience}")
    return [t("schedule-for", who=Html(t("schedule-audience-in", who=who, where=where)) if where else who)]


def _where(places: Sequence[Place], t: Translator) -> Html | None:
    if not places:
        return None
    parts = [t("schedule-place", path=place.path, state=place.state) for place in places[:SHOWN]]
    more = t("schedule-places-more", count=len(places)) if len(places) > SHOWN else ""
    return Html(t.listed(parts) + more)


def audience(found: Choice | None, t: Translator) -> Outgoing:
    """Roles, and the way to the departments."""
    if found is None:
        return errors.stale(t)
    plan = found.plan
    roles = [
        button(t.plain(f"schedule-audience-{role}"), PlanPress(act="set-audience", id=plan.id, value=role).pack())
        for role in (AUDIENCES if plan.kind == Kind.MEMO else ())
    ]
    places = button(t.plain("schedule-button-places"), PlanPress(act="places", id=plan.id, value="0-0").pack())
    return Outgoing(_head(found, t), (*column(roles, 2), (places,), (_card(plan.id, "back", t),)))


def _head(found: Choice, t: Translator) -> str:
    who = t("schedule-audience-" + found.plan.audience) if found.plan.kind == Kind.MEMO else ""
    who = who or t("schedule-for-" + found.plan.kind)
    where = _where(found.places, t) or t("schedule-whole")
    return t("schedule-choose-audience", who=who, where=where, heads=found.heads)


def _card(plan_id: int, label: str, t: Translator) -> Button:
    return button(t.plain(f"schedule-button-{label}"), PlanPress(act="card", id=plan_id).pack())


def places(found: Choice | None, page: int, t: Translator) -> Outgoing:
    """The departments below one, to choose with all below them."""
    if found is None:
        return errors.stale(t)
    plan, here, above = found.plan, found.offered["here"], found.offered["above"]
    under, chosen, parts = here["id"] if here else 0, set(places_of(plan)), found.offered["parts"]
    shown, page, pages = page_of(parts, page)

    def to(act: str, value: str, label: str) -> Button:
        return button(label, PlanPress(act=act, id=plan.id, value=value).pack())

    rows: list[tuple[Button, ...]] = []
    for part in shown:
        on = part["id"] in chosen
        label = t.plain("notices-mark", on=on, name=clip(part["name"], 24))
        row = [to("place", f"{'out' if on else 'in'}-{part['id']}-{under}-{page}", label)]
        if part["below"]:
            row.append(to("places", f"{part['id']}-0", t.plain("notices-button-below", below=part["below"])))
        rows.append(tuple(row))
    rows += turns(page, pages, lambda at: PlanPress(act="places", id=plan.id, value=f"{under}-{at}").pack(), t)
    rows.append((to("places", f"{above}-0", t.plain("notices-button-up")),) if here else ())
    rows.append((to("whole", "", t.plain("schedule-button-whole")), _card(plan.id, "done", t)))
    return Outgoing(f"{_head(found, t)}\n\n{t('schedule-choose-places')}", tuple(row for row in rows if row))
