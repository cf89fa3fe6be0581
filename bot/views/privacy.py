"""What is kept and why, leaving, and all of one's data as files."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.access import Actor
from bot.i18n import Html, Translator
from bot.services.effects import Outcome
from bot.views.callbacks import Erase, Leave, Renew
from bot.views.menu import with_menu
from bot.views.parts import File, Outgoing, button, date_text

Export = Mapping[str, Sequence[Mapping[str, Any]]]
CELL_LIMIT = 32_767


def text(org: str, found: Outcome, t: Translator) -> Outgoing:
    notice = Html(t("privacy-notice", org=org, version=found.facts["version"]))
    consent = {name: value for name, value in found.facts.items() if name != "version"}
    if "day" in consent:
        consent["day"] = date_text(consent["day"], t, weekday=False)
    return Outgoing(t("privacy-text", notice=notice, consent=Html(t(found.name, **consent))))


def not_kept(kind: str, t: Translator) -> Outgoing:
    """An ID number or a mobile number was sent."""
    return Outgoing(t("privacy-not-kept", kind=kind))


def ask_again(org: str, version: int, t: Translator) -> Outgoing:
    """The notice has changed since this person agreed."""
    notice = Html(t("privacy-notice", org=org, version=version))
    choices = [(True, "privacy-button-agree"), (False, "privacy-button-decline")]
    buttons = tuple(button(t(key), Renew(yes=yes, version=version).pack()) for yes, key in choices)
    return Outgoing(t("privacy-changed", notice=notice), (buttons,))


def renewed(found: Outcome, t: Translator) -> Outgoing:
    return Outgoing(t(found.name))


def ask_leave(given: int, t: Translator) -> Outgoing:
    choices = [(True, "leave-confirm"), (False, "leave-stay")]
    erase = button(t("leave-button-erase"), Erase(yes=False, given=given).pack())
    return Outgoing(
        t("leave-ask"), (tuple(button(t(key), Leave(yes=yes, given=given).pack()) for yes, key in choices), (erase,))
    )


def ask_erase(given: int, t: Translator) -> Outgoing:
    choices = [
        button(t("leave-button-erase-yes"), Erase(yes=True, given=given).pack()),
        button(t("leave-stay"), Leave(yes=False, given=given).pack()),
    ]
    return Outgoing(t("leave-ask-erase"), tuple((one,) for one in choices)).edited()


def left(found: Outcome, actor: Actor, t: Translator) -> Outgoing:
    """`actor` as he is afterwards: the menu shrinks with the rights."""
    return (
        with_menu(t(found.name), actor, t) if found.name in ("leave-done", "leave-erased") else Outgoing(t(found.name))
    )


def stayed(t: Translator) -> Outgoing:
    return Outgoing(t("leave-stayed")).edited()


def files(found: Export, stamp: str, t: Translator) -> tuple[Outgoing, Outgoing]:
    """The same twice: for programs and for people."""
    raw = json.dumps(found, ensure_ascii=False, indent=1).encode()
    name = t.plain("mydata-file", stamp=stamp)
    return (
        Outgoing(t("mydata-json"), document=File(f"{name}.json", raw)),
        Outgoing(t("mydata-xlsx"), document=File(f"{name}.xlsx", workbook(found, t))),
    )


def workbook(found: Export, t: Translator) -> bytes:
    """One sheet a section. Everything is text: what people wrote must never become a formula or a link."""
    import xlsxwriter

    stream = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, plain) as book:
        head = book.add_format({"bold": True, "bg_color": "#F2F2F2"})
        words = book.add_format({"num_format": "@"})  # text also after it was edited
        for section, rows in found.items():
            sheet = book.add_worksheet(t.plain(f"mydata-section-{section.replace('_', '-')}"))
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(rows[0] if rows else ()):
                sheet.set_column(column, column, 18)
                sheet.write_string(0, column, t.plain(f"mydata-column-{name.replace('_', '-')}"), head)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row.values()):
                    sheet.write_string(number, column, _cell(value, t), words)
            if not rows:
                sheet.write_string(0, 0, t.plain("mydata-empty"))
    return stream.getvalue()


def _cell(value: Any, t: Translator) -> str:
    key = f"mydata-value-{str(value).replace('_', '-')}"
    text = t.plain(key) if isinstance(value, str) and value.isidentifier() and t.has(key) else str(value or "")
    return str(value) if value == 0 else text[:CELL_LIMIT]
