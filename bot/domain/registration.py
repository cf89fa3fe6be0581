"""A staff number and a name as people write them, and how alike an account's name is to the roster's."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
DOTS = re.compile("[.·•‧∙⋅・ᐧ]")  # the dot inside a name, as different keyboards give it
LABELS = re.compile(
    r"(?:我的|您好|你好)|(?:员工号|职工号|工号|编号|号码|姓名|名字)[是为叫]*|(?:我叫|我是|本人)"
    r"|\b(?:staff (?:number|no\.?)|name)\b(?: is\b)?",
    re.IGNORECASE,
)
UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Mn", "Me", "Zl", "Zp"))
BLANK = "\u115f\u1160\u3164\uffa0\u2800"  # letters by name that show nothing
NUMBER_LIMIT, NAME_LIMIT, TEXT_LIMIT = 40, 60, 200

# Characters that are taken for one another; each group reads as its first. A warning for the approver, nothing more.
GROUPS = (
    "aаɑα", "bьвβ", "cсϲ", "dԁ", "eеєε", "gɡ", "hһн", "i1lіıιӏ|", "jј", "kκк", "mмμ", "nпη", "o0оο", "pрρ", "qԛ", "sѕ",
    "tтτ", "uυ", "vν", "wԝѡ", "xхχ", "yуүγ", "zζ",
    "己已巳", "未末", "土士", "日曰ㄖ", "人入", "千干于チ", "戊戌戍", "王玉⺩壬玊", "天夭", "大太犬", "刀刁", "今令",
    "冶治", "析折拆", "候侯", "沈沉", "徒徙", "毫亳", "田由甲申", "午牛", "木本", "兔免",
    # Signs of other scripts that are drawn as these are, and names that a hurried eye reads as one another.
    "一ー—", "二ニ", "三ミ", "八ハ", "力カ", "口ロ囗", "工エ", "卜ト", "夕タ", "才オ", "尸ㄕ", "丫ㄚ", "丁丅ㄒ", "几儿",
    "贝见", "白自", "微徽", "崇祟", "宣宜", "晴睛", "辛幸", "凤风", "市巿", "茶荼", "柴紫", "博搏", "杨扬", "陈阵",
    "历厉", "厂广", "尤龙", "祇祗", "汩汨", "籍藉", "辩辨", "仓仑", "鸟乌", "旦且", "史吏", "宇字", "季李", "冷泠",
    "侍待", "芳艻", "圆园", "洗冼",
)  # fmt: skip
ALIKE = {ord(other): group[0] for group in GROUPS for other in group[1:]}


class Likeness(StrEnum):
    SAME = "same"
    LOOKALIKE = "lookalike"  # reads the same and is not, or hides characters that nobody sees
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says about himself; a part that the text does not have is empty."""

    number: str = ""
    name: str = ""


LINK = re.compile(r"[?&]start=([A-Za-z0-9_-]{1,64})(?![A-Za-z0-9_-])")  # as Telegram has it behind a bot's name


BARE = re.compile(
    r"(?:start|我?的?邀请码|(?:my )?(?:invite )?code)?\s*(?:是|is)?\s*[:：]?\s*([A-Za-z0-9_-]{22})\s*[.。]?", re.I
)


def code_in(text: str) -> str:
    """The code of an invite link that stands anywhere in a text; empty if there is none."""
    found = LINK.search(text)
    return found[1] if found else ""


def bare_code_in(text: str) -> str:
    """A code that somebody has typed or copied without its link, with no more than its name before it."""
    found = BARE.fullmatch(text.strip())
    return found[1] if found else ""


def read_claim(text: str) -> Claim | None:
    """`ZF004 王芳`, `工号：ｚｆ００４，姓名 王芳`, a number alone, a name alone; None for what can be neither."""
    if len(text) > TEXT_LIMIT:
        return None
    plain = " ".join(visible(unicodedata.normalize("NFKC", text), TEXT_LIMIT).split())
    plain = LABELS.sub(" ", re.sub("[,;、。:]", " ", plain))
    claim = _with_han(plain) if re.search(f"[{HAN}]", plain) else _latin(plain.split())
    if len(claim.number) > NUMBER_LIMIT or len(claim.name) > NAME_LIMIT:
        return None
    return claim if any(sign.isalnum() for sign in claim.number + claim.name) else None


def _with_han(text: str) -> Claim:
    """The Chinese part is the name, the rest the number."""
    dotted = re.sub(f"(?<=[{HAN}]) ?{DOTS.pattern} ?(?=[{HAN}])", "·", text)
    name = "".join(re.findall(f"[{HAN}·]+", dotted)).strip("·")
    return Claim(_number(re.sub(f"[{HAN}·]", " ", dotted)), name)


def _latin(words: list[str]) -> Claim:
    """Without Chinese the number is what has digits; two or three letters before bare digits belong to it."""
    with_digits = [at for at, word in enumerate(words) if any(c.isdigit() for c in word)]
    if not with_digits:
        return Claim(name=" ".join(words))
    first, last = with_digits[0], with_digits[-1]
    before, after = words[:first], words[last + 1 :]
    if before and not after and len("".join(before)) > 3:
        return Claim(_number("".join(words[first:])), " ".join(before))
    return Claim(_number("".join(words[: last + 1])), " ".join(after))


def _number(text: str) -> str:
    return "".join(text.split()).upper().strip(".,/-_()[]#*'\"")


def same_name(given: str, roster: str) -> bool:
    return _called(given) == _called(roster) != ""


def _called(name: str) -> str:
    """本人 is said of oneself beside a name, and falls out when it is read; a name may have it too."""
    folded = _fold(name)
    return folded.replace("本人", "") or folded


def _fold(name: str) -> str:
    return "".join(DOTS.sub("·", unicodedata.normalize("NFKC", name)).split()).casefold()


def visible(text: str, limit: int) -> str:
    """Without what is not seen, turns the line round or piles up on it: a hostile name must not disturb its card."""
    return "".join(c if not c.isspace() else " " for c in text if not _hidden(c) or c.isspace())[:limit].strip()


def _hidden(char: str) -> bool:
    return unicodedata.category(char) in UNSEEN or char in BLANK


def likeness(account_name: str, roster_name: str) -> Likeness:
    """Whether an account's name (either order of its halves) is the roster's, only looks like it, or neither."""
    hidden = any(_hidden(c) for c in account_name)
    words = account_name.split()
    orders = ("".join(words), "".join(reversed(words)))
    if not hidden and "".join(roster_name.split()).casefold() in {order.casefold() for order in orders}:
        return Likeness.SAME
    wanted = _skeleton(roster_name)
    if hidden or wanted in {_skeleton(order) for order in orders}:
        return Likeness.LOOKALIKE
    return Likeness.DIFFERENT


def _skeleton(name: str) -> str:
    return _fold(visible(name, NAME_LIMIT * 4)).translate(ALIKE)
