// SPDX-License-Identifier: Apache-2.0
#include "core/chat/conversation.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::chat;

namespace {

const std::vector<Message> kTalk{
    {"system", "Yes"}, {"user", "Yes?"}, {"assistant", "Yes"}, {"user", "No?"}, {"assistant", "No."}};

/// The text with the answers in brackets.
std::string marked(const std::string& chatTemplate, const std::vector<Message>& messages = kTalk)
{
    const Conversation conversation =
        renderConversation(ChatForm::fromConfig({{"chat_template", chatTemplate}, {"eos_token", "</s>"}}), messages).value();
    std::string text = conversation.text;
    for (auto answer = conversation.answers.rbegin(); answer != conversation.answers.rend(); ++answer) {
        text.insert(answer->span.end, "]").insert(answer->span.begin, "[");
    }
    return text;
}

} // namespace

/// Which parts of a rendered conversation are the assistant's.
class LearnedSpansTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAreFoundBehindTheTurnsBeforeThem()
    {
        QCOMPARE(
            marked("{% for m in messages %}<{{ m.role }}>{{ m.content }}<end>\n{% endfor %}{% if add_generation_prompt "
                   "%}<assistant>{% endif %}"),
            std::string("<system>Yes<end>\n<user>Yes?<end>\n<assistant>[Yes]<end>\n<user>No?<end>\n<assistant>[No.]<end>\n"));
    }

    void aSpaceInFrontOfTheAnswerIsTheModels()
    {
        QCOMPARE(marked("{% for m in messages %}{% if m.role == 'assistant' %} {{ m.content }}{{ eos_token }}{% else %}[INST]{{ "
                        "m.content }}[/INST]{% endif %}{% endfor %}",
                        {{"user", "A"}, {"assistant", "B"}, {"user", "C"}, {"assistant", " D "}}),
                 std::string("[INST]A[/INST][ B]</s>[INST]C[/INST][  D] </s>"));
    }

    void theTemplatesOwnMarksGoFirst()
    {
        QCOMPARE(marked("{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}{{ m.content }}<end>{% "
                        "endgeneration %}{% else %}{{ m.content }}{% endif %}|{% endfor %}"),
                 std::string("Yes|Yes?|[Yes<end>]|No?|[No.<end>]|"));
    }

    void rewrittenAnswersAreNotLearned()
    {
        const std::string chatTemplate = "{% for m in messages %}<{{ m.role }}>{{ m.content if loop.last else "
                                         "m.content.split('</think>')[-1] }}<end>{% endfor %}"
                                         "{% if add_generation_prompt %}<assistant>{% endif %}";
        const std::vector<Message> talk{
            {"user", "A"}, {"assistant", "<think>x</think>B"}, {"user", "C"}, {"assistant", "<think>y</think>D"}};
        QCOMPARE(marked(chatTemplate, talk),
                 std::string("<user>A<end><assistant>B<end><user>C<end><assistant>[<think>y</think>D]<end>"));
        QCOMPARE(renderConversation(ChatForm::fromConfig({{"chat_template", chatTemplate}}), talk).value().rewritten,
                 std::int64_t{1});
    }

    void whatTheTemplatePutsInFrontIsContext()
    {
        QCOMPARE(marked("{% for m in messages %}<{{ m.role }}>{% if loop.last and m.role == 'assistant' %}<think></think>{% "
                        "endif %}{{ m.content }}<end>{% endfor %}"
                        "{% if add_generation_prompt %}<assistant>{% endif %}"),
                 std::string(
                     "<system>Yes<end><user>Yes?<end><assistant>[Yes]<end><user>No?<end><assistant><think></think>[No.]<end>"));
    }

    void aLastAnswerThatIsNotThereIsRefused()
    {
        const auto result = renderConversation(
            ChatForm::fromConfig({{"chat_template", "{% for m in messages %}{{ m.content | upper }}{% endfor %}"}}),
            {{"user", "a"}, {"assistant", "b"}});
        QCOMPARE(result.error().code, ErrorCode::Unsupported);
    }
};

LORI_TEST(LearnedSpansTest)
#include "learned_spans_test.moc"
