"""大写金额: an amount in Chinese capitals, by the rules for filling in bills.

Source: 中国人民银行《支付结算办法》附一《正确填写票据和结算凭证的基本规定》: 人民币 stands before; 整 after 元
(must) and after 角 (may; here it does), never after 分; zeros in between give one 零; where 元 is 0 and 角 is not,
零 may stand between (here it does); where 角 is 0 and 分 is not, it must.
"""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("仟", "佰", "拾", "")
_WAN, _YI = 10**4, 10**8

#: What people call the renminbi in a journal.
RENMINBI = frozenset(["CNY", "RMB", "¥", "￥", "元", "人民币"])


def capitals(minor: int) -> str:
    """`minor` fen as 人民币…: 168032 is 人民币壹仟陆佰捌拾元零叁角贰分. A negative amount has 负 behind 人民币."""
    yuan, fen = divmod(abs(minor), 100)
    jiao, fen = divmod(fen, 10)
    sign = "负" if minor < 0 else ""
    text = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        text += ("零" if yuan and yuan % 10 == 0 else "") + _DIGITS[jiao] + "角"
    elif fen and yuan:
        text += "零"
    if fen:
        return f"人民币{sign}{text}{_DIGITS[fen]}分"
    return f"人民币{sign}{text or '零元'}整"


def _whole(number: int) -> str:
    """A whole number > 0, in groups of four digits."""
    for size, unit in ((_YI, "亿"), (_WAN, "万")):
        if number >= size:
            high, low = divmod(number, size)
            if not low:
                return _whole(high) + unit
            return _whole(high) + unit + ("零" if low < size // 10 else "") + _whole(low)
    text, gap = "", False
    for digit, unit in zip(f"{number:04d}", _UNITS, strict=True):
        if digit == "0":
            gap = bool(text)
        else:
            text += ("零" if gap else "") + _DIGITS[int(digit)] + unit
            gap = False
    return text
