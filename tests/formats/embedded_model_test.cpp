// SPDX-License-Identifier: Apache-2.0
#include "core/formats/model_files.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace lori;
using namespace lori::formats;

/// The real model, where it is installed.
class EmbeddedModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QTemporaryDir home;
        const auto path = resolveModel(home.path().toStdString(), "smollm2-135m-instruct");
        if (!path) {
            QSKIP("the embedded model is not installed: run packaging/run.sh, or set LORI_MODEL_DIR");
        }
        m_model = std::make_unique<ModelFiles>(openModel(*path).value());
    }

    void hasTheShapeOfSmolLm2()
    {
        QCOMPARE(m_model->config.shape, (experiment::ModelShape{30, 576, 9, 3, 64, 1536, 49152, true}));
        QCOMPARE(m_model->config.ropeTheta, 100000.0);
        QCOMPARE(static_cast<float>(m_model->config.rmsEpsilon), 1e-5F);
        QCOMPARE(m_model->config.contextLength, std::int64_t{8192});
        QVERIFY(m_model->permutedQueryKey);
    }

    void endsATurnWithImEndAsTransformersDoes() { QCOMPARE(m_model->config.eosIds.front(), std::int64_t{2}); }

    void everyWeightIsFinite()
    {
        std::vector<float> values;
        for (const TensorView& tensor : m_model->tensors->tensors()) {
            values.resize(static_cast<std::size_t>(tensor.count()));
            toFloat(tensor, values).value();
            QVERIFY2(std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); }), tensor.name.c_str());
        }
    }

    void hasItsFingerprint()
    {
        QCOMPARE(modelFingerprint(*m_model), std::string("16f8b22f2f43e8e884fa5f1846a2c0b869dfc5d43bbaebf1a8212743d48b7721"));
    }

private:
    std::unique_ptr<ModelFiles> m_model;
};

LORI_TEST(EmbeddedModelTest)
#include "embedded_model_test.moc"
