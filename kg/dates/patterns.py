"""The expressions that name a time, as named pattern fragments.

`HEAD` finds where an expression begins and of which kind it is (its outermost named group); the other patterns are
matched where a piece ends and say how it goes on. The comment on a fragment names what it takes and, after "not", the
nearest thing that it must not take.
"""

from __future__ import annotations

import re

_HAN = "一二三四五六七八九"
DIGIT_MONTH = r"(?:1[0-2]|0?[1-9])"
HAN_MONTH = rf"(?:十[一二]?|[{_HAN}])"
MONTH_NUMBER = rf"(?:{DIGIT_MONTH}|{HAN_MONTH})"
DIGIT_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
HAN_DAY = rf"(?:三十一?|二十[{_HAN}]?|廿[{_HAN}]?|十[{_HAN}]?|[{_HAN}])"
DAY_NUMBER = rf"(?:{DIGIT_DAY}|{HAN_DAY})"
HAN_NUMBER = rf"[两十百{_HAN}]"
WEEKDAY = r"[一二三四五六日天]"
_WEEK_WORD = r"(?:周|星期|礼拜)"
_DASH = r"(?:[-－–~～─]|—{1,2})"
TO = rf" ?(?:{_DASH}|至|到) ?"

# 上午, 下午三点, 8时许, 8点半, 14：30; not 晚会, 早餐, 5小时, 8点建议 is let through.
_DAYTIME = (
    r"(?:凌晨|清晨|早晨|早上|上午|中午|午后|下午|傍晚|晚上|晚间|夜间|深夜"
    r"|晚(?![会报宴餐霞稻熟婚])|早(?=[，。、；]))"
)
_CLOCK = (
    rf"(?:(?:[012]?\d|{HAN_DAY})(?:时(?![间代期候节])|点(?![评击赞名]))(?:[0-5]?\d分|半|整|[一三]刻)?(?:许|左右)?"
    r"|[012]?\d：[0-5]\d(?:：[0-5]\d)?)"
)
TIME = rf"(?:{_DAYTIME} ?的?)?(?:{_CLOCK}(?:{TO}{_CLOCK})?)?"

# --- calendar dates --------------------------------------------------------------------------------------------------

# 2021-01-20, 2021/6/9, 2021.1.20; not 1.2021.1.20, 2021.1.20.3 (versions, addresses).
_NUMERIC = (
    r"(?P<numeric>(?<![\d.\-/])(?P<num_year>(?:19|20)\d\d)(?P<sep>[-./])"
    rf"(?P<num_month>{DIGIT_MONTH})(?P=sep)(?P<num_day>{DIGIT_DAY})日?(?!\d|\.\d))"
)
# 上世纪九十年代, 20世纪90年代末, 1990年代, 上世纪七八十年代; not 190年代, 三十年代表.
_DECADE = (
    r"(?P<decade>(?:(?P<century>上|本|(?<!\d)[12]\d|二十一?|十九)个?世纪|(?P<century_digits>(?<!\d)1[89]|(?<!\d)20)|(?<!\d))"
    r"(?P<tens>[0-9]0|[二三四五六七八九]{1,2}十)年代(?!表)(?P<decade_part>初期?|中期|末期?|中?后期|前期|以来)?)"
)
# 2018-2021年, 2018至2021年, 2019、2020年; not 2020-2021学年.
_YEAR_SPAN = (
    rf"(?P<year_span>(?<![\d.])(?P<span_year>(?:19|20)\d\d)(?:{TO}|[、和])(?P<span_year_to>(?:19|20)\d\d)年度?(?!代))"
)
# 2021年, 二〇二一年, 98年3月; not 2000年历史, 2000年来, 21年 (a duration), 2021届.
_YEAR = (
    r"(?P<year>(?:(?P<year_digits>(?<!\d)(?:1[89]|20)\d\d(?= ?年)"
    r"|(?:一[八九]|二[〇○零0])[〇○零0一二三四五六七八九]{2}(?=年)) ?年(?!代|的?历史|[多余来鉴级])"
    rf"|(?P<year_short>(?<![\d.刑期满])(?:[0-2]\d|[789]\d))年(?={DIGIT_MONTH}月))(?:度(?!过))?)"
)
# 去年, 今年; not 过去年, 目前年产量, 说明年, 如今年轻, 应当年年.
_YEAR_WORD = (
    r"(?:(?P<year_word>(?<![过失除])去年|(?<!如)今年(?![轻迈])|本年(?![级龄轻])|(?<![以同数多每历])上一?年(?![级纪])"
    r"|(?<![目以之此提年日近生当支])前年(?![产均龄轻份])|(?<![说证表文声光清透简阐聪英])明年(?![产均龄])"
    r"|(?<![应担正])当年(?![年轻])|(?<!不)同年(?![级龄人])|次年(?!级)|翌年)(?:度(?!过))?)"
)
# 1-8月, 7、8月, 1至8月份, 三、四月; not 3-5月饼.
_MONTH_SPAN = (
    rf"(?P<month_span>(?P<span_month>(?<![\d.第十{_HAN}]){MONTH_NUMBER})(?:{TO}|[、和])"
    rf"(?P<span_month_to>{MONTH_NUMBER}) ?月份?(?![饼球\d十{_HAN}]))"
)
# 8月, 1 月, 十二月, 元月; not the 1月 of 11月, 3个月, 5月饼, 八月桂, 三月三, 第三月.
_MONTH_STOP = rf"(?=份|初|底|末|[上中下]旬|{HAN_DAY}[日号]|[，。、；至到的以起前（]|$)"
_MONTH = (
    rf"(?P<month>(?:(?P<month_digits>(?<![\d.第]){DIGIT_MONTH}) ?月(?![饼球租薪供息均报刊嫂子产龄亮]|底薪)"
    rf"|(?P<month_han>(?<![百第满这那数几每两岁十{_HAN}]){HAN_MONTH}|(?<![纪公十{_HAN}])元)月{_MONTH_STOP})份?)"
)
# 本月, 上月, 上个月, 当月; not 日本月, 上月球, 以上月.
_MONTH_WORD = (
    r"(?:(?P<month_word>(?<!日)本月(?!刊)|这个月|(?<![以天])上个?月(?![球亮台])|(?<![以天月])下个?月(?![球亮])"
    r"|(?<![正相])当月|同月|次月|翌月)份?)"
)
# 前8个月: January to August.
_FIRST_MONTHS = rf"(?P<first_months>(?<![提目])前(?P<first_count>{MONTH_NUMBER})个?月)"
# 月初, 月底 of the month; not 10月底, 每月底.
_MONTH_PART = rf"(?P<month_part>(?<![\d十每个各当本正腊元岁历几{_HAN}])月(?:初(?![步级])|底|末))"
# 23日, 二十三日上午; not 3日游, 30日内, 300日元, 第30日, 为期5日; Chinese numbers need company (三日, 十日).
_DAY_END = r"(?!游|内|龄|元(?!旦)|均|产|以[内上]|[之以]?[内后]|间|本|常|益|程|照|语|式|报|志|年化)"
_DAY_COMPANY = r"(?=上午|下午|凌晨|晚|早|傍晚|中午|清晨|深夜|[，至到、（]|召开|举行)"
_DAY = (
    rf"(?P<day>(?P<day_digits>(?<![\d./第期共时需满过续近月年个十{_HAN}]){DIGIT_DAY}) ?日{_DAY_END}"
    rf"|(?P<day_han>(?<![\d第期满月年每几初十廿{_HAN}])(?:三十一?|二十[{_HAN}]?|廿[{_HAN}]?|十[{_HAN}]?))日{_DAY_COMPANY})"
)
# 23-24日, 23至24日, 6、7日 (two days in a row are read as the span that they make).
_DAY_SPAN = (
    rf"(?P<day_span>(?<![\d.第月期-])(?P<span_day>{DIGIT_DAY})(?:{TO}|[、和])"
    rf"(?P<span_day_to>{DIGIT_DAY}) ?日{_DAY_END})"
)
# 一季度, 前三季度, 上半年, 年初, 年底, 年内; not 每年底, 青年底色, 三个季度, 大半年, 年初步.
_QUARTER = r"(?:前[一二三两]个?季度|第?[一二三四1-4]季度|[上下]半年)"
_YEAR_START = r"初(?![步中级心衷次审选赛夏秋春冬雪具见显期一二三])"
_YEAR_END = r"[底末](?![部端位层下数色价线子气])"
_YEAR_PART = (
    rf"(?P<year_part>(?<![\d几个大十{_HAN}]){_QUARTER}"
    rf"|(?<![\d每全两半数多周百千万几历近当同岁青少老中童十{_HAN}])年(?:{_YEAR_START}|{_YEAR_END}|内(?![容涵部外]))"
    r"|岁末(?!年初))"
)
AFTER_YEAR_PART = re.compile(
    rf"{_QUARTER}|年?(?:{_YEAR_START}|{_YEAR_END})|年[终内](?![奖总考])|[春夏秋冬](?:季|天|末|初)?(?=[，。、；以至到])"
)

# --- the lunar calendar and festivals --------------------------------------------------------------------------------

# 初八, 廿三, 十五 of a lunar month; not 十五日 (the common calendar), 八月十多天.
_LUNAR_DAY = rf"(?:初[十{_HAN}]|廿[{_HAN}]?|三十|二?十[{_HAN}]?)(?![日号几多余天个十{_HAN}])"
_CYCLE_YEAR = r"[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥][鼠牛虎兔龙蛇马羊猴鸡狗猪]?年"
_LUNAR_MARK = r"(?:农历|阴历|旧历|夏历)"
# 三月三, 九月九: days that are known by their lunar name; not 三月三日.
_TWIN_DAYS = rf"(?:二月二|三月三|六月六|七月七|九月九)(?![日号月年十{_HAN}])"
LUNAR = re.compile(
    rf"(?P<mark>{_LUNAR_MARK} ?)?(?:(?P<cycle>{_CYCLE_YEAR})|(?P<year_word>今年|去年|明年)"
    r"|(?P<year>\d{4}|[一二][〇○零一二三四五六七八九]{3})年)? ?"
    rf"(?:(?={_TWIN_DAYS})(?P<twin_month>[{_HAN}])月(?P<twin_day>[{_HAN}])"
    rf"|(?P<leap>闰)?(?P<month>[正冬腊]|{HAN_MONTH}|{DIGIT_MONTH})月(?P<day>{_LUNAR_DAY})?)"
)
NEW_YEAR = re.compile(rf"大?年(?P<day>初[十{_HAN}]|三十|夜)")
# 农历正月初八, 庚子年十二月初八, 腊月廿三, 八月十五; not 八月十五日, 十月初 (early October), 正月饼.
_LUNAR = (
    rf"(?P<lunar>{_LUNAR_MARK}(?=.{{0,8}}月)|{_CYCLE_YEAR}(?=.{{1,3}}月)"
    rf"|(?<![\d每第年寒十{_HAN}])(?=闰?(?:{HAN_MONTH}|冬)月{_LUNAR_DAY}|{_TWIN_DAYS}|[正腊]月))"
)
# 大年初一, 年三十晚; not 今年初, 大年夜饭, 年初三步.
_NEW_YEAR = (
    rf"(?P<new_year>大年(?:初[十{_HAN}]|三十|夜(?!饭))"
    rf"|(?<![今去前明整全大百千多\d])年(?:初[{_HAN}](?=[，。、至到上下早晚当])|三十(?=[，。、晚])))"
)
SOLAR_TERMS = ("立春", "春分", "立夏", "夏至", "立秋", "秋分", "立冬", "冬至")
# Names of festivals as printed beside the names that the calendar knows them by.
FESTIVALS = {
    "元旦": "元旦节",
    "春节": "春节",
    "除夕": "除夕",
    "元宵": "元宵节",
    "清明": "清明",
    "端午": "端午节",
    "中秋": "中秋节",
    "重阳": "重阳节",
    "七夕": "七夕节",
    "腊八": "腊八节",
    "国庆": "国庆节",
    "劳动节": "劳动节",
    "青年节": "青年节",
    "儿童节": "儿童节",
    "建党节": "建党节",
    "建军节": "建军节",
    "妇女节": "妇女节",
    "教师节": "教师节",
    "植树节": "植树节",
    "护士节": "护士节",
    "记者节": "记者节",
    "医师节": "中国医师节",
    "警察节": "中国人民警察节",
    "母亲节": "母亲节",
    "父亲节": "父亲节",
    "情人节": "情人节",
    "圣诞": "圣诞节",
    "平安夜": "平安夜",
    "国家公祭日": "国家公祭日",
    **{term: term for term in SOLAR_TERMS},
    # Number names stand for a festival only in company: “五一”假期; not 五一村, 八一路, 七一勋章, 三八红旗手.
    "五一": "劳动节",
    "十一": "国庆节",
    "六一": "儿童节",
    "七一": "建党节",
    "八一": "建军节",
    "三八": "妇女节",
    "五四": "青年节",
}
# These are names of people, food and virtues too (王国庆, 吃元宵, 政治清明), so the bare word is no time.
BARE_ROOTS = frozenset(("元宵", "清明", "端午", "中秋", "重阳", "七夕", "腊八", "国庆", "圣诞"))
NUMBER_NAMES = frozenset(("五一", "十一", "六一", "七一", "八一", "三八", "五四"))
_FESTIVAL_NAMES = "|".join(FESTIVALS)
_FESTIVAL = (
    rf"(?P<festival>[“\"]?(?P<festival_name>(?<![\d双初第十{_HAN}])(?:{_FESTIVAL_NAMES})(?!目))[”\"]?"
    r"(?P<feast>(?:国际)?(?:劳动节|国庆节?|儿童节|妇女节|青年节|建党节|建军节)|佳节|节气|节(?![约能目点省水假奏选]))?"
    r"(?P<festival_part>双节(?:期间)?|[小长]?长?假期?(?:期间)?|黄金周(?:期间)?|期间|前后|前夕|[之以]?前(?![往来])"
    r"|[之以]?后(?![天勤])|当[天日]|这天|之夜)?)"
)
FESTIVAL_AT = re.compile(_FESTIVAL)
# After a festival's name it is a time and no attribute: 教师节，…; not 教师节活动, 国庆村.
FESTIVAL_STOP = re.compile(rf"[，。；、）上下凌]|晚(?!会)|$|[和与][“\"]?(?:{_FESTIVAL_NAMES})")
# 中秋、国庆假期: the first takes its company from the second.
FESTIVAL_LIST = re.compile(rf"[和、与][“\"]?(?:{_FESTIVAL_NAMES})|(?:国庆|中秋)(?=双节|[小长]?假)")
FESTIVAL_PRAISE = re.compile(r"(?:[迎庆贺度祝过吃]|第\d{1,3}个|国际)[“\"]?$")

# --- days and weeks seen from another --------------------------------------------------------------------------------

# What follows 今日 and 明天 as adverbs; not 今日柯城, 今日早报, 明日之星, 明天会更好.
_SAYS = (
    r"(?=[，、。；（起上下凌中傍清早晚]|在(?!线)|从|于|将|获悉|发布|召开|举行|举办|正式|启动|开工|开幕|闭幕|揭牌|印发)"
    r"(?!早报|晚报|中国|上海|上线)"
)
# 昨日, 今天, 明晚; not 目前天气, 提前天, 今天的 (nowadays), 今后天.
_RELATIVE_DAY = (
    r"(?P<relative_day>昨[天日晚夜晨早]|(?<![目以之此提年日近当从先])前天(?![气然空津])|(?<![如至])今[晚晨早](?!报)"
    rf"|今天(?!的)|(?<!如)今日{_SAYS}|明[天日]{_SAYS}|明[晚晨早](?![报霞])|(?<![今之以此前先然往])后天{_SAYS})"
)
# 当天, 次日, 第二天; not 应当天天, 担当日, 同日而语, 依次日.
_DAY_REFERENCE = (
    r"(?P<day_reference>(?<![应担相正恰充勇])当[天日晚夜](?![地然天])|(?<!不)同日(?!而语|程)|同一天"
    r"|(?<![其依逐])次日|翌日|第二天|隔天|前一[天日])"
)
# 每年3月, 每月5日, 每周三, 每年底, 周一至周五: again and again, so no date; 每天 is left out, nothing follows it.
_RECURRING_MONTH = rf"(?:农历)?(?:{MONTH_NUMBER}|[正腊])月(?:份|初|底|[上中下]旬|{DAY_NUMBER}[日号]|{_LUNAR_DAY})?"
_RECURRING = (
    rf"(?P<recurring>[每历]年的?(?:年?[初底末]|{_RECURRING_MONTH}(?:{TO}(?:{MONTH_NUMBER}月)?(?:{DAY_NUMBER}[日号])?)?"
    rf"|[“\"]?(?:{_FESTIVAL_NAMES})[”\"]?节?(?:期间|前后|前夕)?)?"
    rf"|每个?月的?(?:{DAY_NUMBER}[日号]?|[初底末中]|[上中下]旬)?(?:{TO}{DAY_NUMBER}[日号])?"
    rf"|[每逢]个?{_WEEK_WORD}(?:{WEEKDAY}|末)?(?:[、至到和]{_WEEK_WORD}?{WEEKDAY})*"
    rf"|(?<![上本这下每一两\d])(?:周|星期){WEEKDAY}(?:[、至到和](?:周|星期)?{WEEKDAY})+(?!上午|下午|[年月]))"
)
# 上周五, 本周三; a bare 周三 needs company: not 周三平 (a name), 一周一会商, 四周一片.
_WEEK_DAY = (
    rf"(?P<week_day>(?<!以)(?P<week_shift>上上|[上本这下])个?{_WEEK_WORD}(?P<week_number>{WEEKDAY})(?![年期])"
    rf"|(?:(?<![各数几两四一二三\d])周|星期|礼拜)(?P<week_bare>{WEEKDAY})"
    r"(?=上午|下午|晚|早|凌晨|中午|傍晚|[，。、；）（]|$|将))"
)
# 上周, 本周, 上周末; not 以上周边, 本周期, 上周岁.
_WEEK = (
    r"(?P<week>(?<!以)(?P<week_word>[上本这下])(?:周(?![一二三四五六日边期岁年转报刊长密])|个星期(?![一二三四五六日天]))"
    r"(?P<weekend>末)?)"
)
_DAYS_ON_END = r"(?P<days_on_end>连日(?:来|以来)?|这几天|这些天)"
# 11天, 3个月, 两年; 3年前; not 三天两头's 第三天, 一年级, 今天, 2022年2月的一天.
_DURATION = (
    rf"(?P<duration>(?<![\d.第之百千万上下])(?P<count>\d{{1,4}}|{HAN_NUMBER}{{1,4}}|[{_HAN}]?半)(?P<more>[多余来几])?"
    r"(?:(?P<unit_days>(?<!一)天(?![然气堂台空下窗])|日(?=内|以内|之内))"
    r"|个?(?P<unit_weeks>星期|周(?=时间|内|前))"
    r"|个(?P<unit_months>月)|(?P<unit_years>年)(?![级代度龄轻月底初末第产均]))(?P<ago>[以之]?前(?![往来后夕]))?)"
)
# 近日, 日前, 目前: no date; not 项目前期, 生日前, 应当前往, 最近日照.
_VAGUE = (
    r"(?P<vague>(?<![最临邻靠接附])近日(?![照均])"
    rf"|(?<![\d生节今假作当本周昨明次同末即每几十数某近工{_HAN}])日前"
    r"|近期|(?<![项节题数栏科条书名盲醒])目前|(?<![应正担])当前(?![往来])|近几[天日]"
    r"|近(?:些|[两三几])?年(?:以?来|间)?(?![级底初产均])|[多数几]年(?:以)?来|历年来"
    r"|最近|近来|此前|不久前|前不久|前段时间|近段时间|长期以来|一直以来|岁末年初|周末)"
)

# Order is precedence where two begin at one place.
_KINDS = (
    _NUMERIC,
    _DECADE,
    _LUNAR,
    _NEW_YEAR,
    _RECURRING,
    _YEAR_SPAN,
    _YEAR,
    _YEAR_WORD,
    _MONTH_SPAN,
    _MONTH,
    _MONTH_WORD,
    _DAY_SPAN,
    _DAY,
    _RELATIVE_DAY,
    _DAY_REFERENCE,
    _WEEK_DAY,
    _WEEK,
    _FESTIVAL,
    _FIRST_MONTHS,
    _YEAR_PART,
    _MONTH_PART,
    _DURATION,
    _DAYS_ON_END,
    _VAGUE,
)
# What any of them begins with. Looked at first, for at most places of a text all of them fail, one after the other:
# seven times as fast. A test derives the set from the patterns.
FIRST_CHARACTERS = (
    '“"一丁七三上下不丙两中乙九二五今儿元八六农冬几前劳医十半历去同后周四国圣壬夏多大妇岁己平年庚建廿当情戊护教数日旧明星春'
    "昨最月本植次正此母每清父甲癸百目礼秋立端第翌腊警记辛近这连逢重长闰阴除隔青"
)
HEAD = re.compile(rf"(?=[\d{FIRST_CHARACTERS}])(?:{'|'.join(_KINDS)})")

# --- how a piece goes on ---------------------------------------------------------------------------------------------

# 2020年 + 1-8月, 3月, 前8个月; 3月、5月 are two dates, 1月至8月15日 is read from its ends.
AFTER_YEAR_MONTH = re.compile(
    rf"的? ?(?:(?P<from>{MONTH_NUMBER})(?: ?月?{TO}|[、和])(?P<to>{MONTH_NUMBER}) ?月份?(?! ?\d{{1,2}} ?[日号])"
    rf"|(?P<month>{MONTH_NUMBER}|元) ?月份?|前(?P<first>{MONTH_NUMBER})个?月)"
)
# 1月 + 7日, 7日至17日, 6、7日; 8日、9日 are two dates; not 3月1号楼.
AFTER_MONTH_DAY = re.compile(
    rf" ?(?:(?P<from>{DAY_NUMBER})(?: ?[日号]?{TO}|[、和])(?P<to>{DAY_NUMBER}) ?[日号](?!楼)"
    rf"|(?P<day>{DAY_NUMBER}) ?[日号](?![楼码]))"
)
# 8月 + 底, 4月 + 中下旬; not 8月初步, 5月底薪.
AFTER_MONTH_PART = re.compile(
    rf"初(?![步级中次十{_HAN}])|[底末]|上旬|中上旬|上中旬|中旬|中下旬|下旬|[上下]半月|中(?=[，、。；])|间"
)
AFTER_DAY = re.compile(rf"(?: ?当[天日])? ?(?P<time>{TIME})")
# 1月20日 + 星期三, （星期三）上午, （上周五）: the same day said twice; not 1月20日周三平.
SAME_DAY = re.compile(
    rf" ?（(?:[上本这]?{_WEEK_WORD}{WEEKDAY}|[昨今明][天日]|前天|当[天日])(?P<time_inside>{TIME})）"
    rf"| ?(?:(?:星期|礼拜){WEEKDAY}|周{WEEKDAY}(?=[上下凌晚早中]|[^一-鿿]|$))"
)
BRACKET = re.compile(r" ?（(?=[^（）\n]{1,14}）)")
BRACKET_END = re.compile(rf"(?P<time>{TIME})）")
# 12月底前, 2018年以来, 2018年起，; not 12月5日前往, 3月前三个.
EDGE = re.compile(r"以来|前后|左右|前夕|[以之]?前(?![往来后夕去期方不三两几\d])|起(?=[，、至到])")
DEADLINE = re.compile(r"(?:[初底末中]|[上中下]旬)?[以之]?前(?![往来后夕])")
JOIN = re.compile(rf"起?{TO}")
NOW = re.compile(r"[至到迄] ?(?:今(?![年天日晚后早晨])|目前|现在|如今|当前)")
# What may stand right of 至.
RIGHT_KINDS = frozenset(
    ("numeric", "year", "year_word", "month", "month_word", "day", "year_part", "relative_day", "lunar", "new_year")
)
COMPARED = re.compile(r"的?同期|同比|相比")

# --- what stands around ----------------------------------------------------------------------------------------------

SENTENCE_BREAK = re.compile(r"[。！？\n]")
# 预计投产日期为9月20日, 将于12月28日; a 将 that only marks an object does no harm: it matters for dates far ahead.
PLAN_BEFORE = re.compile(r"(?:[将拟]|计划|预计|预期|争取|力争|确保|有望|定于|即将|目标|截止|预定|务必)[^。；\n]{0,8}$")
PLAN_AFTER = re.compile(r"^[^。；，\n]{0,6}(?:[将拟]|计划|预计|即将|力争|确保)")
ANNOUNCED = re.compile(r"(?:[将拟定]|计划|预计|预定)[于在]?$")
