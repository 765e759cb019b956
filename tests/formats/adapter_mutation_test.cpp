// SPDX-License-Identifier: Apache-2.0
// Hundreds of variants of a valid adapter folder: each opens, or ends with one sentence. Meant for the asan preset too.
#include "core/formats/adapter_files.h"
#include "tests/formats/adapter_builder.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <limits>
#include <random>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;
using nlohmann::json;

namespace {

constexpr int kRounds = 600;

class Mutator final {
public:
    explicit Mutator(std::uint64_t seed) : m_random(seed) {}

    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(m_random() % std::max<std::size_t>(limit, 1)); }

    /// A value of any type for any field, strange ones among them.
    json value()
    {
        static const std::vector<const char*> kValues{"null",
                                                      "true",
                                                      "false",
                                                      "0",
                                                      "1",
                                                      "-1",
                                                      "2",
                                                      "4",
                                                      "1e308",
                                                      "0.5",
                                                      "9223372036854775807",
                                                      "\"\"",
                                                      "\"none\"",
                                                      "\"LORA\"",
                                                      "\"IA3\"",
                                                      "\"all-linear\"",
                                                      "\"q_proj\"",
                                                      "\".*\"",
                                                      "\"(\"",
                                                      "\"[a-\"",
                                                      "\"(a|b)*\"",
                                                      "\"pissa\"",
                                                      "\"\\u0000\"",
                                                      "[]",
                                                      "[null]",
                                                      "[0]",
                                                      "[1,1]",
                                                      "[\"q_proj\"]",
                                                      "[\"down_proj\",\"q_proj\"]",
                                                      "[\"\"]",
                                                      "[[0,1]]",
                                                      "{}",
                                                      "{\"q_proj\":2}",
                                                      "{\"q_proj\":4}",
                                                      "{\"\":2}",
                                                      "{\"(\":2}",
                                                      "{\"q_proj\":null}",
                                                      "{\"q_proj\":{\"q_proj\":1}}"};
        return json::parse(kValues[below(kValues.size())]);
    }
    void mutateConfig(json& config)
    {
        std::vector<std::string> keys{"feedforward_modules", "a_field_of_tomorrow"};
        for (const auto& [key, known] : config.items()) {
            keys.push_back(key);
        }
        const std::string& key = keys[below(keys.size())];
        below(5) == 0 ? static_cast<void>(config.erase(key)) : static_cast<void>(config[key] = value());
    }
    void mutateTensors(AdapterBuilder& adapter)
    {
        const std::size_t at = below(adapter.names.size());
        std::string& name = adapter.names[at];
        switch (below(7)) {
        case 0:
            name.erase(below(name.size()), 1 + below(8));
            break;
        case 1:
            name.insert(below(name.size()),
                        std::vector<std::string>{"model.", ".", "_orig_mod.", "9", "lora_", ".default"}[below(6)]);
            break;
        case 2:
            name = adapter.names[below(adapter.names.size())] + (below(2) == 0 ? "" : ".x");
            break;
        case 3:
            adapter.shapes[at] = {static_cast<std::int64_t>(adapter.values[at].size())};
            break;
        case 4:
            std::swap(adapter.shapes[at].front(), adapter.shapes[at].back());
            break;
        case 5:
            adapter.values[at][below(adapter.values[at].size())] =
                below(2) == 0 ? std::numeric_limits<float>::quiet_NaN() : std::numeric_limits<float>::infinity();
            break;
        default:
            adapter.shapes[at] = {0, 2};
            adapter.values[at].clear();
        }
    }

private:
    std::mt19937_64 m_random;
};

/// One line that says something and is no defect of the program.
void checkOneSentence(const Error& error)
{
    const QByteArray text = QByteArray::fromStdString(error.sentence());
    QVERIFY2(!error.what.empty() && text.size() < 600 && !text.contains('\n'), text);
    QVERIFY2(error.code != ErrorCode::Internal && error.code != ErrorCode::OutOfMemory, text);
}

} // namespace

class AdapterMutationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void variantsOpenOrEndWithOneSentence()
    {
        int opened = 0;
        for (int round = 0; round < kRounds; ++round) {
            Mutator mutator(static_cast<std::uint64_t>(round));
            AdapterBuilder adapter;
            if (round % 2 == 0) {
                adapter.config = everyField();
            }
            const bool inConfig = round % 3 != 0;
            for (std::size_t i = 0; i <= mutator.below(3); ++i) {
                inConfig ? mutator.mutateConfig(adapter.config) : mutator.mutateTensors(adapter);
            }
            const std::filesystem::path place = adapter.folder.path() / "adapter";
            adapter.folder.write("adapter/adapter_config.json", adapter.config.dump());
            if (!writeSafetensors(place / "adapter_model.safetensors", adapter.tensors(), {})) {
                continue; // two tensors of one name
            }
            if (round % 10 == 9) {
                const std::string file = readTextFile(place / "adapter_model.safetensors").value();
                adapter.folder.overwrite("adapter/adapter_model.safetensors", file.substr(0, mutator.below(file.size())));
            }
            const auto result = openAnyAdapter(place);
            if (result) {
                ++opened;
                const auto fits = checkAdapterFits(*result, {2, 32, 2, 1, 16, 64, 8, true});
                fits ? static_cast<void>(0) : checkOneSentence(fits.error());
            } else {
                checkOneSentence(result.error());
            }
        }
        QVERIFY2(opened > kRounds / 10 && opened < kRounds * 9 / 10, QByteArray::number(opened)); // else the mutations say little
    }
};

LORI_TEST(AdapterMutationTest)
#include "adapter_mutation_test.moc"
