"""Pages as government sites publish them, each built another way; made up, no site's own text."""

BODY = [
    "各区（市）县人民政府，市政府各部门：",
    "为进一步方便企业和群众办事，现就推行一次办好提出如下意见。",
    "一、总体要求",
    "坚持依法、便民、高效，到2027年全市依申请办理的事项实现一次办好。",
    "二、主要任务",
    "（一）公开办事指南。",
    "各部门应当在政务大厅和门户网站公开受理条件、材料、程序、时限、收费依据和标准。",
    "（二）不得要求提供能够共享的材料。",
    "依据《示例条例》第三十二条规定，受理机关应当当场作出决定。",
    "三、附则",
    "本意见自2026年9月1日起施行。",
    "示例市人民政府办公厅",
    "2026年8月3日",
]
TITLE = "示例市人民政府办公厅关于推行一次办好的实施意见"
CHROME = (
    '<div class="top"><a href="/">首页</a><a href="/a">政务公开</a><a href="/b">办事服务</a></div>'
    '<div class="weizhi">当前位置：<a href="/">首页</a> &gt; <a>政策文件</a></div>'
)
FOOT = (
    '<div class="xgwj"><a href="/1">示例市人民政府关于另一件事的通知</a></div>'
    '<div class="footer">版权所有：示例市人民政府 备案号 蜀ICP备00000000号</div>'
    "<script>var title = '不是标题'; function share(){}</script>"
)


def paragraphs(tag="p", lines=BODY):
    return "".join(f"<{tag}>　　{line}</{tag}>\n" for line in lines)


TABLE_HEAD = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{TITLE}_其他_示例市政府网</title><style>p {{ color: red }}</style></head><body>{CHROME}
<table class="bd1"><tr><td><b>标　　题：</b></td><td>{TITLE}</td></tr>
<tr><td><b>发文机关：</b></td><td>示例市人民政府办公厅</td><td><b>发文字号：</b></td>
<td>示府办发〔2026〕15号</td></tr><tr><td><b>成文日期：</b></td><td>2026年08月03日</td>
<td><b>发布日期：</b></td><td>2026年08月05日</td></tr></table>
<div id="UCAP-CONTENT">{paragraphs()}</div>{FOOT}</body></html>"""

METAS_AND_SPANS = f"""<html><head><meta name="ArticleTitle" content="{TITLE}">
<meta name="PubDate" content="2026-08-05 10:21:33">
<meta name="ContentSource" content="示例市政府办">
<title>政策文件 - 示例市人民政府</title></head><body>{CHROME}<h1>文件</h1>
<ul class="info"><li><span>发文机构：</span><span class="time">示例市人民政府办公厅</span></li>
<li><span>文　　号：</span><span>示府办发[2026]15号</span></li>
<li><span>有效性：</span><span id="file_status">有效</span></li>
<li><span>发布日期：</span><span class="time">2026-08-05</span></li>
<li><span>生效日期：</span><span>2026-09-01</span></li></ul>
<div class="TRS_Editor"><style>.TRS_Editor P {{ margin: 0 }}</style>{paragraphs()}</div>{FOOT}
</body></html>"""

OLD_FONTS = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{TITLE}</title></head><body bgcolor=white><table><tr><td><a href=/>网站首页</a></td></tr>
<tr><td align=center><font size=5><b>{TITLE}</b></font><br>示府办发（2026）15 号</td></tr>
<tr><td><font size=3>{"".join(f"　　{line}<br>" for line in BODY)}</font></td></tr>
<tr><td>【关闭窗口】 主办：示例市信息中心</td></tr></table></body></html>"""

ONE_CELL = f"""<!doctype html><html><head><title>{TITLE} | 示例</title></head><body>
<aside class="sidebar"><ul><li><a>部门文件</a></li></ul></aside><main><h1>{TITLE}</h1>
<p class="meta">发布机构：示例市人民政府办公厅　发布时间：2026-08-05
状态：现行有效　文号：示府办发〔2026〕15号</p>
<div class="content">{paragraphs("div")}</div></main></body></html>"""

MARKDOWN = f"""# {TITLE}

**发文机关**：示例市人民政府办公厅
**发文字号**：示府办发〔2026〕15号
**发布日期**：2026-08-05
**状态**：有效

""" + "\n\n".join(BODY)

PLAIN = f"{TITLE}\n示府办发〔2026〕15号\n\n" + "\n".join(f"　　{line}" for line in BODY)

NO_PAPER = {
    "a list": "<html><body><ul>"
    + "".join(
        f"<li><a href='{n}'>示例市人民政府关于第{n}件事的通知</a> 2026-08-0{n}</li>"
        for n in range(9)
    )
    + "</ul></body></html>",
    "a sign-in": "<html><body><form><label>用户名</label><input></form></body></html>",
    "by script": "<html><head><title>加载中</title></head><body><div id=app></div>"
    "<script>render('正文')</script></body></html>",
    "text without a title": "今天天气很好。" * 20,
}
