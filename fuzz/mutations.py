#!/usr/bin/env python3
"""Mutated files through the real program: fuzz/mutations.py [--count N] [--forms md,txt,html,docx] …

Every run must end in exit 0 to 3, without a panic, within 2 seconds and 512 MB. The same seed gives the
same mutations. Inputs that fail are kept in fuzz/found/mutations/. Standard library only.
"""

import argparse
import collections
import io
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
SECONDS = 2.0
MEGABYTES = 512
FOLDERS = {"md": ["markdown", "check", "normalize"], "txt": ["text", "normalize"], "html": ["html"], "docx": ["docx"]}

# What a careless or wicked hand puts into a text of each form.
ODD = [s.encode() for s in [
    "\0", "\u200b", "\u202e", "\ufeff", "\u3000", "\r", "\r\n", "\x1b[31m", "e\u0301", "\U00020bb7", "\U0001f642",
    "\uffff", "“", "”", "（", ")", "，", ",", "、", "。", "——", "……", "《", "》", "一、", "（二）", "第三部分",
    "主持人：", "林颂 市政协委员", "2026年2月30日", "99999999999999999999", "1,000", "12:30",
]] + [b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"\xa1\xa3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"]
OWN = {
    "md": [b"**", b"*", b"_", b"`", b"```\n", b"> " * 40, b"- " * 40, b"\n# ", b"\n### ", b"[^1]", b"\n[^1]: ", b"|-|-|",
           b"\n|a|b|\n|-|-|\n", b"![x](y.png)", b"[", b"](", b"<b>", b"<!--", b"-->", b"&amp;", b"&#0;", b"\n---\n",
           b"+++\n", b"\\", b"\t", b"<!-- jianbao: ignore -->"],
    "txt": ["　　".encode(), b"\t", b"    ", b"\n\n\n\n", "【".encode(), "】".encode(), b"1. ", "本报讯".encode()],
    "html": [b"<p>", b"</p>", b"<table><tr><td>", b"</table>", b"<div>" * 40, b"<br>", b"<script>", b"</script>", b"<!--",
             b"<meta charset=gbk>", b"&nbsp;", b"&#x110000;", b"&", b"<a href='x'>", b"<article>", b"<style>", b"<svg>",
             b"<![CDATA[", b"<ruby>", b"<sup>", b"<h2>"],
    "docx": [b"<w:p>", b"</w:p>", b"<w:tbl>", b"<w:tr/>", b"<w:tc>", b"<w:r>", b"<w:t>", b"</w:t>", b"&#x0;", b"&lt;", b"&x;",
             b"<w:fldChar w:fldCharType='begin'/>", b"<w:numPr><w:numId w:val='4294967295'/></w:numPr>", b"<w:del>",
             b"w:val='-9999999999'", b"<!DOCTYPE a>", b"<w:sdt>", b"<w:txbxContent>", b"xmlns:w='x'"],
}
ARCHIVE = [b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x08\0", b"word/document.xml"]


def damaged(data, others, pieces, dice):
    """A few small accidents, one after the other."""
    data = bytearray(data)
    for _ in range(dice.choice([1, 1, 2, 3, 6, 12])):
        at = dice.randrange(len(data) + 1)
        end = min(len(data), at + dice.choice([1, 3, 30, 300, 3000]))
        kind = dice.randrange(8)
        if kind == 0 and at < len(data):
            data[at] = dice.randrange(256)
        elif kind == 1 and at < len(data):
            data[at] ^= 1 << dice.randrange(8)
        elif kind == 2:
            del data[at:end]
        elif kind == 3:
            data[at:at] = data[at:end] * dice.choice([1, 1, 2, 50])
        elif kind == 4:
            other = dice.choice(others)
            start = dice.randrange(len(other) + 1)
            data[at:at] = other[start : start + dice.choice([5, 50, 500, 5000])]
        elif kind == 5:
            data[at:at] = dice.choice(pieces) * dice.choice([1, 1, 1, 2, 30, 1000])
        elif kind == 6 and dice.random() < 0.2:
            del data[at:]
        else:
            data[at:at] = dice.choice(pieces)
    return bytes(data[:4_000_000])


def damaged_text(data, others, pieces, dice):
    """The same for a text; of most, what is no character is left out, so that they come past the decoder."""
    data = damaged(data, others, pieces, dice)
    if dice.random() < 0.8:
        data = data.decode("utf-8", "ignore").replace("\0", "").encode()
    return data


def damaged_word(data, others, dice):
    """A Word file with accidents in its archive, or in the parts inside."""
    if dice.random() < 0.5:
        return damaged(data, others, ARCHIVE, dice)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        hurt = {"word/document.xml" if dice.random() < 0.6 else dice.choice(names)}
        parts = [old.read(name) for name in names if name.endswith(".xml")]
        for name in names:
            part = old.read(name)
            new.writestr(name, damaged(part, parts, OWN["docx"] + ODD, dice) if name in hurt else part)
    return packed.getvalue()


def inputs(form):
    """The corpus of a form; of DOCX only whole archives."""
    files = [f for folder in FOLDERS[form] for f in sorted((HERE / "corpus" / folder).iterdir())]
    return [f.read_bytes() for f in files if form != "docx" or f.suffix == ".docx"]


def run(command, folder):
    """Exit, seconds, megabytes and the last words of a run."""
    with open(folder / "stderr", "wb") as err:
        start = time.perf_counter()
        limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=err, cwd=folder, preexec_fn=limit)
        _, status, usage = os.wait4(process.pid, 0)
        # Processor time: what else the machine does is not the program's fault.
        took = min(time.perf_counter() - start, usage.ru_utime + usage.ru_stime)
        process.returncode = os.waitstatus_to_exitcode(status)
    words = (folder / "stderr").read_bytes()
    return process.returncode, took, usage.ru_maxrss / 1024, words


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=str(HERE.parent / "target/release/jianbao"))
    parser.add_argument("--count", type=int, default=10_000, help="mutations of each form")
    parser.add_argument("--forms", default="md,txt,html,docx")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build", type=int, default=10, help="one of so many is built as well")
    wish = parser.parse_args()
    program = shutil.which(wish.program) or sys.exit(f"{wish.program}: no such program; cargo build --release")
    kept, failures = HERE / "found/mutations", 0
    for form in wish.forms.split(","):
        sources, exits = inputs(form), collections.Counter()
        slowest, fattest = (0.0, 0), (0.0, 0)
        for k in range(wish.count):
            dice = random.Random(f"{wish.seed}/{form}/{k}")
            whole = dice.choice(sources)
            if form == "docx":
                data = damaged_word(whole, sources, dice)
            else:
                data = damaged_text(whole, sources, OWN[form] + ODD, dice)
            with tempfile.TemporaryDirectory() as folder:
                folder = pathlib.Path(folder)
                (folder / f"a.{form}").write_bytes(data)
                commands = [["check"]] + ([["build", "-f", "epub", "-o", "o"]] if k % wish.build == 0 else [])
                for words in commands:
                    code, took, fat, said = run([program, words[0], f"a.{form}", *words[1:]], folder)
                    exits[f"{words[0]} {code}"] += 1
                    slowest, fattest = max(slowest, (took, k)), max(fattest, (fat, k))
                    wrong = code not in (0, 1, 2, 3) or b"panicked" in said or took > SECONDS or fat > MEGABYTES
                    if wrong:
                        failures += 1
                        kept.mkdir(parents=True, exist_ok=True)
                        (kept / f"{wish.seed}-{k}.{form}").write_bytes(data)
                        print(f"{form} {k} {words[0]}: exit {code}, {took:.2f} s, {fat:.0f} MB", flush=True)
        told = ", ".join(f"{name}: {count}" for name, count in sorted(exits.items()))
        print(
            f"{form}: {wish.count} mutations; {told}; slowest {slowest[0]:.3f} s (number {slowest[1]}), "
            f"fattest {fattest[0]:.0f} MB (number {fattest[1]})",
            flush=True,
        )
    print(f"{failures} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
