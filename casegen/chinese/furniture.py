"""furniture: lines of a web page that belong to the page and not to the article.

Secret: the words of navigation, buttons, disclaimers, neighbours and footers on Chinese sites.
Not here: bylines (byline), names that were replaced (suspects).
"""

from __future__ import annotations

import re

from casegen.chinese.characters import HAN

NEIGHBOUR = "上一篇、下一篇"
# The longer word is first, because the first match is final (更多>> before 更多).
_BUTTONS = (
    "返回(?:顶部|列表|首页|上一页)|打印(?:本页|此页|本文)?|关闭(?:窗口|本页)?|收藏(?:本页)?|微信扫一扫关注该公众号|"
    "喜欢此内容的人还喜欢|预览时标签不可点|继续滑动看下一个|向上滑动看下一个|English|sitemap|轻触阅读原文|已无更多数据|无障碍浏览|"
    "Baidu|微信扫一扫|回到顶部|网站首页|查看更多|更多>>|站内搜索|加入收藏|设为首页|长者模式|QQ空间|网站地图|阅读原文|查看原文|"
    "原文链接|分享到|TOP|无障碍|适老化|移动版|手机版|朋友圈|扫一扫|听全文|map|RSS|写留言|人划线|全屏|加大|还原|下载|分享|默认|"
    "首页|正文|列表|更多|详情|登录|注册|搜索|繁体|简体|微信|微博|朗读|百度|点赞|在看|转发|评论|举报|投诉|>>|\\||大|中|小|>|»|/|】|【|赞|0"
)
_ALONE = re.compile(
    rf"[【\[（(]?\s{{0,9}}(?:{_BUTTONS})\s{{0,9}}[】\]）)]?"
    rf"(?:\s{{0,9}}[\[【]?\s{{0,9}}(?:{_BUTTONS})\s{{0,9}}[】\]]?)*+"
)
# 阅读 1024, 收录于合集 #乡村振兴 12个, 阅读 10万+ 点赞 12 在看 3
_COUNTED = re.compile(
    r"(?:(?:阅读|点赞|在看|分享|收藏|留言|评论|转发|赞)\s{0,9}\d[\d.]{0,9}万?\+?\s{0,9}){1,9}"
    r"|收录于(?:合集|话题|专辑)\s{0,9}#?[^。，；]{0,40}"
)
# The page numbers and the table of contents of a printed manuscript; signs that adorn a page.
_PRINTED = re.compile(
    r"第\s{0,9}\d{1,3}\s{0,9}页(?:[，,/ ]{0,3}共\s{0,9}\d{1,3}\s{0,9}页)?"
    r"|[-—–]\s{0,9}\d{1,3}\s{0,9}[-—–]"
    r"|[^。！？\n]{2,40}?(?<![.…·．])(?:\.{4,60}|…{2,60}|[·．]{4,60})\s{0,9}[（(]?\d{1,3}[）)]?"
    r"|[▼▲▽△◆◇■□●○★☆↓]{1,9}"
)
_END = re.compile(r"[-—–·•*\s]{0,9}(?:the )?end[-—–·•*.\s]{0,9}", re.IGNORECASE)
_SIZE = re.compile(
    r"[【\[（(]?\s{0,9}(?:字体|字号|字体大小)\s{0,9}[：:]?[\s大中小默认加还原】\])）|打印关闭]*"
)
# A sentence of an article goes on with a comma and a full stop: 分享：一位学员讲了记账，大家都听。
_NO_SENTENCE = "(?![^，。]{0,99}，[^。]{0,99}。$)"
# 未经许可不得转载的规矩 is a thing of an article.
_NO_LEAVE = "未经(?:本网|本站|授权|许可).{0,20}(?:转载|不得)(?![^，。]{0,6}的[^，。])"
# What a page says of itself and of its texts, wherever in a line.
_ANY = re.compile(
    rf"返回顶部|^(?:[【\[]?(?:上|下)一?(?:篇|条|页|则|个)[】\]]?)(?:\s*[:：>]{_NO_SENTENCE}|$|\s*(?:没有了|无|返回))|"
    r"^[^，。]{0,4}版权所有(?![者人权])|版权所有[:：]|Copyright|©|ICP备|ICP证|公网安备|网站标识码|"
    r"[Mm]ail ?to[:：]|"
    r'凡本[站网]注明|凡注明[“"]?来源|'
    rf"(?:(?:^|[，。；：！])\s?{_NO_LEAVE}|{_NO_LEAVE}{_NO_SENTENCE})"
    r"|本站(?:文章|内容|转载|注明)|如(?:转载稿|有侵权|涉及版权)|"
    r"仅代表作者(?:个人|本人)?观点|(?:不代表|并不意味着).{0,10}本[站网]|请作者在两周内|本文(?:来源|转载)(?:自|于)|"
    rf"^(?:免责|版权|特别|郑重)声明[:：]{_NO_SENTENCE}|"
    r"版权归.{0,12}(?:作者|[网站报刊]|杂志社|出版社).{0,4}所有|"
    r'(?:点个|点赞|分享|转发).{0,6}[“"]在看|[“"]在看[”"]|'
    r"点击(?:上方|下方)?蓝字|关注我们(?:[!！。]|$)|^投稿邮箱\s*[:：]|分享到[:：]|分享至[:：]|"
    rf"^分享[:：]{_NO_SENTENCE}|"
    rf"(?:浏览|阅读|点击)次数[:：]{_NO_SENTENCE}|"
    r"点击(?:数|量|率)?[:：]\s{0,9}(?:\[|\d|$)|^\(?本文共?\d+字|"
    rf"建议使用.{{0,20}}浏览器{_NO_SENTENCE}|(?:IE\s?\d|分辨率).{{0,20}}浏览器|"
    r"浏览器.{0,20}分辨率|最佳分辨率|^地址[:：].{0,60}(?:邮编|电话)\s{0,9}[:：]?\s{0,9}\d|邮政编码[:：]|"
    r"^(?:联系我们|网站声明|关于我们|网站地图|友情链接)(?:\s*[|｜]|$)|^[^|｜]{0,20}(?:简介|声明|联系方式|联系我们)\s*[|｜]"
)
# 当前位置：首页 > 新闻; a name without what it names is the end of another line.
_HERE = re.compile(
    r"(?:当前位置|您(?:现在)?(?:所在)?的?位置|您所在的位置)(?:是|为)?\s*(?:[:：>]\s*\S|$)"
    rf"|^(?:当前位置|您(?:现在)?(?:所在)?的?位置){_NO_SENTENCE}"
)
# What a page asks its reader for. An article tells of the same: 顾客扫描二维码，就能看到产地。
_ASKED = re.compile(
    r"加入收藏|设为首页|技术支持[:：]|版权所有(?![者人权])|版权归.{0,12}所有|主办单位[:：].{0,60}(?:承办|地址|邮编|电话)|"
    r"(?:点个|点赞|分享|转发).{0,6}在看|"
    r"(?:点赞|分享|转发|收藏)[+＋、和 ](?:点赞|分享|转发|收藏|在看)|"
    r"(?:喜欢|觉得)(?:不错|有用)?[就请]点|点击(?:上方|下方|关注)|关注(?:我们|公众号)|"
    r"长按(?:识别)?二维码|扫描?(?:下方|上方)?二维码|微信公众号[:：]|投稿邮箱"
)
_OURS = re.compile(  # words for the page itself, in a sentence that asks
    r"我们(?:[!！。，]|$)|关注(?:本|该)?公众号(?!的)|[本此]?公众号(?:[!！。，]|$)|本[网站刊报]|小编|[原本]文(?!化)|查看更多|了解更多|更多(?:精彩|内容|资讯)"
    r"|[进入加]群"
)
_BRIEF = 14  # characters; a shorter line that asks is no sentence of an article
_TAIL = re.compile(
    "[【\\[]?(?:免责声明|版权声明|特别声明|相关(?:新闻|链接|阅读|文章|报道|推荐|信息|内容|稿件)|内容推荐|热门(?:推荐|文章|新闻|阅读)|"
    "推荐(?:阅读|文章|新闻)|延伸阅读|往期(?:回顾|推荐|精彩)|猜你喜欢|精彩推荐|最新(?:文章|新闻|动态|资讯)|友情链接|网友评论|"
    "发表评论|热点(?:新闻|排行)|阅读排行|点击排行|相关附件|媒体矩阵|快速链接|常用链接|联系我们|网站导航|站点地图)[】\\]]?\\s*[:：]?"
)
_CRUMB = re.compile(r".{0,12}?(?:首页|主页|网站)\s*(?:>|»|›|/|→|－|-|—|>>|&gt;).*")
# 首页 | 新闻 | 公告: the menu of a page, its entries on one line; 教育 · 科技 · 人才 is not a menu.
_HOME = "(?:网站|学校|学院|返回)?(?:首页|主页)"
_PLACE = (
    f"{_HOME}|(?:学校|学院|部门|机构|单位|校园|中心)(?:概况|简介|介绍|设置|新闻|文化|风光)|机构设置|组织机构|领导"
    "(?:班子|介绍)|新闻(?:中心|动态|公告|资讯)?|(?:通知)?公告|通知|工作动态|信息公开|政务公开|招生(?:就业|信息)?|就业信息|"
    "院系设置|师资队伍|人才培养|科学研究|党建(?:工作|思政)?|校园生活|学生工作|国际交流|规章制度|资料下载|下载中心|服务指南|"
    "联系我们|关于我们|登录|注册|搜索|校友|图书馆|邮箱|English"
)
_GAP = r"(?:\s{0,3}[|｜丨│·•/]\s{0,3}|\s{1,9})"
_MENU = re.compile(
    rf"{_HOME}(?:{_GAP}[{HAN}A-Za-z]{{2,8}}){{2,19}}"
    rf"|(?:{_PLACE})(?:\s{{0,3}}[|｜丨│]\s{{0,3}}(?:{_PLACE})){{2,19}}"
)
# These are no trail: tags, 产量 > 1000.
_TRAIL = re.compile(r"[^。，；<>»›]{1,16}(?:[>»›](?!\s{0,9}[\d=])[^。，；<>»›]{0,40})+")
_LINK = re.compile(r"\[(?:查看原文|原文链接|阅读原文|原文|来源)\]\([^()]*\)|https?://\S+")
_ROLE = (
    "(?:文章|信息|稿件|内容|本文)?来源|稿源|作者|供稿|供图|摄影|文/图|图/文|图文|撰文|通讯员"
    "|责任编辑|责编|编辑|审核|初审|复审|终审|校对"
)
# 来源：某报 责任编辑：某部门, in a line of nothing else; 本文转自某报，2023年5月4日。
_CREDIT = re.compile(
    rf"[（(【]?(?:(?:{_ROLE}|发布时间|原载|转载?自)(?:[:：]|\s?[|｜丨]\s?)"
    r"|(?:本文|文章|稿件)(?:来源|转载?|选|摘)(?:于|自)[:：]?)"
    r"[^，。；：:]{1,24}(?:，\d{4}[^，。；：:]{0,20})?[。.]?[）)】]?"
)
_PROSE = re.compile(f"[{HAN}]")
_WHOLE = ((_LINK, "原文的链接"), (_END, "文末的记号"), (_PRINTED, "稿件的页码、目录或装饰"))


def find_reason(line: str) -> str:
    """Return why a line belongs to a web page and not to its article; "" if it may be text."""
    text = line.strip()
    if _ALONE.fullmatch(text) or _SIZE.fullmatch(text) or _COUNTED.fullmatch(text):
        return "网页的按钮" if text else ""
    for pattern, reason in _WHOLE:
        if pattern.fullmatch(text):
            return reason
    if (
        _CRUMB.fullmatch(text)
        or _MENU.fullmatch(text)
        or (_TRAIL.fullmatch(text) and len(text) < 80)
    ):
        return "网页的导航"
    found = _ANY.search(text) or _HERE.search(text) or _find_asked(text)
    if not found or len(text) >= 300 or (len(text) > 120 and found.start() > 60):
        return ""
    if re.match("[【\\[]?[上下]一?[篇条页则个]", found[0]):
        return NEIGHBOUR
    return "网页的导航" if re.search("收藏|首页|位置", found[0]) else "网页的声明和页脚"


def _find_asked(text: str) -> re.Match[str] | None:
    """Return what a line asks of the reader of a page; None for a sentence of an article."""
    found = _ASKED.search(text)
    if found and len(text) > _BRIEF and re.search("[，。；]", text) and not _OURS.search(text):
        return None
    return found


def names_origin(line: str) -> bool:
    """Return whether a line says where a text comes from or who edited it, and nothing else."""
    return all(map(_CREDIT.fullmatch, re.split(r"[\s|｜]+", line.strip())))


def begins_tail(line: str) -> bool:
    """Return whether the text after this line belongs to the page: 免责声明, 相关新闻."""
    text = line.strip()
    return bool(_TAIL.fullmatch(text)) or find_reason(text) == NEIGHBOUR


def is_prose(line: str) -> bool:
    """Return whether a line reads as a paragraph of an article."""
    return (
        len(_PROSE.findall(line)) > 45
        and bool(re.search("[。！？；]", line))
        and not (_ANY.search(line) or _HERE.search(line) or _find_asked(line))
    )
