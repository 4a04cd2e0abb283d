# Every sentence that people read. The Chinese ones stand in zh-CN.ftl; names and data must agree.

about = From one source of a meeting's speeches: a PDF for the printer, an EPUB for phones, a DOCX for editing.
heading-commands = Commands
heading-arguments = Arguments
heading-options = Options
heading-usage = {"Usage: "}

cmd-new = make a folder that is ready to build
cmd-build = make PDF, EPUB and DOCX of sources
cmd-tree = print the document tree as JSON
cmd-schema = print a JSON Schema
cmd-fonts = list the font of every role and what it lacks
cmd-export-typst = export a Typst project that compiles on its own
cmd-completions = print a completion script for a shell
cmd-man = print the manual page

help-values = {" ("}one of {$values})
help-default = {" ("}{$value} by default)
arg-help = show help
arg-version = show the version
arg-quiet = report errors only
arg-json = print JSON, for scripts
arg-force = overwrite existing files, edited ones too
arg-lang = language of messages
arg-source = source files, or a folder with a jianbao.toml; without any, the jianbao.toml of this folder
arg-profile = how the pages look: briefing, booklet, 16k, large-print, screen, phone, or your own
arg-set = set one key for this run, such as briefing.number=12
arg-build-output = output folder; or a file whose ending picks the format; - is standard output
arg-data-output = output file; standard output without one, or with -
arg-export-output = folder for the project
arg-format = formats, parted by commas
arg-engine = who sets the pages: the embedded engine, or a typst command
arg-together = make one book of several sources
arg-schema = of what
arg-new-folder = the new folder
arg-shell = which shell

stage-read = reading
stage-write = writing
wrote = wrote {$file}
unchanged = unchanged {$file}
warnings = { $count ->
    [one] {$count} warning; the outputs are made, please look at them.
   *[other] {$count} warnings; the outputs are made, please look at them.
 }
new-next = Done. Go to {$folder} and run jianbao build.

nothing-to-build = no source was named, and this folder has no jianbao.toml
nothing-to-build-help = name a source, as in jianbao build speeches.md; or start with jianbao new
manifest-no-sources = {$file} names no sources
manifest-no-sources-help = add a line such as sources = ["speeches.md"]; patterns are allowed
same-name-twice = {$one} and {$other} would have outputs of one name: {$name}
same-name-twice-help = give each its own -o or output_name; if they are one book, add --together
one-file-only = this output takes one book in one format; pick it with -f
ending-contradicts = the ending of {$file} means {$format}, which -f does not ask for
wrong-epoch = SOURCE_DATE_EPOCH must be seconds since 1970, not {$value}

file-missing = {$file} does not exist
file-missing-help = check the name and the folder
file-forbidden = no permission to read {$file}
file-unreadable = {$file} cannot be read: {$why}
output-forbidden = no permission to write {$file}
output-forbidden-help = choose another folder with -o, or ask for permission
output-full = no room for {$file}: the disk is full or over its quota; what was there is untouched
output-busy = {$file} is open in another program and was left alone
output-busy-help = close it in Word, WPS or the reader, and run again
output-unwritable = {$file} cannot be written: {$why}
output-edited = {$file} was edited after it was made, and was left alone
output-not-ours = {$file} is there already and was not written by this program; it was left alone
output-kept-help = move or rename it to keep it; add --force to replace it

source-empty = {$file} is empty
source-empty-help = check that it was saved, and that it is the right file
source-binary = {$file} is not a text file (byte {$offset} is {$byte})
source-binary-help = save a Word file as text or Markdown first
source-not-utf8 = {$file} is not UTF-8 at line {$line}, character {$column}
source-damaged-help = it may be damaged; ask for it again, or save it as UTF-8
source-form = cannot read files such as {$file} (.{$ending}) yet
source-form-help = what can be read: {$endings}
no-title = no title in {$file}
no-title-help = begin with a line "# Title", or set title under [briefing] in jianbao.toml
no-title-speech-help = a speaker stands under the first heading, so it was read as a speech; put a line "# Title" above it, or set title under [briefing]
no-speech = no speech in {$file}
no-speech-help = a speech is a line "### Heading", a paragraph "name role, role", then the text

config-syntax = the settings are not well formed: {$why}
config-unknown-key = there is no setting {$key}
config-nearest = did you mean {$nearest}?
config-wrong-value = the setting {$key} has a wrong value: {$why}
config-not-a-setting = {$argument} is not of the form key=value

font-folder-missing = the font folder {$folder} does not exist
font-folder-manifest = it is named in jianbao.toml, under [fonts] folders
font-folder-environment = it is named in the variable JIANBAO_FONTS
font-missing = no font for {$role}
font-wanted-missing = no font {$font} for {$role}
font-missing-help = looked in: {$folders}
font-unreadable = {$file} is not a usable font file
font-licence = licence: {$licence}
font-substituted = lacks, shown by another font: {$chars}
font-lacks = lacks, and no other font has: {$chars}
glyph-missing = no font has "{$char}" ({$code}); the printed book shows 〓 in its place
mark-missing = no font can set the mark "{$char}" ({$code}) on its letter; the printed book leaves it out
glyph-missing-help = name a font with more characters under [fonts]; e-books and Word files use the reader's fonts

picture-missing = the picture {$file} was not found and is left out
picture-outside = the picture {$file} is outside the book's folders and was not read
picture-remote = the picture {$file} is an address, not a file, and was not fetched; save it beside the source
picture-large = the picture {$file} is larger than 64 MB and is left out
picture-broken = the picture {$file} cannot be opened, or is not PNG, JPEG, GIF or WebP, and is left out
picture-left-out = the picture {$file} is not in the outputs

template-unescaped = the template {$template} uses {$what}, with which the words of a speech could become markup; take it out: text always comes out as the characters it is
template-wrong = the template {$template} is wrong: {$why}
typeset-failed = the pages could not be set ({$place}): {$why}
typesetter-warns = the typesetter warns ({$place}): {$why}
fonts-brought = the e-book brings letters of its own for {$chars} ({$size} KB): a phone may not have them
fonts-lacking = a phone may not have {$chars}, and the e-book brings no letters for them: no font here has them under the Open Font License
fonts-lacking-help = leave [fonts] song, hei or kai unset for the fonts that come with jianbao, or name an open font there
character-replaced = "{$code}" is a control character no file can hold, and became U+FFFD
engine-not-built = this program has no embedded engine
engine-not-built-help = add --engine typst-cli, or make the other two with -f epub,docx
engine-missing = {$program} cannot be run: {$why}
engine-not-found = the program {$program} was not found
engine-missing-help = install typst 0.15, or say where it is in the variable JIANBAO_TYPST
defect = the program failed: {$what}
defect-help = this is not your fault; please send us this sentence and the source

usage-unknown = there is no option {$argument}
usage-command = there is no command {$command}
usage-value = {$argument} cannot be {$value}; it can be: {$allowed}
usage-value-wrong = {$argument} cannot be {$value}
usage-no-value = {$argument} needs a value
usage-missing = {$argument} is missing
usage-conflict = {$argument} cannot be used with {$other}
usage-other = the command is not well formed: {$why}
usage-nearest = Did you mean {$nearest}?
usage-help = Run jianbao --help to see how it is used.

folder-without-manifest = the folder {$folder} has no jianbao.toml
pattern-wrong = the source pattern {$pattern} is not well formed: {$why}
pattern-matches-nothing = no file in {$folder} matches {$pattern}
output-not-a-folder = {$file} cannot be a folder: a file of that name is there
output-not-a-folder-help = name another folder with -o
output-is-a-folder = {$file} is a folder and cannot be written as a file
source-no-ending = {$file} has no ending that says how to read it
config-list = the setting {$key} takes a list, as in ["one", "two"]
config-text = the setting {$key} takes a text in quotes
config-number = the setting {$key} takes a whole number
config-flag = the setting {$key} takes true or false
config-decimal = the setting {$key} takes a number
misfit-range = {$key} has to be between {$least} and {$most}
misfit-page = {$key}: margin, type area and page number come to {$needs} mm, the page has {$has} mm
misfit-row = {$key}: so many characters of this size need {$needs} mm, the type area is {$has} mm wide
misfit-rows = {$key}: so many rows need {$needs} mm, the type area is {$has} mm high
misfit-pitch = {$key}: rows {$pitch} pt apart would overlap, the characters have {$size} pt
misfit-color = {$key} is a colour such as "#c8102e"
misfit-fours = {$key} has to be a multiple of 4
misfit-ink = {$key} is the name of an ink such as "PANTONE 186 C", or empty; All, None, Cyan, Magenta, Yellow and Black mean other things
profile-unknown = there is no page profile {$name}
profile-known = there are: {$names}; your own stands in templates/profiles beside the jianbao.toml, or in [profile.NAME]
profile-circle = the page profile {$name} extends itself
config-table = the setting {$key} is a table, as in [{$key}]
config-one-of = the setting {$key} can be one of: {$allowed}
help-label = {"help: "}
standard-output = standard output
glyphs-more = {$count} more characters without a font: {$chars}

notice-decoded = {$file} is in {$encoding}, not UTF-8; it was read as that
notice-page-number = a page number between the lines of {$file} was left out
notice-running-head = a line that repeats on the pages of {$file} was left out

check-speech-count = the text counts {$said} ({$number}), but there are {$speeches} speeches by {$persons} speakers here
check-speech-count-help = mend the number, or look for the speech that is missing or was put in
check-missing-speaker = the speech “{$heading}” names no speaker, the others do
check-missing-speaker-help = put the line “name roles” under its heading
check-speaker-unread = “{$line}” looks like a speaker and could not be read as one; it is printed as text
check-speaker-unread-help = write it as the name, a blank and the roles
check-empty-speech = “{$heading}” has no text
check-empty-speech-help = put the text in, or make it a sub-heading of the speech it belongs to
check-heading-hides-speech = “{$heading}” is followed by a speaker, but as a heading it stands below the speeches
check-heading-jump = “{$heading}” is a heading of level {$to} right after level {$from}
check-heading-bare = under “{$heading}” there is nothing
check-heading-differs = “{$heading}” is a heading with {$level} #, the other speeches have {$common}
check-report = this text tells what people said; it holds no speeches
check-report-help = it is printed as it stands; to have speeches, write each as heading, speaker and text
check-unreadable = this line looks like a speech, a heading or a speaker and could not be placed
check-unreadable-help = it is printed as a plain paragraph; write a heading, then the name and roles, then the text
check-conflict-marker = a merge left this conflict
check-conflict-marker-help = choose one of the two wordings and take the marks out
check-heading-starts-low = “{$heading}” is the first heading of its speech and already of level {$level}
check-duplicate-heading = “{$heading}” is like “{$first}”, the heading of an earlier speech ({$who})
check-duplicate-text = most of “{$heading}” stands in the earlier speech “{$first}” ({$who}) already
check-duplicate-help = take one of the two out, or put in the heading or text that was meant
check-two-sets-of-roles = {$name} is here “{$second}”, before “{$first}”
check-two-sets-of-roles-help = mend the roles; if these are two persons, tell them apart in brackets behind the name
check-near-names = {$name} and {$other} are one character apart, and both “{$role}”
check-near-names-help = look the name up in the list of members
check-two-parties = the roles name {$first} and {$second}; nobody belongs to both
check-party-and-none = the roles name 无党派 and {$party}
check-party-member = members of {$party} are called {$right}, not {$wrong}
check-party-help = look the speaker up in the list of members
check-weekday = {$date} is a 星期{$right}, not a 星期{$told}
check-no-such-day = there is no {$date}
check-days-backwards = {$days} ends before it begins, or on a day that does not exist
check-number-gap = “{$here}” follows “{$before}”: a number between them is missing
check-number-repeated = “{$here}” stands here a second time
check-number-backwards = “{$here}” comes after “{$before}”
check-term-near = “{$term}” stands here, “{$other}” in {$times} other places
check-term-unquoted = {$term} stands in quotation marks in {$times} other places and not here
check-number-first = “{$here}” is the first number here: one before it is missing
cmd-check = tell what a proof-reader would notice
cmd-explain = show what a rule looks for, and why
arg-check-fix = make the fixes that are safe
arg-check-unsafe = make the other fixes too
arg-check-diff = show what the fixes would change, and write nothing
arg-check-format = form of the report
arg-check-select = rules to use, parted by commas: names, groups, default, all
arg-check-ignore = rules not to use
arg-check-strict = refuse to build while the checks find an error
arg-rule = a rule's name; without one, all are listed
arg-rule-all = list all rules
check-counts = { $errors ->
    [0] {""}
    [one] {$errors} error,{" "}
   *[other] {$errors} errors,{" "}
 }{ $warnings ->
    [one] {$warnings} warning
   *[other] {$warnings} warnings
 }{ $infos ->
    [0] {""}
    [one] , {$infos} remark
   *[other] , {$infos} remarks
 }
check-summary = Found {$counts}.
check-clean = Nothing found.
check-fixable = { $count ->
    [one] One can be mended with {$flag}.
   *[other] {$count} can be mended with {$flag}.
 }
check-fixed = { $count ->
    [one] mended one place in {$file}
   *[other] mended {$count} places in {$file}
 }
check-book = The checks found {$counts}: run jianbao check {$source}
check-strict = the checks found errors, and --strict was given: nothing was written
check-strict-help = run jianbao check {$source}, mend them, or set their severity under [check]
fix-safe = a fix is at hand: --fix
fix-unsafe = a fix is at hand that a person should look at: --unsafe-fixes
rule-unknown = there is no rule {$rule}
rule-unknown-help = jianbao explain lists all rules
rule-on = on
rule-off = off by default
rule-severity-error = error
rule-severity-warning = warning
rule-severity-info = remark
list-syntax = {$file} is not well formed: {$why}
list-no-column = the first line of {$file} must name the columns, {$column} among them
list-no-value = {$file}: this entry has nothing under {$column}
list-not-a-number = {$file}: {$value} is not a number to order by
list-empty = nothing is in {$file}
list-not-text = {$file} is neither UTF-8 nor GBK
list-help = README tells how such a list looks; save a spreadsheet as CSV
source-changed = {$file} was changed by another program meanwhile, and was left alone
source-encoding-lacks = a character of the fixes cannot be written in the encoding of {$file}; it was left alone
source-encoding-lacks-help = save it as UTF-8, and run again
glyph-missing-name = no font has "{$char}" ({$code}) of a speaker's name; the printed book shows 〓 in its place
suppression-no-rule = this comment says that something is meant, but not which rule
suppression-no-reason = this comment gives no reason, and {$rule} is not silenced
suppression-unknown-rule = this comment names a rule that does not exist: {$rule}
suppression-help = write <!-- jianbao: ignore RULE reason -->
suppression-unused = this comment is not needed: {$rule} finds nothing here
roster-stranger = {$name} is not on the list of members
roster-roles = the roles of {$name} are not those of the list: here {$roles}; there {$listed}
roster-help = check the list of members and the source against each other
roster-before = by the list {$name} comes before {$other}
roster-after = by the list {$name} comes after {$other}
roster-order-help = the order is that of the list's own column
wording-wrong = the fixed wording is {$wording}, not {$found}
wording-near = {$found} is close to the fixed wording {$wording}
wording-order = {$found} is in another order than the table's: {$order}
source-not-word = {$file} is named like a Word file and holds neither a Word file nor text
word-damaged = {$file} cannot be unpacked: it is damaged or cut off
word-part-damaged = {$file} is damaged: its part {$part} cannot be unpacked
word-malformed = {$file} is damaged: its part {$part} is not well-formed XML
word-no-text = {$file} has no text: its part {$part} is missing
source-too-long = {$file} is larger than {$limit} MB and was not read
source-too-many-pieces = {$file} has more than {$limit} lines, tags and references and was not read
source-too-long-help = is it the right file? A book may be cut into several, which jianbao.toml puts together
word-too-large = {$file} unpacks to more than {$limit} MB at its part {$part}, and was not read
word-too-many-parts = {$file} has more than {$limit} parts, and was not read
word-too-many-elements = {$file} has more paragraphs and other elements in its part {$part} than any text has, and was not read
word-too-deep = {$file} has elements nested too deep in its part {$part}, and was not read
word-doctype = {$file} has a DOCTYPE in its part {$part}, which Word never writes, and was not read
word-entity = {$file} names an unknown entity {$entity} in its part {$part}, and was not read
word-duplicate-part = {$file} holds two parts named {$part}; programs would not agree on its text, and it was not read
word-damaged-help = open it in Word or WPS, save it again as .docx, and try that; or ask for the file once more
foreign-encrypted = {$file} is under a password
foreign-encrypted-help = save it without a password, then try again
foreign-old-word = {$file} is an old Word or WPS file
foreign-old-excel = {$file} is an old Excel sheet
foreign-old-powerpoint = {$file} holds old PowerPoint slides
foreign-old-other = {$file} is in an old Office form that cannot be told, or is damaged
foreign-rtf = {$file} is rich text (RTF)
foreign-pdf = {$file} is a PDF
foreign-pdf-help = ask for the Word file it was made of; or copy its text into a .txt file
foreign-excel = {$file} is an Excel sheet
foreign-powerpoint = {$file} holds PowerPoint slides
foreign-odt = {$file} is an OpenDocument text (.odt)
foreign-open-other = {$file} is an OpenDocument file, and no text
foreign-ofd = {$file} is an OFD
foreign-epub = {$file} is an e-book (EPUB)
foreign-source-help = ask for the text it was made of
foreign-flat-word = {$file} is a Word file saved as one XML file
foreign-old-word-xml = {$file} is a Word 2003 XML file
foreign-web-archive = {$file} is a web page saved as one file (MHT)
foreign-web-archive-help = open it in a browser or in Word and save it as a web page (.html) or as .docx
foreign-zip = {$file} is a zip archive, and no document
foreign-archive = {$file} is an archive
foreign-archive-help = unpack it, and name the document inside
foreign-save-docx = open it in Word, WPS or LibreOffice and save it as .docx
foreign-save-text = put its text into a Word file or a .txt file
notice-contents = the table of contents in {$file} was left out; the outputs make their own
notice-status = the line below the title of {$file} that says what draft it is was left out; it is no part of the text, and has its key: briefing.status
notice-editor-note = the note to the editor at the head of {$file} was left out; it is no part of the text
notice-hidden = hidden text in {$file} was left out
notice-readings = reading aids over characters in {$file} were left out
notice-object = a chart, diagram, sheet or drawn formula in {$file} was left out; put a picture in its place
notice-embedded = a document put whole into {$file} was left out; open {$file} in Word and save it again
notice-revisions = the tracked changes in {$file} were taken as accepted: {$inserted} insertions, {$deleted} deletions
notice-comments = {$file} has {$count} comments; they are not part of the text
notice-formulas = {$count} formulas in {$file} were read as plain characters; please look at them
notice-symbol = a symbol of the font {$font} in {$file} ({$code}) has no known character, and became 〓
notice-macros = the macros in {$file} were not looked at
notice-picture-form = the picture {$picture} in {$file} is not PNG, JPEG, GIF or WebP, and is left out
notice-picture-missing = the picture {$picture} is named in {$file} and is not in it; it is left out
notice-picture-outside = the picture {$picture} is outside {$file} and was not fetched
doubled-word = “{$word}” stands here more than once in a row; keep one
stray-latin = “{$letters}” stands in the Chinese text and makes no word there; remove or replace it
stray-latin-wide = the letters “{$letters}” are full-width; use half-width ones
mixed-script-traditional = “{$word}” is traditional in a simplified text
mixed-script-simplified = “{$word}” is simplified in a traditional text
mixed-script-both = simplified and traditional characters are mixed throughout; “{$word}” is the first of the rarer kind
invisible = a character that cannot be seen ({$code}) stands here; remove it
invisible-private = a private-use character ({$code}) stands here; it looks different on every computer, use a standard one
invisible-lost = a replacement character stands here: text was lost before; look it up in the original
space-in-han = a blank parts “{$word}”; remove it, or put the missing mark
personal-telephone = a telephone number ({$number}) would be printed; remove or mask it
personal-identity = an identity number ({$number}) would be printed; remove or mask it
half-width = { $count ->
    [one] one half-width mark stands in Chinese text; jianbao normalize makes it full-width
   *[other] {$count} half-width marks stand in Chinese text, the first here; jianbao normalize makes them full-width
}
unpaired-quote-end = the quotation that {$mark} opens is never closed
unpaired-quote-start = {$mark} closes a quotation that nothing opens
unpaired-quote-opening = this paragraph begins the quotation that the next one goes on with; it lacks its {$mark}
unpaired-quote-straight = the straight quotes of this paragraph do not come in pairs; this is the last
unpaired-bracket-end = {$mark} is never closed
unpaired-bracket-start = {$mark} closes what nothing opens
nested-quote = inside {$outer} stands the same mark again; use {$inner} there
doubled-mark = {$marks} stand here in a row; keep one
dash-form = “{$found}” stands for a dash; the dash is ——
ellipsis-form = “{$found}” stands for an ellipsis; the ellipsis is ……
book-title-empty = the title marks 《》 hold nothing
book-title-blank = there are blanks just inside 《{$title}》; remove them
book-title-mark = the title 《{$title}》 ends in a mark that belongs outside
book-title-twice = 《{$title}》 has its title marks twice
book-title-typed = {$open}{$title}{$close} is not in title marks; use 《》, inside a title 〈〉
enumeration-quoted = 、 is usually left out between items in quotes or title marks
enumeration-joiner = 、 before {$word} is one mark too many
enumeration-ordinal = an ordinal such as 第一 or 首先 takes a comma, not 、
enumeration-number = a number in brackets or a circle takes no 、
range-join = the range is joined by “{$found}”; use {$wanted}
range-sign = the first number of the range needs its {$sign} too
confusable = “{$wrong}” is usually a slip for “{$right}”
unit-form = the unit “{$found}” is written {$wanted} by the standard
unit-other = “{$found}” is no legal unit; convert to {$wanted}
numeral-about = the round number “{$found}” is written in hanzi
numeral-word = “{$found}” is part of a fixed word and written in hanzi
numeral-scale = “{$found}”: Arabic digits go with 万 and 亿 only; write the whole number
numeral-zero = the zero of a year is 〇, not “{$found}”
numeral-mixed = “{$found}” mixes Arabic digits and hanzi
cmd-normalize = make the punctuation of a source standard, and nothing else (fmt for short)
arg-one-source = a source file
arg-normalize-diff = show what would change instead
arg-normalize-check = write nothing; exit with 1 if something would change
normalize-standard = {$file}: the punctuation is standard
normalize-would-change = { $count ->
    [one] {$file}: {$count} mark would change; run jianbao normalize on it, with --diff to look first.
   *[other] {$file}: {$count} marks would change; run jianbao normalize on it, with --diff to look first.
 }
normalize-not-text = {$file} is not a text file, so its punctuation cannot be changed in place
normalize-not-text-help = make a Markdown source of it first: jianbao import FILE -o FILE.md
normalize-encoding = {$file} is in an encoding that cannot take the changes without touching other characters
normalize-encoding-help = save it as UTF-8 and run again
cmd-import = make a clean Markdown source of any source, to edit from then on
arg-import-output = Markdown file, with its pictures in a folder beside it; standard output without one, or with -
import-ending = an imported source is Markdown; name it so that it ends in .md, not {$file}
import-pictures-left = the pictures stay where they are, and the text names them there; with -o FILE.md they are saved beside it
cmd-excerpt = send out a part of a book, to be edited and returned
arg-excerpt-output = folder; or a file whose ending picks the format; - is standard output
arg-excerpt-speech = speeches by their numbers in the book, such as 1,3-5
arg-excerpt-speaker = speeches of this person or body
arg-excerpt-party = speeches of this party, 工商联 and 无党派 too
arg-excerpt-role = speeches of people whose offices have this word
arg-excerpt-topic = speeches with this word in a heading or a topic sentence
arg-excerpt-part = speeches of this part of the book, by title or number
arg-excerpt-to = who gets it; the table excerpt.recipients says which speeches, and it is recorded in the folder
arg-excerpt-split = a file a speech
arg-excerpt-plain = nothing hidden in the Word file: no properties, no marks for the way back
excerpt-one-file = several files would come of this; give -o a folder
excerpt-to-stdout = what goes to standard output cannot be recorded; with --to, give -o a folder or a file
excerpt-no-recipient = {$name} is not among the recipients of this book
excerpt-no-table = jianbao.toml has no table excerpt.recipients yet; add it, or say which speeches, as in --speech 1,3-5
excerpt-recipients = the recipients are: {$names}
select-numbers = “{$given}” is no list of speeches
select-numbers-help = write numbers and ranges, such as 1,3-5
select-no-speech = there is no speech {$number}; the book has {$count}
select-no-speaker = nobody called {$given} speaks here
select-no-party = nobody of {$given} speaks here
select-no-role = no speaker has an office with {$given} in it
select-no-topic = no speech has {$given} in a heading or a topic sentence
select-mentioned = it is mentioned in speeches {$speeches}; choose them with --speech
select-no-part = the book has no part called {$given}
select-nothing = no speech meets all that was asked for
select-nothing-help = several of one kind widen the choice, different kinds narrow it; ask for less
sent-damaged = {$file}, the record of what was sent to whom, cannot be read
sent-damaged-help = mend it or move it away, so that nobody who was sent something is forgotten
cmd-impose = lay a finished PDF out on sheets to print, fold and bind
arg-impose-pdf = a finished PDF
arg-impose-output = PDF of the sheets; - is standard output
arg-impose-sheet = the paper; without it the smaller one that two pages fit on
arg-impose-layout = sheets inside one another and stapled, or in signatures and glued
arg-impose-signature = pages of a signature with --layout perfect, a multiple of 4; 16 without it
arg-impose-printer = an office printer, or a printing house with cut and fold marks
arg-impose-creep = thickness of the paper, by which inner pages move towards the fold; without it 0.1 for a press, 0 for an office
arg-impose-binding = the side the booklet is bound at
arg-impose-blanks = where blank pages go: before the last page, which stays the back, or behind it
arg-impose-test = only the first sheet, with a cross to check how the paper is turned
impose-signature = --signature goes with --layout perfect
impose-same-file = {$file} would be written over itself; give -o another name
impose-not-pdf = {$file} is not a PDF
impose-not-pdf-help = make one first, as in jianbao build speeches.md -f pdf
impose-encrypted = {$file} is under a password, or its owner does not allow it to be changed
impose-encrypted-help = ask for the file without protection, or build it again from its source
impose-damaged = {$file} is damaged: {$why}
impose-damaged-help = build it again, or open it in a reader and print it to a new PDF
impose-page-tree = {$file} is damaged: its list of pages is missing or in pieces
impose-page-size = {$file} is damaged: page {$page} has no size
impose-page-missing = {$file} is damaged: a part of page {$page} is not in it
impose-page-packed = {$file} is damaged: page {$page} cannot be unpacked
impose-page-too-much = page {$page} of {$file} unpacks to more than 256 MB, and was not read
impose-no-pages = {$file} has no pages
impose-too-large = two pages of {$file} ({$width} × {$height} mm) do not fit on {$sheet}
impose-too-large-help = choose a larger --sheet, or make the pages smaller: A5 fits on a4, A4 on a3
impose-font = the font for the words of the test sheet cannot be read
impose-blanks = { $count ->
    [one] one blank page was added after page {$page}; --blanks says where they go
   *[other] {$count} blank pages were added after page {$page}; --blanks says where they go
 }
impose-scaled = all pages are at {$percent} % of their size: an office printer cannot print the outer 4.2 mm
impose-turned = { $count ->
    [one] one wide page lies on its side, its head to the left
   *[other] {$count} wide pages lie on their side, heads to the left
 }
impose-shrunk = { $count ->
    [one] one page was larger than the others and was made as small
   *[other] {$count} pages were larger than the others and were made as small
 }
impose-creep = the pages of the innermost sheet move {$most} mm towards the fold
impose-short-edge = print on both sides, flipped on the short edge, at actual size; --test-sheet makes one sheet to try
impose-repaired = {$file} was damaged and was read as far as possible; look at every page
impose-metadata = the metadata of {$file} could not be read and was left out
impose-undrawn = { $count ->
    [one] an annotation in {$file} has no picture of its own and is not on the sheets
   *[other] {$count} annotations in {$file} have no picture of their own and are not on the sheets
 }
impose-lost = not on the sheets any more: { $tags ->
    [0] {""}
   *[other] tags;{" "}
 }{ $bookmarks ->
    [0] {""}
    [one] one bookmark;{" "}
   *[other] {$bookmarks} bookmarks;{" "}
 }{ $links ->
    [0] {""}
    [one] one link;{" "}
   *[other] {$links} links;{" "}
 }{ $labels ->
    [0] {""}
   *[other] page labels;{" "}
 }{ $fields ->
    [0] {""}
    [one] one form field, which is printed as it stands;{" "}
   *[other] {$fields} form fields, which are printed as they stand;{" "}
 }{ $comments ->
    [0] {""}
    [one] one comment;{" "}
   *[other] {$comments} comments;{" "}
 }{ $attachments ->
    [0] {""}
    [one] one attachment;{" "}
   *[other] {$attachments} attachments;{" "}
 }{ $actions ->
    [0] {""}
   *[other] scripts and actions;{" "}
 }{ $claims ->
    [0] {""}
   *[other] the claim to be PDF/A, PDF/UA or PDF/X;{" "}
 }{$file} keeps them
impose-test-front =
    Test sheet, front. Print on both sides, flipped on the short edge, at actual size.
    Hold it against the light: the cross must lie on the cross of the back.
impose-test-back =
    Test sheet, back. If this stands on its head, the paper was flipped on the long edge:
    choose the short edge, and print this sheet again before the others.

# Files for a printing house.
arg-press = PDF files for a printing house: body and cover apart, with bleed and in inks, and a preflight report
arg-page-list = the e-book marks the printed pages even when no PDF is made
page-list-alone = --page-list marks the printed pages in the e-book: epub has to be among the formats
secret-no-ebook = the book is marked { $mark }: no e-book is made of it
secret-no-ebook-help = a mark protects nothing: an e-book goes from phone to phone. Hand it on as the rules for secrets say; -f pdf,docx makes the others
page-list-engine = --page-list needs the embedded engine: a typst command does not tell where pages turn
page-list-engine-help = leave out --engine typst-cli (or print.engine), or --page-list
press-alone = --press makes several files of the PDF: it takes -f pdf, or no -f, and no standard output
press-body = { $pages ->
    [one] {$file}: {$pages} page
   *[other] {$file}: {$pages} pages
 }{ $blanks ->
    [0] , full signatures of {$signature}
    [one] ; signatures of {$signature} need {$blanks} blank page more
   *[other] ; signatures of {$signature} need {$blanks} blank pages more
 }
press-cover = {$file}: back, spine and front, {$width} × {$height} mm; the spine is {$spine} mm, without the cover's own thickness
press-no-cover = print.parts has no cover: the outer pages are those of the body
press-boxes = {$file}: {$what} missing or wrong on page {$pages}
press-fonts = {$file}: not embedded: {$what}
press-name = "{$char}" ({$code}) of {$names} stands in {$used}: {$wanted} has not got it
press-text = {$file}: text in colours of the screen ({$what}) on page {$pages}; a printing house makes blurred letters of it
press-one-ink = {$file}: text in several inks ({$what}) on page {$pages}
press-drawings = {$file}: pictures or drawings not in inks ({$what}) on page {$pages}; ask the printing house to convert them, or give them in grey or CMYK
press-spot = {$file}: inks that nobody asked for ({$what}) on page {$pages}
press-pictures = {$file}: pictures with fewer than 300 dots an inch on page {$pages}: {$what}

cmd-verify = prove that finished files hold exactly the source's text and keep the rules
arg-verify-source = source file, or folder with a jianbao.toml
arg-verify-output = finished PDF, EPUB and DOCX files, made by any program; a .proof.json among them is held against the others
verify-unknown-kind = {$file} cannot be verified: only PDF, EPUB and DOCX can
verify-unknown-kind-help = give files that end in .pdf, .epub or .docx, and the .proof.json that was made of them
package-not = {$file} is not what its ending says
package-damaged = {$file} is damaged: it cannot be unpacked
package-damaged-part = {$file} is damaged: {$part} cannot be read
package-damaged-help = make the file again
package-too-large = {$file} unpacks to more than can be read
package-too-large-part = {$file}: {$part} is too large or nested too deeply
pdf-not = {$file} is no PDF
pdf-encrypted = {$file} is encrypted
pdf-encrypted-help = take the password off first
pdf-damaged = {$file} is damaged: its pages cannot be read
pdf-damaged-help = make the file again, or save a copy of it with a PDF program
pdf-too-large = {$file} is too large: it unpacks to more than 2 GB, has more than 20,000 pages or draws without end
verify-page = page {$page}
verify-line = line {$line}
verify-paragraph = paragraph {$paragraph}
verify-more = and {$more} more
verify-not-asked = not asked for by the profile
verify-no-text = no line of the source's text was found
verify-nothing-measured = nothing to measure
verify-parity-figure = {$right} of {$total} characters
verify-text-missing = {$node} is not there: {$text}
verify-text-differs = {$node} is not there as it stands in the source: {$text}
verify-text-form = {$node}: {$wanted} is told as {$is}
verify-text-foreign = not in the source: {$text}
verify-text-changed = {$node} is changed: “{$wanted}” stands in the source, “{$is}” in the file
verify-text-lost = {$node} lacks: {$text}
verify-text-joined = {$node} does not begin a paragraph of its own: {$text}
verify-text-parted = {$node} is parted into two paragraphs: {$text}
verify-blank-lost = {$node} lacks a blank: {$text}
verify-blank-added = {$node} has a blank that is not in the source: {$text}
verify-text-hidden = text that readers do not see: {$text}
verify-page-size-figure = {$size} mm; {$right} of {$pages} pages are right
verify-page-size = the page is {$size} mm, not {$wanted} mm
verify-page-turned = the page is turned by {$by} degrees
verify-margins-figure = {$top} mm top, {$inside} mm inside; type area {$width} × {$height} mm
verify-inside = {$is} mm at the binding side, not {$wanted}
verify-top = {$is} mm at the top, not {$wanted}
verify-area-width = the type area is {$is} mm wide, not {$wanted}
verify-area-height = the type area is {$is} mm high, not {$wanted}
verify-rows-figure = {$rows} rows on {$full} of {$pages} pages that run on
verify-off-grid = {$off} of {$rows} rows are off the grid, by up to {$by} pt
verify-beyond-grid = the last row is number {$row}; the grid has {$rows}
verify-page-short = the text runs on, and the last row is number {$row} of {$rows}
verify-characters-figure = {$wanted} characters on {$exact} of {$full} full lines, more on {$more}
verify-line-over = the line ends outside the type area: {$line}
verify-line-long = {$count} characters, not {$wanted}, and no marks that give way: {$line}
verify-line-short = {$count} characters, not {$wanted}, though more would fit: {$line}
verify-register-figure = {$by} mm apart at most, on {$leaves ->
    [one] one leaf
   *[other] {$leaves} leaves
  }
verify-register = front and back are {$by} mm apart
verify-prohibitions-figure = {$breaks} line ends looked at
verify-line-start = a line begins with {$mark}
verify-line-end = a line ends with {$mark}
verify-parted = {$before} and {$after} are parted at a line's end
verify-runt-figure = {$runts} of {$paragraphs} paragraphs end in a line of one character
verify-runt = the last line is one character: {$line}
verify-widowed-figure = {$widowed} of {$pages} pages end with a heading
verify-widowed = a heading stands last on the page: {$heading}
verify-page-numbers-figure = {$numbered} of {$pages} pages numbered, {$below} mm below the type area
verify-number-on-cover = the cover has a page number
verify-number-on-blank = a blank page has a page number
verify-number-missing = {$numbers ->
    [0] the page has no number
   *[other] the page has {$numbers} numbers
  }
verify-number-order = the number is {$number}: not the next, or odd on a left-hand page
verify-number-height = the number stands {$is} mm below the type area, not {$wanted}
verify-number-side = the number stands {$is} characters from the outer edge, not {$wanted}
verify-number-size = the number is {$is} pt, not {$wanted}
verify-number-dashes = no dashes beside the number: {$is}
verify-fonts-embedded-figure = {$embedded} of {$fonts} fonts
verify-font-missing = the font {$font} is not in the file
verify-fonts-figure = {$fonts}
verify-role = {$kind ->
    [heading] headings of speeches are
    [speaker] speakers are
    [roles] roles of speakers are
    [words] the words are
   *[sub] headings inside speeches are
  } set in {$is}, not in {$role} {$size} pt
verify-number-font = page numbers are set in {$font}, not in {$role}
verify-font-stranger = {$count} characters in {$font}, a font that plays no role
verify-standards-figure = {$claims}
verify-standards-none = no standard claimed
verify-not-claimed = {$what} is missing
verify-contents-figure = {$right} of {$total} entries
verify-entry-missing = not in the contents: {$label}
verify-entry-foreign = in the contents and not in the source: {$label}
verify-entry-leads = {$label} leads to {$is}, and stands in {$wanted}
verify-entries-other = the contents are those of another text
verify-nav-missing = there are no contents
verify-ncx-missing = there is no NCX: older readers show no contents
verify-depth-figure = {$depth ->
    [one] one level
   *[other] {$depth} levels
}
verify-depth = a contents entry on level {$depth}: {$label}
verify-index-figure = {$right} of {$rows} rows
verify-index-missing = there is no index of speakers
verify-index-lacks = not in the index: {$name}
verify-index-foreign = in the index and not in the source: {$name}
verify-index-row = {$name} does not lead to the speeches of that name: {$is}
verify-page-list-figure = {$pages ->
    [one] one page
   *[other] {$pages} pages
}
verify-no-pages = no printed pages
verify-page-list-missing = pages are marked and not listed
verify-page-backwards = page {$number} stands behind page {$before}
verify-page-unmarked = page {$number} does not lead to the mark of that page
verify-page-unlisted = page {$number} is marked and not listed
verify-page-order = page {$number} stands before the page before it
verify-page-ncx = the NCX lists other pages
verify-markers-figure = {$right} of {$marks} marks are empty and named
verify-marker-text = text inside the mark of a page is lost to readers: {$text}
verify-marker-nameless = the mark of a page has no id or no name
verify-links-figure = {$right} of {$links} links
verify-link-dead = the link leads nowhere: {$href}
verify-link-remote = not in the book itself: {$href}
verify-file-missing = named in the manifest and not in the book: {$name}
verify-notes-figure = {$notes ->
    [one] one note
   *[other] {$notes} notes
}, {$references ->
    [one] one reference
   *[other] {$references} references
}
verify-note-aside = {$id} is an aside in the text: some readers hide it, others show it in the middle
verify-note-dead = the mark of a note leads to no note of its document: {$href}
verify-note-hidden = 多看 and its like leave {$id} out of the page, and its mark, which is no picture, does not open it: take away the class of its list
verify-note-picture = the mark of a note is a picture only, which some readers cannot touch: {$href}
verify-note-no-way-back = {$id} does not lead back to its mark
verify-note-untyped = the mark of a note is not called noteref: {$href}
verify-paragraphs-figure = {$right} of {$paragraphs} paragraphs
verify-paragraph-breaks = several paragraphs in one, parted by line ends: {$text}
verify-paragraph-indent = indented by blanks: {$text}
verify-body-font-figure = {$share} % of the text in fonts of the book
verify-body-font = {$selector} sets a font for the text: {$font}
verify-font-share = {$share} % of the text is set in fonts of the book
verify-colours-figure = {$colours ->
    [one] one fixed colour
   *[other] {$colours} fixed colours
}
verify-colour = a fixed colour without one for the dark: {$what}
verify-alternatives-figure = {$right} of {$pictures} pictures
verify-alternative-missing = the picture has no words: {$src}
verify-language-figure = {$right} of {$documents} documents
verify-language-foreign = words in another script without their language: {$text}
verify-language-missing = no language is named
verify-language-other = the language is {$is}, that of the book {$wanted}
verify-names-figure = {$right} of {$files} names
verify-name-unsafe = the name is not made of ASCII letters, digits, - and _, or too long: readers lose the file
verify-name-case = the name differs from {$other} by case only
verify-mimetype-figure = {$files ->
    [one] one file
   *[other] {$files} files
}
verify-mimetype-not-first = the archive does not begin with it
verify-mimetype-packed = it is packed, or has extra fields
verify-mimetype-other = it does not say application/epub+zip
verify-contents-empty = the contents are not filled in
verify-line-astray = the contents entry does not lead to its heading: {$label}
verify-styles-figure = {$right} of {$all} paragraphs
verify-style-missing = no named style: {$text}
verify-style-heading = a heading in the style “{$style}”, not in one of Word's headings: {$text}
verify-style-fontless = the style “{$style}” names no font for hanzi
verify-font-theme = {$count ->
    [one] one place takes
   *[other] {$count} places take
} a font from the theme
verify-word-page = {$what} is {$is} mm, not {$wanted}
verify-sections-figure = {$sections ->
    [one] one section
   *[other] {$sections} sections
}
verify-tables-figure = {$right} of {$tables} tables
verify-table-no-width = table {$table} or a cell of it has no width
verify-table-no-grid = table {$table} has columns without a width
verify-table-wide = table {$table} is wider than the type area

# merge
cmd-merge = put copies that departments edited in Word back into the source
arg-merge-source = today's source (Markdown or plain text)
arg-merge-copy = Word files that came back
arg-merge-output = the merged source; a folder when the book has many files; - is standard output
arg-merge-report = the account: JSON with a page (.html) beside it; the page alone when the name ends in .html
arg-merge-conflicts = edits that contradict each other: write nothing, or mark them in the text
arg-merge-comments = comments: told in the report only, or written into the source as comments
merge-source-form = { $file } is neither Markdown nor plain text, so edits cannot be put into it.
merge-source-form-help = Make it Markdown first: jianbao import { $file } -o source.md
merge-many-files = This book has { $count } source files, so -o must name a folder.
merge-base-missing = { $file } does not hold what was sent, so it is held against today's source.
merge-base-damaged = What { $file } keeps of what was sent is damaged, so it is held against today's source.
merge-base-version = What { $file } keeps of what was sent is of a later jianbao, so it is held against today's source.
merge-base-help = Where the source has changed since, the copy seems to take that back: look at every edit in the report.
merge-no-speech = In { $file } no heading of a speech can be told any more.
merge-headings-lost = { $file } has lost the headings of its speeches: { $lost }
merge-no-speech-help = Reject the deletion of headings and speakers' lines in Word, or put them back with their styles, and merge again; edits to their words are no hindrance.
returned-markdown = { $file } is Markdown, not a Word file.
returned-text = { $file } is plain text, not a Word file, whatever it is called.
returned-html = { $file } is a web page, not a Word file, whatever it is called.
returned-help = Ask for the Word file itself, in which the edits can be told. If there is none, compare the text with the source and change the source by hand.
merge-superseded = There is a later copy of { $file } ({ $later }), which counts instead.
merge-state-merged = merged
merge-state-identical = same
merge-state-conflict = conflict
merge-state-reported = report only
merge-kind-moved = a paragraph stands elsewhere
merge-kind-emphasis = emphasis put on or taken off
merge-kind-order = a speech stands elsewhere
merge-kind-kind = another style
merge-kind-look = looks otherwise than its style: { $formats }
merge-kind-picture = another picture, or in another place
merge-kind-picture-new = a picture put in
merge-kind-picture-gone = a picture taken out
merge-kind-already = the source says so already
merge-why-emphasis = The source cannot hold this emphasis.
merge-why-kind = What a line is the source says by its own marks; change it by hand.
merge-why-table = Rows or columns of a table changed; change it by hand.
merge-why-note = A note was added; write it into the source by hand.
merge-why-place = The source has no place for it that could be found; change it by hand.
merge-why-form = Written into the source it would be read as something else; change it by hand.
merge-why-order = A source in parts or several files is not put in another order; change it by hand.
merge-why-look = A source has no place for it. If the words were only marked, look what was meant; if they are to stand out, use emphasis (**…**).
merge-why-picture = A source names its pictures as files; exchange the file by hand.
merge-and = ,{" "}
merge-look-bold = bold
merge-look-italic = italic
merge-look-underline = underlined
merge-look-strike = struck through
merge-look-colour = in colour
merge-look-highlight = highlighted
merge-look-script = superscript or subscript
merge-look-mark = marked with dots
merge-look-effect = frame, capitals, width or height
merge-look-size = another size
merge-look-font = another font
merge-edit-insert = { $speech }: { $lead }[+{ $after }]{ $tail } ({ $who })
merge-edit-delete = { $speech }: { $lead }[-{ $before }]{ $tail } ({ $who })
merge-edit-replace = { $speech }: { $lead }[{ $before }→{ $after }]{ $tail } ({ $who })
merge-edit-words = { $speech }: { $lead }[{ $before }]{ $tail } ({ $who })
merge-side = { $file }: { $text }
merge-side-source = today's source: { $text }
merge-line = { $state }  { $edit }
merge-line-below = { "  " }{ $text }
merge-more = and { $count } more, see the report
merge-comments = Comments: { $count }, see the report.
merge-missing = Not returned yet: { $who }
merge-totals = Edits found: { $found } = { $merged } merged + { $identical } same + { $conflict } in conflict + { $reported } reported only.
merge-no-output = Edits contradict each other, so nothing was written.
merge-no-output-help = Decide by the report; or add --conflicts mark to have them marked in the text.
merge-marked = Conflicts marked in the text: { $count }. No book is made of it until each is decided and its marks are taken out.
merge-page-title = Merge report
merge-page-found = found
merge-page-merged = merged
merge-page-identical = same
merge-page-conflict = conflict
merge-page-reported = report only
merge-page-copies = Copies that came back
merge-page-file = File
merge-page-to = Department
merge-page-authors = Who worked in it
merge-page-base = Held against
merge-page-missing = Not returned yet
merge-page-nobody = All have returned
merge-page-comments = Comments
merge-page-source = today's source
merge-page-untracked = not tracked
merge-page-superseded = a later copy counts
merge-page-kept = what was sent
merge-page-today = today's source
conflict-left = {$source} still has marks of a conflict that a merge left: nothing was written
conflict-left-help = run jianbao check {$source} to find them, choose one wording and take the marks out

stage-prove = reading the files back
arg-proof = read the files back, compare and measure them as verify does, and put the proof beside them; exit 1 where it fails
proof-alone = --proof needs a PDF, an EPUB or a DOCX, and no standard output: the proof is a file beside them
proof-alone-given = a proof alone proves nothing: give the files it names as well
proof-not = {$file} is not a proof of this program (line {$line})
proof-not-help = give the .proof.json that build --proof wrote, or leave it out
proof-no-rule = none of the chosen rules is for these files
proof-failed-help = {$page ->
    [0] {$rule}, {$output}
   *[other] {$rule}, {$output}, page {$page}
 }; all findings are in {$file}
arg-verify-select = run only these rules or groups of rules
arg-verify-ignore = leave these rules or groups of rules out
arg-verify-list = the rules, each with the kind of file it is for and the standard it comes from
verify-kind-proof = earlier proof
verify-proof-files-figure = {$right} of {$files} files and {$fonts} of {$roles} fonts as they were
verify-proof-not-given = named in the proof and not given: {$file}
verify-proof-other-file = not the file that was proved: {$file}
verify-proof-unnamed = not named in the proof: {$file}
verify-proof-checks-figure = {$right} of {$total} checks come out as they did
verify-proof-not-repeated = {$check} cannot be repeated; the proof says: {$was}
verify-proof-other-figure = {$check} is now: {$is}; the proof says: {$was}
verify-glyphs-figure = {$right} of {$all} glyphs are those of their fonts
verify-glyph-other = what is told as {$char} is drawn as something else (font {$font})
verify-glyph-untold = glyphs whose text the file does not tell: {$text}
verify-glyph-hidden = text that is not seen: {$text}
verify-list-number = {$label} is said to be on page {$is}, and begins on page {$wanted}
verify-link-nowhere = a link leads nowhere
verify-link-leads = the link at {$label} leads to page {$is}, not to page {$wanted}
# The desk and watching: what is said, then the words of the page.
cmd-watch = make outputs anew whenever a source is saved
cmd-serve = open the desk in a browser
arg-serve-folder = folder to work in, by default this one; the desk reads and writes nowhere else
arg-serve-port = port on this machine; 0, the default, finds a free one
arg-serve-open = open the browser
serve-open = Open the address above in a browser; Ctrl+C ends the desk.
serve-no-browser = No browser was found; please open the address above yourself.
watch-changed = {$file} changed
watch-waiting = Watching { $count ->
    [one] 1 file
   *[other] {$count} files
}; Ctrl+C ends it.
watch-to-stdout = watch writes files: -o cannot be -
build-stopped = stopped, as you wished
desk-outside = {$file} lies outside the desk's folder and is not touched
desk-port = port {$port} cannot be used: {$why}
desk-port-help = choose another, or leave --port out and let it find one
desk-foreign-host = This is not the desk's own address; please open the one shown in the terminal.
desk-foreign-origin = This came from another web page; the desk does not answer it.
desk-no-token = Please open the whole address shown in the terminal; it carries the token.
desk-no-such-page = There is no such page; please reload.
desk-question = The desk did not understand this: {$why}
desk-cut-off = The file did not arrive whole; please try again.
desk-too-large = The file is too large; the most is {$size} MB.
desk-too-many = {$folder} holds {$count} files already; please clear it first.
desk-not-text = {$file} is not plain text and cannot be edited as it is; it can be read in as Markdown.
desk-manifest-encoding = {$file} is not UTF-8; please save it as UTF-8 first.
desk-changed-on-disk = {$file} was changed meanwhile by another program or page.
desk-settings-changed = {$file} was changed meanwhile; it was read again, please fill in once more.
desk-no-version = That version is not there any more.
desk-no-task = These files are gone; please make them again.
desk-no-copy = That copy is gone; please drop it again.
desk-undecided = { $count ->
    [one] One conflict is
   *[other] {$count} conflicts are
} to be decided first.
desk-booklet-name = booklet
desk-archive-name = books
desk-name = jianbao
desk-skip = Skip to the text
desk-views = The desk's four views
desk-tab-write = Write
desk-tab-set = Set
desk-tab-take = Take
desk-tab-merge = Merge
desk-parts = What to show
desk-part-outline = Outline
desk-part-text = Text
desk-part-pages = Pages
desk-close = Close
desk-cancel = Cancel
desk-working = Working…
desk-yes = passed
desk-no = failed
desk-unreachable = The desk does not answer; it may have been closed. Your text is still here: keep this page and start the desk again.
desk-saved = Saved
desk-saved-utf8 = Saved as UTF-8: the old encoding lacks a character
desk-saving = Saving…
desk-taken-from-disk = Another program changed the file; it was read in
desk-put-together = The file was changed elsewhere; both changes were put together
desk-two-texts = The same place was changed twice
desk-take-mine = Keep mine
desk-take-theirs = Take the one on disk
desk-take-both = Keep both, marked
desk-two-texts-hint = What you do not choose stays in the history, or one undo away.
desk-no-file = No text is open
desk-files = Texts
desk-folder = Texts in this folder
desk-folder-empty = There is no text in this folder yet.
desk-reads-in = is read in as Markdown
desk-drop = Drop a text here: Word (.docx), a web page, plain text or Markdown
desk-choose = Choose a file…
desk-new = New
desk-new-label = File name
desk-new-name = speeches
desk-paste = Paste the text (may be left empty)
desk-new-make = Create and open
desk-outline = Outline
desk-source = Text
desk-source-text = The text
desk-undo = Undo
desk-redo = Redo
desk-find = Find
desk-find-next = next
desk-find-previous = previous
desk-find-all = all
desk-find-case = match case
desk-find-regexp = regexp
desk-find-word = by word
desk-replace = Replace
desk-replace-one = replace
desk-replace-all = replace all
desk-standard = Punctuation
desk-standard-none = The punctuation is standard already.
desk-standard-count = {$count} marks would change, and no letter:
desk-standard-make = Change them
desk-history = History
desk-history-hint = Going back can be undone; nothing is lost.
desk-restore = Restore
desk-ago-now = just now
desk-ago-minutes = {$count} min ago
desk-ago-hours = {$count} h ago
desk-ago-days = {$count} days ago
desk-why-open = as opened
desk-why-edit = edited
desk-why-merge = merged
desk-why-restore = restored
desk-findings = Findings
desk-findings-count = {$count} to look at
desk-findings-none = Nothing to look at
desk-findings-more = {$count} more are not listed.
desk-fix = Fix
desk-fix-all = Fix all sure ones ({$count})
desk-why = Why
desk-error = error
desk-warning = warning
desk-info = note
desk-line = Line {$line}
desk-pages = Pages
desk-page = Page {$number}
desk-pages-settled = {$count} pages
desk-pages-draft = {$count} pages, settling
desk-view-mode = How to look
desk-view-single = Single pages
desk-view-spread = Spreads
desk-view-booklet = Booklet sheets
desk-view-ebook = E-book
desk-zoom-in = Zoom in
desk-zoom-out = Zoom out
desk-zoom-fit = Fit
desk-set-hint = What you fill in is saved in {$file}; the pages follow.
desk-set-default = (default)
desk-set-list-hint = one a line
desk-take-books = Books
desk-take-pdf = PDF (print)
desk-take-epub = EPUB (phone)
desk-take-docx = Word (.docx)
desk-take-booklet = Booklet sheets (office printer)
desk-take-press = Files for a printing house
desk-take-make = Make them
desk-take-part = Excerpt to send out
desk-take-part-hint = Which speeches, whose, or of which party: one is enough; none means all. It is made as a Word file that can be merged again under “Merge”.
desk-take-part-speeches = Speeches
desk-take-part-people = Speakers
desk-take-part-party = Party
desk-take-part-to = Sent to
desk-take-part-split = One file a speech
desk-take-excerpt = Make the excerpt
desk-take-progress = Progress
desk-take-stop = Stop
desk-take-stopped = Stopped; no file was kept.
desk-take-done = Done
desk-take-zip = All in one archive
desk-stage-read = Reading the text
desk-stage-make = Making {$format}
desk-stage-write = Writing files
desk-stage-verify = Comparing every character
desk-stage-impose = Laying out sheets
desk-proof = Proof: {$good} of {$count} passed
desk-proof-table = What was proved
desk-proof-ok = Result
desk-proof-rule = Rule
desk-proof-figure = Measured
desk-merge-hint = Drop the Word files that came back; their edits go into the text, and the old one stays in the history.
desk-merge-drop = Drop returned Word files here
desk-merge-choose = Choose copies…
desk-merge-remove = Leave {$name} out
desk-merge-totals = {$found} edits found: {$merged} merged, {$identical} the same, {$conflict} in conflict, {$reported} reported only
desk-merge-missing = Not returned yet: {$names}
desk-merge-open = {$count} conflicts to decide
desk-merge-apply = Put into the text
desk-merge-conflict = Conflict {$number}
desk-merge-own = Write it yourself
desk-merge-empty = (deleted)
desk-merge-comments = Comments
desk-merge-done = Merged; the text before it is in the history.
desk-group-briefing = Head
desk-group-distribution = Distribution
desk-group-print = Pages
desk-group-fonts = Fonts
desk-group-excerpt = Excerpts
desk-key-name = Name of the briefing
desk-key-number = Issue number
desk-key-issuer = Issuer
desk-key-date = Date
desk-key-title = Title
desk-key-event = Meeting
desk-key-status = Status
desk-key-signer = Signed by
desk-key-proofreader = Proof-reader
desk-key-security = Security
desk-key-urgency = Urgency
desk-key-head = Red head
desk-key-report = Report to
desk-key-send = Send to
desk-key-issue = Issue to
desk-key-copies = Copies
desk-key-profile = Page profile
desk-key-output-name = Output name
desk-key-font-title = Titles
desk-key-font-fang = Text (Fangsong)
desk-key-font-kai = Kaiti
desk-key-font-hei = Heiti
desk-key-font-song = Songti
desk-key-font-system = Use this machine's fonts
desk-key-return-to = Return to
desk-key-due = Due
desk-open-already = a desk is open over {$folder} already; use that one, or close it first
