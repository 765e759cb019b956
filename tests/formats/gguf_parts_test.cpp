// SPDX-License-Identifier: Apache-2.0
// Models cut into several GGUF files.
#include "core/formats/model_files.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;

namespace {

constexpr std::uint32_t kU16 = 2;

void setU16(GgufBuilder& builder, const std::string& key, std::uint16_t value)
{
    builder.set(key, littleEndian(kU16) + littleEndian(value));
}

/// The small model in three parts, as llama.cpp's splitter makes them: all metadata in the first.
std::vector<GgufBuilder> threeParts()
{
    const GgufBuilder whole = smallGguf();
    std::vector<GgufBuilder> parts(3);
    parts[0].entries = whole.entries;
    for (std::size_t i = 0; i < whole.tensors.size(); ++i) {
        parts[i % 3].tensors.push_back(whole.tensors[i]);
    }
    for (std::size_t i = 0; i < 3; ++i) {
        setU16(parts[i], "split.no", static_cast<std::uint16_t>(i));
        setU16(parts[i], "split.count", 3);
        parts[i].setU32("split.tensors.count", static_cast<std::uint32_t>(whole.tensors.size()));
    }
    return parts;
}

std::string partName(std::size_t number)
{
    return "x-0000" + std::to_string(number + 1) + "-of-00003.gguf";
}

void writeParts(const TestFolder& folder, const std::vector<GgufBuilder>& parts)
{
    for (std::size_t i = 0; i < parts.size(); ++i) {
        folder.write(partName(i), parts[i].build());
    }
}

/// The refusal when the model is opened by its first part.
Error refusal(const TestFolder& folder, std::size_t number = 0)
{
    const auto model = openModel(folder.path() / partName(number));
    return model ? Error{ErrorCode::Internal, "it was opened", {}, {}} : model.error();
}

} // namespace

class GgufPartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyPartOpensTheWholeModel()
    {
        const TestFolder folder;
        writeParts(folder, threeParts());
        for (std::size_t number = 0; number < 3; ++number) {
            const ModelFiles model = openModel(folder.path() / partName(number)).value();
            QCOMPARE(model.config.name, std::string("Small"));
            QCOMPARE(model.tensors->tensors().size(), smallShapes().size());
        }
        QCOMPARE(readModelConfig(folder.path() / partName(2)).value().shape.layers, std::int64_t{1});
    }

    void aMissingPartIsNamed()
    {
        for (std::size_t missing = 0; missing < 3; ++missing) {
            const TestFolder folder;
            writeParts(folder, threeParts());
            std::filesystem::remove(folder.path() / partName(missing));
            const Error error = refusal(folder, missing == 0 ? 1 : 0);
            QCOMPARE(error.code, ErrorCode::NotFound);
            QVERIFY2(error.what.find("part " + std::to_string(missing + 1) + " of 3") != std::string::npos &&
                         error.what.find(partName(missing)) != std::string::npos,
                     error.sentence().c_str());
        }
    }

    void aRenamedPartIsRefused()
    {
        const TestFolder folder;
        writeParts(folder, threeParts());
        std::filesystem::rename(folder.path() / partName(1), folder.path() / "second.gguf");
        const auto model = openModel(folder.path() / "second.gguf");
        QCOMPARE(model.error().code, ErrorCode::BadFile);
        QVERIFY2(model.error().what.find("'-00002-of-00003.gguf'") != std::string::npos, model.error().sentence().c_str());
    }

    void partsOfAnotherModelAreRefused()
    {
        const TestFolder folder;
        std::vector<GgufBuilder> parts = threeParts();
        setU16(parts[2], "split.count", 4);
        writeParts(folder, parts);
        QVERIFY2(refusal(folder).what.find("part 3 of 4, but its name says 3 of 3") != std::string::npos,
                 refusal(folder).sentence().c_str());
        parts = threeParts();
        parts[2].tensors.pop_back();
        writeParts(folder, parts);
        QVERIFY2(refusal(folder).what.find("the parts hold 10 tensors, but the first names 11") != std::string::npos,
                 refusal(folder).sentence().c_str());
        parts = threeParts();
        parts[2].tensors.back() = parts[0].tensors.front();
        writeParts(folder, parts);
        QVERIFY2(refusal(folder).what.find("occurs in two parts") != std::string::npos, refusal(folder).sentence().c_str());
    }

    void impossiblePlacesAreRefused()
    {
        const TestFolder folder;
        std::vector<GgufBuilder> parts = threeParts();
        setU16(parts[0], "split.no", 3);
        writeParts(folder, parts);
        QCOMPARE(refusal(folder).code, ErrorCode::BadFile);
        parts[0].remove("split.no");
        writeParts(folder, parts);
        QVERIFY2(refusal(folder).what.find("'split.no' is missing") != std::string::npos, refusal(folder).sentence().c_str());
    }

    void onePartOfOneIsAnOrdinaryFile()
    {
        const TestFolder folder;
        GgufBuilder builder = smallGguf();
        setU16(builder, "split.count", 1);
        setU16(builder, "split.no", 0);
        QVERIFY(openModel(folder.write("any name.gguf", builder.build())).has_value());
    }
};

LORI_TEST(GgufPartsTest)
#include "gguf_parts_test.moc"
