#!/usr/bin/env python3
"""Adds latency to every IP packet between two addresses of one machine, where the kernel has no netem to do so.

usage: latency.py DEVICE MILLISECONDS

DEVICE is a TUN device whose route holds an address that nobody has. A packet to that address arrives here, waits for
half of a round trip, and is given back with source and destination exchanged: so the machine itself answers, as the
other address. TCP is the kernel's own at both ends; handshakes, acknowledgements and windows cost what they cost on a
real line. Exchanging the two addresses leaves all checksums as they are.
"""

import fcntl
import os
import select
import struct
import sys
import time
from collections import deque

TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000


def main() -> None:
    device, round_trip = sys.argv[1], float(sys.argv[2]) / 1000
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TUN | IFF_NO_PI))
    timer = select.poll()
    timer.register(tun, select.POLLIN)
    under_way = deque()  # All wait equally long, so the first that came is the first that goes.
    while True:
        now = time.monotonic()
        while under_way and under_way[0][0] <= now:
            os.write(tun, under_way.popleft()[1])
        try:
            # A few at a time: those that are due must not wait for the end of a burst.
            for _ in range(32):
                packet = os.read(tun, 65535)
                if packet[0] >> 4 != 4:
                    continue
                turned = packet[:12] + packet[16:20] + packet[12:16] + packet[20:]
                under_way.append((time.monotonic() + round_trip / 2, turned))
        except BlockingIOError:
            wait = (under_way[0][0] - time.monotonic()) * 1000 if under_way else None
            if wait is None or wait > 1:
                timer.poll(wait and int(wait))
            elif wait > 0:
                # poll counts whole milliseconds; what is left is slept.
                time.sleep(wait / 1000)


main()
