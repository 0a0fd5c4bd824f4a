"""The Chinese of everything said on a terminal: sentences by their English, errors by the pattern they are made from.

`{}` in an error's English is whatever stands there; `{0}`, `{1}` in its Chinese put it back in order. Words follow
docs/glossary.md.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.messages import help as texts

SENTENCES: Mapping[str, str] = {
    # progress
    "Loading gazetteers": "正在载入地名表",
    "Reading pages": "正在读版面",
    "Putting pages together": "正在合并各版",
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
    # help
    texts.APP: "把中国县级报纸的版面变成图谱：谁在什么时候、以什么职务、和谁一起去了哪里，是哪一版的哪一句话说的。",
    texts.APP_EXAMPLES: """\
[bold]从版面到图谱[/bold]

  kg build seeds --out out         读版面，建图谱
  kg view out --open               在浏览器里看
  kg export out --format jsonl --to out/jsonl

退出码：0 一切正常 · 1 什么也没找到 · 2 输入有问题（其余的照样做完）。""",
    texts.BUILD: (
        "读版面，建图谱。\n\n"
        "PAGES 可以是文件、文件夹（其中所有 .txt）或通配符（'2021/*.txt'）。输出文件夹里有 kg.sqlite（一切都由它生成）"
        "和 graph.html（用来看）。上次读过、没有改动的版面不再重读；中途停下的，再运行一次就接着读。"
        "输出文件夹里只留这次给出的版面。"
    ),
    texts.BUILD_EXAMPLES: """\
[bold]例子[/bold]

  kg build seeds --out out
  kg build 'papers/2021/*.txt' --out out/2021 --jobs 4
  kg build scans --manifest scans/pages.csv --out out

报名、日期、所属地区取自版面、文件名或 pages.csv（file,newspaper,date,page,region,url）；\
哪里都没写的由正文推断，并会说明。

用不了的输入各说一行，其余照建，退出码是 2；加 --skip-bad 时，只要读成一个版面，退出码就是 0。""",
    texts.BUILD_PAGES: "版面文件、文件夹或通配符。",
    texts.BUILD_OUT: "输出文件夹；没有就新建。",
    texts.BUILD_MANIFEST: "用这个 pages.csv，不用版面旁边的。",
    texts.BUILD_GAZETTEERS: "你自己的地名表文件夹；可以给几个。",
    texts.BUILD_JOBS: "用几个进程读。几个都一样，结果不变。",
    texts.BUILD_QUIET: "只说出了什么问题。",
    texts.BUILD_SKIP_BAD: "有的输入用不了，也以 0 退出。",
    texts.BUILD_NO_WAIT: "别的进程正在写时不等，马上退出。",
    texts.EXPORT: "把图谱写成别的程序能读的格式。",
    texts.EXPORT_EXAMPLES: """\
[bold]例子[/bold]

  kg export out --format jsonl --to out/jsonl
  kg export out --format graphml --to out/graphml

jsonl    实体、提及、事实、文章，每行一个 JSON 对象
graphml  一张图，给 Gephi、Cytoscape、yEd、igraph、networkx 用

格式说明见 docs/format.md。同样的版面，每次写出的字节都一样。""",
    texts.EXPORT_FORMAT: "格式。",
    texts.EXPORT_TO: "写到哪个文件夹；没有就新建。",
    texts.EXPORT_PLANNED: "连见报时还没有发生的活动也写出来。",
    texts.EVALUATE: "拿人工标注过的版面给图谱打分。",
    texts.EVALUATE_EXAMPLES: """\
[bold]例子[/bold]

  kg evaluate out --gold tests/gold
  kg evaluate out --gold tests/gold --errors | grep 'visit missed'
  kg evaluate out --gold tests/gold --json

P 是找到的里有多少是对的，R 是该找的里找到了多少，F1 是两者的调和平均。怎样算对，见 docs/gold-guide.md。""",
    texts.EVALUATE_GOLD: "标注文件夹，每版一个文件。",
    texts.EVALUATE_ERRORS: "逐条列出错误：版面、错在哪里、名称。",
    texts.EVALUATE_JSON: "以 JSON 输出数字。",
    texts.VIEW: "把图谱写成一个不用联网的网页，并打开它。",
    texts.VIEW_EXAMPLES: """\
[bold]例子[/bold]

  kg view out --open
  kg view out --open --focus 柯城区

网页就是那个文件夹里的 graph.html，可以直接拷给别人看。""",
    texts.VIEW_OPEN: "在浏览器里打开。",
    texts.VIEW_FOCUS: "从哪个人、哪个地方或哪个机构看起。",
    texts.STATS: "说明图谱里有什么：各类多少、哪些报纸哪些月份、哪些名称没有对上。",
    texts.STATS_EXAMPLES: """\
[bold]例子[/bold]

  kg stats out

没有收版面的月份，图谱里就没有到访；不等于那个月真的没有。""",
    texts.DIFF: "比较两次建的图谱：按内容看，多了哪些事实，少了哪些事实。",
    texts.DIFF_EXAMPLES: """\
[bold]例子[/bold]

  kg build seeds --out new && kg diff out new
  kg diff out new --limit 20
  kg diff out new --json > changes.json

少了一条，也可能是少了一个错误：这里只比较，不评判。有没有变化，退出码都是 0。""",
    texts.DIFF_OLD: "先建的那个文件夹。",
    texts.DIFF_NEW: "后建的那个文件夹。",
    texts.DIFF_LIMIT: "减少的、新增的最多各列 N 条。",
    texts.DIFF_JSON: "以 JSON 输出全部。",
    texts.EXPLAIN: (
        "说明一个版面为什么这样读：每个名称是哪条规则找到的、认作什么、依据是什么、哪些落选了，每条事实出自哪几句话。\n\n"
        "PAGE 是一个文件；不写或写 - 时，从标准输入读文字。"
    ),
    texts.EXPLAIN_EXAMPLES: """\
[bold]例子[/bold]

  kg explain seeds/000_790c225550a08f98.txt
  kg explain seeds/000_790c225550a08f98.txt --name 柯城
  kg explain seeds/000_790c225550a08f98.txt --html why.html
  echo 区委书记到石梁镇白云村调研。 | kg explain --region 柯城区

✓ 是选中的，✗ 是没选中的。网页不用联网，名称标在原文里。""",
    texts.EXPLAIN_PAGE: "一个版面文件；- 表示标准输入。",
    texts.EXPLAIN_NAME: "只看含有这个名称的提及和事实。",
    texts.EXPLAIN_HTML: "写成网页（displaCy），不在屏幕上显示。",
    texts.EXPLAIN_REGION: "所属地区：名称、全称或代码。",
    texts.EXPLAIN_DATE: "出版日期：2021-01-20、2021-01 或 2021。",
    texts.EXPLAIN_JSON: "以 JSON 输出全部。",
    texts.SPACY_MODEL: "另用一个 spaCy 模型（包名或文件夹）找名称；自带规则优先。",
    texts.GAZETTEER: "检查、查看、查找、扩充各种名称表。",
    texts.GAZETTEER_EXAMPLES: """\
[bold]例子[/bold]

  kg gazetteer find 白云村
  kg gazetteer show 柯城区
  kg gazetteer check my-names

自己的名称放在自己的文件夹里，kg build 和 kg explain 用 --gazetteers 指到它；其中的每一行都优先。""",
    texts.CHECK: "检查名称表：列、重复、查不到的上级、没写出处、拿普通词当简称。",
    texts.CHECK_EXAMPLES: """\
[bold]例子[/bold]

  kg gazetteer check
  kg gazetteer check my-names

每个问题一行，写明文件和行号。有问题时退出码是 1。""",
    texts.CHECK_FOLDER: "要检查的文件夹；默认是 kg 自带的。",
    texts.SHOW: "把一个地区画成树：下辖哪些地方，代码是什么。",
    texts.SHOW_EXAMPLES: """\
[bold]例子[/bold]

  kg gazetteer show 柯城区
  kg gazetteer show 浙江省 --depth 1
  kg gazetteer show 330802 --gazetteers my-names

几个地方同名时（鼓楼区），要写全称：福建省福州市鼓楼区。""",
    texts.SHOW_REGION: "名称、全称或代码。",
    texts.SHOW_DEPTH: "往下显示几级。",
    texts.FIND: "在全国范围内列出一个名称可能指的所有地方，写明所在。",
    texts.FIND_EXAMPLES: """\
[bold]例子[/bold]

  kg gazetteer find 白云村
  kg gazetteer find 白云村 --within 浙江省
  kg gazetteer find 衢县

简称和旧名也找得到。哪张表里都没有时，退出码是 1。""",
    texts.FIND_NAME: "文中印的名称。",
    texts.FIND_WITHIN: "只找这个地区里的：名称、全称或代码。",
    texts.FIND_JSON: "以 JSON 输出全部。",
    texts.ADD: "往自己文件夹里的 places.csv 加一行；没有文件夹和文件就新建。",
    texts.ADD_EXAMPLES: """\
[bold]例子[/bold]

  kg gazetteer add 鹿鸣公园 --kind site --parent 柯城区 \\
      --source 衢州市园林志 --gazetteers my-names
  kg gazetteer add 柯城农商银行 --kind company --alias 农商行 --parent 柯城区 \\
      --source 企业年报 --gazetteers my-names
  kg build seeds --out out --gazetteers my-names

先检查再写；有问题就什么也不写。""",
    texts.ADD_NAME: "名称。",
    texts.ADD_KIND: "地点写 site、village、township 等，机构写 company、school、government、media、other。",
    texts.ADD_SOURCE: "出处：哪里能查到这个名称。",
    texts.ADD_FOLDER: "自己的名称表文件夹。",
    texts.ADD_PARENT: "它所在的最小地区：名称、全称或代码。",
    texts.ADD_ALIAS: "别名；可以给几个。",
    texts.ADD_CODE: "它自己的区划代码（有的话）。",
    texts.OUT: "用 kg build 建好的文件夹。",
    texts.LANG: "消息的语言；默认随系统，文件不变。",
    texts.VERSION: "显示版本号。",
}

ERRORS: Mapping[str, str] = {
    # what the system says
    "No such file or directory": "没有这个文件或文件夹",
    "Permission denied": "没有权限",
    "Is a directory": "这是文件夹",
    "Not a directory": "这不是文件夹",
    "Input/output error": "磁盘读写出错",
    "Read-only file system": "磁盘是只读的",
    "No space left on device": "磁盘满了",
    "File name too long": "名字太长",
    "Too many levels of symbolic links": "符号链接绕成了圈",
    # pages and manifests
    "no such file or folder": "没有这个文件或文件夹",
    "no such folder": "没有这个文件夹",
    "no file fits this pattern": "没有文件符合这个通配符",
    "no *.txt in this folder": "这个文件夹里没有 .txt 文件",
    "no pages": "没有版面",
    "name files, folders or patterns: kg build PAGES --out OUT": "请给出文件、文件夹或通配符：kg build PAGES --out OUT",
    "cannot be read: {}": "读不了：{0}",
    "the file is empty": "文件是空的",
    "this is a binary file, not a page of text": "这是二进制文件，不是文字版面",
    "no Chinese text in this file": "文件里没有中文",
    "a page is the text of a Chinese newspaper page": "版面应是中文报纸一个版的文字",
    "neither UTF-8 (byte {}) nor GB18030": "既不是 UTF-8（第 {0} 字节不对），也不是 GB18030",
    "begins like {} but byte {} is not": "开头像 {0}，第 {1} 字节却不是",
    "save it as UTF-8": "请存成 UTF-8",
    "save it as UTF-8 and try again": "请存成 UTF-8 再试",
    "cannot read the manifest: {}": "清单读不了：{0}",
    "not a CSV file: {}": "不是 CSV 文件：{0}",
    "the manifest has no column “file”": "清单里没有“file”这一列",
    "its first line is {}": "第一行应是 {0}",
    "unknown column {}": "不认识的列：{0}",
    "known are {}": "认识的有 {0}",
    "a row without a file": "这一行没有写文件名",
    "{} has a row already, in line {}": "{0} 在第 {1} 行已经有了",
    "the first one is used": "用前面那一行",
    "{} does not exist": "{0} 不存在",
    "{} is no date": "{0} 不是日期",
    "write 2021-01-20, 2021-01 or 2021": "请写成 2021-01-20、2021-01 或 2021",
    "{} is no page number": "{0} 不是版次",
    "{} is no web address": "{0} 不是网址",
    "it begins with http:// or https://": "网址以 http:// 或 https:// 开头",
    "no division is known as {}": "没有叫“{0}”的行政区划",
    "write the whole path, such as 浙江省衢州市柯城区": "请写全称，例如 浙江省衢州市柯城区",
    "the manifest says {}, the page prints {}": "清单写的是 {0}，版面上印的是 {1}",
    "the manifest is used": "以清单为准",
    # gazetteers
    "the gazetteers are missing": "缺少地名表",
    "install county-kg again": "请重新安装 county-kg",
    "cannot read the divisions": "行政区划表读不了",
    "cannot read this block of divisions": "行政区划表的这一块读不了",
    "cannot read this table": "这张表读不了",
    "cannot read the ontology": "词表读不了",
    "cannot read the suffixes": "后缀表读不了",
    "the ontology is no valid YAML": "词表不是合格的 YAML",
    "the suffix file is not of its form": "后缀表格式不对",
    "{} must be a list of words": "{0} 应是一列词",
    "heads must be a mapping of tracks": "heads 应按序列分列",
    "organs must be a mapping of tracks": "organs 应按序列分列",
    "{} stands here twice": "{0} 在这里出现了两次",
    "{} cells instead of {}": "有 {0} 格，应有 {1} 格",
    "a year is no number": "年份不是数字",
    "wrong header": "表头不对",
    "expected {}": "应是 {0}",
    "expected code,short,form with form short or stem": "应是 code,short,form，其中 form 为 short 或 stem",
    "expected surname,type,pinyin": "应是 surname,type,pinyin",
    "cannot read this list": "这个词表读不了",
    "kind {}": "kind 写的是 {0}",
    "PLACE or ORG": "应是 PLACE 或 ORG",
    "subtype {}": "subtype 写的是 {0}",
    "name and source must not be empty": "name 和 source 不能空着",
    "type: common, rare, compound": "type 可以是 common、rare、compound",
    "jieba's dictionary is missing": "缺少 jieba 的词典",
    "one of {}": "应是其中之一：{0}",
    "{} cannot stand in a table": "{0} 不能写进表格",
    "{} divisions are called {}": "叫“{1}”的行政区划有 {0} 个",
    "say which: {}": "请说明是哪一个：{0}",
    # spaCy
    "no spaCy pipeline {}": "没有叫 {0} 的 spaCy 模型",
    "name an installed package such as zh_core_web_sm, or the folder of a saved pipeline": (
        "请写已安装的包名（如 zh_core_web_sm），或存好的模型所在的文件夹"
    ),
    "this spaCy pipeline cannot be loaded: {}: {}": "这个 spaCy 模型载入不了：{0}：{1}",
    "nothing in this spaCy pipeline finds names": "这个 spaCy 模型不会找名称",
    "it needs a component ner": "里面要有 ner 组件",
    # explain
    "one page at a time": "一次只能看一个版面",
    "name a file of this folder": "请写文件夹里的一个文件",
    # what the check of gazetteers says
    "{}: no division {}": "{0}：没有代码为 {1} 的行政区划",
    "{}: {} is too short": "{0}：{1} 太短",
    "{}: {} is an ordinary word": "{0}：{1} 是普通词",
    "{} is an ordinary word": "{0} 是普通词",
    "{}: {} is a division's name": "{0}：{1} 是行政区划的名称",
    "{}: {} also names {}": "{0}：{1} 也是 {2} 的名称",
    "{}: {} is a {}, not a {}": "{0}：{1} 的级别是 {2}，不是 {3}",
    "{}: no source": "{0}：没写出处",
    "{}: no successor": "{0}：没写现在的代码",
    "{}: it ended {} and began {}": "{0}：{1} 年撤销，却在 {2} 年设立",
    "no file of this name is read; known are {}": "叫这个名字的文件不会读；会读的有 {0}",
    "no source; name it in a comment at the head (# Source: …)": "没写出处；请写在文件开头的注释里（# Source: …）",
    "expected keys with lists of words": "应是键和一列列的词",
    "expected tracks with lists of words": "应是序列和一列列的词",
    "expected a list of rows": "应是一行一行的列表",
    "expected keys with values": "应是键和值",
    "expected a list of words": "应是一列词",
    "expected a word": "应是一个词",
    "unknown key {}": "不认识的键：{0}",
    "{} is missing": "缺少 {0}",
    "{} must be true or false": "{0} 应是 true 或 false",
    "rank must be a number": "rank 应是数字",
    "{}: one word a line, no blanks": "{0}：一行一个词，不留空格",
    "{}: a word with a blank; is a comma missing?": "{0}：词里有空格，是不是漏了逗号？",
    "{} stands in line {} too; that row counts": "{0} 在第 {1} 行已经有了；以那一行为准",
    "no valid YAML; {}": "不是合格的 YAML；{0}",
    "cannot read this list; {}": "这个词表读不了；{0}",
    "cannot read this block of divisions; {}": "行政区划表的这一块读不了；{0}",
    "cannot read this table; {}": "这张表读不了；{0}",
    "wrong header; expected {}": "表头不对；应是 {0}",
    "kind {}; PLACE or ORG": "kind 写的是 {0}；应是 PLACE 或 ORG",
    "subtype {}; one of {}": "subtype 写的是 {0}；应是其中之一：{1}",
    "expected surname,type,pinyin; type: common, rare, compound": "应是 surname,type,pinyin；type 可以是 common、rare、compound",
    "expected a code of 2, 4 or 6 digits, a tab, a name": "应是 2、4 或 6 位代码、制表符、名称",
    "expected a code of 9 or 12 digits that begins with {}, a tab, a name": "应是以 {0} 开头的 9 或 12 位代码、制表符、名称",
    "{} stands behind {}; codes must rise": "{0} 在 {1} 后面；代码要从小到大",
    "no README.md that names source, date and licence": "没有写明来源、日期和许可的 README.md",
    # output folder and store
    "no store here": "这里没有图谱",
    "build one: kg build PAGES --out {}": "先建一个：kg build PAGES --out {0}",
    "the store is empty": "图谱是空的",
    "run kg build on it again": "请再运行一次 kg build",
    "not a store of kg": "这不是 kg 的图谱文件",
    "the store is damaged": "图谱文件坏了",
    "delete it and build again from the pages": "请删掉它，从版面重建",
    "made by a newer kg (schema {}, this one knows {})": "是更新的 kg 建的（格式 {0}，这一版只认到 {1}）",
    "made by an older kg (schema {})": "是旧版 kg 建的（格式 {0}）",
    "update kg or choose another output folder": "请更新 kg，或换一个输出文件夹",
    "another build is writing this store": "另一个 kg build 正在写这个图谱",
    "wait for it or stop it": "请等它写完，或让它停下",
    "another program is writing this store": "另一个程序正在写这个图谱",
    "try again when it is done": "等它写完再试",
    "not a lock file of kg": "这不是 kg 的锁文件",
    "move it away": "请把它移走",
    "the disk cannot be read or written": "磁盘读写出错",
    "is it full, or was it taken out?": "是不是满了，或者被拔掉了？",
    "the store cannot be used: {}": "图谱用不了：{0}",
    "not allowed to write here": "没有权限写到这里",
    "choose another output folder": "请换一个输出文件夹",
    "no space left on the disk": "磁盘满了",
    "free some space and run the same command": "腾出空间后再运行同一条命令",
    "a file stands where a folder is needed": "这里应是文件夹，却有一个同名文件",
    "a folder stands where a file is to be written": "要写的文件名被一个文件夹占了",
    "the name is too long for this disk": "名字太长，磁盘不接受",
    "cannot be written: {}": "写不了：{0}",
    "cannot be written ({})": "写不了（{0}）",
    # reading
    "a reading process was ended from outside": "有一个读版面的进程被外部终止",
    "is memory short? run the same command with fewer --jobs; what was read is kept": (
        "是不是内存不够？减少 --jobs 再运行同一条命令；已读的都在"
    ),
    "cannot be read because of an error in kg: {}: {}": "kg 自身出错，读不了：{0}：{1}",
    "please report it; {}=1 shows where": "请反馈给我们；设 {0}=1 可以看到错在哪里",
    # export, evaluate, view
    "no format {}": "没有“{0}”这种格式",
    "known formats: {}": "可用的格式：{0}",
    "no language {}": "没有“{0}”这种语言",
    "known: {}": "可用的：{0}",
    "no gold pages here": "这里没有标注",
    "one .json a page, see docs/gold-guide.md": "每版一个 .json，见 docs/gold-guide.md",
    "not JSON": "不是 JSON",
    "not a gold page: {}": "不是标注文件：{0}",
    "see docs/gold-guide.md": "见 docs/gold-guide.md",
    "none of the gold pages was built": "标注的版面一个也没有建进图谱",
    "the gold's \"doc\" must be the page's path as `kg build` was given it": (
        "标注里的 doc 应与交给 kg build 的版面路径一致"
    ),
    "this gold page is not among the pages built": "这个标注的版面没有建进图谱",
    "nothing is called {}": "没有叫 {0} 的",
    "name a person or place": "请给出一个人名或地名",
    "one neighbourhood needs a focus": "只看一处时要说明看谁",
    "try `kg query`, or open the file and press /": "请打开页面按 / 搜索",
}
