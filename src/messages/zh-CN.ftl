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

template-wrong = 模板 {$template} 有误：{$why}
typeset-failed = 排版没有成功（{$place}）：{$why}
typesetter-warns = 排版提醒（{$place}）：{$why}
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
