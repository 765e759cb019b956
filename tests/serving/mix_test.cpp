// SPDX-License-Identifier: Apache-2.0
// A mix is the sum of its adapters, whichever way it is computed; its hash says what acts.
#include "core/merging/merge.h"
#include "core/serving/folded_shelf.h"
#include "core/serving/row_mixes.h"
#include "tests/engine_support/compare_tensors.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/serving/serving_fixture.h"
#include "tests/support/test_registry.h"

#include <ATen/Functions.h>

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace lori;
using namespace lori::serving;
using experiment::Projection;
using experiment::StageKind;

class MixTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = m_folder.path().toStdString();
        m_base = test::openTinyModel(m_root / "model");
        m_hash = m_base->weightsHash();
        test::writeAdapter(m_base, m_root / "a", {StageKind::LoriD, 1});
        test::writeAdapter(m_base, m_root / "b", {StageKind::Lora, 2, 8, {Projection::V, Projection::Down, Projection::Gate}});
        test::writeAdapter(m_base, m_root / "c", {StageKind::LoriD, 3, 2});
    }

    /// Against the merge of core/merging: weights in f64, logits within the rounding of f32.
    void isWhatConcatMerges()
    {
        const std::vector<double> weights{0.7, -0.4, 1.5};
        std::vector<formats::AdapterFiles> files;
        std::vector<ServedMix::Part> parts;
        for (const char* name : {"a", "b", "c"}) {
            files.push_back(formats::openAdapter(m_root / name).value());
            parts.push_back({openAdapterFolder(m_base, m_root / name), weights[parts.size()]});
        }
        merging::MergeOptions options;
        options.weights = weights;
        QVERIFY(merging::mergeAdapters(files, options, m_root / "merged").has_value());
        const formats::AdapterFiles merged = formats::openAdapter(m_root / "merged").value();
        ServedMix mix({m_base, m_hash}, parts, {});
        const at::Tensor unfolded = logits(mix);
        FoldedShelf shelf(1 << 30);
        shelf.prepare(mix, {});
        const auto folded = mix.fold({}, {});
        for (const formats::AdapterModule& module : merged.modules) {
            const model::Site site{module.layer, module.projection};
            const at::Tensor w =
                m_base->layers()[std::size_t(site.layer)].w_OI[std::size_t(site.projection)].asFloat().to(at::kDouble);
            const at::Tensor sum = w.add(at::mm(matrix(*module.b), matrix(*module.a)), merged.scaling(module));
            LORI_VERIFY_CLOSE(folded->w_OI[slotOf(site)].to(at::kDouble), sum, 1e-6);
        }
        const test::Command command = test::openAsCommand(m_base, m_root / "merged");
        const at::Tensor expected = command.decoder->logits(command.decoder->forward(rows(), nullptr));
        LORI_VERIFY_CLOSE(unfolded, expected, 1e-4);
        LORI_VERIFY_CLOSE(logits(mix), expected, 1e-4);
    }

    void theOrderOfItsPartsDoesNotMatter()
    {
        const auto a = openAdapterFolder(m_base, m_root / "a");
        const auto b = openAdapterFolder(m_base, m_root / "b");
        ServedMix one({m_base, m_hash}, {{a, 0.3}, {b, 2}}, {});
        ServedMix other({m_base, m_hash}, {{b, 2}, {a, 0.3}}, {});
        QVERIFY(at::equal(logits(one), logits(other)));
        QCOMPARE(one.weightsHash(), other.weightsHash());
    }

    void aSiteThatIsOffIsTheBases()
    {
        test::writeAdapter(
            m_base, m_root / "without-down",
            {StageKind::LoriD, 1, 4, {experiment::kAllProjections.begin(), experiment::kAllProjections.end()}, true});
        const auto a = openAdapterFolder(m_base, m_root / "a");
        const std::vector<model::Site> down{{0, Projection::Down}, {1, Projection::Down}};
        ServedMix off({m_base, m_hash}, {{a, 1}}, down);
        ServedMix without({m_base, m_hash}, {{openAdapterFolder(m_base, m_root / "without-down"), 1}}, {});
        LORI_VERIFY_CLOSE(logits(off), logits(without), 0);
        FoldedShelf shelf(1 << 30);
        shelf.prepare(off, {});
        ServedMix on({m_base, m_hash}, {{a, 1}}, {});
        shelf.prepare(on, {}); // the same folded weights
        QCOMPARE(shelf.bytes(), on.foldedBytes());
        LORI_VERIFY_CLOSE(logits(off), logits(without), 1e-5);
        QVERIFY(!at::allclose(logits(on), logits(off)));
    }

    void theHashSaysWhatActs()
    {
        auto session = Session::create(m_base).value();
        const std::string base = session->weightsHash();
        const AdapterHandle a = session->attach(m_root / "a").value().handle;
        const AdapterHandle b = session->attach(m_root / "b").value().handle;
        QCOMPARE(session->weightsHash(), base); // nothing acts yet
        std::vector<std::string> hashes{base};
        for (const Mix& mix : std::vector<Mix>{{{a, 1}}, {{b, 1}}, {{a, 0.5}}, {{a, 1}, {b, 1}}, {{a, 1}, {b, 0.5}}}) {
            session->setMix(mix).value();
            hashes.push_back(session->weightsHash());
        }
        session->setSitesOff({{1, Projection::Q}}).value();
        hashes.push_back(session->weightsHash());
        std::vector<std::string> different = hashes;
        std::sort(different.begin(), different.end());
        QVERIFY(std::adjacent_find(different.begin(), different.end()) == different.end());
        session->setSitesOff({}).value();

        const AdapterHandle again = session->attach(m_root / "a").value().handle;
        QVERIFY(again != a);
        session->setMix({{b, 0.5}, {again, 1}}).value();
        QCOMPARE(session->weightsHash(), hashes[5]);
        session->setMix({{b, 0}}).value();
        QCOMPARE(session->weightsHash(), base);
        session->setMix({{b, 1}}).value();
        std::vector<model::Site> all;
        for (const Projection p : {Projection::V, Projection::Down, Projection::Gate}) {
            all.push_back({0, p});
            all.push_back({1, p});
        }
        session->setSitesOff(all).value();
        QCOMPARE(session->weightsHash(), base);
    }

    void anAdapterThatIsDetachedLeavesTheMix()
    {
        auto session = Session::create(m_base).value();
        const std::string base = session->weightsHash();
        const AdapterHandle a = session->attach(m_root / "a").value().handle;
        const AdapterHandle b = session->attach(m_root / "b").value().handle;
        session->setMix({{a, 1}}).value();
        const std::string alone = session->weightsHash();
        session->setMix({{a, 1}, {b, 1}}).value();
        session->prepare().value();
        session->detach(b).value();
        QCOMPARE(session->weightsHash(), alone);
        QCOMPARE(session->mix().size(), std::size_t{1});
        session->detach(a).value();
        QCOMPARE(session->weightsHash(), base);
        QVERIFY(session->adapters().empty());
    }

    void foldedWeightsStayWithinTheirLimit()
    {
        const auto a = openAdapterFolder(m_base, m_root / "a");
        ServedMix first({m_base, m_hash}, {{a, 1}}, {});
        ServedMix second({m_base, m_hash}, {{a, 2}}, {});
        ServedMix third({m_base, m_hash}, {{a, 3}}, {});
        const at::Tensor expected = logits(third);
        FoldedShelf shelf(2 * first.foldedBytes());
        for (ServedMix* mix : {&first, &second, &third, &second, &first}) {
            shelf.prepare(*mix, {});
            mix->useFolded(nullptr);
            QVERIFY(shelf.bytes() <= 2 * first.foldedBytes());
        }
        shelf.prepare(third, {});
        LORI_VERIFY_CLOSE(logits(third), expected, 1e-4);
        shelf.forget(a->info.contentHash);
        QVERIFY(shelf.bytes() <= first.foldedBytes()); // memory for the next mix
    }

private:
    static model::PackedRows rows() { return model::packRows({{10, 20, 30, 40, 50, 60, 70}, {1, 2, 3}}, at::kCPU); }
    static at::Tensor logits(const ServedMix& mix)
    {
        RowMixes mixes({&mix}, {});
        const model::Decoder decoder(mix.model(), &mixes);
        return decoder.logits(decoder.forward(rows(), nullptr));
    }
    static at::Tensor matrix(const formats::TensorView& view)
    {
        at::Tensor tensor = at::empty(view.shape, at::kFloat);
        formats::toFloat(view, {tensor.mutable_data_ptr<float>(), static_cast<std::size_t>(tensor.numel())}).value();
        return tensor.to(at::kDouble);
    }

    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    std::shared_ptr<const model::BaseModel> m_base;
    std::string m_hash;
};

LORI_TEST(MixTest)
#include "mix_test.moc"
