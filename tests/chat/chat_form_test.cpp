// SPDX-License-Identifier: Apache-2.0
#include "core/chat/chat_form.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::chat;
using nlohmann::json;

namespace {

ChatForm withTemplate(const std::string& text)
{
    return ChatForm::fromConfig({{"chat_template", text}, {"bos_token", "<s>"}, {"eos_token", {{"content", "</s>"}}}});
}

std::string rendered(const ChatForm& form, const std::vector<Message>& messages, bool addGenerationPrompt = true)
{
    RenderOptions options;
    options.addGenerationPrompt = addGenerationPrompt;
    return form.render(messages, options).value().text;
}

constexpr const char* kTurns =
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";
const std::vector<Message> kChat{{"user", "Hi "}, {"assistant", "Yes"}, {"user", "More"}};

} // namespace

/// The expected texts are transformers' own; tests/parity/template_parity.py asks it live about published templates.
class ChatFormTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultSystemTextsMayStandInVariables()
    {
        const ChatForm form = withTemplate(
            std::string("{% set sys = 'Be kind.' %}{% if messages[0]['role'] == 'system' %}{% set sys = messages[0]['content'] %}"
                        "{% endif %}{{ '<|im_start|>system\\n' + sys + '<|im_end|>\\n' }}") +
            "{% for m in messages if m.role != 'system' %}{{ m.content }};{% endfor %}");
        QCOMPARE(rendered(form, {{"user", "Hi"}}), std::string("<|im_start|>system\nBe kind.<|im_end|>\nHi;"));
        QCOMPARE(rendered(form, {{"system", "S"}, {"user", "Hi"}}), std::string("<|im_start|>system\nS<|im_end|>\nHi;"));
    }

    void chatMlIsWrittenOut()
    {
        const ChatForm form = withTemplate(kTurns);
        QCOMPARE(rendered(form, {{"user", "Hi"}}), std::string("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"));
        QCOMPARE(rendered(form, {{"system", "S"}, {"user", "Hi"}}, false),
                 std::string("<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"));
        QCOMPARE(form.prompt("Hi").value(), rendered(form, {{"user", "Hi"}}));
    }

    void textOutsideOfCodeAndSpecialTokensAreKept()
    {
        const ChatForm form =
            withTemplate("{{ bos_token }}{% for m in messages %}{% if m['role'] == 'user' %}[INST] {{ m['content'] }} [/INST]"
                         "{% else %} {{ m['content'] }}{{ eos_token }}{% endif %}{% endfor %}");
        QCOMPARE(rendered(form, kChat), std::string("<s>[INST] Hi  [/INST] Yes</s>[INST] More [/INST]"));
    }

    void theTemplatesOwnRefusalIsTold()
    {
        const ChatForm form = withTemplate("{% for m in messages %}{% if m.role == 'system' %}\n"
                                           "{{ raise_exception('System role not supported') }}{% endif %}{% endfor %}");
        const auto result = form.render({{"system", "S"}});
        QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
        QVERIFY(result.error().sentence().find("System role not supported") != std::string::npos);
        QVERIFY(result.error().where.find("line 2") != std::string::npos);
    }

    void theDefaultOfSeveralTemplatesIsTaken()
    {
        const ChatForm form = ChatForm::fromConfig({{"chat_template",
                                                     {{{"name", "tool_use"}, {"template", "other"}},
                                                      {{"name", "default"}, {"template", "{{ messages[0].content }}"}}}}});
        QCOMPARE(rendered(form, {{"user", "Hi"}}), std::string("Hi"));
        const ChatForm none = ChatForm::fromConfig({{"chat_template", {{{"name", "rag"}, {"template", "x"}}}}});
        QVERIFY(none.render({{"user", "Hi"}}).error().what.find("'rag'") != std::string::npos);
    }

    void aBaseModelHasNoTemplate()
    {
        for (const json& config :
             {json(nullptr), json::object(), json({{"chat_template", nullptr}}), json({{"chat_template", 7}})}) {
            const ChatForm form = ChatForm::fromConfig(config);
            QVERIFY(!form.isThere());
            QCOMPARE(form.render({{"user", "Hi"}}).error().code, ErrorCode::NotFound);
        }
        QVERIFY(!ChatForm().isThere());
        QVERIFY(withTemplate("{% if %}").isThere()); // there, but broken
    }

    void furtherVariablesReachTheTemplate()
    {
        const ChatForm form =
            withTemplate("{% if enable_thinking is defined and enable_thinking is false %}off{% else %}on{% endif %}");
        RenderOptions options;
        QCOMPARE(form.render({{"user", "Hi"}}, options).value().text, std::string("on"));
        options.variables["enable_thinking"] = false;
        QCOMPARE(form.render({{"user", "Hi"}}, options).value().text, std::string("off"));
    }

    void specialTokensAreThoseOfTheFile()
    {
        const json config{{"chat_template", "{{ bos_token }}|{{ eos_token }}|{{ image_token }}|{{ unk_token }}"},
                          {"tokenizer_class", "LlamaTokenizerFast"},
                          {"eos_token", nullptr},
                          {"extra_special_tokens", {{"image_token", "<img>"}}}};
        QCOMPARE(rendered(ChatForm::fromConfig(config), {{"user", "Hi"}}), std::string("<s>||<img>|<unk>"));
    }

    void theDateIsTheOneThatIsGiven()
    {
        RenderOptions options;
        std::tm day{};
        day.tm_year = 126;
        day.tm_mon = 6;
        day.tm_mday = 4;
        options.now = day;
        QCOMPARE(withTemplate("{{ strftime_now('%d %b %Y') }}").render({{"user", "Hi"}}, options).value().text,
                 std::string("04 Jul 2026"));
        // As Python (3.11, glibc) writes a time without a zone.
        QCOMPARE(withTemplate("{{ strftime_now('%-d.%-m.%y %e|%%z|%z|%Z|') }}").render({{"user", "Hi"}}, options).value().text,
                 std::string("4.7.26  4|%z|||"));
        QCOMPARE(withTemplate("({{ strftime_now('') }})").render({{"user", "Hi"}}, options).value().text, std::string("()"));
    }

    void whatTheTemplateMarksAsTheAssistantsIsReported()
    {
        const ChatForm form =
            withTemplate("{% for m in messages %}{{ m.role }}: {% if m.role == 'assistant' %}{% generation %}{{ m.content }}!"
                         "{% endgeneration %}{% else %}{{ m.content }}{% endif %};{% endfor %}");
        const Rendered result = form.render({{"user", "é"}, {"assistant", "Yes"}}).value();
        QCOMPARE(result.text, std::string("user: é;assistant: Yes!;"));
        QCOMPARE(result.generated, (std::vector<Span>{{20, 24}}));
    }

    void messagesMayHaveMoreThanAText()
    {
        const ChatForm form = withTemplate("{% for m in messages %}{{ m.reasoning_content }}{{ m.content is defined }}"
                                           "{% if m.tool_calls %}{{ m.tool_calls | tojson }}{% endif %}{% endfor %}");
        const auto messages = nlohmann::ordered_json::parse(
            R"([{"role":"assistant","content":null,"thinking":"T","tool_calls":[{"b":1,"a":"é"}]}])");
        QCOMPARE(form.renderJson(messages).value().text, std::string("TFalse[{\"b\": 1, \"a\": \"é\"}]"));
        QCOMPARE(form.renderJson(nlohmann::ordered_json::array()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(form.renderJson(nlohmann::ordered_json::parse("[7]")).error().code, ErrorCode::InvalidArgument);
    }
};

LORI_TEST(ChatFormTest)
#include "chat_form_test.moc"
