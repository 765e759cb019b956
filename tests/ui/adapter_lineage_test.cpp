// SPDX-License-Identifier: GPL-3.0-or-later
// Where adapters come from: the recipe as a sentence, the boxes of the picture, and how a person walks through them.
#include "tests/support/test_registry.h"
#include "tests/ui/adapter_folders.h"
#include "tests/ui/window_fixture.h"
#include "ui/services/adapter_lineage.h"
#include "ui/widgets/lineage_view.h"

#include <QAccessible>
#include <QSignalSpy>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::adapterRun;
using lori::ui::test::WindowFixture;
using lori::ui::test::writeMerge;

namespace {

namespace fs = std::filesystem;
using Kind = LineageNode::Kind;

const KnownAdapter& named(const std::vector<KnownAdapter>& all, const fs::path& folder)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.folder == folder; });
    if (found == all.end()) {
        qFatal("no adapter %s", folder.c_str());
    }
    return *found;
}

AdapterLineage lineage(const WindowFixture& fixture, const fs::path& folder)
{
    const auto all = findAdapters(fixture.home);
    return lineageOf(named(all, folder), all, findMergeParents(fixture.home, *fixture.history, all));
}

/// "8 step(s)" where the language has no plural of it.
QString plain(QString text)
{
    return text.replace(QStringLiteral("(s)"), QStringLiteral("s"));
}

QStringList titles(const AdapterLineage& lineage)
{
    QStringList list;
    for (const LineageNode& node : lineage.nodes) {
        list.append(node.title);
    }
    return list;
}

class AdapterLineageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theChainOfARunIsASentenceAndBoxes()
    {
        WindowFixture fixture;
        const fs::path run = adapterRun(fixture.home, "Capitals", 11);
        const AdapterLineage sparse = lineage(fixture, run / "adapter" / "2-lori-s");
        QCOMPARE(plain(sparse.recipe),
                 QStringLiteral("SmolLM2-135M-Instruct (built in) + Safety → LoRI-D 8 steps → 90.0 % → LoRI-S 8 steps"));
        QCOMPARE(titles(sparse), (QStringList{QStringLiteral("SmolLM2-135M-Instruct (built in)"), QStringLiteral("Safety"),
                                              QStringLiteral("LoRI-D"), QStringLiteral("Mask"), QStringLiteral("LoRI-S")}));
        QCOMPARE(sparse.levels(), 4);
        QCOMPARE(sparse.nodes[2].parents, (std::vector<std::size_t>{0, 1}));
        QCOMPARE(sparse.nodes[2].folder, run / "adapter" / "0-lori-d");
        QCOMPARE(sparse.nodes[3].parents, std::vector<std::size_t>{2});
        QCOMPARE(sparse.nodes[4].parents, std::vector<std::size_t>{3});
        QVERIFY(plain(sparse.asText()).contains(QStringLiteral("LoRI-S (8 steps) from Mask")));
        const AdapterLineage dense = lineage(fixture, run / "adapter" / "0-lori-d");
        QCOMPARE(plain(dense.recipe), QStringLiteral("SmolLM2-135M-Instruct (built in) + Safety → LoRI-D 8 steps"));
        QCOMPARE(dense.nodes.size(), std::size_t{3});
    }

    void aMergeHasTheChainsOfItsParents()
    {
        WindowFixture fixture;
        const fs::path first = adapterRun(fixture.home, "Capitals", 11) / "adapter" / "2-lori-s";
        const fs::path second = adapterRun(fixture.home, "Sums", 12) / "adapter" / "2-lori-s";
        const fs::path merged = writeMerge(fixture.home, {first, second});
        const AdapterLineage all = lineage(fixture, merged);
        QCOMPARE(all.recipe, QStringLiteral("Capitals · LoRI-S + Sums · LoRI-S → merge (linear)"));
        QCOMPARE(all.nodes.back().kind, Kind::Merge);
        QCOMPARE(all.nodes.back().parents.size(), std::size_t{2});
        for (const std::size_t parent : all.nodes.back().parents) {
            QCOMPARE(all.nodes[parent].title, QStringLiteral("LoRI-S"));
        }
        QCOMPARE(all.nodes.size(), std::size_t{9}); // one model, one set of data, three stages each, the merge
    }

    void aParentThatIsGoneIsABoxStill()
    {
        WindowFixture fixture;
        const fs::path first = adapterRun(fixture.home, "Capitals", 11) / "adapter" / "2-lori-s";
        const fs::path merged = writeMerge(fixture.home, {first, fixture.home.root / "gone"});
        const AdapterLineage all = lineage(fixture, merged);
        const LineageNode& gone = all.nodes[all.nodes.back().parents.back()];
        QVERIFY(gone.folder.empty());
        QCOMPARE(gone.detail, QStringLiteral("not here"));
    }

    void aMergeOfItselfEnds()
    {
        WindowFixture fixture;
        const fs::path merged = writeMerge(fixture.home, {});
        KnownAdapter self = named(findAdapters(fixture.home), merged);
        self.merge->adapters = {{"self", 1, "", ""}, {"self", 1, "", ""}};
        const AdapterLineage all = lineageOf(self, {self}, {{merged, {merged, merged}}});
        QCOMPARE(all.nodes.size(), std::size_t{1});
        QVERIFY(all.nodes.front().parents.empty());
    }

    void otherRunsWithTheSameAAreCounted()
    {
        WindowFixture fixture;
        const fs::path run = adapterRun(fixture.home, "Capitals", 11);
        adapterRun(fixture.home, "Sums", 11);
        adapterRun(fixture.home, "Cities", 12);
        const auto all = findAdapters(fixture.home);
        QCOMPARE(othersWithSameA(named(all, run / "adapter" / "2-lori-s"), all), 2); // LoRI-D and LoRI-S of Sums
    }

    void keysWalkThePictureAndOpenWhatCanBeOpened()
    {
        WindowFixture fixture;
        const fs::path run = adapterRun(fixture.home, "Capitals", 11);
        LineageView view;
        view.setLineage(lineage(fixture, run / "adapter" / "2-lori-s"));
        view.resize(300, view.sizeHint().height());
        view.show();
        const QSignalSpy opened(&view, &LineageView::opened);
        QCOMPARE(view.current(), std::size_t{4});
        QTest::keyClick(&view, Qt::Key_Return); // the adapter itself is shown already
        QTest::keyClick(&view, Qt::Key_Up);
        QTest::keyClick(&view, Qt::Key_Return); // a mask has no page of its own
        QCOMPARE(opened.count(), 0);
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(plain(view.readOut()), QStringLiteral("LoRI-D, 8 steps; from SmolLM2-135M-Instruct (built in), Safety"));
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(view.current(), std::size_t{0});
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.current(), std::size_t{1});
        QTest::keyClick(&view, Qt::Key_Left);
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.current(), std::size_t{2});
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.boxOf(0).center().toPoint());
        QCOMPARE(opened.count(), 2);
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&view);
        QCOMPARE(accessible->text(QAccessible::Value), view.readOut());
        QCOMPARE(accessible->text(QAccessible::Description), view.lineage().asText());
        for (std::size_t node = 0; node < view.lineage().nodes.size(); ++node) {
            QVERIFY(view.rect().contains(view.boxOf(node).toAlignedRect()));
        }
    }
};

} // namespace

LORI_TEST(AdapterLineageTest)
#include "adapter_lineage_test.moc"
