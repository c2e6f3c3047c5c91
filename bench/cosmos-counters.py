#!/usr/bin/env python3
"""How many creates a second one bronorganisatie can take, when each create increments a counters document of Cosmos DB.

A model, not a measurement: a transaction takes SERVICE seconds, and of transactions that touch the same document at the same
moment one succeeds. The others get 449 and are retried after a random delay that doubles, as the SDK does (10 ms to 1 s).

  bench/cosmos-counters.py            # one document, and eight
"""
import heapq
import random

SERVICE = 0.006
SECONDS = 30


def simulate(creates_a_second, documents, seed=1):
    """The 50th and 95th percentile of the time of a create in seconds, and how many creates succeed a second."""
    rnd = random.Random(seed)
    events, n, moment = [], 0, 0.0
    while moment < SECONDS:
        moment += rnd.expovariate(creates_a_second)
        heapq.heappush(events, (moment, n, "start", moment, rnd.randrange(documents), 0, 0))
        n += 1
    version, times, last = [0] * documents, [], 0.0
    while events:
        now, _, kind, begun, document, attempt, seen = heapq.heappop(events)
        if now > 4 * SECONDS:
            break
        n += 1
        if kind == "start":
            heapq.heappush(events, (now + SERVICE, n, "end", begun, document, attempt, version[document]))
        elif version[document] == seen:
            version[document] += 1
            times.append(now - begun)
            last = now
        else:
            wait = rnd.uniform(0.5, 1.5) * min(1.0, 0.010 * 2**attempt)
            heapq.heappush(events, (now + wait, n, "start", begun, document, attempt + 1, 0))
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)], len(times) / max(last, SECONDS)


print("| creates offered a second | counters documents | p50, ms | p95, ms | creates a second |")
print("| --: | --: | --: | --: | --: |")
for rate in (50, 80, 120, 200, 400, 800):
    for documents in (1, 8):
        p50, p95, done = simulate(rate, documents)
        print(f"| {rate} | {documents} | {p50 * 1000:,.0f} | {p95 * 1000:,.0f} | {done:,.0f} |")
