"""Phrases and duties as the office keeps them: lists, one of them, the questions of adding and changing."""

import html

from bot import content
from bot.content import Item
from bot.i18n import Translator
from bot.services.content import BESIDE, FIELDS, LONGEST, Card, Shelf, editable
from bot.services.effects import Outcome
from bot.views import duties, errors
from bot.views.callbacks import ContentPress
from bot.views.parts import Button, Outgoing, button, column, date_text, turns
from bot.views.settings import refused

SHELVES = ("phrase-own", "phrase-shipped", "duty-own", "duty-shipped", "all-off")
ADDED = ("phrase", "duty")


def press(act: str, t: Translator, item_id: str = "", version: int = 0) -> Button:
    return button(t(f"content-button-{act}"), ContentPress(act=act, id=item_id, version=version).pack())


def overview(counts: dict[str, int], t: Translator) -> Outgoing:
    text = t("content-head", **{name: number for name, number in counts.items() if name != "few"})
    few = "\n\n" + t("content-few", count=counts["few"]) if counts["few"] else ""
    buttons = [button(t(f"content-shelf-{name}"), _list(name)) for name in SHELVES]
    buttons.append(press("find", t))
    buttons += [button(t("content-button-add", kind=kind), ContentPress(act="add", id=kind).pack()) for kind in ADDED]
    return Outgoing(f"{text}{few}\n\n{t('content-foot')}", column(buttons, 2))


def _list(name: str, page: int = 0) -> str:
    return ContentPress(act="list", id=name, page=page).pack()


def shelf(found: Shelf, t: Translator) -> Outgoing:
    name = f"{found.kind}-{found.show}"
    head = t("content-shelf-found", sought=found.sought) if found.show == "found" else t(f"content-shelf-{name}")
    lines = [f"<b>{head}</b>", t("content-shelf-page", count=found.total, page=found.page + 1, pages=found.pages)]
    lines += ["", t("content-shelf-legend" if found.items else "content-shelf-empty")]
    rows = [(button(_label(item, t), ContentPress(act="card", id=item.id).pack()),) for item in found.items]
    around = turns(found.page, found.pages, lambda to: _list(name, to), t)
    kind = found.kind
    add = [button(t("content-button-add", kind=kind), ContentPress(act="add", id=kind).pack())] * (kind in ADDED)
    return Outgoing("\n".join(lines), (*rows, *around, (*add, press("top", t))))


def _label(item: Item, t: Translator) -> str:
    return ("● " if item.kept.active else "○ ") + html.escape(_words(item, t)[0])


def _words(item: Item, t: Translator) -> tuple[str, str, str]:
    """A duty of ours in the reader's language."""
    duty = duties.duty_as(t, item.id, item.group, item.kept.text, item.kept.tip) if item.kept.kind == "duty" else None
    return (duty.text, duty.question, "") if duty else (item.text, item.tip, item.avoid)


def card(found: Card | None, t: Translator, note: str = "") -> Outgoing:
    if found is None:
        return errors.stale(t)
    item, kind = found.item, found.item.kept.kind
    state = "active" if item.kept.active else "off"
    text, tip, avoid = _words(item, t)
    lines = [note, ""] if note else []
    lines += [t("content-card", kind=kind, origin="own" if item.own else "shipped", state=state), ""]
    lines.append(t("duties-phrase", text=text))
    if tip:
        lines.append(t("duties-tip" if kind == "phrase" else "duties-question", text=tip))
    if avoid:
        lines.append(t("duties-avoid", text=avoid))
    if item.reworded:
        lines.append(t("content-card-source", text=content.load(t.language).source_wording[item.id]))
    if kind == "phrase" and item.group:
        lines.append(t("content-card-festival"))
    last = found.last_used
    lines += ["", t("content-card-last", day=date_text(last.isoformat(), t)) if last else t("content-card-never")]
    return Outgoing("\n".join(lines), _card_buttons(item, t))


def _card_buttons(item: Item, t: Translator) -> tuple[tuple[Button, ...], ...]:
    acts = [f"edit-{field}" for field in editable(item)]
    acts += ["restore"] if item.reworded else []
    acts += ["off" if item.kept.active else "on", "preview"]
    buttons = [
        button(
            t(f"content-button-{act}", kind=item.kept.kind),
            ContentPress(act=act, id=item.id, version=item.kept.version).pack(),
        )
        for act in acts
    ]
    name = f"{item.kept.kind}-{'own' if item.own else 'shipped'}"
    return (*column(buttons, 2), (button(t(f"content-shelf-{name}"), _list(name)), press("top", t)))


# Questions


def ask(kind: str, field: str, t: Translator, step: int = 0) -> Outgoing:
    """The question of a step; `step` is the update that began it, where it may be passed over."""
    limit = LONGEST[kind] if field == "text" else BESIDE
    skip = ((button(t("content-button-skip"), ContentPress(act="skip", version=step).pack()),),) if step else ()
    return Outgoing(t(f"content-ask-{field}", kind=kind, limit=limit), skip)


def ask_other(item: Item, field: str, t: Translator) -> Outgoing:
    """The question for other words; what may be empty can be taken away."""
    text = ask(item.kept.kind, field, t).text
    old = dict(zip(FIELDS["phrase"], _words(item, t), strict=True))[field]
    now = t("content-now", text=old) + "\n\n" if old else ""
    clear = ContentPress(act=f"clear-{field}", id=item.id, version=item.kept.version)
    may_clear = field != "text" and item.own and old
    return Outgoing(f"{now}{text}", ((button(t("content-button-clear"), clear.pack()),),) if may_clear else ())


def ask_search(t: Translator) -> Outgoing:
    return Outgoing(t("content-ask-search"))


def refusal(outcome: Outcome, t: Translator) -> Outgoing:
    """Why it was not taken."""
    facts = outcome.facts
    match outcome.name:
        case "restraint-refused":
            return refused(facts["what"], t)
        case "content-already":
            way = button(t("content-button-card"), ContentPress(act="card", id=facts["item"]).pack())
            return Outgoing(t(outcome.name, state="active" if facts["active"] else "off"), ((way,),))
    return Outgoing(t(outcome.name, **facts))
