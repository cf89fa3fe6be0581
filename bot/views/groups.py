"""What a group hears besides reports, and what is said in private about binding one."""

from bot.i18n import Translator
from bot.services.effects import Outcome
from bot.views.callbacks import GroupPress
from bot.views.parts import Outgoing, button, clip, column

TITLE_SHOWN = 24


def added(username: str, t: Translator) -> Outgoing:
    return Outgoing(t("groups-added", bot=username))


def elsewhere(t: Translator) -> Outgoing:
    return Outgoing(t("groups-elsewhere"))


def code(found: Outcome, t: Translator) -> Outgoing:
    """In the group."""
    if found.name != "groups-code":
        return elsewhere(t)
    return Outgoing(t("groups-code", code=found.facts["code"], minutes=found.facts["minutes"]))


def overview(found: Outcome, username: str, t: Translator) -> Outgoing:
    lines = [t("groups-line", title=title, path=path) for _, title, path in found.facts["groups"]]
    buttons = [
        button(t.plain("groups-button-unbind", title=clip(title, TITLE_SHOWN)), GroupPress(act="ask", id=key).pack())
        for key, title, _ in found.facts["groups"]
    ]
    head = [t("groups-list"), *lines] if lines else [t("groups-none")]
    return Outgoing("\n".join([*head, "", t("groups-how", bot=username)]), column(buttons))


def choose(found: Outcome, t: Translator) -> Outgoing:
    if found.name != "groups-choose":
        return Outgoing(t(found.name))
    code = found.facts["code"]
    buttons = [button(path, GroupPress(act="bind", id=key, code=code).pack()) for key, path in found.facts["choices"]]
    asked = t("groups-choose", title=found.facts["title"])
    if instead := found.facts["instead"]:
        asked += "\n" + t("groups-instead", path=instead)
    return Outgoing(asked, column(buttons, 2))


def sure(binding: int, t: Translator) -> Outgoing:
    yes = button(t.plain("groups-button-sure"), GroupPress(act="unbind", id=binding).pack())
    no = button(t.plain("groups-button-list"), GroupPress(act="list").pack())
    return Outgoing(t("groups-sure"), ((yes, no),))


def outcome(found: Outcome, t: Translator) -> Outgoing:
    back = button(t.plain("groups-button-list"), GroupPress(act="list").pack())
    if found.name in ("groups-bound", "groups-unbound"):
        said = t(found.name, title=found.facts["title"], path=found.facts["path"])
        if instead := found.facts.get("instead"):
            said += "\n" + t("groups-no-more", path=instead)
        return Outgoing(said, ((back,),))
    return Outgoing(t(found.name), ((back,),))
