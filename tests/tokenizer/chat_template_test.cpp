// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/tokenizer.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace lori;
using namespace lori::tokenizer;
using nlohmann::json;

namespace {

std::unique_ptr<Tokenizer> withConfig(const json& config)
{
    const json tokenizer = json::parse(R"({"pre_tokenizer":{"type":"ByteLevel"},"model":{"vocab":{"a":0},"merges":[]}})");
    return Tokenizer::fromJson(tokenizer, config).value();
}

std::unique_ptr<Tokenizer> withTemplate(const std::string& text)
{
    return withConfig({{"chat_template", text}, {"bos_token", "<s>"}, {"eos_token", {{"content", "</s>"}}}});
}

const std::vector<Message> kChat{{"user", "Hi "}, {"assistant", "Yes"}, {"user", "More"}};

} // namespace

/// The templates are shortened to what decides; the expected texts follow from running them by hand.
class ChatTemplateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chatMlPutsItsDefaultSystemTurnFirst()
    {
        for (const char* line : {"\n", "\\n"}) { // a line feed, or the escape for one
            const auto tokenizer =
                withTemplate(std::string("{% if messages[0]['role'] != 'system' %}{{ '<|im_start|>system") + line +
                             "Be kind.<|im_end|>" + line + "' }}{% endif %}{{'<|im_start|>' + message['role']}}");
            QCOMPARE(
                tokenizer->applyChatTemplate({{"user", "Hi"}}, true).value(),
                std::string("<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"));
            QCOMPARE(tokenizer->applyChatTemplate({{"system", "S"}, {"user", "Hi"}}, false).value(),
                     std::string("<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"));
        }
    }

    void chatMlWithoutASystemTextHasNoSystemTurn()
    {
        const auto tokenizer = withTemplate("{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>'}}");
        QCOMPARE(tokenizer->applyChatTemplate({{"user", "Hi"}}, false).value(), std::string("<|im_start|>user\nHi<|im_end|>\n"));
    }

    void llama3TrimsItsTurns()
    {
        const auto tokenizer =
            withTemplate("{{ bos_token }}{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>' }}{{ '<|eot_id|>' }}");
        QCOMPARE(
            tokenizer->applyChatTemplate(kChat, true).value(),
            std::string(
                "<s><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nYes<"
                "|eot_id|>"
                "<|start_header_id|>user<|end_header_id|>\n\nMore<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"));
    }

    void mistralKeepsTheSpacesOfItsTemplate()
    {
        const auto first =
            withTemplate("{{ bos_token }}{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}"
                         "{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token }}{% endif %}");
        QCOMPARE(first->applyChatTemplate(kChat, true).value(), std::string("<s>[INST] Hi  [/INST]Yes</s>[INST] More [/INST]"));
        const auto second =
            withTemplate("{{ bos_token }}{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + '[/INST]' }}"
                         "{% elif message['role'] == 'assistant' %}{{ ' ' + message['content'] + eos_token }}{% endif %}");
        QCOMPARE(second->applyChatTemplate(kChat, true).value(), std::string("<s>[INST] Hi [/INST] Yes</s>[INST] More[/INST]"));
        QCOMPARE(first->applyChatTemplate({{"system", "S"}}, true).error().code, ErrorCode::InvalidArgument);
    }

    void llama2PutsTheSystemTextIntoTheFirstTurn()
    {
        const auto tokenizer = withTemplate(
            R"({% if messages[0]['role'] == 'system' %}{% set content = '<<SYS>>\n' + system_message + '\n<</SYS>>\n\n' %}{% endif %})"
            R"({{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{{ ' '  + content.strip() + ' ' + eos_token }})");
        QCOMPARE(tokenizer->applyChatTemplate(kChat, true).value(),
                 std::string("<s>[INST] Hi [/INST] Yes </s><s>[INST] More [/INST]"));
        QCOMPARE(tokenizer->applyChatTemplate({{"system", "S"}, {"user", " Hi "}}, true).value(),
                 std::string("<s>[INST] <<SYS>>\nS\n<</SYS>>\n\n Hi [/INST]"));
        QCOMPARE(tokenizer->applyChatTemplate({{"assistant", "x"}}, true).error().code, ErrorCode::InvalidArgument);
    }

    void theDefaultOfSeveralTemplatesIsTaken()
    {
        const auto tokenizer = withConfig({{"chat_template",
                                            {{{"name", "tools"}, {"template", "other"}},
                                             {{"name", "default"}, {"template", "{{'<|im_start|>' + '<|im_end|>'}}"}}}}});
        QVERIFY(tokenizer->applyChatTemplate({{"user", "Hi"}}, false).has_value());
    }

    void refusesWhatItDoesNotKnow_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("another format") << "{{ '### User: ' + message['content'] }}";
        QTest::newRow("thinking") << "{{ '<|im_start|><think><|im_end|>' }}";
        QTest::newRow("the date") << "{{ '<|start_header_id|>Cutting Knowledge Date<|eot_id|>' }}";
        QTest::newRow("Llama 2 otherwise") << "{{ '[INST] <<SYS>>' + '[/INST]' }}";
        QTest::newRow("an open quote") << "{{ '";
    }
    void refusesWhatItDoesNotKnow()
    {
        QFETCH(QString, text);
        QCOMPARE(withTemplate(text.toStdString())->applyChatTemplate({{"user", "Hi"}}, true).error().code,
                 ErrorCode::Unsupported);
    }

    void aBaseModelHasNoTemplate()
    {
        for (const json& config :
             {json(nullptr), json::object(), json({{"chat_template", nullptr}}), json({{"chat_template", 7}})}) {
            QCOMPARE(withConfig(config)->applyChatTemplate({{"user", "Hi"}}, true).error().code, ErrorCode::NotFound);
        }
    }

    void refusesARoleWithoutATurn()
    {
        const auto tokenizer = withTemplate("{{'<|im_start|>' + '<|im_end|>'}}");
        QCOMPARE(tokenizer->applyChatTemplate({{"tool", "x"}}, true).error().code, ErrorCode::InvalidArgument);
    }
};

LORI_TEST(ChatTemplateTest)
#include "chat_template_test.moc"
