// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "ui/frame/message_bar.h"
#include "ui/models/mask_words.h"
#include "ui/pages/masks/mask_controls.h"
#include "ui/pages/masks/masks_page.h"
#include "ui/services/app_context.h"
#include "ui/services/page_router.h"
#include "ui/widgets/b_matrix_view.h"
#include "ui/widgets/number_field.h"

#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include <cmath>
#include <fstream>
#include <random>

using namespace lori;
using namespace lori::ui;
using experiment::Projection;

namespace {

constexpr std::int64_t kLayers = 3;
constexpr std::int64_t kRank = 4;
const std::vector<Projection> kTargets{Projection::Q, Projection::V};

std::filesystem::path pathOf(const QTemporaryDir& folder)
{
    return folder.path().toStdString();
}

/// A small adapter with B [12, 4] per module; later layers have larger entries, so that low sparsities empty the first ones.
/// `ties`: every entry is 1 or −1, so that no threshold lies between any two.
void writeSmallAdapter(const std::filesystem::path& folder, bool ties = false)
{
    std::mt19937 generator(7);
    std::normal_distribution<float> normal;
    std::vector<std::vector<float>> values;
    formats::AdapterToWrite adapter;
    adapter.rank = kRank;
    adapter.alpha = 8;
    adapter.baseModel = "small";
    adapter.targets = kTargets;
    adapter.record.method = "lori-d";
    for (std::int64_t layer = 0; layer < kLayers; ++layer) {
        for (const Projection projection : kTargets) {
            for (const char matrix : {'A', 'B'}) {
                const std::int64_t other = matrix == 'A' ? 6 : 12;
                std::vector<float> numbers(static_cast<std::size_t>(other * kRank));
                for (float& number : numbers) {
                    number = normal(generator) * std::pow(10.0F, static_cast<float>(layer));
                    number = ties ? std::copysign(1.0F, number) : number;
                }
                values.push_back(std::move(numbers));
                adapter.tensors.push_back(
                    {formats::peftKey(layer, projection, matrix), formats::DType::F32,
                     matrix == 'A' ? std::vector<std::int64_t>{kRank, other} : std::vector<std::int64_t>{other, kRank},
                     std::as_bytes(std::span<const float>(values.back()))});
            }
        }
    }
    formats::writeAdapter(folder, adapter).value();
}

/// A run folder with an adapter and the 50 % mask of it; returns its id.
QString makeRun(const Home& home)
{
    experiment::RunConfig config;
    config.name = "small run";
    config.stages = {experiment::StageConfig{}};
    const auto run = jobs::RunFolder::create(home, config).value();
    const auto folder = run.adapterFolder(0, experiment::StageKind::LoriD);
    std::filesystem::create_directories(folder.parent_path());
    std::filesystem::create_directories(run.masks());
    writeSmallAdapter(folder);
    experiment::MaskConfig mask;
    mask.sparsity = 0.5;
    const auto adapter = formats::openAdapter(folder);
    formats::writeMask(run.masks() / "1.safetensors", analysis::extractMask(*adapter, mask).value()).value();
    return QString::fromStdString(run.id());
}

} // namespace

class MasksPageTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    AppContext m_context;
    std::unique_ptr<MessageBar> m_messages;
    PageRouter m_router;
    std::unique_ptr<MasksPage> m_page;
    QString m_run;

    template <typename Part>
    Part* part(const char* name) const
    {
        return m_page->findChild<Part*>(QLatin1String(name));
    }
    void typePercent(const QString& percent)
    {
        auto* field = part<NumberField>("sparsityField");
        field->selectAll();
        QTest::keyClicks(field, percent);
    }
    const analysis::MaskSummary& shown() const { return m_page->findChild<MaskMap*>()->summary(); }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_messages = std::make_unique<MessageBar>();
        m_context.home.root = pathOf(*m_folder);
        m_context.messages = m_messages.get();
        m_context.pages = &m_router;
        m_run = makeRun(m_context.home);
        m_page = std::make_unique<MasksPage>(m_context, nullptr);
        m_page->resize(1000, 650);
        m_page->show();
        QSignalSpy loaded(m_page.get(), &MasksPage::loaded);
        m_page->showRun(m_run);
        QVERIFY(loaded.wait(5000));
    }
    void cleanup() { m_page.reset(); }

    void showsTheStoredMaskOfARun()
    {
        QCOMPARE(shown().kept, 144);
        QCOMPARE(shown().total, 288);
        QVERIFY(part<QRadioButton>("maskStored")->isChecked());
        QVERIFY(part<QLabel>("maskNumbers")->text().contains(QStringLiteral("144 of 288")));
    }

    void theMapAndAnOpenedBAreSavedAsPictureAndNumbers()
    {
        QTemporaryDir folder;
        const QString map = folder.filePath(QStringLiteral("map.png"));
        QCOMPARE(m_page->saveAs(map), QString());
        const QImage picture(map);
        QVERIFY(picture.width() > 400 && picture.height() > 200);
        const QString numbers = folder.filePath(QStringLiteral("map.csv"));
        QCOMPARE(m_page->saveAs(numbers), QString());
        const auto lines = [](const QString& file) {
            QFile read(file);
            return read.open(QIODevice::ReadOnly) ? QString::fromUtf8(read.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)
                                                  : QStringList();
        };
        QCOMPARE(lines(numbers).size(), static_cast<qsizetype>(shown().modules.size()) + 1); // a title, and a line a module
        const analysis::ModuleKept& last = shown().modules.back();
        const QStringList fields = lines(numbers).back().split(QLatin1Char(','));
        QCOMPARE(fields[2].toDouble(), static_cast<double>(last.kept) / static_cast<double>(last.total)); // not "87.5 %"
        QCOMPARE(fields[5].toDouble(), last.normKept);
        m_page->openCell({kLayers - 1, kTargets.back()});
        QCOMPARE(m_page->saveAs(numbers), QString());
        const QStringList entries = lines(numbers);
        QCOMPARE(entries.size(), qsizetype{12 * kRank + 1});
        const auto kept =
            std::count_if(entries.begin() + 1, entries.end(), [](const QString& line) { return line.endsWith(",1"); });
        QCOMPARE(static_cast<std::int64_t>(kept), shown().modules.back().kept);
        QVERIFY(kept > 0);
        QVERIFY(entries[1].startsWith(QStringLiteral("0,0,")) && entries[1].split(QLatin1Char(','))[2].toFloat() > 0);
        const QString wrong = folder.filePath(QStringLiteral("map.jpg"));
        QVERIFY(m_page->saveAs(wrong).contains(QStringLiteral(".png or .csv")));
        QVERIFY(!QFile::exists(wrong));
    }

    void entriesThatTieAreSaidWhereTheyMakeItMore()
    {
        QVERIFY(!part<QLabel>("maskNumbers")->text().contains(QStringLiteral("more than the share asks for"))); // 144 of 288
        const auto folder = pathOf(*m_folder) / "ties";
        writeSmallAdapter(folder, true);
        m_page->openPath(QString::fromStdString(folder.string()));
        QTRY_COMPARE(shown().kept, 288); // all are as large as the 28th
        const QString numbers = part<QLabel>("maskNumbers")->text();
        QVERIFY2(numbers.contains(QStringLiteral("260 more than the share asks for")),
                 qPrintable(numbers)); // int(0.1 · 288) = 28
        auto* scope = part<QComboBox>("maskScope");
        scope->setCurrentIndex(scope->findData(static_cast<int>(experiment::MaskScope::Matrix)));
        // six matrices of 48 entries: 4 of each, 24 together
        QTRY_VERIFY(part<QLabel>("maskNumbers")->text().contains(QStringLiteral("264 more than the share asks for")));
        typePercent(QStringLiteral("0"));
        QTRY_VERIFY(!part<QLabel>("maskNumbers")->text().contains(QStringLiteral("more than the share asks for")));
        QCOMPARE(shown().kept, 288);
    }

    void theCopyKeyTakesThePictureAndItsNumbers()
    {
        QClipboard* clipboard = QGuiApplication::clipboard();
        clipboard->clear();
        QTest::keyClick(m_page->findChild<MaskMap*>(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(clipboard->image().width() > 400);
        const QStringList lines = clipboard->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), static_cast<qsizetype>(shown().modules.size()) + 1);
        const analysis::ModuleKept& last = shown().modules.back();
        QCOMPARE(lines.back().split(QLatin1Char(','))[2].toDouble(),
                 static_cast<double>(last.kept) / static_cast<double>(last.total));
        QVERIFY2(m_messages->text().contains(QStringLiteral("clipboard")), qPrintable(m_messages->text()));
        m_page->openCell({kLayers - 1, kTargets.back()});
        QTest::keyClick(m_page->findChild<BMatrixView*>(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(clipboard->mimeData()->hasImage());
        QVERIFY(!clipboard->mimeData()->hasText());
    }

    void aRunIsListedByStageAndTime()
    {
        auto* list = part<QComboBox>("maskSource");
        QTRY_VERIFY(list->count() > 0);
        QVERIFY2(list->itemText(0).contains(QStringLiteral("small run · LoRI-D, stage 1 · ")), qPrintable(list->itemText(0)));
    }

    void thePreviewEqualsTheMaskThatWouldBeExtracted_data()
    {
        QTest::addColumn<double>("percent");
        QTest::newRow("nothing dropped") << 0.0;
        QTest::newRow("default") << 90.0;
        QTest::newRow("almost all") << 99.0;
    }
    void thePreviewEqualsTheMaskThatWouldBeExtracted()
    {
        QFETCH(double, percent);
        part<QRadioButton>("maskPreview")->click();
        typePercent(QString::number(percent));
        const auto source = findMaskSources(m_context.home).front();
        const auto adapter = formats::openAdapter(source.adapter);
        experiment::MaskConfig config;
        config.sparsity = percent / 100;
        const formats::Mask mask = analysis::extractMask(*adapter, config).value();
        QTRY_COMPARE(shown().kept, mask.kept());
        for (const formats::ModuleMask& module : mask.modules) {
            m_page->openCell({module.layer, module.projection});
            const BMatrix& matrix = m_page->findChild<BMatrixView*>()->matrix();
            for (std::int64_t i = 0; i < module.out * module.rank; ++i) {
                QCOMPARE(matrix.kept[static_cast<std::size_t>(i)] != 0, module.test(i));
            }
        }
    }

    void theSliderAnswersInTime()
    {
        part<QRadioButton>("maskPreview")->click();
        QTRY_VERIFY(part<QSlider>("sparsitySlider")->isEnabled());
        const std::int64_t before = shown().kept;
        QElapsedTimer clock;
        clock.start();
        part<QSlider>("sparsitySlider")->setValue(990);
        QTRY_VERIFY(shown().kept != before);
        QVERIFY2(clock.elapsed() < 100, qPrintable(QString::number(clock.elapsed())));
    }

    void anEmptyModuleIsSaid()
    {
        part<QRadioButton>("maskPreview")->click();
        typePercent(QStringLiteral("95"));
        QTRY_VERIFY(part<QLabel>("maskNote")->isVisible());
        QVERIFY(part<QLabel>("maskNote")->text().contains(QStringLiteral("layer 0 q_proj")));
    }

    void aCellOpensItsMatrixAndEscapeLeadsBack()
    {
        auto* map = m_page->findChild<MaskMap*>();
        map->setCursorCell({1, Projection::V});
        QTest::keyClick(map, Qt::Key_Return);
        const auto* view = m_page->findChild<BMatrixView*>();
        QVERIFY(view->isVisible());
        QCOMPARE(view->matrix().out, 12);
        QCOMPARE(view->matrix().rank, kRank);
        QTest::keyClick(m_page.get(), Qt::Key_Escape);
        QVERIFY(map->isVisible());
    }

    void theChosenSparsityIsHandedOn()
    {
        QSignalSpy chosen(&m_router, &PageRouter::asked);
        part<QRadioButton>("maskPreview")->click();
        typePercent(QStringLiteral("87.5"));
        part<QPushButton>("useSparsity")->click();
        QCOMPARE(chosen.count(), 1);
        const auto asked = std::get<intents::UseSparsity>(chosen.front().front().value<Intent>());
        QCOMPARE(asked.sparsity, 0.875);
        QCOMPARE(QString::fromStdString(asked.runId), m_run);
        QVERIFY(std::filesystem::exists(asked.adapter));
    }

    void theFiveScopesStandSideBySideAndAreChosenInTheirTable()
    {
        auto* table = part<QTableWidget>("scopeTable");
        auto* scope = part<QComboBox>("maskScope");
        part<QRadioButton>("maskPreview")->click();
        QTRY_VERIFY(table->isVisible());
        typePercent(QStringLiteral("75"));
        QTRY_VERIFY(shown().kept < 144);
        QCOMPARE(table->rowCount(), 5);
        QCOMPARE(table->currentRow(), scope->currentIndex());
        const double share = static_cast<double>(shown().kept) / static_cast<double>(shown().total);
        QCOMPARE(table->item(table->currentRow(), 1)->text(), percentText(share));
        for (int row = 0; row < 5; ++row) {
            QCOMPARE(table->item(row, 0)->text(), scope->itemText(row));
            QVERIFY(table->item(row, 2)->text().endsWith(QLatin1Char('%')));
            QVERIFY(!table->item(row, 3)->text().isEmpty());
        }
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualItemRect(table->item(3, 1)).center());
        QCOMPARE(scope->currentData().toInt(), static_cast<int>(experiment::MaskScope::Layer));
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Down);
        QCOMPARE(scope->currentData().toInt(), static_cast<int>(experiment::MaskScope::Matrix));
        scope->setCurrentIndex(1);
        QCOMPARE(table->currentRow(), 1);
        part<QRadioButton>("maskStored")->click();
        QTRY_VERIFY(!table->isVisible()); // the stored mask has one scope
    }

    void aFolderWithoutAdapterIsRefusedWithASentence()
    {
        m_page->openPath(m_folder->filePath(QStringLiteral("runs")));
        QVERIFY2(m_messages->text().contains(QStringLiteral("neither an adapter")), qPrintable(m_messages->text()));
    }

    void aBrokenAdapterIsRefusedAndThePictureStays()
    {
        const auto source = findMaskSources(m_context.home).front();
        std::ofstream(source.adapter / "adapter_model.safetensors", std::ios::trunc) << "no";
        m_page->openPath(QString::fromStdString(source.adapter.string()));
        QTRY_VERIFY(!m_page->isLoading());
        QVERIFY(!m_messages->text().isEmpty());
        QCOMPARE(shown().total, 288);
    }

    void everyControlHasANameForScreenReaders()
    {
        for (QWidget* widget : m_page->findChildren<QWidget*>()) {
            if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible() &&
                !widget->objectName().startsWith(QLatin1String("qt_"))) {
                QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
                QVERIFY2(!QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name).isEmpty(),
                         qPrintable(widget->objectName()));
            }
        }
    }
};

LORI_TEST(MasksPageTest)
#include "masks_page_test.moc"
