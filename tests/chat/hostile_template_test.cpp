// SPDX-License-Identifier: Apache-2.0
#include "core/chat/chat_form.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <random>

using namespace lori;
using namespace lori::chat;

namespace {

Result<Rendered> run(const std::string& text)
{
    return ChatForm::fromConfig({{"chat_template", text}}).render({{"user", "Hi"}});
}

std::string repeated(const std::string& part, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i) {
        text += part;
    }
    return text;
}

} // namespace

/// Templates come with models from anywhere: whatever they are, they end, with a text or with one sentence.
class HostileTemplateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endsWithASentence_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const std::string& text) {
            QTest::newRow(name) << QString::fromStdString(text);
        };
        row("loops in loops", repeated("{% for i in range(99999) %}", 6) + "x" + repeated("{% endfor %}", 6));
        row("a text doubled again and again",
            "{% set ns = namespace(s='xxxxxxxxxxxxxxxx') %}{% for i in range(90) %}{% set ns.s = ns.s + ns.s %}{% endfor %}");
        row("a text times a number", "{{ 'abc' * 99999999999 }}");
        row("a list doubled", "{% set ns = namespace(l=[1]) %}{% for i in range(90) %}{% set ns.l = ns.l + ns.l %}{% endfor %}");
        row("a list in itself twice",
            "{% set ns = namespace(l=[1]) %}{% for i in range(90) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}");
        row("a list in itself", "{% set ns = namespace(l=[1]) %}{% for i in range(9999) %}{% set ns.l = [ns.l] %}{% endfor %}");
        row("a dict in itself",
            "{% set ns = namespace(l={}) %}{% for i in range(9999) %}{% set ns.l = {'a': ns.l} %}{% endfor %}");
        row("a macro that calls itself", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}");
        row("two macros", "{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ f() }}");
        row("a caller that calls itself", "{% macro f() %}{{ caller() }}{% endmacro %}{% macro h() %}{% call f() %}{{ h() }}{% "
                                          "endcall %}{% endmacro %}{{ h() }}");
        row("brackets", repeated("(", 50000) + "1" + repeated(")", 50000));
        row("open brackets", "{{ " + repeated("[", 100000));
        row("brackets in code", "{{ " + repeated("(", 50000) + "1" + repeated(")", 50000) + " }}");
        row("not", "{{ " + repeated("not ", 50000) + "1 }}");
        row("minus", "{{ " + repeated("- ", 50000) + "1 }}");
        row("plus", "{{ 1" + repeated(" + 1", 50000) + " }}");
        row("dots", "{{ a" + repeated(".b", 50000) + " }}");
        row("filters", "{{ a" + repeated("|trim", 50000) + " }}");
        row("ifs", repeated("{% if 1 %}", 50000));
        row("wide numbers", "{{ '%099999999999d' % 1 }}");
        row("wide fields", "{{ '{:99999999999}'.format(1) }}");
        row("padding", "{{ 'a'.center(99999999999) }}");
        row("a large range", "{{ range(99999999999) }}");
        row("an overflow", "{{ 9223372036854775807 + 1 }}");
        row("a power", "{{ 10 ** 99999 }}");
        row("a large number", "{{ 99999999999999999999 }}");
        row("dividing by zero", "{{ 1 // 0 }}{{ 1 % 0 }}");
        row("the smallest number", "{{ (-9223372036854775807 - 1) // -1 }}");
        row("replace grows", "{% set ns = namespace(s='aaaaaaaa') %}{% for i in range(30) %}{% set ns.s = ns.s | replace('a', "
                             "'aaaa') %}{% endfor %}");
        row("indent", "{{ 'a\nb' | indent(999999999999) ~ ('x' * 99999999) }}");
        row("recursion without end", "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}");
        row("internals", "{{ ''.__class__.__mro__ }}");
        row("formats inside formats", "{{ '{:{:{:{}}}}}'.format(1, 2, 3, 4) }}");
        row("joins", "{{ ('x' * 1000000) | list | join('y' * 1000000) }}");
        row("a large template", repeated("x", (1 << 20) + 1));
    }
    void endsWithASentence()
    {
        QFETCH(QString, text);
        const std::string source = text.toStdString();
        if (source.rfind("((", 0) == 0) { // outside of code it is only text
            QCOMPARE(run(source).value().text, source);
            return;
        }
        const auto result = run(source);
        QVERIFY2(!result.has_value(), "it came to an end with a text");
        QCOMPARE(exitCodeFor(result.error().code), 2);
        QVERIFY(result.error().what.find('\n') == std::string::npos);
    }

    void longConversationsMayCostMore()
    {
        std::string text;
        for (int i = 0; i < 200000; ++i) {
            text += "words ";
        }
        const ChatForm form = ChatForm::fromConfig(
            {{"chat_template", "{% for m in messages %}{{ m.content | trim | replace('w', 'v') }}{% endfor %}"}});
        std::vector<Message> messages(20, Message{"user", text});
        QVERIFY(form.render(messages).has_value());
    }

    void ringsAreOpened() // the sanitizer's leak check is the judge
    {
        QVERIFY(run("{% set ns = namespace() %}{% set ns.self = ns %}{% macro f() %}{% endmacro %}{% set ns.f = f %}"
                    "{% for x in [1] %}{% macro g() %}{{ ns }}{% endmacro %}{% set ns.g = g %}{% set ns.loop = loop %}{{ "
                    "loop.changed(loop) }}{% endfor %}")
                    .has_value());
    }

    void damagedTemplatesNeverCrash()
    {
        const std::string whole =
            "{%- set ns = namespace(a=[1, 2.5, 'x'], f=none) -%}{# c #}{% macro m(a, b='c') %}{{ a ~ b | upper }}{% endmacro %}"
            "{% for k, v in {'a': 1, 'b': [2]}.items() if k is string %}{{ loop.index }}{{ v | tojson(indent=2) }}{% else %}{% "
            "endfor %}"
            "{{ m('x', b='y'[0:1]) }}{% set t %}{{ messages[0]['content'].split(' ')[-1] }}{% endset %}{{ t if t is defined else "
            "'n' }}";
        QVERIFY(run(whole).has_value());
        std::mt19937 random(7);
        const std::string alphabet = "{}%#|'\"()[].,:~+-*/= \nabn01\\\xff";
        for (int i = 0; i < 4000; ++i) {
            std::string damaged = whole;
            for (int edits = 0; edits < 3; ++edits) {
                const std::size_t at = random() % damaged.size();
                switch (random() % 3) {
                case 0:
                    damaged.erase(at, 1 + random() % 9);
                    break;
                case 1:
                    damaged[at] = alphabet[random() % alphabet.size()];
                    break;
                default:
                    damaged.insert(at, damaged.substr(random() % damaged.size(), random() % 30));
                    break;
                }
            }
            const auto result = run(damaged);
            QVERIFY2(result.has_value() || exitCodeFor(result.error().code) == 2, damaged.c_str());
        }
    }
};

LORI_TEST(HostileTemplateTest)
#include "hostile_template_test.moc"
