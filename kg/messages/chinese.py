"""The Chinese of everything said on a terminal: sentences by their English; words follow docs/glossary.md."""

from __future__ import annotations

from collections.abc import Mapping

from kg.messages.chinese_errors import ERRORS
from kg.messages.chinese_help import HELP

__all__ = ["ERRORS", "SENTENCES"]

SENTENCES: Mapping[str, str] = {
    # progress
    "Loading gazetteers": "正在载入地名表",
    "Reading pages": "正在读版面",
    "Putting pages together": "正在合并各版",
    "Reading the graph": "正在读图谱",
    "Writing {format}": "正在写 {format}",
    "Drawing": "正在生成图谱页面",
    "{rate} characters/s": "{rate} 字/秒",
    "{n} pages to read, {characters} characters": "待读 {n} 个版面，共 {characters} 字",
    "{n} pages, {n_to_read} of them new or changed": "共 {n} 个版面，其中 {n_to_read} 个是新的或有改动",
    "Another build is writing this folder; waiting for it (Ctrl-C gives up)": (
        "另一个 kg build 正在写这个文件夹，等它写完（按 Ctrl-C 放弃）"
    ),
    # what a build did
    "{n_read} pages read, {n_kept} kept from before, {n_removed} removed": (
        "读了 {n_read} 个版面，沿用已有的 {n_kept} 个，移除 {n_removed} 个"
    ),
    "Could not be used: {n} (listed above)": "有 {n} 处输入用不了（见上）",
    "What next": "接下来",
    "look at the graph: {path}": "看图谱：{path}",
    "kg, a gazetteer or a setting has changed since the last build: every page is read again": (
        "上次之后 kg、地名表或设置变了：所有版面重读一遍"
    ),
    "draw the graph; with so many pages this takes time and memory": "画出图谱；版面这么多，会费时间和内存",
    "which newspapers and months it covers": "看收了哪些报纸、哪些月份",
    "hand it to other programs": "交给别的程序用",
    "Nothing was found on these pages": "这些版面里什么也没找到",
    "Stopped. What was read is kept; the same command goes on from there": (
        "已停止。读完的版面都已存好，再运行同一条命令即可接着读"
    ),
    "The last build of {out} did not come to its end; what it had read is shown": (
        "{out} 上一次没有读完；这里是已经读完的部分"
    ),
    # tables
    "pages": "版面",
    "articles": "文章",
    "characters": "字数",
    "people": "人物",
    "places": "地点",
    "organisations": "机构",
    "visits": "到访",
    "events": "活动",
    "posts held": "任职",
    "newspaper": "报纸",
    "month": "月份",
    "year": "年份",
    "no pages": "没有版面",
    "months without pages": "没有版面的月份",
    "facts": "事实",
    "unknown": "不详",
    ", ": "、",
    "{name} ({count})": "{name}（{count}）",
    "Not in any gazetteer: {n_nil} of {n} mentions of {kind}; most often {names}": (
        "地名表里没有的{kind}：{n} 处提及中有 {n_nil} 处，最多的是 {names}"
    ),
    "Inferred from the text, because neither page nor manifest says it ({n} pages):": (
        "版面和清单都没有写、由正文推断的（{n} 个版面）："
    ),
    "… and {n} more": "……另有 {n} 个",
    "date": "日期",
    "region": "所属地区",
    "newspaper name": "报名",
    "number": "期号",
    "region_code": "区划代码",
    # other commands
    "Wrote {path}": "已写入 {path}",
    "The graph to look at: {path}": "图谱页面：{path}",
    "It holds {n} facts and leaves out {n_left_out}; the page says so too": (
        "其中有 {n} 条事实，未收入 {n_left_out} 条；页面上也写明了"
    ),
    (
        "That page has {megabytes} MB and may open slowly. For a part: "
        "kg view {out} --since 2021 --until 2021-06 --region NAME --person NAME"
    ): "页面有 {megabytes} MB，打开可能较慢。只要一部分：kg view {out} --since 2021 --until 2021-06 --region 区划 --person 姓名",
    "No browser could be started; open that file yourself": "打不开浏览器，请自己打开这个文件",
    # explain
    "inferred from the text: {names}": "由正文推断：{names}",
    "found too by {rules}": "同样找到它的规则：{rules}",
    "✗ {surface} {kind} {rule} {score} lost: {reason}": "✗ {surface} {kind} {rule} {score} 落选：{reason}",
    "a stronger kind of find covers it": "被更可靠的一类盖过",
    "a longer one covers it": "被更长的盖过",
    "a surer one covers it": "被分数更高的盖过",
    "an earlier one covers it": "被更靠前的盖过",
    "in no gazetteer": "地名表里没有",
    "stands right behind its parent": "紧跟在上级地名后面",
    "stands right before what lies in it": "后面紧跟着下级地名",
    "is the home region or above it": "就是本地或本地的上级",
    "lies in the home region": "在本地境内",
    "lies in the home city": "在本市境内",
    "lies in the home province": "在本省境内",
    "its parent is named too": "文中也提到它的上级",
    "is the larger of the two": "级别更高",
    "Facts": "事实",
    "Known from the divisions alone": "由行政区划得知",
    "PERSON": "人物",
    "PLACE": "地点",
    "ORG": "机构",
    "HOLDS_ROLE": "任职",
    "PARTICIPATED_IN": "参加",
    "TOOK_PLACE_AT": "发生地",
    "VISITED": "到访",
    "PART_OF": "隶属",
    "LOCATED_IN": "坐落",
    # diff
    "relation": "关系",
    "gained": "新增",
    "lost": "减少",
    "all": "合计",
    "{n} facts are in both": "两次都有的事实：{n}",
    "The two builds say the same": "两次的结果完全一样",
    "Pages that only the old build has: {n}": "只有旧图谱有的版面：{n}",
    "Pages that only the new build has: {n}": "只有新图谱有的版面：{n}",
    # review
    "Nothing doubtful was found": "没有发现疑问",
    "Nothing was decided": "没有作出判断",
    "{n} decisions written to {path}": "{n} 条判断已写入 {path}",
    "The graph now holds them": "图谱已照此更新",
    "Taken back": "已撤销",
    "There is nothing to take back": "没有可撤销的",
    "A decision added this; change it in the file": "这是人工添加的，请直接改文件",
    "seen in kg review": "kg review 中核对",
    "same [s]": "是同一人 [s]",
    "different [d]": "不是 [d]",
    "accept [a]": "属实 [a]",
    "reject [r]": "不对 [r]",
    "the first is wrong [1]": "第一条不对 [1]",
    "the second is wrong [2]": "第二条不对 [2]",
    "fix date [t 2021-01-12]": "改日期 [t 2021-01-12]",
    "another name [n NAME]": "改名称 [n 名称]",
    "skip [Enter]": "跳过 [回车]",
    "undo [u]": "撤销 [u]",
    "All was asked": "都问完了",
    "finish [Enter]": "完成 [回车]",
    "quit [q]": "退出 [q]",
    "Two people in one post at one time?": "同一时间，一个职务两个人？",
    "One person or two?": "是同一人吗？",
    "One organisation or two?": "是同一个机构吗？",
    "A name of no gazetteer: is it right?": "地名表里没有的名称，对吗？",
    "Is this so?": "是这样吗？",
    "one name, two entries": "同名，分作两人",
    "one character apart": "只差一个字",
    "one is a short form of the other on some page": "有的版面用一个作另一个的简称",
    "the same but for the region in front": "只差前面的地名",
    "one character apart that is easily misread": "只差一个容易认错的字",
    "one post: {value}": "职务相同：{value}",
    "{value} companions in common": "共同的同行者 {value} 人",
    "{value} places in common": "去过的相同地方 {value} 处",
    "named {value} (times / pages)": "出现 {value}（次数/版面）",
    "seen on {value}": "见于 {value}",
    "regions {value}": "所属地区 {value}",
    "score {value}": "分数 {value}",
    "; ": "；",
    "about": "关于",
    "why": "原因",
    "sentence": "原句",
    "{n} doubtful; kg review without --list asks about them": "共 {n} 条；不加 --list 则逐条询问",
    # gazetteers
    "{n} problems in {folder}": "{folder} 有 {n} 处问题",
    "No problems in {folder}": "{folder} 没有问题",
    "No gazetteer has {name}": "没有一张表里有{name}",
    "Added: {where}": "已加入：{where}",
    "code": "代码",
    "level": "级别",
    "path": "路径",
    "list": "出自",
    "divisions": "区划表",
    "historic": "旧名",
    "province": "省",
    "city": "市",
    "county": "区县",
    "township": "乡镇",
    "village": "村",
    "site": "地点",
    "government": "机关",
    "company": "企业",
    "school": "学校",
    "media": "媒体",
    "other": "其他",
    # typer's own words
    "Arguments": "参数",
    "Options": "选项",
    "Commands": "命令",
    "Error": "错误",
    "[required]": "[必填]",
    "[default: {}]": "[默认 {}]",
    "Try [blue]'{command_path} {help_option}'[/] for help.": "用法见 [blue]'{command_path} {help_option}'[/]。",
    "Show this message and exit.": "显示这段说明。",
    **HELP,
}
