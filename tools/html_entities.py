#!/usr/bin/env python3
"""Writes src/page/html_entities_table.inc: the named character references of the HTML standard (13.5), as Python's
standard library knows them, in a hash table of those that end in ';' and a list of the 106 that may go without.
Run: tools/html_entities.py > src/page/html_entities_table.inc
"""
from html.entities import html5

SLOTS = 8192


def fnv(name):
    value = 2166136261
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return (value ^ (value >> 15)) % SLOTS


def c_bytes(text):
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def main():
    full = sorted(name[:-1] for name in html5 if name.endswith(";"))
    short = sorted(name for name in html5 if not name.endswith(";"))
    assert all(name in full for name in short)
    slots = [0] * SLOTS
    for number, name in enumerate(full, 1):
        at = fnv(name)
        while slots[at]:
            at = (at + 1) % SLOTS
        slots[at] = number
    print("// Written by tools/html_entities.py; do not edit.")
    print("#ifdef VIGIE_ENTITY  // VIGIE_ENTITY(name, UTF-8), in the order that the slots number from 1")
    for name in full:
        print(f'VIGIE_ENTITY("{name}", "{c_bytes(html5[name + ";"])}")')
    print("#endif\n#ifdef VIGIE_ENTITY_SLOTS")
    for start in range(0, SLOTS, 24):
        print("".join(f"{slot}," for slot in slots[start:start + 24]))
    print("#endif\n#ifdef VIGIE_SHORT_ENTITY  // those that need no ';'")
    for name in short:
        print(f'VIGIE_SHORT_ENTITY("{name}", "{c_bytes(html5[name])}")')
    print("#endif")


if __name__ == "__main__":
    main()
