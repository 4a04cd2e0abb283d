#!/usr/bin/env python3
"""Runs commands in turn and prints what they took: measure.py RUNS COMMAND… Standard library only."""

import os
import shlex
import statistics
import subprocess
import sys
import time


def run(command):
    """Seconds, processor seconds, megabytes and exit of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main():
    runs, commands = int(sys.argv[1]), [shlex.split(command) for command in sys.argv[2:]]
    taken = [[] for _ in commands]
    for k in range(runs + 1):
        # The order changes from round to round; the first round warms the caches.
        order = range(len(commands)) if k % 2 else reversed(range(len(commands)))
        for which in order:
            measured = run(commands[which])
            if k > 0:
                taken[which].append(measured)
    for command, rows in zip(commands, taken):
        print(f"{shlex.join(command)}  (exit {rows[-1][3]}, {runs} runs)")
        for name, column, unit, factor in [("wall", 0, "ms", 1e3), ("processor", 1, "ms", 1e3), ("memory", 2, "MB", 1)]:
            values = [row[column] * factor for row in rows]
            least, middle, most = min(values), statistics.median(values), max(values)
            print(f"  {name:<10} min {least:9.1f}  median {middle:9.1f}  max {most:9.1f} {unit}")
    if len(commands) == 2:
        # Pairs of runs, each beside the other.
        ratios = [one[0] / other[0] for one, other in zip(*taken)]
        print(f"first / second, wall, median of pairs: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
