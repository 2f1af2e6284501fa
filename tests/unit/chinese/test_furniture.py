"""furniture: lines of a web page that are not part of its article."""

import pytest

from casegen.chinese.furniture import begins_tail, find_reason, is_prose


@pytest.mark.parametrize(
    "line",
    [
        "上一篇：春天",
        "首页 > 新闻",
        "分享到：",
        "打印本页",
        "阅读 1234",
        "首页 | 新闻 | 公告",
        "首页　学院概况　机构设置　招生就业",
        "学校概况|院系设置|招生就业|校园文化",
        "您现在的位置：首页 >> 新闻",
        "当前位置",
        "设为首页 | 加入收藏",
        "扫描二维码，关注我们，了解更多内容。",
        "长按识别二维码关注公众号",
        "点击上方蓝字关注我们",
        "觉得不错就点个赞吧！",
        "技术支持：某某网络公司",
        "某某学院版权所有",
        "图片版权归原作者所有，如有不妥请告知。",
        "点击率：[1234]",
        "地址：某市某路1号，邮编：723000，电话：0916-1234567",
    ],
)
def test_a_line_of_the_page_has_a_reason_to_be_left_out(line):
    assert find_reason(line) != ""


@pytest.mark.parametrize(
    "line",
    [
        "茶园里的一天，村民很忙。",
        "阅读 1234 本书以后，孩子们变了。",
        "分享到更多的红利",
        "教育 · 科技 · 人才",
        "首页 是新做的",
        "平台显示班车的当前位置，方便村民等车。",
        "学生用手机定位您的位置，把水送到田头。",
        "2026,某省政府工作报告,https://example.edu.cn/a.html,当前位置：",
        "顾客扫描二维码，就能看到花椒长在哪块地。",
        "游客扫二维码付款，老人不用找零钱。",
        "村民把网店加入收藏，逢年过节来买。",
        "合作社编的教材版权所有，任何人不得翻印。",
        "茶叶上网卖，版权归村集体所有，收入按股分红。",
        "技术支持：白水学院派来三名教授，常年住在村里。",
        "有人觉得不错就点个赞，有人留言问价。",
        "网店的点击率：三月为2%，六月升到5%。",
        "微信公众号：学生为村里注册了一个，写了40篇文章。",
        "关注公众号的村民有230人，每天看天气和花椒价。",
        "直播间点击关注的人从300涨到2万。",
        "我们关注我们脚下的土地，也关注我们的乡亲。",
        "地址：青石镇花椒街8号，有停车位，电话可向村委会问。",
        "| 姓名 | 简介 | 照片 |",
        "招生就业、师资队伍和人才培养",
        "课本的版权所有者是编写组，村里印了三百本。",
        "画册版权所有人是村集体，收入归合作社。",
        "分享：一位老学员讲了怎样记账，大家听得入神。",
        "下一条：修好水渠，再谈种果。",
        "村里的网页阅读次数：去年三万，今年九万。",
        "投稿邮箱设在村委会，村民写的稿子由老师改。",
        "您的位置在哪里，平台就派最近的农技员上门。",
    ],
)
def test_a_line_of_the_article_has_none(line):
    assert find_reason(line) == ""


@pytest.mark.parametrize(
    ("line", "begins"), [("免责声明", True), ("相关新闻", True), ("我们的故事", False)]
)
def test_some_lines_end_the_article(line, begins):
    assert begins_tail(line) is begins


def test_prose_is_a_whole_paragraph():
    sentence = "村里建起了冷库，水果能卖到春天，村民的收入比前一年多了三成，年轻人也回来了。"
    assert is_prose(sentence * 2)
    assert not is_prose("一、建冷库")
