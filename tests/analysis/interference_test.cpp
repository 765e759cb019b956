// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/interference.h"
#include "tests/analysis/memory_tensors.h"
#include "tests/support/test_registry.h"

#include <Eigen/Dense>

#include <QtTest>

#include <cmath>
#include <limits>
#include <random>

using namespace lori;
using namespace lori::analysis;
using experiment::Projection;

namespace {

using Dense = Eigen::MatrixXd;
using Floats = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct Module {
    std::int64_t layer;
    Projection projection;
    Floats a;
    Floats b;
};

formats::AdapterFiles adapterOf(const std::vector<Module>& modules, double alpha)
{
    formats::AdapterFiles adapter;
    adapter.folder = "/memory/adapter";
    adapter.rank = modules.front().a.rows();
    adapter.alpha = alpha;
    auto tensors = std::make_unique<analysis::test::MemoryTensors>();
    for (const Module& module : modules) {
        for (const Floats* matrix : {&module.a, &module.b}) {
            tensors->add("tensor", {matrix->rows(), matrix->cols()}, {matrix->data(), matrix->data() + matrix->size()});
        }
    }
    for (std::size_t i = 0; i < modules.size(); ++i) {
        adapter.modules.push_back(
            {modules[i].layer, modules[i].projection, &tensors->tensors()[2 * i], &tensors->tensors()[2 * i + 1]});
    }
    adapter.tensors = std::move(tensors);
    return adapter;
}

class Random final {
public:
    explicit Random(unsigned seed) : m_engine(seed) {}
    /// `kept`: share of the entries that are not 0.
    Floats matrix(std::int64_t rows, std::int64_t columns, double kept = 1)
    {
        std::normal_distribution<float> normal;
        std::uniform_real_distribution<double> uniform;
        Floats values(rows, columns);
        for (std::int64_t i = 0; i < values.size(); ++i) {
            values.data()[i] = uniform(m_engine) < kept ? normal(m_engine) : 0.0F;
        }
        return values;
    }

private:
    std::mt19937 m_engine;
};

/// Two layers, two projections of different sizes.
std::vector<Module> randomModules(unsigned seed, std::int64_t rank, double kept = 1)
{
    Random random(seed);
    std::vector<Module> modules;
    for (std::int64_t layer = 0; layer < 2; ++layer) {
        for (const auto& [projection, out, in] : {std::tuple{Projection::Q, 24, 40}, std::tuple{Projection::Down, 40, 96}}) {
            modules.push_back({layer, projection, random.matrix(rank, in), random.matrix(out, rank, kept)});
        }
    }
    return modules;
}

Dense delta(const formats::AdapterFiles& adapter, const Module& module)
{
    return adapter.scaling() * module.b.cast<double>() * module.a.cast<double>();
}

bool near(double got, double wanted, double tolerance = 1e-9)
{
    return std::abs(got - wanted) <= tolerance * std::max(1.0, std::abs(wanted));
}

} // namespace

/// Against dense f64 arithmetic on ΔW itself.
class InterferenceTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMeasureEqualsDenseArithmetic()
    {
        const std::vector<std::vector<Module>> parts{randomModules(1, 4), randomModules(2, 4, 0.3), randomModules(3, 4, 0.5)};
        std::vector<formats::AdapterFiles> adapters;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            adapters.push_back(adapterOf(parts[i], 8.0 * static_cast<double>(i + 1)));
        }
        const auto report = measureInterference(adapters, 2);
        QVERIFY(report.has_value());
        QCOMPARE(report->modules.size(), std::size_t{4});
        std::vector<double> squared(3, 0.0);
        std::vector<double> inner(3, 0.0);
        double together = 0;
        double crossSquared = 0;
        for (std::size_t m = 0; m < parts[0].size(); ++m) {
            const Interference& got = report->modules[m].values;
            std::vector<Dense> deltas;
            Dense sum = Dense::Zero(parts[0][m].b.rows(), parts[0][m].a.cols());
            Dense linearA = Dense::Zero(4, parts[0][m].a.cols());
            Dense linearB = Dense::Zero(parts[0][m].b.rows(), 4);
            for (std::size_t i = 0; i < 3; ++i) {
                deltas.push_back(delta(adapters[i], parts[i][m]));
                sum += deltas.back();
                linearA += std::sqrt(adapters[i].scaling()) * parts[i][m].a.cast<double>();
                linearB += std::sqrt(adapters[i].scaling()) * parts[i][m].b.cast<double>();
                squared[i] += deltas[i].squaredNorm();
            }
            const Dense cross = linearB * linearA - sum;
            QVERIFY(near(got.linearCrossTerms, cross.norm() / sum.norm()));
            QVERIFY(near(got.energyRatio,
                         sum.squaredNorm() / (deltas[0].squaredNorm() + deltas[1].squaredNorm() + deltas[2].squaredNorm())));
            together += sum.squaredNorm();
            crossSquared += cross.squaredNorm();
            std::size_t place = 0;
            for (std::size_t i = 0; i < 3; ++i) {
                for (std::size_t j = i + 1; j < 3; ++j) {
                    const double product = deltas[i].cwiseProduct(deltas[j]).sum();
                    QVERIFY(near(got.pairs[place].cosine, product / (deltas[i].norm() * deltas[j].norm())));
                    checkPair(got.pairs[place], parts[i][m], parts[j][m]);
                    inner[place++] += product;
                }
            }
        }
        QVERIFY(near(report->total.pairs[0].cosine, inner[0] / std::sqrt(squared[0] * squared[1])));
        QVERIFY(near(report->total.pairs[2].cosine, inner[2] / std::sqrt(squared[1] * squared[2])));
        QVERIFY(near(report->total.energyRatio, together / (squared[0] + squared[1] + squared[2])));
        QVERIFY(near(report->total.linearCrossTerms, std::sqrt(crossSquared / together)));
        QVERIFY(near(report->norms[1], std::sqrt(squared[1])));
        QVERIFY(report->sameProjection.empty());
        QCOMPARE(report->layers.size(), std::size_t{2});
    }

    void threadsDoNotChangeABit()
    {
        const std::vector<Module> one = randomModules(4, 4);
        const std::vector<Module> two = randomModules(5, 4);
        std::vector<formats::AdapterFiles> adapters;
        adapters.push_back(adapterOf(one, 8));
        adapters.push_back(adapterOf(two, 8));
        const auto alone = measureInterference(adapters, 1);
        const auto four = measureInterference(adapters, 4);
        QCOMPARE(alone->total.pairs[0].cosine, four->total.pairs[0].cosine);
        QCOMPARE(alone->total.pairs[0].rowOverlap, four->total.pairs[0].rowOverlap);
    }

    void theSameAdapterTwiceIsRecognized()
    {
        const std::vector<Module> modules = randomModules(6, 4, 0.4);
        std::vector<formats::AdapterFiles> adapters;
        adapters.push_back(adapterOf(modules, 8));
        adapters.push_back(adapterOf(modules, 8));
        const auto report = measureInterference(adapters);
        QVERIFY(near(report->total.pairs[0].cosine, 1));
        QVERIFY(near(report->total.pairs[0].rowOverlap, 1));
        QCOMPARE(report->total.pairs[0].jaccard, 1.0);
        QCOMPARE(report->total.pairs[0].signConflicts, 0.0);
        QVERIFY(near(report->total.energyRatio, 2));
        QVERIFY(near(report->total.linearCrossTerms, 1)); // B·A four times instead of twice: as much again
        QCOMPARE(report->sameProjection.size(), std::size_t{1});
    }

    void independentProjectionsOverlapByChanceAlone()
    {
        Random random(7);
        std::vector<formats::AdapterFiles> adapters;
        for (int i = 0; i < 2; ++i) {
            adapters.push_back(adapterOf({{0, Projection::Q, random.matrix(32, 1024), random.matrix(64, 32, 0.1)}}, 64));
        }
        const PairInterference pair = measureInterference(adapters)->total.pairs[0];
        QVERIFY(near(pair.rowChance, 32.0 / 1024));
        QVERIFY(std::abs(pair.rowOverlap - pair.rowChance) < 0.005);
        QVERIFY(std::abs(pair.jaccard - pair.jaccardChance) < 0.03);
        QVERIFY(std::abs(pair.cosine) < 0.05);
    }

    void aMissingModuleCountsAsZero()
    {
        std::vector<Module> whole = randomModules(8, 4);
        std::vector<Module> half{whole[0], whole[1]};
        std::vector<formats::AdapterFiles> adapters;
        adapters.push_back(adapterOf(whole, 8));
        adapters.push_back(adapterOf(half, 8));
        const auto report = measureInterference(adapters);
        QVERIFY(report.has_value());
        QCOMPARE(report->modules[3].values.pairs[0].cosine, 0.0);
        QVERIFY(near(report->modules[3].values.energyRatio, 1));
        QCOMPARE(report->sameProjection.size(), std::size_t{1}); // where both have a module, they have one A
        adapters.pop_back();
        adapters.push_back(adapterOf({randomModules(9, 4)[0], whole[1]}, 8));
        QVERIFY(measureInterference(adapters)->sameProjection.empty());
    }

    void dependentRowsOfASpanLess()
    {
        Random random(13);
        Module one{0, Projection::Q, random.matrix(4, 40), random.matrix(24, 4)};
        Module two = one;
        two.a.row(2) = two.a.row(0) - two.a.row(1); // spans two rows of the first, and none of its own
        two.a.row(3).setZero();
        std::vector<formats::AdapterFiles> adapters;
        adapters.push_back(adapterOf({one}, 8));
        adapters.push_back(adapterOf({two}, 8));
        const PairInterference pair = measureInterference(adapters)->total.pairs[0];
        QVERIFY(near(pair.rowOverlap, 1, 1e-6));
        QVERIFY(near(pair.rowChance, 4.0 / 40));
        two.a.setZero();
        adapters.pop_back();
        adapters.push_back(adapterOf({two}, 8));
        const PairInterference none = measureInterference(adapters)->total.pairs[0];
        QCOMPARE(none.rowOverlap, 0.0);
        QCOMPARE(none.rowChance, 0.0);
    }

    void oneSeedIsToldFromTheRecords()
    {
        std::vector<formats::AdapterFiles> adapters;
        for (const auto& [rank, method, seed] :
             {std::tuple{4, "lori-d", 7}, std::tuple{8, "lori-s", 7}, std::tuple{4, "lora", 7}, std::tuple{4, "lori-d", 8}}) {
            adapters.push_back(adapterOf(randomModules(static_cast<unsigned>(20 + adapters.size()), rank), 8));
            adapters.back().record = formats::AdapterRecord{};
            adapters.back().record->method = method;
            adapters.back().record->projectionSeed = static_cast<std::uint64_t>(seed);
        }
        using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;
        QVERIFY((measureInterference(adapters)->sameSeed == Pairs{{0, 1}})); // the A of LoRA is trained
        adapters[2].record->projectionHash = "abc";
        adapters[3].record->projectionHash = "abc";
        QVERIFY((measureInterference(adapters)->sameSeed == Pairs{{0, 1}, {2, 3}}));
        QVERIFY(measureInterference(adapters)->sameProjection.empty());
    }

    void differentRanksAreCompared()
    {
        std::vector<formats::AdapterFiles> adapters;
        const std::vector<Module> four = randomModules(9, 4);
        const std::vector<Module> eight = randomModules(10, 8);
        adapters.push_back(adapterOf(four, 8));
        adapters.push_back(adapterOf(eight, 8));
        const auto report = measureInterference(adapters);
        const Dense one = delta(adapters[0], four[0]);
        const Dense two = delta(adapters[1], eight[0]);
        QVERIFY(near(report->modules[0].values.pairs[0].cosine, one.cwiseProduct(two).sum() / (one.norm() * two.norm())));
        QCOMPARE(report->total.linearCrossTerms, 0.0); // `linear` needs equal ranks
        QCOMPARE(report->total.pairs[0].shared, 0);
    }

    void wrongAdaptersAreRefused()
    {
        const std::vector<Module> modules = randomModules(11, 4);
        std::vector<formats::AdapterFiles> adapters;
        adapters.push_back(adapterOf(modules, 8));
        QCOMPARE(measureInterference(adapters).error().code, ErrorCode::InvalidArgument);

        std::vector<Module> wider = modules;
        wider[1].b = Random(1).matrix(41, 4);
        adapters.push_back(adapterOf(wider, 8));
        const auto mismatch = measureInterference(adapters);
        QCOMPARE(mismatch.error().code, ErrorCode::Mismatch);
        QVERIFY2(mismatch.error().what.find("layer 0 down_proj has 41 out-features") != std::string::npos,
                 mismatch.error().what.c_str());

        std::vector<Module> broken = modules;
        broken[2].a(1, 1) = std::numeric_limits<float>::quiet_NaN();
        adapters.pop_back();
        adapters.push_back(adapterOf(broken, 8));
        QCOMPARE(measureInterference(adapters).error().code, ErrorCode::NonFinite);

        adapters.pop_back();
        adapters.push_back(adapterOf(modules, 8));
        adapters[0].record = formats::AdapterRecord{};
        adapters[1].record = formats::AdapterRecord{};
        adapters[0].record->baseFingerprint = "one";
        adapters[1].record->baseFingerprint = "another";
        QCOMPARE(measureInterference(adapters).error().code, ErrorCode::Mismatch);
    }

    void itCanBeStopped()
    {
        const std::vector<Module> modules = randomModules(12, 4);
        std::vector<formats::AdapterFiles> adapters;
        adapters.push_back(adapterOf(modules, 8));
        adapters.push_back(adapterOf(modules, 8));
        std::int64_t seen = 0;
        const auto stopped = measureInterference(adapters, 2, [&](std::int64_t done, std::int64_t) {
            seen = done;
            return done < 2;
        });
        QCOMPARE(stopped.error().code, ErrorCode::Stopped);
        QVERIFY(seen >= 2);
    }

private:
    static void checkPair(const PairInterference& got, const Module& one, const Module& two)
    {
        const Dense q1 = orthonormal(one.a);
        const Dense q2 = orthonormal(two.a);
        QVERIFY(near(got.rowOverlap, (q1.transpose() * q2).squaredNorm() / 4));
        std::int64_t used1 = 0;
        std::int64_t used2 = 0;
        std::int64_t shared = 0;
        std::int64_t opposite = 0;
        for (std::int64_t i = 0; i < one.b.size(); ++i) {
            const float x = one.b.data()[i];
            const float y = two.b.data()[i];
            used1 += x != 0 ? 1 : 0;
            used2 += y != 0 ? 1 : 0;
            shared += x != 0 && y != 0 ? 1 : 0;
            opposite += x * y < 0 ? 1 : 0;
        }
        QCOMPARE(got.shared, shared);
        QVERIFY(near(got.jaccard, static_cast<double>(shared) / static_cast<double>(used1 + used2 - shared)));
        QVERIFY(near(got.containment, static_cast<double>(shared) / static_cast<double>(std::min(used1, used2))));
        QVERIFY(near(got.signConflicts, static_cast<double>(opposite) / static_cast<double>(shared)));
    }
    /// An orthonormal basis of the row space, as columns.
    static Dense orthonormal(const Floats& a)
    {
        const Dense columns = a.cast<double>().transpose();
        return Eigen::HouseholderQR<Dense>(columns).householderQ() * Dense::Identity(columns.rows(), columns.cols());
    }
};

LORI_TEST(InterferenceTest)
#include "interference_test.moc"
