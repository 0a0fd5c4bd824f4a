"""The Chinese of help texts, by their English."""

from __future__ import annotations

from collections.abc import Mapping

from kg.messages import help as texts

HELP: Mapping[str, str] = {
    texts.APP: "把中国县级报纸的版面变成图谱：谁在什么时候、以什么职务、和谁一起去了哪里，是哪一版的哪一句话说的。",
    texts.APP_EXAMPLES: """\
[bold]从版面到图谱[/bold]

  kg build seeds --out out         读版面，建图谱
  kg view out --open               在浏览器里看
  kg export out --format jsonl --to out/jsonl

退出码：0 一切正常 · 1 什么也没找到，或名称表有问题 · 2 输入有问题（其余的照样做完）。""",
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
    texts.BUILD_JOBS: "读版面的进程数，不影响结果。",
    texts.BUILD_WORKERS: "用本机的 N 个 Dask 进程读（需装 dask 扩展）。",
    texts.BUILD_SCHEDULER: "用 Dask 调度器的各台机器读，如 tcp://host:8786；结果仍存在本机。",
    texts.BUILD_QUIET: "只说出了什么问题。",
    texts.BUILD_SKIP_BAD: "有的输入用不了，也以 0 退出。",
    texts.BUILD_DECISIONS: "人工更正；默认用 OUT/decisions.yaml。",
    texts.BUILD_NO_WAIT: "别的进程正在写时不等，马上退出。",
    texts.BUILD_REHASH: "大小和时间没变的文件也重看。",
    texts.EXPORT: "把图谱写成别的程序能读的格式。",
    texts.EXPORT_EXAMPLES: """\
[bold]例子[/bold]

  kg export out --format jsonl --to out/jsonl
  kg export out --format graphml --format gexf --to gephi
  kg export out --format csv --to visits --since 2021 --region 柯城区
  kg export out --format xlsx --to public --redact private

jsonl     实体、提及、事实、文章，每行一个 JSON 对象
graphml   一张图，给 Gephi、Cytoscape、yEd、igraph、networkx 用
gexf      给 Gephi 的时间轴用
csv       表格，给 Excel、R、pandas 用；xlsx 是 Excel 工作簿
parquet   给 DuckDB、polars 用的表
neo4j     供 neo4j-admin database import 导入
ftm       给 Aleph 用的 FollowTheMoney 实体
turtle    RDF；jsonld 也是
nodelink  networkx 的 JSON
datasette 带现成查询的数据库

格式说明见 docs/exports.md。同样的版面，每次写出的字节都一样。""",
    texts.EXPORT_FORMAT: "格式，见下；可写多次。",
    texts.REVIEW: (
        "逐条询问有疑问的地方，记下你的判断。\n\n"
        "一职两人、可能是同一人、地名表里没有的名称、把握不大的事实：每一条都附原句。判断当即写入 decisions.yaml，"
        "以后每次 kg build 都照办；版面和读出的记录从不改动。"
    ),
    texts.REVIEW_EXAMPLES: """\
[bold]例子[/bold]

  kg review out
  kg review out --kind merge --who 王编辑
  kg review out --list
  kg review out --json > doubts.json

用一个字母回答，后面可以写理由：s 同一届任期内。\
u 撤销上一条，q 退出；此前的判断都已保存。文件写法见 docs/decisions.md。没有疑问时退出码是 1。""",
    texts.REVIEW_LIST: "只列表，不询问。",
    texts.REVIEW_JSON: "以 JSON 输出全部内容，不询问。",
    texts.REVIEW_KIND: "只看 contradiction、merge、name 或 score；可给几个。",
    texts.REVIEW_MIN_SCORE: "分数低于它的事实才问。",
    texts.REVIEW_MIN_MENTIONS: "地名表没有的名称，出现几次才问。",
    texts.REVIEW_DECISIONS: "写入哪里；默认 OUT/decisions.yaml。",
    texts.REVIEW_WHO: "谁作的判断；只写进文件，不导出。",
    texts.EXPORT_REDACT: "没有公职的人只写首字母；可写 --redact private。",
    texts.EXPORT_SINCE: "只要从这天、这月或这年起的：2021-01。",
    texts.EXPORT_UNTIL: "只要到这天、这月或这年为止的，含当天。",
    texts.EXPORT_REGION: "只要在这个区划里的：330802 或 柯城区。",
    texts.EXPORT_TYPE: "只要这类实体：PERSON、PLACE、ORG、ROLE 或 EVENT；可写多次。",
    texts.EXPORT_RELATION: "只要这种关系（VISITED）；可写多次。",
    texts.EXPORT_MIN_SCORE: "只要分数不低于此数的事实，0 到 1。",
    texts.EXPORT_FLAVOUR: "给谁用的 GraphML：gephi、cytoscape、yed。",
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
  kg view out --since 2021 --region 柯城区 --to 2021.html
  kg view out --redact private --to public.html

网页是一个文件，就是那个文件夹里的 graph.html，可以直接拷给别人看。只含一部分时，页面上写明未收入什么。""",
    texts.VIEW_TO: "写到这个文件，不写 graph.html。",
    texts.VIEW_PERSON: "只要这个人和与其同场的人；可写多次。",
    texts.VIEW_OPEN: "在浏览器里打开。",
    texts.VIEW_FOCUS: "从哪个人、哪个地方或哪个机构看起。",
    texts.STATS: "说明图谱里有什么：各类多少、哪些报纸哪些月份、哪些名称没有对上。",
    texts.STATS_BY: "按月或按年列出：month、year。",
    texts.STATS_FORMAT: "table、json 或 csv；json 和 csv 只给出各报各月的数目。",
    texts.STATS_EXAMPLES: """\
[bold]例子[/bold]

  kg stats out
  kg stats out --by year
  kg stats out --format csv > coverage.csv

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
    texts.EXPLAIN_SHORT: "说明一个版面为什么这样读。",
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
    texts.SPACY_MODEL: "另加一个 spaCy 模型找名称：包名或文件夹。",
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
  kg gazetteer add 柯城农商银行 --kind company --alias 农商行 \\
      --parent 柯城区 --source 企业年报 --gazetteers my-names
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
