// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/row_tokens.h"
#include "core/tokenizer/byte_alphabet.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::tasks;
using experiment::LearnedTurns;
using experiment::PromptTemplate;
using nlohmann::json;

namespace {

constexpr std::int32_t kStart = 256;
constexpr std::int32_t kEnd = 257;

/// One token for each byte, <s> and <e>.
std::unique_ptr<tokenizer::Tokenizer> bytes()
{
    json vocabulary = json::object();
    for (int byte = 0; byte < 256; ++byte) {
        vocabulary[tokenizer::toByteAlphabet(std::string(1, static_cast<char>(byte)))] = byte;
    }
    json added = json::array();
    for (const auto& [id, content] : {std::pair{kStart, "<s>"}, {kEnd, "<e>"}}) {
        added.push_back({{"id", id}, {"content", content}, {"special", true}, {"normalized", false}});
    }
    const json file{{"pre_tokenizer", {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", true}}},
                    {"decoder", {{"type", "ByteLevel"}}},
                    {"added_tokens", added},
                    {"model", {{"type", "BPE"}, {"vocab", vocabulary}, {"merges", json::array()}}}};
    return tokenizer::Tokenizer::fromJson(file, nullptr).value();
}

chat::ChatForm form(const std::string& text)
{
    return chat::ChatForm::fromConfig({{"chat_template", text}, {"bos_token", "<s>"}});
}

constexpr const char* kPlainTurns = "{% for m in messages %}{{ m.role[0] }}:{{ m.content }}<e>\n{% endfor %}"
                                    "{% if add_generation_prompt %}a:{% endif %}";

} // namespace

/// Rows as the model sees them, and what of them is learned.
class RowTokensTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_config = {}; }

    void aSystemTurnIsATurn()
    {
        const Row row{"Hi", "", "Arr.", {{"system", "Be a pirate."}}};
        QCOMPARE(seen(row, PromptTemplate::Chat), std::string("s:Be a pirate.<e>\nu:Hi<e>\na:[[Arr.<e>]]"));
        QCOMPARE(seen(row, PromptTemplate::Plain), std::string("Be a pirate.\n\nHi[[Arr.<e>]]"));
        QVERIFY(seen(row, PromptTemplate::Alpaca).find("### Instruction:\nBe a pirate.\n\nHi\n") != std::string::npos);
    }

    void everyAnswerOfAConversationIsLearned()
    {
        const Row row{"C", "", "D", {{"user", "A"}, {"assistant", "B"}}};
        QCOMPARE(seen(row, PromptTemplate::Chat), std::string("u:A<e>\na:[[B<e>]]\nu:C<e>\na:[[D<e>]]\n"));
        m_config.learnedTurns = LearnedTurns::Last;
        QCOMPARE(seen(row, PromptTemplate::Chat), std::string("u:A<e>\na:B<e>\nu:C<e>\na:[[D<e>]]\n"));
    }

    void severalTurnsNeedTheChatForm()
    {
        const Row row{"C", "", "D", {{"user", "A"}, {"assistant", "B"}}};
        const auto tokenizer = bytes();
        const auto chat = form(kPlainTurns);
        const auto result = seenRow(row, PromptTemplate::Plain, m_config, {*tokenizer, chat, {}, kEnd});
        QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
        QVERIFY(result.error().sentence().find("'chat'") != std::string::npos);
    }

    void theTemplatesOwnMarksAreExact()
    {
        m_template = "{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}{{ m.content }}<e>{% endgeneration %}!"
                     "{% else %}{{ m.content }}?{% endif %}{% endfor %}";
        QCOMPARE(seen({"C", "", "D", {{"user", "A"}, {"assistant", "B"}}}, PromptTemplate::Chat),
                 std::string("A?[[B<e>]]!C?[[D<e>]]!"));
    }

    void aTemplateWithoutAnEndTokenGetsTheModels()
    {
        m_template = "{% for m in messages %}{{ m.role }}={{ m.content }}\n{% endfor %}{% if add_generation_prompt "
                     "%}assistant={% endif %}";
        QCOMPARE(seen({"C", "", "D", {{"user", "A"}, {"assistant", "B"}}}, PromptTemplate::Chat),
                 std::string("user=A\nassistant=[[B]]\nuser=C\nassistant=[[D<e>]]"));
    }

    void thereIsOneStartToken()
    {
        const auto tokenizer = bytes();
        const auto with = form(std::string("{{ bos_token }}") + kPlainTurns);
        const auto without = form(kPlainTurns);
        for (const Row& row : {Row{"Hi", "", "Ho", {}}, Row{"C", "", "D", {{"user", "A"}, {"assistant", "B"}}}}) {
            for (const chat::ChatForm* chat : {&with, &without}) {
                const TokenizedRow ids =
                    tokenizedRow(row, PromptTemplate::Chat, LearnedTurns::All, {*tokenizer, *chat, kStart, kEnd});
                QCOMPARE(std::count(ids.prompt.begin(), ids.prompt.end(), kStart), std::ptrdiff_t{1});
                QCOMPARE(ids.prompt.front(), kStart);
            }
        }
        QCOMPARE(promptIds("<s>x", {*tokenizer, with, kStart, kEnd}), (std::vector<std::int32_t>{kStart, 'x'}));
        QCOMPARE(promptIds("x", {*tokenizer, with, kStart, kEnd}), (std::vector<std::int32_t>{kStart, 'x'}));
        QCOMPARE(promptIds("x", {*tokenizer, with, {}, kEnd}), (std::vector<std::int32_t>{'x'}));
    }

    void trainingAndAskingHaveTheSamePrompt()
    {
        const auto tokenizer = bytes();
        const auto chat = form(kPlainTurns);
        const Row row{"Hi", "there", "Ho", {{"system", "S"}}};
        for (const PromptTemplate how : {PromptTemplate::Chat, PromptTemplate::Plain, PromptTemplate::AlpacaReference}) {
            const RowEncoder encoder{*tokenizer, chat, kStart, kEnd};
            QCOMPARE(tokenizedRow(row, how, LearnedTurns::All, encoder).prompt, promptIds(promptText(row, how, chat), encoder));
        }
    }

    void aCutAnswerHasNoEndToken()
    {
        m_config.maxTokens = 10;
        TokenizedRow row{{1, 2}, {11, 12, 13, 14, 15, 16, 17, 18, 19, kEnd}};
        TokenizedRow ended = row;
        const Cut cut = truncateRow(row, m_config, kEnd);
        QVERIFY(cut.answer && !cut.prompt);
        QCOMPARE(row.response.back(), 18);
        m_config.endAfterCut = true;
        QVERIFY(truncateRow(ended, m_config, kEnd).answer);
        QCOMPARE(ended.response.back(), kEnd);
        QCOMPARE(ended.tokens(), std::int64_t{10});
    }

    void aCutPromptIsToldFromACutAnswer()
    {
        m_config.maxTokens = 10;
        m_config.maxPromptTokens = 4;
        TokenizedRow row{{1, 2, 3, 4, 5, 6, 7, 8}, {11, 12, 13, 14, kEnd}};
        const Cut cut = truncateRow(row, m_config, kEnd);
        QVERIFY(cut.prompt && !cut.answer);
        QCOMPARE(row.response.back(), kEnd);
        QCOMPARE(row.prompt, (std::vector<std::int32_t>{1, 2, 6, 7, 8}));
        m_config.truncation = experiment::Truncation::Reference;
        TokenizedRow reference{{1, 2, 3, 4, 5, 6}, {11, 12, 13, 14, 15, 16, 17, kEnd}};
        QVERIFY(truncateRow(reference, m_config, kEnd).answer);
        QCOMPARE(reference.prompt.size(), std::size_t{4});
        QCOMPARE(reference.response.size(), std::size_t{6});
        QCOMPARE(reference.response.back(), 16); // the reference loses EOS here (method.md §1.4)
        TokenizedRow fits{{1}, {2, kEnd}};
        QVERIFY(!truncateRow(fits, m_config, kEnd));
    }

    void aCutConversationKeepsItsMarks()
    {
        m_config.maxTokens = 12;
        const auto tokenizer = bytes();
        const auto chat = form(kPlainTurns);
        TokenizedRow row = tokenizedRow({"CCCCCCCC", "", "D", {{"user", "A"}, {"assistant", "B"}}}, PromptTemplate::Chat,
                                        LearnedTurns::All, {*tokenizer, chat, {}, kEnd});
        QVERIFY(truncateRow(row, m_config, kEnd).answer);
        QCOMPARE(row.tokens(), std::int64_t{12});
        QCOMPARE(row.learned.size(), row.response.size());
        QVERIFY(row.isLearned(0) && row.isLearned(1) && !row.isLearned(2));
    }

    void specialTokensHaveTheirPlacesInTheText()
    {
        const auto tokenizer = bytes();
        const auto chat = form(kPlainTurns);
        const Row row{"a <s", "", "<e", {{"user", "<e>"}, {"assistant", "é"}}}; // a typed mark is one too
        const SeenRow result = seenRow(row, PromptTemplate::Chat, m_config, {*tokenizer, chat, {}, kEnd}).value();
        std::string text;
        for (const SeenPart& part : result.parts) {
            std::size_t from = 0;
            for (const auto& [begin, end] : part.specials) {
                text += part.text.substr(from, begin - from) + "(" + part.text.substr(begin, end - begin) + ")";
                from = end;
            }
            text += part.text.substr(from);
        }
        QCOMPARE(text, std::string("u:(<e>)(<e>)\na:é(<e>)\nu:a <s(<e>)\na:<e(<e>)\n"));
    }

    void whatIsCutCanBeShownInItsPlace()
    {
        m_config.maxTokens = 10;
        m_config.maxPromptTokens = 4;
        const Row row{"12345678", "", "abcd", {}};
        QCOMPARE(withCuts(row), std::string("12{345}678[[abcd<e>]]"));
        QCOMPARE(seen(row, PromptTemplate::Plain), std::string("12678[[abcd<e>]]")); // nothing of it unless asked for
        m_config.truncation = experiment::Truncation::Reference;
        QCOMPARE(withCuts({"123456", "", "abcdefg", {}}), std::string("1234{56}[[abcdef]]{g<e>}"));
        QCOMPARE(withCuts({"1", "", "2", {}}), std::string("1[[2<e>]]"));
    }

private:
    /// A plain row with { } round what is cut.
    std::string withCuts(const Row& row)
    {
        const auto tokenizer = bytes();
        const auto chat = form(kPlainTurns);
        const SeenRow result =
            seenRow(row, PromptTemplate::Plain, m_config, {*tokenizer, chat, {}, kEnd}, CutParts::Show).value();
        std::string text;
        for (const SeenPart& part : result.parts) {
            text += part.isCut ? "{" + part.text + "}" : part.isLearned ? "[[" + part.text + "]]" : part.text;
        }
        return text;
    }
    /// The row with [[ ]] round what is learned.
    std::string seen(const Row& row, PromptTemplate how)
    {
        const auto tokenizer = bytes();
        const auto chat = form(m_template);
        const SeenRow result = seenRow(row, how, m_config, {*tokenizer, chat, {}, kEnd}).value();
        std::string text;
        for (const SeenPart& part : result.parts) {
            text += part.isLearned ? "[[" + part.text + "]]" : part.text;
        }
        m_template = kPlainTurns;
        return text;
    }

    experiment::DataConfig m_config;
    std::string m_template = kPlainTurns;
};

LORI_TEST(RowTokensTest)
#include "row_tokens_test.moc"
