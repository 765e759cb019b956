// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_files.h"
#include "core/formats/model_files.h"
#include "core/formats/torch_file.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/formats/file_builders.h"
#include "tests/formats/torch_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <random>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;

namespace {

constexpr int kRounds = 3000;

/// One to eight changed bytes, now and then a cut or a repeated piece; the first `busy` bytes get most of it, because there the
/// structure is.
std::string mutated(std::string bytes, std::size_t busy, std::mt19937_64& random)
{
    const auto below = [&](std::size_t limit) {
        return static_cast<std::size_t>(random() % std::max<std::size_t>(limit, 1));
    };
    const std::size_t changes = 1 + below(8);
    for (std::size_t i = 0; i < changes && !bytes.empty(); ++i) {
        const std::size_t at = below(below(10) == 0 ? bytes.size() : std::min(busy, bytes.size()));
        switch (below(6)) {
        case 0:
            bytes[at] = static_cast<char>(0xff);
            break;
        case 1:
            bytes[at] = 0;
            break;
        case 2:
            bytes.erase(at, 1 + below(16));
            break;
        case 3:
            bytes.insert(at, bytes.substr(at, 1 + below(16)));
            break;
        default:
            bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << below(8)));
        }
    }
    return bytes;
}

/// Reads every byte of every tensor, so that a view past the mapping is noticed.
void touch(const TensorFile& tensors)
{
    for (const TensorView& tensor : tensors.tensors()) {
        std::vector<float> values(static_cast<std::size_t>(tensor.count()));
        (void)toFloat(tensor, values);
    }
}

void checkSentence(const Error& error)
{
    QVERIFY(!error.what.empty());
    QVERIFY2(error.code != ErrorCode::Internal && error.code != ErrorCode::OutOfMemory, error.sentence().c_str());
}

} // namespace

/// Thousands of slightly wrong files: each is opened or refused with a sentence. The sanitizers watch.
class MutationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void damagedGgufFilesAreOpenedOrRefused()
    {
        const TestFolder folder;
        const std::string whole = smallGguf().build();
        std::mt19937_64 random(1);
        int refused = 0;
        for (int i = 0; i < kRounds; ++i) {
            const auto model = openModel(folder.overwrite("x.gguf", mutated(whole, 2200, random)));
            if (model) {
                touch(*model->tensors);
                (void)tokenizer::Tokenizer::fromJson(model->tokenizerJson, model->tokenizerConfig);
                (void)modelFingerprint(*model);
            } else {
                checkSentence(model.error());
                ++refused;
            }
        }
        QVERIFY(refused > kRounds / 2 && refused < kRounds); // the mutations neither miss the structure nor break everything
    }

    void damagedQuantizedFilesAreOpenedOrRefused()
    {
        const TestFolder folder;
        const std::string whole = quantizedGguf().build();
        QVERIFY(openModel(folder.overwrite("x.gguf", whole)).has_value());
        std::mt19937_64 random(6);
        int refused = 0;
        for (int i = 0; i < kRounds / 3; ++i) {
            const auto model = openModel(folder.overwrite("x.gguf", mutated(whole, 2200, random)));
            if (model) {
                touch(*model->tensors);
            } else {
                checkSentence(model.error());
                ++refused;
            }
        }
        QVERIFY(refused > kRounds / 6 && refused < kRounds / 3);
    }

    void damagedSafetensorsAreOpenedOrRefused()
    {
        const TestFolder folder;
        const std::string whole = safetensorsBytes({{"a", {2, 3}}, {"b", {5}}, {"c", {4, 1, 2}}});
        std::mt19937_64 random(2);
        int refused = 0;
        for (int i = 0; i < kRounds; ++i) {
            const auto file = openSafetensors(folder.overwrite("x.safetensors", mutated(whole, 220, random)));
            if (file) {
                touch(*file->file);
            } else {
                checkSentence(file.error());
                ++refused;
            }
        }
        QVERIFY(refused > kRounds / 2 && refused < kRounds);
    }

    void damagedTorchFilesAreOpenedOrRefused()
    {
        const TestFolder folder;
        const std::string name = "base_model.model.model.layers.0.self_attn.q_proj.lora_B.default.weight";
        const std::string pickle =
            pickledTensors({{"a", "FloatStorage", "0", 6, 0, {3, 2}, {1, 3}}, {name, "BoolStorage", "1", 8, 2, {3, 2}, {}}});
        const std::vector<std::string> wholes{torchZip(pickle, {{"0", zeros(24)}, {"1", zeros(8)}}).build(),
                                              oldTorchFile(pickle, {{"0", 6, zeros(24)}, {"1", 8, zeros(8)}})};
        std::mt19937_64 random(5);
        int refused = 0;
        for (int i = 0; i < 3 * kRounds; ++i) {
            const std::string& whole = wholes[static_cast<std::size_t>(i % 2)];
            const auto path = folder.overwrite("x.pt", mutated(whole, whole.size(), random));
            if (const auto file = openTorchFile(path)) {
                touch(**file);
            } else {
                checkSentence(file.error());
                ++refused;
            }
            if (const auto mask = readMask(path); !mask) {
                checkSentence(mask.error());
            }
        }
        QVERIFY(refused > kRounds && refused < 3 * kRounds);
    }

    void damagedFoldersAreOpenedOrRefused()
    {
        const TestFolder folder;
        writeSmallFolder(folder);
        std::mt19937_64 random(3);
        const std::vector<std::string> names{"config.json", "tokenizer.json", "tokenizer_config.json", "generation_config.json"};
        for (int i = 0; i < kRounds; ++i) {
            const std::string& name = names[static_cast<std::size_t>(i) % names.size()];
            const std::string whole = readTextFile(folder.path() / name).value();
            folder.overwrite(name, mutated(whole, whole.size(), random));
            const auto model = openModel(folder.path());
            if (model) {
                const auto tokenizer = tokenizer::Tokenizer::fromJson(model->tokenizerJson, model->tokenizerConfig);
                if (tokenizer) {
                    (void)(*tokenizer)->decode((*tokenizer)->encode("ab a<|im_end|> \xff"), tokenizer::SpecialTokens::Keep);
                } else {
                    checkSentence(tokenizer.error());
                }
            } else {
                checkSentence(model.error());
            }
            folder.overwrite(name, whole);
        }
    }

    void damagedAdaptersAndMasksAreOpenedOrRefused()
    {
        const TestFolder folder;
        writeAdapter(folder.path() / "adapter", smallAdapter().adapter).value();
        writeMask(folder.path() / "mask", smallMask()).value();
        const std::string mask = readTextFile(folder.path() / "mask").value();
        std::mt19937_64 random(4);
        const std::vector<std::string> names{"adapter/adapter_config.json", "adapter/adapter_model.safetensors",
                                             "adapter/lori.json"};
        for (int i = 0; i < kRounds; ++i) {
            const std::string& name = names[static_cast<std::size_t>(i) % names.size()];
            const std::string whole = readTextFile(folder.path() / name).value();
            folder.overwrite(name, mutated(whole, 700, random));
            if (const auto adapter = openAdapter(folder.path() / "adapter")) {
                touch(*adapter->tensors);
                (void)checkAdapterFits(*adapter, {1, 32, 2, 1, 16, 64, 8, true});
            } else {
                checkSentence(adapter.error());
            }
            folder.overwrite(name, whole);
            if (const auto read = readMask(folder.overwrite("mask", mutated(mask, mask.size(), random))); !read) {
                checkSentence(read.error());
            } else {
                QVERIFY(read->kept() <= read->total());
            }
        }
    }
};

LORI_TEST(MutationTest)
#include "mutation_test.moc"
