#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# lupdate of Qt 6.8.2: a class in a namespace whose header has, before it, another class with a nested `enum class … : type` in it
# loses that namespace, so that its texts get the context "Reader" instead of "shop::Reader". The program looks them up under the
# full name that moc gives, and finds no translation. Without the type behind the nested enum, or with the enum outside of the
# class, the context is right. lupdate of Qt 6.4.2 gets all three right.
#
# Seen on 2026-11-29: "shop::Reader" for the untyped and the outer enum, "Reader" for the nested typed one.
# What it means for us: our texts are collected and judged by Qt 6.4's lupdate (tests/ui/check_translations.cmake); with 6.8 texts
# that are long translated look new.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q PySide6_Essentials==6.8.2 shiboken6==6.8.2
cd "$work"
printf '#include "reader.h"\nnamespace shop {\nQString Reader::text() { return tr("hello"); }\n}\n' > reader.cpp
context() { # what stands before the class; gives the context of its text
    printf '#pragma once\nnamespace shop {\n%s\nclass Reader : public QObject {\n    Q_OBJECT\npublic:\n    QString text();\n};\n}\n' "$1" > reader.h
    rm -f out.ts
    venv/bin/pyside6-lupdate reader.h reader.cpp -I . -ts out.ts > log 2>&1 || { cat log; exit 1; }
    sed -n 's/.*<name>\(.*\)<\/name>.*/\1/p' out.ts
}
untyped=$(context 'struct Shelf { enum class Kind { Low, High }; };')
outer=$(context 'enum class Kind : unsigned char { Low, High };')
typed=$(context 'struct Shelf { enum class Kind : unsigned char { Low, High }; };')
echo "nested without a type: $untyped; outside with a type: $outer; nested with a type: $typed"
[ "$untyped" = shop::Reader ] && [ "$outer" = shop::Reader ] && [ "$typed" = Reader ]
