# 给人看的每一句话。另一种语言在 en.ftl，两边的名称和变量必须一致。

about = 会议发言一份源稿，出三样成品：付印的 PDF、手机上读的 EPUB、部门修改用的 DOCX。
heading-commands = 命令
heading-arguments = 参数
heading-options = 选项
heading-usage = {"用法："}

cmd-new = 新建一个可以直接生成的文件夹
cmd-build = 由源稿生成 PDF、EPUB、DOCX
cmd-tree = 以 JSON 输出文档结构
cmd-schema = 输出 JSON Schema
cmd-fonts = 列出每种字体用哪个文件、缺哪些字
cmd-export-typst = 导出可独立编译的 Typst 工程
cmd-completions = 输出命令行补全脚本
cmd-man = 输出手册页

help-values = {"（"}可以是 {$values}）
help-default = {"（"}默认 {$value}）
arg-help = 显示帮助
arg-version = 显示版本
arg-quiet = 只报告错误
arg-json = 以 JSON 输出，供脚本使用
arg-force = 覆盖已有文件，包括有人手工改过的
arg-lang = 提示语言
arg-source = 源文件，或含有 jianbao.toml 的文件夹；不写则用当前文件夹的 jianbao.toml
arg-profile = 页面样式：briefing 公文、booklet 小册子、16k、large-print 大字本、screen 屏幕、phone 手机，或自己的
arg-set = 临时改一项设置，例如 briefing.number=12
arg-build-output = 输出文件夹；或一个文件，由扩展名决定格式；- 表示标准输出
arg-data-output = 输出文件；不写或 - 表示标准输出
arg-export-output = 工程放在哪个文件夹
arg-format = 要哪几种格式，用逗号分开
arg-engine = 排版引擎：内置的，或另装的 typst 命令
arg-together = 几个源文件合成一本书
arg-schema = 要哪一种
arg-new-folder = 新文件夹
arg-shell = 哪一种命令行

stage-read = 读取
stage-write = 写出
wrote = 已写出 {$file}
unchanged = 没有变化 {$file}
warnings = 有 {$count} 处提醒，成品已生成，请核对。
new-next = 已建好。进入 {$folder}，运行 jianbao build 即可。

nothing-to-build = 没有指明源文件，当前文件夹里也没有 jianbao.toml
nothing-to-build-help = 写上源文件，例如 jianbao build 发言.md；或先运行 jianbao new 新建文件夹
manifest-no-sources = {$file} 没有写明源文件
manifest-no-sources-help = 加一行 sources = ["发言.md"]，可用通配符
same-name-twice = {$one} 和 {$other} 的成品会重名：{$name}
same-name-twice-help = 用 -o 分别指定，或在设置里写 output_name；若本是一本书，加 --together
one-file-only = 这样输出时只能有一本书、一种格式，请用 -f 指明是哪一种
ending-contradicts = {$file} 的扩展名表示 {$format}，和 -f 要求的不一致
wrong-epoch = SOURCE_DATE_EPOCH 应是 1970 年以来的秒数，现在是 {$value}

file-missing = 找不到文件 {$file}
file-missing-help = 请核对文件名和所在文件夹
file-forbidden = 没有权限读取 {$file}
file-unreadable = {$file} 读不出来：{$why}
output-forbidden = 没有权限写入 {$file}
output-forbidden-help = 换一个可写的文件夹（-o），或请管理员放开权限
output-full = 写不下 {$file}：磁盘已满或超出限额；原有文件没有动
output-busy = {$file} 正被别的程序打开，没有动它
output-busy-help = 在 Word、WPS 或阅读器里关掉它，再运行一次
output-unwritable = 写不了 {$file}：{$why}
output-edited = {$file} 生成之后有人改过，没有覆盖
output-not-ours = {$file} 已经存在，不是由本程序写的，没有覆盖
output-kept-help = 要保留就改名或移走；确定不要了，加 --force

source-empty = {$file} 是空的
source-empty-help = 请确认保存成功，或选对了文件
source-binary = {$file} 不是文本文件（第 {$offset} 字节是 {$byte}）
source-binary-help = Word 文件请另存为文本或 Markdown 后再用
source-not-utf8 = {$file} 第 {$line} 行第 {$column} 字不是 UTF-8 编码
source-damaged-help = 文件可能损坏，请重新要一份，或另存为 UTF-8
source-form = 还不会读 {$file} 这种文件（.{$ending}）
source-form-help = 能读的有：{$endings}
no-title = {$file} 里找不到标题
no-title-help = 在开头加一行“# 标题”，或在 jianbao.toml 的 [briefing] 里写 title
no-title-speech-help = 第一个标题下面就是发言人，已当作一篇发言；请在它上面加一行“# 总标题”，或在 [briefing] 里写 title
no-speech = {$file} 里找不到一篇发言
no-speech-help = 每篇发言写成：一行“### 发言标题”，下一段“姓名 职务，职务”，然后是正文

config-syntax = 设置写法有误：{$why}
config-unknown-key = 没有 {$key} 这一项设置
config-nearest = 是不是 {$nearest}？
config-wrong-value = 设置 {$key} 的值不对：{$why}
config-not-a-setting = {$argument} 不是 项=值 的样子

font-folder-missing = 字体文件夹 {$folder} 不存在
font-folder-manifest = 它写在 jianbao.toml 的 [fonts] folders 里
font-folder-environment = 它写在环境变量 JIANBAO_FONTS 里
font-missing = 找不到{$role}的字体
font-wanted-missing = 找不到{$role}的字体 {$font}
font-missing-help = 找过这些文件夹：{$folders}
font-unreadable = {$file} 不是能用的字体文件
font-licence = 许可：{$licence}
font-substituted = 缺这些字，由别的字体代替：{$chars}
font-lacks = 缺这些字，没有字体可以代替：{$chars}
glyph-missing = 没有一种字体有“{$char}”（{$code}），付印的书里会印成〓
mark-missing = 没有一种字体能在字上加“{$char}”（{$code}），付印的书里会略去这个符号
glyph-missing-help = 在 [fonts] 里换一种收字更多的字体；电子书和 Word 文件由对方的字体显示

picture-missing = 找不到图片 {$file}，已略去
picture-outside = 图片 {$file} 在本书的文件夹之外，没有读取
picture-remote = 图片 {$file} 不是源文件旁边的文件，没有读取；请另存到源文件旁边
picture-large = 图片 {$file} 超过 64 MB，没有采用
picture-broken = 图片 {$file} 打不开，或不是 PNG、JPEG、GIF、WebP，没有采用
picture-left-out = 图片 {$file} 没有放进成品

template-unescaped = 模板 {$template} 用了 {$what}，发言里的字会被当成标记；请去掉：文字总是原样写出
template-wrong = 模板 {$template} 有误：{$why}
typeset-failed = 排版没有成功（{$place}）：{$why}
typesetter-warns = 排版提醒（{$place}）：{$why}
fonts-brought = 电子书带上了 {$chars} 的字形（{$size} KB）：有的手机里没有这些字
fonts-lacking = 有的手机里没有 {$chars}，电子书也没能带上字形：这里没有哪种采用开放字体许可证（OFL）的字体有这些字
fonts-lacking-help = 不设 [fonts] 里的 song、hei、kai，就用 jianbao 附带的字体；也可以写一种开放字体
character-replaced = “{$code}”是不能写进文件的控制字符，已换成 U+FFFD
engine-not-built = 这个程序没有内置排版引擎
engine-not-built-help = 加 --engine typst-cli，或用 -f epub,docx 只出另外两种
engine-missing = 运行不了 {$program}：{$why}
engine-not-found = 找不到排版程序 {$program}
engine-missing-help = 装好 typst 0.15，或用环境变量 JIANBAO_TYPST 指明它在哪里
defect = 程序出了差错：{$what}
defect-help = 这不是您的问题。请把这句话和源文件发给我们

usage-unknown = 没有 {$argument} 这个选项
usage-command = 没有 {$command} 这个命令
usage-value = {$argument} 不能是 {$value}，可以是：{$allowed}
usage-value-wrong = {$argument} 不能是 {$value}
usage-no-value = {$argument} 后面要跟一个值
usage-missing = 缺少 {$argument}
usage-conflict = {$argument} 不能和 {$other} 同时用
usage-other = 命令写法有误：{$why}
usage-nearest = 是不是 {$nearest}？
usage-help = 运行 jianbao --help 看用法。

folder-without-manifest = 文件夹 {$folder} 里没有 jianbao.toml
pattern-wrong = 源文件的写法 {$pattern} 有误：{$why}
pattern-matches-nothing = {$folder} 里没有符合 {$pattern} 的文件
output-not-a-folder = {$file} 不能用作文件夹，那里已有一个文件
output-not-a-folder-help = 用 -o 另指定一个文件夹
output-is-a-folder = {$file} 是文件夹，不能写成文件
source-no-ending = {$file} 没有扩展名，不知道该怎么读
config-list = 设置 {$key} 应是一列值，写成 ["甲", "乙"]
config-text = 设置 {$key} 应是文字，写在引号里
config-number = 设置 {$key} 应是整数
config-flag = 设置 {$key} 应是 true 或 false
config-decimal = 设置项 {$key} 要写一个数
misfit-range = {$key} 应在 {$least} 到 {$most} 之间
misfit-page = {$key}：页边、版心和页码合计 {$needs} 毫米，页面只有 {$has} 毫米
misfit-row = {$key}：这样大的字排这么多要 {$needs} 毫米，版心宽只有 {$has} 毫米
misfit-rows = {$key}：这么多行要 {$needs} 毫米，版心高只有 {$has} 毫米
misfit-pitch = {$key}：行距 {$pitch} 点，字有 {$size} 点，会叠在一起
misfit-color = {$key} 要写颜色，例如 "#c8102e"
misfit-fours = {$key} 应是 4 的倍数
misfit-ink = {$key} 要写专色名，例如 "PANTONE 186 C"，或者留空；All、None、Cyan、Magenta、Yellow、Black 另有含义，不能用
profile-unknown = 没有名为 {$name} 的页面样式
profile-known = 有这些：{$names}；自己的写在设置文件旁边的 templates/profiles 里，或写在 [profile.名称] 里
profile-circle = 页面样式 {$name} 的 extends 绕回了自己
config-table = 设置 {$key} 应是一组设置，写成 [{$key}]
config-one-of = 设置 {$key} 只能是：{$allowed}
help-label = {"建议："}
standard-output = 标准输出
glyphs-more = 另有 {$count} 个字没有字体：{$chars}

notice-decoded = {$file} 是 {$encoding} 编码，不是 UTF-8；已按此编码读入
notice-page-number = {$file} 的行间页码没有读入正文
notice-running-head = {$file} 各页重复的页眉或页脚没有读入正文

check-speech-count = 文中说是“{$said}”（合计 {$number}），书里有 {$speeches} 篇发言、{$persons} 位发言人
check-speech-count-help = 改正人数，或查一查是不是漏了、多了一篇
check-missing-speaker = “{$heading}”没有发言人，其他各篇都有
check-missing-speaker-help = 在标题下补一行“姓名 职务”
check-speaker-unread = “{$line}”像是发言人，没有认出来，会当正文印出
check-speaker-unread-help = 写成“姓名 职务”，中间空一格
check-empty-speech = “{$heading}”下面没有正文
check-empty-speech-help = 补上正文；如果是小标题，把级别降到所属发言之下
check-heading-hides-speech = “{$heading}”后面是发言人，标题级别却低于其他各篇发言
check-heading-jump = “{$heading}”是第 {$to} 级标题，前面却是第 {$from} 级
check-heading-bare = “{$heading}”下面什么也没有
check-heading-differs = “{$heading}”前面是 {$level} 个 #，其他各篇发言是 {$common} 个
check-report = 这是一篇报道，写的是谁说了什么，里面没有一篇篇的发言
check-report-help = 照原样印出；要分成发言，请逐篇写成标题、发言人、正文
check-unreadable = 这一行像是发言、标题或发言人，放不进书里
check-unreadable-help = 现在当普通段落印出；请先写标题，再写姓名职务，再写正文
check-conflict-marker = 这里留着合并时的冲突
check-conflict-marker-help = 两种说法选定一种，删去标记
check-heading-starts-low = “{$heading}”是这篇发言的第一个小标题，却已是第 {$level} 级
check-duplicate-heading = “{$heading}”与前面{$who}的“{$first}”标题相同
check-duplicate-text = “{$heading}”的正文大半与前面{$who}的“{$first}”相同
check-duplicate-help = 删去重复的一篇，或换上正确的标题、正文
check-two-sets-of-roles = {$name}在这里是“{$second}”，前面是“{$first}”
check-two-sets-of-roles-help = 改正职务；如果是同名的两个人，在姓名后用括号注明
check-near-names = “{$name}”和“{$other}”只差一个字，职务都有“{$role}”
check-near-names-help = 对照委员名单核对姓名
check-two-parties = 职务里既有{$first}又有{$second}，一个人不会同属两个党派
check-party-and-none = 职务里既有无党派又有{$party}
check-party-member = {$party}的成员称“{$right}”，不称“{$wrong}”
check-party-help = 对照委员名单核对
check-weekday = {$date}是星期{$right}，不是星期{$told}
check-no-such-day = 没有“{$date}”这一天
check-days-backwards = “{$days}”结束早于开始，或没有这一天
check-number-gap = “{$before}”后面是“{$here}”，中间少了序号
check-number-repeated = 序号“{$here}”重复
check-number-backwards = “{$here}”排在“{$before}”后面，次序颠倒
check-term-near = 这里写作“{$term}”，别处 {$times} 次写作“{$other}”
check-term-unquoted = “{$term}”别处 {$times} 次用了引号，这里没有
check-number-first = 序号从“{$here}”开始，前面少了一条
cmd-check = 检查：校对员会注意到的问题
cmd-explain = 说明一条规则查什么、为什么
arg-check-fix = 改好有把握的问题
arg-check-unsafe = 连同要人看过的修改一起做
arg-check-diff = 只显示修改的前后对照，不写文件
arg-check-format = 报告的格式
arg-check-select = 用哪些规则，用逗号分开：规则名、组名、default、all
arg-check-ignore = 不用哪些规则
arg-check-strict = 检查有错误时不生成
arg-rule = 规则名；不写则列出全部
arg-rule-all = 列出全部规则
check-counts = { $errors ->
    [0] {""}
   *[other] {$errors} 处错误，
 }{$warnings} 处提醒{ $infos ->
    [0] {""}
   *[other] ，{$infos} 处参考
 }
check-summary = 共 {$counts}。
check-clean = 没有发现问题。
check-fixable = {$count} 处可用 {$flag} 改好。
check-fixed = 已改好 {$file} 中的 {$count} 处
check-book = 检查发现 {$counts}，请运行 jianbao check {$source}
check-strict = 检查发现错误，又写了 --strict，没有写出任何文件
check-strict-help = 请运行 jianbao check {$source}，改好后再生成，或在 [check] 里调整规则的轻重
fix-safe = 可以用 --fix 改好
fix-unsafe = 可以用 --unsafe-fixes 改，改后请核对
rule-unknown = 没有 {$rule} 这条规则
rule-unknown-help = 运行 jianbao explain 列出全部规则
rule-on = 默认使用
rule-off = 默认不用
rule-severity-error = 错误
rule-severity-warning = 提醒
rule-severity-info = 参考
list-syntax = {$file} 写法有误：{$why}
list-no-column = {$file} 的首行应写列名，其中要有“{$column}”
list-no-value = {$file} 的这一条没有写“{$column}”
list-not-a-number = {$file} 里的 {$value} 不是表示先后的数字
list-empty = {$file} 里没有内容
list-not-text = {$file} 既不是 UTF-8 也不是 GBK 编码
list-help = 写法见 README；电子表格请另存为 CSV
source-changed = {$file} 刚被别的程序改过，没有动它
source-encoding-lacks = {$file} 的编码里没有要改成的字，没有动它
source-encoding-lacks-help = 另存为 UTF-8 后再运行一次
glyph-missing-name = 没有一种字体有发言人姓名里的“{$char}”（{$code}），付印的书里会印成〓
suppression-no-rule = 这条注释说原文如此，但没有写是哪条规则
suppression-no-reason = 这条注释没有写理由，{$rule} 仍然有效
suppression-unknown-rule = 这条注释写的规则不存在：{$rule}
suppression-help = 写成 <!-- jianbao: 忽略 规则名 理由 -->
suppression-unused = 这条注释已经用不着：{$rule} 在这里没有发现问题
roster-stranger = 委员名单里没有 {$name}
roster-roles = {$name} 的职务和名单不一致：这里是 {$roles}；名单上是 {$listed}
roster-help = 请核对委员名单和源稿
roster-before = 按名单，{$name} 应在 {$other} 之前
roster-after = 按名单，{$name} 应在 {$other} 之后
roster-order-help = 先后以名单里的“顺序”一列为准
wording-wrong = 固定用语应是“{$wording}”，这里是“{$found}”
wording-near = “{$found}”和固定用语“{$wording}”只差一两个字
wording-order = “{$found}”和用语表的次序不一致，应是：{$order}
source-not-word = {$file} 的名字像 Word 文件，里面却既不是 Word 文件，也不是文字
word-damaged = {$file} 解不开：文件已损坏，或没有传完整
word-part-damaged = {$file} 已损坏：其中的 {$part} 解不开
word-malformed = {$file} 已损坏：其中的 {$part} 不是完整的 XML
word-no-text = {$file} 没有正文：缺少 {$part}
source-too-long = {$file} 大于 {$limit} MB，没有读取
source-too-many-pieces = {$file} 的行、标签和字符引用超过 {$limit} 个，没有读取
source-too-long-help = 是不是弄错了文件？一本书可以分成几个文件，用 jianbao.toml 合成一本
word-too-large = {$file} 解压到 {$part} 时超过 {$limit} MB，没有读取
word-too-many-parts = {$file} 里的文件超过 {$limit} 个，没有读取
word-too-many-elements = {$file} 的 {$part} 里段落等元素多得不像正文，没有读取
word-too-deep = {$file} 的 {$part} 嵌套过深，没有读取
word-doctype = {$file} 的 {$part} 含有 DOCTYPE，Word 从不这样写，没有读取
word-entity = {$file} 的 {$part} 引用了未知实体 {$entity}，没有读取
word-duplicate-part = {$file} 里有两个 {$part}，不同软件会读出不同的正文，没有读取
word-damaged-help = 请用 Word 或 WPS 打开，另存为 .docx 再试；或请对方重新发一份
foreign-encrypted = {$file} 设有密码
foreign-encrypted-help = 请取消密码后另存一份再试
foreign-old-word = {$file} 是旧版 Word 或 WPS 文件
foreign-old-excel = {$file} 是旧版 Excel 表格
foreign-old-powerpoint = {$file} 是旧版 PowerPoint 幻灯片
foreign-old-other = {$file} 是旧版 Office 格式，认不出是哪一种，也可能已损坏
foreign-rtf = {$file} 是 RTF 文件
foreign-pdf = {$file} 是 PDF
foreign-pdf-help = 请索取制作它的 Word 文件；或把文字复制到 .txt 文件里
foreign-excel = {$file} 是 Excel 表格
foreign-powerpoint = {$file} 是 PowerPoint 幻灯片
foreign-odt = {$file} 是 OpenDocument 文本（.odt）
foreign-open-other = {$file} 是 OpenDocument 文件，但不是文本
foreign-ofd = {$file} 是 OFD 版式文件
foreign-epub = {$file} 是电子书（EPUB）
foreign-source-help = 请索取制作它的原稿
foreign-flat-word = {$file} 是存成单个 XML 的 Word 文件
foreign-old-word-xml = {$file} 是 Word 2003 的 XML 文件
foreign-web-archive = {$file} 是存成单个文件的网页（MHT）
foreign-web-archive-help = 请用浏览器或 Word 打开，另存为网页（.html）或 .docx
foreign-zip = {$file} 是 zip 压缩包，不是文档
foreign-archive = {$file} 是压缩包
foreign-archive-help = 请先解压，再指明里面的文档
foreign-save-docx = 请用 Word、WPS 或 LibreOffice 打开，另存为 .docx
foreign-save-text = 请把文字放进 Word 文件或 .txt 文件
notice-contents = {$file} 里的目录没有读入，输出时会重新编排
notice-status = {$file} 标题下面标明稿次的一行没有读入，它不算正文；要标明，请写 briefing.status
notice-editor-note = {$file} 开头的送改说明没有读入，它不算正文
notice-hidden = {$file} 里的隐藏文字没有读入
notice-readings = {$file} 里的注音没有读入
notice-object = {$file} 里有图表、示意图、嵌入表格或绘制的公式没有读入，请换成图片
notice-embedded = {$file} 里整篇插入的文档没有读入；请用 Word 打开 {$file} 另存一次
notice-revisions = {$file} 里的修订按已接受处理：插入 {$inserted} 处，删除 {$deleted} 处
notice-comments = {$file} 里有 {$count} 条批注，不算正文
notice-formulas = {$file} 里的 {$count} 个公式按普通字符读入，请核对
notice-symbol = {$file} 里有一个 {$font} 字体的符号（{$code}）查不到对应的字，以〓代替
notice-macros = {$file} 里的宏没有理会
notice-picture-form = {$file} 里的图片 {$picture} 不是 PNG、JPEG、GIF 或 WebP，没有收入
notice-picture-missing = {$file} 提到图片 {$picture}，但里面没有，没有收入
notice-picture-outside = 图片 {$picture} 不在 {$file} 里，没有去取
doubled-word = “{$word}”连写了不止一遍，留一遍即可
stray-latin = 句中夹着不成词的字母“{$letters}”，请删去或改成汉字
stray-latin-wide = 字母“{$letters}”是全角的，请改用半角
mixed-script-traditional = 简体文章里有繁体字“{$word}”
mixed-script-simplified = 繁体文章里有简体字“{$word}”
mixed-script-both = 全文繁简混用，较少的一种从“{$word}”开始
invisible = 这里有一个看不见的字符（{$code}），请删去
invisible-private = 这里有一个私用区字符（{$code}），换台电脑就会变样，请换成标准字
invisible-lost = 这里有替换符，说明原文在此之前已丢字，请核对原稿
space-in-han = “{$word}”中间有空格，请删去，或补上缺的标点
personal-telephone = 电话号码（{$number}）会被印出，请删去或隐去几位
personal-identity = 身份证号码（{$number}）会被印出，请删去或隐去几位
half-width = { $count ->
    [one] 中文里有1处半角标点，jianbao normalize 可换成全角
   *[other] 中文里有{$count}处半角标点，从这里开始；jianbao normalize 可换成全角
}
unpaired-quote-end = 前引号{$mark}没有对应的后引号
unpaired-quote-start = 后引号{$mark}没有对应的前引号
unpaired-quote-opening = 引文从这一段开始，段首缺前引号{$mark}
unpaired-quote-straight = 这一段的直引号不成对，这是最后一个
unpaired-bracket-end = {$mark}没有对应的另一半
unpaired-bracket-start = {$mark}前面缺了对应的另一半
nested-quote = {$outer}里面又用了同样的符号，里层请用{$inner}
doubled-mark = {$marks}连用了，只留一个
dash-form = “{$found}”当破折号用，破折号应为“——”
ellipsis-form = “{$found}”当省略号用，省略号应为“……”
book-title-empty = 书名号《》里是空的
book-title-blank = 书名号《{$title}》里首尾有空格，请删去
book-title-mark = 《{$title}》末尾的标点应在书名号外
book-title-twice = 《{$title}》的书名号写了两层
book-title-typed = {$open}{$title}{$close}没有用书名号，请用《》，书名里面用〈〉
enumeration-quoted = 带引号或书名号的并列词语之间通常不用顿号
enumeration-joiner = “{$word}”前面不用顿号
enumeration-ordinal = “第一”“首先”一类序次语后面用逗号，不用顿号
enumeration-number = 带括号或圆圈的序号后面不用顿号
range-join = 数字范围用了“{$found}”，请用“{$wanted}”
range-sign = 范围的前一个数后面也要写“{$sign}”
confusable = “{$wrong}”多半是“{$right}”之误
unit-form = 单位“{$found}”的标准写法是 {$wanted}
unit-other = “{$found}”不是法定计量单位，请换算成{$wanted}
numeral-about = 概数“{$found}”用汉字数字
numeral-word = “{$found}”在定型词里，用汉字数字
numeral-scale = “{$found}”：阿拉伯数字后面只跟“万”“亿”，请写出整个数
numeral-zero = 年份里的零写作“〇”，不写“{$found}”
numeral-mixed = “{$found}”里阿拉伯数字和汉字数字混用
cmd-normalize = 规范源文件的标点，别的一概不动（可简写为 fmt）
arg-one-source = 一个源文件
arg-normalize-diff = 只显示会改哪里
arg-normalize-check = 什么都不写；有要改的就以 1 退出
normalize-standard = {$file}：标点合乎规范
normalize-would-change = {$file}：有 {$count} 处标点要改；请运行 jianbao normalize，可先加 --diff 看看。
normalize-not-text = {$file} 不是文本文件，标点不能就地修改
normalize-not-text-help = 先转成 Markdown：jianbao import 文件 -o 文件.md
normalize-encoding = {$file} 的编码容不下这些改动，除非动到别的字符
normalize-encoding-help = 另存为 UTF-8 再运行一次
cmd-import = 把任何来源的稿子转成干净的 Markdown，以后就在它上面改
arg-import-output = Markdown 文件，图片存进它旁边的文件夹；不写或写 - 就输出到标准输出
import-ending = 转成的是 Markdown，文件名要以 .md 结尾，不能是 {$file}
import-pictures-left = 图片留在原处，文中写的还是原来的路径；用 -o 文件.md 就会存到它旁边
cmd-excerpt = 摘出书的一部分，送人核改后退回
arg-excerpt-output = 输出文件夹；或一个文件，由扩展名决定格式；- 表示标准输出
arg-excerpt-speech = 第几篇发言，例如 1,3-5
arg-excerpt-speaker = 这个人或这个单位的发言
arg-excerpt-party = 这个党派的发言，工商联、无党派也可以
arg-excerpt-role = 职务里有这个词的人的发言
arg-excerpt-topic = 标题、小标题或段首句里有这个词的发言
arg-excerpt-part = 书里这一部分的发言，写它的标题或第几部分
arg-excerpt-to = 送给谁；哪几篇由 excerpt.recipients 那张表决定，并在输出文件夹里登记
arg-excerpt-split = 一篇发言一个文件
arg-excerpt-plain = Word 文件里不留任何看不见的东西：没有属性，没有供合并用的记号
excerpt-one-file = 这样会有好几个文件，-o 请写一个文件夹
excerpt-to-stdout = 输出到标准输出就无法登记；用 --to 时，-o 请写文件夹或文件
excerpt-no-recipient = 这本书的送改单位里没有 {$name}
excerpt-no-table = jianbao.toml 里还没有 excerpt.recipients 这张表；请加上，或写明哪几篇，例如 --speech 1,3-5
excerpt-recipients = 送改单位有：{$names}
select-numbers = “{$given}”看不出是哪几篇
select-numbers-help = 写数字和范围，例如 1,3-5
select-no-speech = 没有第 {$number} 篇，书里一共 {$count} 篇
select-no-speaker = 书里没有 {$given} 的发言
select-no-party = 书里没有 {$given} 的人发言
select-no-role = 发言人的职务里都没有 {$given}
select-no-topic = 标题、小标题和段首句里都没有 {$given}
select-mentioned = 第 {$speeches} 篇的正文里提到过，可以用 --speech 选
select-no-part = 书里没有叫 {$given} 的部分
select-nothing = 没有一篇发言同时符合这些条件
select-nothing-help = 同一种条件多写几个是放宽，不同的条件是收紧；请少写几个
sent-damaged = 登记送改情况的 {$file} 读不出来
sent-damaged-help = 请修好它，或移到别处，免得漏掉送过的单位
cmd-impose = 把做好的 PDF 拼成可以双面打印、折叠、装订的大页
arg-impose-pdf = 做好的 PDF
arg-impose-output = 拼好的 PDF；- 表示标准输出
arg-impose-sheet = 用纸；不写就用放得下两页的最小的纸
arg-impose-layout = 骑马订（各张套在一起）或胶订（分成几帖）
arg-impose-signature = --layout perfect 时每帖的页数，4 的倍数；不写是 16
arg-impose-printer = 办公室打印机，或印刷厂（带裁切线和折线）
arg-impose-creep = 纸的厚度，里层的页按它向折线移动；不写时印刷厂 0.1，办公室 0
arg-impose-binding = 在哪一边装订
arg-impose-blanks = 空白页放在哪里：末页之前（末页仍是封底），或末页之后
arg-impose-test = 只做第一张，带十字标记，用来检查翻面的方向
impose-signature = --signature 要和 --layout perfect 一起用
impose-same-file = {$file} 会覆盖它自己；请用 -o 另取一个名字
impose-not-pdf = {$file} 不是 PDF
impose-not-pdf-help = 先做一个，例如 jianbao build speeches.md -f pdf
impose-encrypted = {$file} 有密码，或者作者不许改动
impose-encrypted-help = 请对方给一份没有保护的，或者从源文件重新做
impose-damaged = {$file} 损坏了：{$why}
impose-damaged-help = 重新做一份，或者用阅读器打开后再打印成 PDF
impose-page-tree = {$file} 损坏了：页面目录缺失或不完整
impose-page-size = {$file} 损坏了：第 {$page} 页没有尺寸
impose-page-missing = {$file} 损坏了：第 {$page} 页缺了一部分
impose-page-packed = {$file} 损坏了：第 {$page} 页解不开
impose-page-too-much = {$file} 第 {$page} 页解开后超过 256 MB，没有读
impose-no-pages = {$file} 一页也没有
impose-too-large = {$file} 的两页（每页 {$width} × {$height} 毫米）放不进 {$sheet}
impose-too-large-help = 换大一些的 --sheet，或把页面做小：A5 放得进 a4，A4 放得进 a3
impose-font = 试印页上的字所用的字体读不出来
impose-blanks = 在第 {$page} 页之后加了 {$count} 个空白页；用 --blanks 可以改位置
impose-scaled = 各页缩到 {$percent}%：办公室打印机印不到纸边 4.2 毫米以内
impose-turned = {$count} 个横页侧放，页头朝左
impose-shrunk = {$count} 页比别的页大，缩成了一样大
impose-creep = 最里面一张的页向折线移动 {$most} 毫米
impose-short-edge = 请双面打印，沿短边翻转，实际大小；先用 --test-sheet 印一张试试
impose-repaired = {$file} 有损坏，已尽量读出；请逐页看一遍
impose-metadata = {$file} 的元数据读不出来，略去了
impose-undrawn = {$file} 里有 {$count} 处批注没有自带图形，大页上没有它们
impose-lost = 大页上不再有：{ $tags ->
    [0] {""}
   *[other] 标签；
 }{ $bookmarks ->
    [0] {""}
   *[other] {$bookmarks} 个书签；
 }{ $links ->
    [0] {""}
   *[other] {$links} 个链接；
 }{ $labels ->
    [0] {""}
   *[other] 页码标签；
 }{ $fields ->
    [0] {""}
   *[other] {$fields} 个表单域（照现在的样子印出）；
 }{ $comments ->
    [0] {""}
   *[other] {$comments} 条批注；
 }{ $attachments ->
    [0] {""}
   *[other] {$attachments} 个附件；
 }{ $actions ->
    [0] {""}
   *[other] 脚本和动作；
 }{ $claims ->
    [0] {""}
   *[other] 合乎 PDF/A、PDF/UA 或 PDF/X 的声明；
 }{$file} 里都还在
impose-test-front =
    试印页，正面。请双面打印，沿短边翻转，实际大小。
    对着光看：这里的十字应当和背面的十字重合。
impose-test-back =
    试印页，背面。如果这面的字是倒的，说明纸沿长边翻了：
    请改成沿短边翻转，再印这一张，对了再印其余的。

# 交印刷厂的文件
arg-press = 做交印刷厂的 PDF：正文、封面分开，留出血，按墨色，另附印前检查报告
arg-page-list = 不出 PDF 时，电子书里也标印刷版的页码
page-list-alone = --page-list 是在电子书里标印刷版的页码：格式里要有 epub
secret-no-ebook = 这本书标着“{ $mark }”，不做电子书
secret-no-ebook-help = 密级标志只是标志，护不住文件，电子书在手机之间一转就走。请按保密规定传递；其他格式用 -f pdf,docx
page-list-engine = --page-list 要用内置排版引擎：另装的 typst 命令不说哪里换页
page-list-engine-help = 去掉 --engine typst-cli（或 print.engine），或者去掉 --page-list
press-alone = --press 把 PDF 做成几个文件：用 -f pdf 或者不写 -f，不能输出到标准输出
press-body = {$file}：{$pages} 页{ $blanks ->
    [0] ，每帖 {$signature} 页正好排满
   *[other] ；每帖 {$signature} 页，还要补 {$blanks} 面空白页
 }
press-cover = {$file}：封底、书脊、封面相连，{$width}×{$height} 毫米；书脊 {$spine} 毫米，不含封面纸本身的厚度
press-no-cover = print.parts 里没有封面：最外面的就是正文的页
press-boxes = {$file}：第 {$pages} 页的 {$what} 没有或者不对
press-fonts = {$file}：没有嵌入的字体：{$what}
press-name = 姓名 {$names} 里的“{$char}”（{$code}）用了 {$used}：{$wanted} 没有这个字
press-text = {$file}：第 {$pages} 页有文字用了屏幕颜色（{$what}），印出来会发虚
press-one-ink = {$file}：第 {$pages} 页有文字用了几色叠印（{$what}）
press-drawings = {$file}：第 {$pages} 页有图不是墨色（{$what}）；请印刷厂转换，或者换成灰度、CMYK 的图
press-spot = {$file}：第 {$pages} 页有没要求过的专色（{$what}）
press-pictures = {$file}：第 {$pages} 页有图每英寸不足 300 点：{$what}

cmd-verify = 验证做好的文件：内容与原稿一字不差，版式和结构合乎规矩
arg-verify-source = 源文件，或有 jianbao.toml 的文件夹
arg-verify-output = 做好的 PDF、EPUB、DOCX 文件，不论用什么程序做的；其中有 .proof.json 时，拿它与各文件对照
verify-unknown-kind = {$file}：只能验证 PDF、EPUB 和 DOCX
verify-unknown-kind-help = 请给出以 .pdf、.epub 或 .docx 结尾的文件，以及它们的 .proof.json
package-not = {$file} 不是后缀所说的那种文件
package-damaged = {$file} 已损坏，解不开
package-damaged-part = {$file} 已损坏：{$part} 读不了
package-damaged-help = 请重新做这个文件
package-too-large = {$file} 解开后太大，读不了
package-too-large-part = {$file}：{$part} 太大，或者层数太多
pdf-not = {$file} 不是 PDF
pdf-encrypted = {$file} 加了密
pdf-encrypted-help = 请先去掉密码
pdf-damaged = {$file} 已损坏，读不出页面
pdf-damaged-help = 请重新生成，或用 PDF 软件另存一份
pdf-too-large = {$file} 太大：展开后超过 2 GB，或超过 20,000 页，或绘图没有尽头
verify-page = 第 {$page} 页
verify-line = 第 {$line} 行
verify-paragraph = 第 {$paragraph} 段
verify-more = 另有 {$more} 处
verify-not-asked = 版式没有要求
verify-no-text = 没有找到原稿的文字
verify-nothing-measured = 无可测量
verify-parity-figure = {$total} 字中 {$right} 字相符
verify-text-missing = 缺少 {$node}：{$text}
verify-text-differs = {$node} 与原稿不同：{$text}
verify-text-form = {$node}：{$wanted} 写成了 {$is}
verify-text-foreign = 原稿里没有：{$text}
verify-text-changed = {$node} 与原稿不同：原稿是“{$wanted}”，文件里是“{$is}”
verify-text-lost = {$node} 少了：{$text}
verify-text-joined = {$node} 没有另起一段：{$text}
verify-text-parted = {$node} 被拆成了两段：{$text}
verify-blank-lost = {$node} 少了空格：{$text}
verify-blank-added = {$node} 多了空格：{$text}
verify-text-hidden = 读者看不见的文字：{$text}
verify-page-size-figure = {$size} mm；{$pages} 页中 {$right} 页相符
verify-page-size = 页面是 {$size} mm，应为 {$wanted} mm
verify-page-turned = 页面转了 {$by} 度
verify-margins-figure = 天头 {$top} mm，订口 {$inside} mm，版心 {$width} × {$height} mm
verify-inside = 订口 {$is} mm，应为 {$wanted} mm
verify-top = 天头 {$is} mm，应为 {$wanted} mm
verify-area-width = 版心宽 {$is} mm，应为 {$wanted} mm
verify-area-height = 版心高 {$is} mm，应为 {$wanted} mm
verify-rows-figure = 文字接排到下页的 {$pages} 页中，{$full} 页排满 {$rows} 行
verify-off-grid = {$rows} 行中 {$off} 行不在行格上，最多差 {$by} pt
verify-beyond-grid = 末行是第 {$row} 行，版心只有 {$rows} 行
verify-page-short = 文字接排到下页，末行却是第 {$row} 行（共 {$rows} 行）
verify-characters-figure = {$full} 个满行中 {$exact} 行是 {$wanted} 字，{$more} 行更多
verify-line-over = 行末超出版心：{$line}
verify-line-long = 一行 {$count} 字，应为 {$wanted} 字，标点也没有挤压：{$line}
verify-line-short = 一行 {$count} 字，应为 {$wanted} 字，后面的字本来排得下：{$line}
verify-register-figure = 正反面最多差 {$by} mm，共 {$leaves} 张
verify-register = 正反面行位相差 {$by} mm
verify-prohibitions-figure = 检查了 {$breaks} 处换行
verify-line-start = 行首是 {$mark}
verify-line-end = 行末是 {$mark}
verify-parted = {$before} 与 {$after} 被换行拆开
verify-runt-figure = {$paragraphs} 段中 {$runts} 段末行只有一个字
verify-runt = 末行只有一个字：{$line}
verify-widowed-figure = {$pages} 页中 {$widowed} 页以标题收尾
verify-widowed = 标题落在页末：{$heading}
verify-page-numbers-figure = {$pages} 页中 {$numbered} 页有页码，距版心 {$below} mm
verify-number-on-cover = 封面有页码
verify-number-on-blank = 空白页有页码
verify-number-missing = {$numbers ->
    [0] 没有页码
   *[other] 有 {$numbers} 个页码
  }
verify-number-order = 页码 {$number} 不连续，或单页码不在右页
verify-number-height = 页码在版心下 {$is} mm，应为 {$wanted} mm
verify-number-side = 页码距外侧 {$is} 字，应为 {$wanted} 字
verify-number-size = 页码 {$is} pt，应为 {$wanted} pt
verify-number-dashes = 页码左右没有一字线：{$is}
verify-fonts-embedded-figure = {$fonts} 种字体中 {$embedded} 种已嵌入
verify-font-missing = 字体 {$font} 没有嵌入
verify-fonts-figure = {$fonts}
verify-role = {$kind ->
    [heading] 发言标题
    [speaker] 发言人
    [roles] 发言人职务
    [words] 正文
   *[sub] 文中标题
  }用的是 {$is}，应为 {$role} {$size} pt
verify-number-font = 页码用的是 {$font}，应为 {$role}
verify-font-stranger = {$count} 个字用了 {$font}，它不是任何一种规定的字体
verify-standards-figure = {$claims}
verify-standards-none = 没有声明任何标准
verify-not-claimed = 缺少 {$what}
verify-contents-figure = {$total} 条中 {$right} 条相符
verify-entry-missing = 目录里没有：{$label}
verify-entry-foreign = 目录里有而原稿没有：{$label}
verify-entry-leads = {$label} 指向 {$is}，实际在 {$wanted}
verify-entries-other = 目录是另一篇文字的
verify-nav-missing = 没有目录
verify-ncx-missing = 没有 NCX，旧的阅读器显示不出目录
verify-depth-figure = 共 {$depth} 层
verify-depth = 目录到了第 {$depth} 层：{$label}
verify-index-figure = {$rows} 行中 {$right} 行相符
verify-index-missing = 没有发言人索引
verify-index-lacks = 索引里没有：{$name}
verify-index-foreign = 索引里有而原稿没有：{$name}
verify-index-row = {$name} 指向的不是这个人的发言：{$is}
verify-page-list-figure = {$pages} 页
verify-no-pages = 没有印刷页码
verify-page-list-missing = 有页码标记，没有页码列表
verify-page-backwards = 第 {$number} 页排在第 {$before} 页之后
verify-page-unmarked = 第 {$number} 页没有指向这一页的标记
verify-page-unlisted = 第 {$number} 页有标记，列表里没有
verify-page-order = 第 {$number} 页的标记在前一页之前
verify-page-ncx = NCX 的页码与页码列表不同
verify-markers-figure = {$marks} 个标记中 {$right} 个为空且有名称
verify-marker-text = 页码标记里有文字，阅读器会丢掉它：{$text}
verify-marker-nameless = 页码标记没有 id 或名称
verify-links-figure = {$links} 个链接中 {$right} 个有效
verify-link-dead = 链接没有去处：{$href}
verify-link-remote = 不在书里：{$href}
verify-file-missing = 清单里有而书里没有：{$name}
verify-notes-figure = {$notes} 条注释，{$references} 处引用
verify-note-aside = {$id} 是正文里的 aside：有的阅读器藏起来，有的插在文中
verify-note-dead = 注码没有指向本文件的注释：{$href}
verify-note-hidden = 多看等阅读器不把 {$id} 排在页面上，注码不是图片又点不开，这条注释就看不到了；请去掉注释列表的类名
verify-note-picture = 注码只有一张图片，有的阅读器点不到：{$href}
verify-note-no-way-back = {$id} 没有返回正文的链接
verify-note-untyped = 注码没有标明 noteref：{$href}
verify-paragraphs-figure = {$paragraphs} 段中 {$right} 段相符
verify-paragraph-breaks = 一段里用换行隔出了几段：{$text}
verify-paragraph-indent = 用空格缩进：{$text}
verify-body-font-figure = 正文中 {$share}% 用书里指定的字体
verify-body-font = {$selector} 给正文指定了字体：{$font}
verify-font-share = 正文中 {$share}% 用了书里指定的字体
verify-colours-figure = {$colours} 处固定颜色
verify-colour = 固定颜色，深色模式下没有对应的颜色：{$what}
verify-alternatives-figure = {$pictures} 幅图中 {$right} 幅有文字说明
verify-alternative-missing = 图片没有文字说明：{$src}
verify-language-figure = {$documents} 个文件中 {$right} 个标明了语言
verify-language-foreign = 别的文字没有标明语言：{$text}
verify-language-missing = 没有标明语言
verify-language-other = 语言是 {$is}，全书是 {$wanted}
verify-names-figure = {$files} 个文件名中 {$right} 个稳妥
verify-name-unsafe = 文件名不是英文字母、数字、- 和 _，或者太长，有的阅读器打不开
verify-name-case = 文件名与 {$other} 只差大小写
verify-mimetype-figure = 共 {$files} 个文件
verify-mimetype-not-first = 它不是压缩包的第一个文件
verify-mimetype-packed = 它被压缩了，或者带有附加字段
verify-mimetype-other = 内容不是 application/epub+zip
verify-contents-empty = 目录是空的
verify-line-astray = 目录条目没有指向它的标题：{$label}
verify-styles-figure = {$all} 段中 {$right} 段有命名样式
verify-style-missing = 没有命名样式：{$text}
verify-style-heading = 标题用的样式是“{$style}”，不是 Word 的标题样式：{$text}
verify-style-fontless = 样式“{$style}”没有指定汉字的字体
verify-font-theme = 有 {$count} 处用了主题字体
verify-word-page = {$what} 是 {$is} mm，应为 {$wanted} mm
verify-sections-figure = 共 {$sections} 节
verify-tables-figure = {$tables} 个表格中 {$right} 个相符
verify-table-no-width = 第 {$table} 个表格或它的单元格没有宽度
verify-table-no-grid = 第 {$table} 个表格的栏没有宽度
verify-table-wide = 第 {$table} 个表格比版心宽

# merge
cmd-merge = 把各单位改过的 Word 文件合回源稿
arg-merge-source = 今天的源稿（Markdown 或纯文本）
arg-merge-copy = 退回来的 Word 文件
arg-merge-output = 合好的源稿；一本书有多个源文件时是文件夹；- 是标准输出
arg-merge-report = 合并报告：写成 JSON，旁边再放一份 .html；给 .html 名字就只写网页
arg-merge-conflicts = 改法有冲突时怎么办：不写文件，或在稿里做标记
arg-merge-comments = 批注怎么办：只进报告，或作为注释写进源稿
merge-source-form = {$file} 不是 Markdown 或纯文本，改动没法合进去。
merge-source-form-help = 先用 jianbao import {$file} -o 稿子.md 转成 Markdown，再合并。
merge-many-files = 这本书有 {$count} 个源文件，-o 要写一个文件夹。
merge-base-missing = {$file} 里没有带着送出时的原文，只好拿今天的源稿对照。
merge-base-damaged = {$file} 里带的原文坏了，只好拿今天的源稿对照。
merge-base-version = {$file} 里带的原文是新版本的简报写的，只好拿今天的源稿对照。
merge-base-help = 送出之后源稿又改过的地方，会被当成对方改回去了，请逐条看报告。
merge-no-speech = {$file} 里认不出发言的标题了。
merge-headings-lost = {$file} 里发言的标题没有了：{$lost}
merge-no-speech-help = 请在 Word 里拒绝对标题和发言人一行的删除，或按原来的样式补回，再合并；只改标题的字不要紧。
returned-markdown = {$file} 是 Markdown 文本，不是 Word 文件。
returned-text = {$file} 不管叫什么名字，里面是纯文本，不是 Word 文件。
returned-html = {$file} 不管叫什么名字，里面是网页，不是 Word 文件。
returned-help = 请对方退回改过的 Word 文件，才认得出改了哪里；如果没有，就请拿它和源稿对照，人工改。
merge-superseded = {$file} 有更晚的一份（{$later}），以更晚的为准。
merge-state-merged = 已合入
merge-state-identical = 改法相同
merge-state-conflict = 冲突
merge-state-reported = 只报告
merge-kind-moved = 段落换了位置
merge-kind-emphasis = 加了或去了强调
merge-kind-order = 发言换了次序
merge-kind-kind = 换了样式
merge-kind-look = 样子变了：{$formats}
merge-kind-picture = 图片换了，或换了位置
merge-kind-picture-new = 添了图片
merge-kind-picture-gone = 删了图片
merge-kind-already = 源稿里已经这样改了
merge-why-emphasis = 源稿这里写不下强调。
merge-why-kind = 源稿里一行是什么由它自己的标记决定，请人工改。
merge-why-table = 表格的行列变了，请人工改。
merge-why-note = 添了注释，请人工写进源稿。
merge-why-place = 在源稿里找不到对应的字，请人工改。
merge-why-form = 照写进源稿会被读成别的东西，请人工改。
merge-why-order = 分了部分或分了几个文件的稿子不自动换次序，请人工改。
merge-why-look = 源稿里写不下字的样子。如果只是做记号，请看看对方想说什么；如果要强调，请在稿里用 **…**。
merge-why-picture = 源稿里图片是单独的文件，请人工换。
merge-and = 、
merge-look-bold = 加粗
merge-look-italic = 斜体
merge-look-underline = 下划线
merge-look-strike = 删除线
merge-look-colour = 颜色
merge-look-highlight = 底色
merge-look-script = 上标或下标
merge-look-mark = 着重号
merge-look-effect = 边框、大小写、缩放或升降
merge-look-size = 字号
merge-look-font = 字体
merge-edit-insert = 《{$speech}》{$lead}[+{$after}]{$tail}（{$who}）
merge-edit-delete = 《{$speech}》{$lead}[-{$before}]{$tail}（{$who}）
merge-edit-replace = 《{$speech}》{$lead}[{$before}→{$after}]{$tail}（{$who}）
merge-edit-words = 《{$speech}》{$lead}[{$before}]{$tail}（{$who}）
merge-side = {$file}：{$text}
merge-side-source = 今天的源稿：{$text}
merge-line = {$state}　{$edit}
merge-line-below = {"  "}{$text}
merge-more = 还有 {$count} 处，见报告。
merge-comments = 批注 {$count} 条，见报告。
merge-missing = 还没有退回的：{$who}
merge-totals = 共找到 {$found} 处改动：合入 {$merged}，相同 {$identical}，冲突 {$conflict}，只报告 {$reported}。
merge-no-output = 有改法互相冲突，没有写出文件。
merge-no-output-help = 看过报告后定一种改法；或加 --conflicts mark，把冲突标在稿里。
merge-marked = 稿里标了 {$count} 处冲突，定好一种、删去标记之前不能成书。
merge-page-title = 合并报告
merge-page-found = 找到
merge-page-merged = 合入
merge-page-identical = 相同
merge-page-conflict = 冲突
merge-page-reported = 只报告
merge-page-copies = 退回的文件
merge-page-file = 文件
merge-page-to = 单位
merge-page-authors = 谁改的
merge-page-base = 对照
merge-page-missing = 还没有退回
merge-page-nobody = 都退回了
merge-page-comments = 批注
merge-page-source = 今天的源稿
merge-page-untracked = 没有开修订
merge-page-superseded = 有更晚的一份
merge-page-kept = 送出时的原文
merge-page-today = 今天的源稿
conflict-left = {$source} 里还有合并留下的冲突标记，没有写出任何文件
conflict-left-help = 请运行 jianbao check {$source} 找到它们，定好一种说法，删去标记

stage-prove = 回读核验
arg-proof = 做好后当即回读，像 verify 那样比对文字、量版面，把证明放在文件旁边；不合格时退出码为 1
proof-alone = --proof 要有 PDF、EPUB 或 DOCX，也不能输出到标准输出：证明是放在旁边的一个文件
proof-alone-given = 单有证明什么也证明不了：请把它所列的文件一并给出
proof-not = {$file} 不是本程序出的证明（第 {$line} 行）
proof-not-help = 请给出 build --proof 写出的 .proof.json，或者不给
proof-no-rule = 选中的规则没有一条适用于这些文件
proof-failed-help = {$page ->
    [0] {$output}，{$rule}
   *[other] {$output} 第 {$page} 页，{$rule}
 }；全部问题见 {$file}
arg-verify-select = 只查这些规则或规则组
arg-verify-ignore = 不查这些规则或规则组
arg-verify-list = 列出各条规则、适用的文件和所依据的标准
verify-kind-proof = 先前的证明
verify-proof-files-figure = {$files} 个文件中 {$right} 个与当时相同，{$roles} 种字体中 {$fonts} 种与当时相同
verify-proof-not-given = 证明里列有，却没有给出：{$file}
verify-proof-other-file = 不是当时证明的那个文件：{$file}
verify-proof-unnamed = 证明里没有列出：{$file}
verify-proof-checks-figure = {$total} 项检查中 {$right} 项结果与当时相同
verify-proof-not-repeated = {$check} 无法重做；证明写的是：{$was}
verify-proof-other-figure = {$check} 现在是：{$is}；证明写的是：{$was}
verify-glyphs-figure = {$all} 个字形中 {$right} 个与字体相符
verify-glyph-other = 文件说是“{$char}”，画出来却是别的字形（字体 {$font}）
verify-glyph-untold = 有字形，文件却没说是什么字：{$text}
verify-glyph-hidden = 有字，却看不见：{$text}
verify-list-number = “{$label}”标的是第 {$is} 页，实在第 {$wanted} 页
verify-link-nowhere = 有链接不知指向哪里
verify-link-leads = “{$label}”的链接指向第 {$is} 页，应指向第 {$wanted} 页
