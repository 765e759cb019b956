// SPDX-License-Identifier: Apache-2.0
// Adapters on layers that the base model's class fuses, or that lie inside another model.
#include "core/formats/adapter_files.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <deque>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;
using experiment::Projection;
using nlohmann::json;

namespace {

/// Two query heads and one key-value head of 16, hidden 32: q has 32 rows, k and v 16.
experiment::ModelShape shape()
{
    return {1, 32, 2, 1, 16, 64, 8, true};
}

/// An adapter of rank 2 on some projections of layer 0; every entry is another number.
struct Made {
    std::deque<std::vector<float>> values;
    AdapterToWrite adapter;

    explicit Made(std::vector<Projection> targets, bool sharesA = false)
    {
        adapter.rank = 2;
        adapter.alpha = 4;
        adapter.baseModel = "base";
        adapter.record = {"lora", 0, "", 1, -1, "", "", "", "test"};
        adapter.place = adapterPlace("phi3", "model.", shape());
        for (const Projection projection : targets) {
            const experiment::ProjectionShape size = experiment::projectionShape(shape(), projection);
            add(peftKey(0, projection, 'A'), {2, size.in}, sharesA ? 0.5F : 1 + static_cast<float>(projection));
            add(peftKey(0, projection, 'B'), {size.out, 2}, 10 + static_cast<float>(projection));
        }
        adapter.targets = std::move(targets);
    }
    void add(const std::string& name, const std::vector<std::int64_t>& shapeOf, float first)
    {
        std::int64_t count = 1;
        for (const std::int64_t extent : shapeOf) {
            count *= extent;
        }
        std::vector<float>& list = values.emplace_back(static_cast<std::size_t>(count));
        for (std::size_t i = 0; i < list.size(); ++i) {
            list[i] = first + 0.001F * static_cast<float>(i);
        }
        adapter.tensors.push_back({name, DType::F32, shapeOf, std::as_bytes(std::span(list))});
    }
};

json configOf(const std::filesystem::path& folder)
{
    return json::parse(readTextFile(folder / "adapter_config.json").value());
}

std::vector<float> floats(const TensorView& view)
{
    std::vector<float> list(static_cast<std::size_t>(view.count()));
    toFloat(view, list).value();
    return list;
}

const AdapterModule* moduleOf(const AdapterFiles& adapter, Projection projection)
{
    for (const AdapterModule& module : adapter.modules) {
        if (module.projection == projection) {
            return &module;
        }
    }
    return nullptr;
}

/// Changes lori.json or removes it.
void editRecord(const std::filesystem::path& folder, const std::function<void(json&)>& edit)
{
    json record = json::parse(readTextFile(folder / "lori.json").value());
    edit(record);
    writeFileAtomically(folder / "lori.json", record.dump()).value();
}

} // namespace

class FusedAdapterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void partsOfOneLayerStandBelowEachOtherAndComeBackAsTheyWere()
    {
        const TestFolder folder;
        const std::filesystem::path place = folder.path() / "adapter";
        const Made made({Projection::Q, Projection::K, Projection::V, Projection::O, Projection::Gate, Projection::Up});
        writeAdapter(place, made.adapter).value();

        const json config = configOf(place);
        QCOMPARE(config.at("target_modules"), json({"model.layers.0.self_attn.qkv_proj", "model.layers.0.self_attn.o_proj",
                                                    "model.layers.0.mlp.gate_up_proj"}));
        QCOMPARE(config.at("rank_pattern").at("model.layers.0.self_attn.qkv_proj"), json(6));
        QCOMPARE(config.at("alpha_pattern").at("model.layers.0.mlp.gate_up_proj"), json(8)); // 4 / 2 is 8 / 4
        const SafetensorsFile opened = openSafetensors(place / "adapter_model.safetensors").value();
        const TensorView* b = opened.file->find("base_model.model.model.layers.0.self_attn.qkv_proj.lora_B.weight");
        QVERIFY(b != nullptr);
        QCOMPARE(b->shape, (std::vector<std::int64_t>{64, 6}));
        QCOMPARE(floats(*b)[2], 0.0F); // row 0 of q has no part in k's columns

        const AdapterFiles read = openAnyAdapter(place).value(); // its own record says where the parts end
        QCOMPARE(read.modules.size(), made.adapter.targets.size());
        for (std::size_t i = 0; i < read.modules.size(); ++i) {
            const AdapterModule* module = moduleOf(read, made.adapter.targets[i]);
            QVERIFY(module != nullptr);
            QCOMPARE(floats(*module->a), made.values[2 * i]);
            QCOMPARE(floats(*module->b), made.values[2 * i + 1]);
            QCOMPARE(read.scaling(*module), 2.0);
        }
    }

    void partsThatShareAKeepTheRank()
    {
        const TestFolder folder;
        const std::filesystem::path place = folder.path() / "adapter";
        writeAdapter(place, Made({Projection::Gate, Projection::Up}, true).adapter).value();
        QVERIFY(configOf(place).at("rank_pattern").empty());
        const AdapterFiles read = openAnyAdapter(place).value();
        QCOMPARE(moduleOf(read, Projection::Up)->a->shape, (std::vector<std::int64_t>{2, 32}));
        QCOMPARE(read.scaling(*moduleOf(read, Projection::Up)), 2.0);
    }

    void projectionsThatAreNotAdaptedGetZeros()
    {
        const TestFolder folder;
        const std::filesystem::path place = folder.path() / "adapter";
        writeAdapter(place, Made({Projection::Q, Projection::V}).adapter).value();
        const AdapterFiles read = openAnyAdapter(place).value();
        QCOMPARE(read.modules.size(), std::size_t{3});
        const std::vector<float> k = floats(*moduleOf(read, Projection::K)->b);
        QVERIFY(std::all_of(k.begin(), k.end(), [](float value) { return value == 0; }));
    }

    void withoutRecordTheBaseSaysWhereThePartsEnd()
    {
        const TestFolder folder;
        const std::filesystem::path place = folder.path() / "adapter";
        writeAdapter(place, Made({Projection::Q, Projection::K, Projection::V}).adapter).value();
        std::filesystem::remove(place / "lori.json");
        const experiment::ModelShape base = shape();
        QCOMPARE(moduleOf(openAnyAdapter(place, &base).value(), Projection::K)->b->shape, (std::vector<std::int64_t>{16, 2}));

        const auto alone = openAnyAdapter(place);
        QVERIFY(!alone);
        QCOMPARE(alone.error().code, ErrorCode::Unsupported);
        QVERIFY2(alone.error().what.find("qkv_proj") != std::string::npos, alone.error().what.c_str());
        experiment::ModelShape other = base;
        other.heads = 4;
        const auto wrong = openAnyAdapter(place, &other);
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().code, ErrorCode::Mismatch);
    }

    void aRecordThatDoesNotFitIsRefused_data()
    {
        QTest::addColumn<QString>("change");
        QTest::newRow("rows of another model") << R"({"rows":{"q_proj":999}})";
        QTest::newRow("no rows") << R"({"rows":null})";
        QTest::newRow("rows are text") << R"({"rows":{"q_proj":"many"}})";
        QTest::newRow("another family") << R"({"family":"granitemoehybrid"})";
    }
    void aRecordThatDoesNotFitIsRefused()
    {
        QFETCH(QString, change);
        const TestFolder folder;
        const std::filesystem::path place = folder.path() / "adapter";
        writeAdapter(place, Made({Projection::Q, Projection::K, Projection::V}).adapter).value();
        editRecord(place, [&](json& record) { record["place"].merge_patch(json::parse(change.toStdString())); });
        QVERIFY(!openAnyAdapter(place));
    }

    void aModelInsideAnotherKeepsItsPrefix()
    {
        const TestFolder folder;
        const std::filesystem::path place = folder.path() / "adapter";
        Made made({Projection::Q, Projection::Down});
        made.adapter.place = adapterPlace("gemma3_text", "model.language_model.", shape());
        writeAdapter(place, made.adapter).value();
        QCOMPARE(configOf(place).at("target_modules").at(0), json("model.language_model.layers.0.self_attn.q_proj"));
        const AdapterFiles read = openAnyAdapter(place).value();
        QCOMPARE(read.targets, made.adapter.targets);
        QVERIFY(read.place == made.adapter.place);
    }

    void aClassThatCallsEverythingAsWeDoNeedsNoPlace()
    {
        const TestFolder folder;
        Made made({Projection::Q});
        made.adapter.place = adapterPlace("llama", "model.", shape());
        writeAdapter(folder.path() / "adapter", made.adapter).value();
        QCOMPARE(configOf(folder.path() / "adapter").at("target_modules"), json({"q_proj"}));
        QVERIFY(!openAnyAdapter(folder.path() / "adapter").value().place);
    }

    void doraOnAPartOfALayerIsRefused()
    {
        const TestFolder folder;
        Made made({Projection::Q});
        made.adapter.kind = AdapterKind::Dora;
        made.add(peftMagnitudeKey(0, Projection::Q), {32}, 1);
        const auto written = writeAdapter(folder.path() / "adapter", made.adapter);
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::Unsupported);
        QVERIFY(!std::filesystem::exists(folder.path() / "adapter"));
    }

    void aStreamedAdapterGetsTheNamesOfItsClass()
    {
        const TestFolder folder;
        const std::filesystem::path place = folder.path() / "adapter";
        const Made made({Projection::Q, Projection::K, Projection::V});
        AdapterToWrite plain = made.adapter;
        plain.place.reset();
        writeAdapter(place, plain).value(); // as streamAdapter() leaves it
        AdapterToWrite description = made.adapter;
        description.tensors.clear();
        useNamesOfClass(place, description).value();
        QCOMPARE(configOf(place).at("target_modules"), json({"model.layers.0.self_attn.qkv_proj"}));
        QCOMPARE(floats(*moduleOf(openAnyAdapter(place).value(), Projection::V)->b), made.values[5]);
    }
};

LORI_TEST(FusedAdapterTest)
#include "fused_adapter_test.moc"
