// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/interference_part.h"

#include "ui/frame/still_progress_bar.h"
#include "ui/pages/merge/measured_adapters.h"
#include "ui/services/error_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace lori::ui {
namespace {

constexpr std::array kMeasures{PairMeasure::Cosine, PairMeasure::MaskOverlap, PairMeasure::SignConflicts};
constexpr int kLines = 16; ///< height of map and table in lines of text; more adapters or layers scroll
constexpr std::array kNames{"pairCosine", "pairOverlap", "pairSigns"};

} // namespace

MergeInterferencePart::MergeInterferencePart(QWidget* parent) : MergePart(parent)
{
    setObjectName(QStringLiteral("mergeInterference"));
    m_verdict = makeLine("interferenceVerdict");
    m_state = makeLine("interferenceState");
    m_bar = new QWidget(body());
    auto* bar = new StillProgressBar(m_bar);
    bar->setObjectName(QStringLiteral("interferenceBar"));
    bar->setRange(0, 0); // seconds at most: no share that would jump
    m_cancel = new QPushButton(m_bar);
    m_cancel->setObjectName(QStringLiteral("interferenceCancel"));
    auto* barLine = new QHBoxLayout(m_bar);
    barLine->setContentsMargins(0, 0, 0, 0);
    barLine->addWidget(bar, 1);
    barLine->addWidget(m_cancel);
    m_again = new QPushButton(body());
    m_again->setObjectName(QStringLiteral("interferenceAgain"));

    m_content = new QWidget(body());
    m_content->setFixedHeight(fontMetrics().height() * kLines);
    m_map = new HeatMap(m_content);
    m_map->setObjectName(QStringLiteral("interferenceMap"));
    m_table = new QTableWidget(m_content);
    m_table->setObjectName(QStringLiteral("interferenceTable"));
    m_table->setColumnCount(static_cast<int>(InterferenceWords::columns().size()));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_pairTitle = new QLabel(m_content);
    m_pairTitle->setObjectName(QStringLiteral("interferencePair"));
    m_pairTitle->setWordWrap(true);
    auto* right = new QVBoxLayout;
    right->addWidget(m_pairTitle);
    right->addWidget(m_table, 1);
    auto* left = new QVBoxLayout;
    left->addWidget(makeSwitch());
    left->addWidget(m_map, 1);
    auto* content = new QHBoxLayout(m_content);
    content->setContentsMargins(0, 0, 0, 0);
    content->addLayout(left, 1);
    content->addLayout(right, 1);
    for (QWidget* one : {static_cast<QWidget*>(m_verdict), static_cast<QWidget*>(m_state), m_bar, m_content}) {
        column()->addWidget(one);
    }
    column()->addWidget(m_again, 0, Qt::AlignLeft);

    connect(m_cancel, &QPushButton::clicked, this, &MergeInterferencePart::cancelRequested);
    connect(m_again, &QPushButton::clicked, this, &MergeInterferencePart::measureRequested);
    connect(m_map, &HeatMap::opened, this, [this](int row, int column) {
        if (m_measured && row != column) {
            m_pair = InterferenceWords::pairAt(m_measured->report.total, static_cast<std::size_t>(row),
                                               static_cast<std::size_t>(column));
            refreshTable();
        }
    });
    m_map->setDescription([this](int row, int column) {
        if (!m_measured || row == column) {
            return tr("an adapter with itself");
        }
        const auto& total = m_measured->report.total;
        return InterferenceWords::readOut(
            total.pairs[InterferenceWords::pairAt(total, static_cast<std::size_t>(row), static_cast<std::size_t>(column))],
            m_names);
    });
    retranslate();
}

QWidget* MergeInterferencePart::makeSwitch()
{
    auto* group = new QWidget(m_content);
    auto* line = new QHBoxLayout(group);
    line->setContentsMargins(0, 0, 0, 0);
    for (std::size_t i = 0; i < kMeasures.size(); ++i) {
        m_measures[i] = new QRadioButton(group);
        m_measures[i]->setObjectName(QLatin1String(kNames[i]));
        line->addWidget(m_measures[i]);
        connect(m_measures[i], &QRadioButton::toggled, this, [this](bool on) {
            if (on) {
                refresh();
            }
        });
    }
    line->addStretch(1);
    m_measures[1]->setChecked(true);
    return group;
}

PairMeasure MergeInterferencePart::measure() const
{
    for (std::size_t i = 0; i < kMeasures.size(); ++i) {
        if (m_measures[i]->isChecked()) {
            return kMeasures[i];
        }
    }
    return PairMeasure::MaskOverlap;
}

void MergeInterferencePart::showState(const QString& text, Tone tone, bool measuring)
{
    m_measured.reset();
    m_stateTone = tone;
    m_state->setText(text);
    m_state->setVisible(!text.isEmpty());
    paint(m_state, tone);
    m_bar->setVisible(measuring);
    m_again->setVisible(!measuring);
    m_verdict->hide();
    m_content->hide();
}

void MergeInterferencePart::showMeasuring()
{
    showState(tr("Comparing the adapters …"), Tone::Quiet, true);
}

void MergeInterferencePart::showCancelled()
{
    showState(tr("The comparison was cancelled."), Tone::Quiet, false);
}

void MergeInterferencePart::showProblem(const Error& error)
{
    showState(ErrorText::sentence(error), Tone::Alarm, false);
}

void MergeInterferencePart::show(std::shared_ptr<const MeasuredAdapters> measured, QStringList names)
{
    if (measured->notMeasured) {
        showState(ErrorText::sentence(*measured->notMeasured), Tone::Caution, false);
        m_again->hide();
        return;
    }
    m_measured = std::move(measured);
    m_names = std::move(names);
    m_pair = 0;
    for (QWidget* one : {static_cast<QWidget*>(m_state), m_bar, static_cast<QWidget*>(m_again)}) {
        one->hide();
    }
    m_verdict->show();
    m_content->show();
    m_map->clearCursor();
    refresh();
}

void MergeInterferencePart::refresh()
{
    if (!m_measured) {
        return;
    }
    const auto& report = m_measured->report;
    QStringList shortNames;
    for (const QString& name : m_names) {
        shortNames.append(fontMetrics().elidedText(name, Qt::ElideMiddle, fontMetrics().averageCharWidth() * 18));
    }
    m_map->setGrid(InterferenceWords::grid(report, measure(), shortNames));
    recolour();
    refreshTable();
}

void MergeInterferencePart::recolour()
{
    if (m_state != nullptr) {
        paint(m_state, m_stateTone);
    }
    if (m_measured) {
        const auto verdict = InterferenceWords::verdict(m_measured->report, m_names);
        m_verdict->setText(
            QStringLiteral("%1 %2").arg(verdict.tone == Tone::Good ? QStringLiteral("✓") : QStringLiteral("⚠"), verdict.text));
        paint(m_verdict, verdict.tone);
    }
}

void MergeInterferencePart::refreshTable()
{
    if (!m_measured) {
        return;
    }
    const auto& pair = m_measured->report.total.pairs.at(m_pair);
    m_pairTitle->setText(
        tr("%1 and %2, layer by layer (Enter or a click on the map chooses)")
            .arg(m_names.value(static_cast<qsizetype>(pair.first)), m_names.value(static_cast<qsizetype>(pair.second))));
    const auto rows = InterferenceWords::rows(m_measured->report, m_pair);
    m_table->setRowCount(static_cast<int>(rows.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const PairRow& said = rows[static_cast<std::size_t>(row)];
        const QStringList cells{said.where, said.cosine, said.overlap, said.chance, said.conflicts};
        for (int column = 0; column < m_table->columnCount(); ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setTextAlignment(column == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
            m_table->setItem(row, column, item);
        }
    }
}

void MergeInterferencePart::retranslate()
{
    setTitle(tr("2 · How they would meet"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel the comparison"));
    m_again->setText(tr("Compare again"));
    m_again->setAccessibleName(tr("Compare the adapters again"));
    m_bar->findChild<StillProgressBar*>()->setAccessibleName(tr("Comparing the adapters"));
    for (std::size_t i = 0; i < kMeasures.size(); ++i) {
        m_measures[i]->setText(InterferenceWords::title(kMeasures[i]));
        m_measures[i]->setAccessibleName(InterferenceWords::title(kMeasures[i]));
    }
    m_map->setAccessibleName(tr("Map of all pairs of adapters"));
    m_table->setAccessibleName(tr("The pair layer by layer"));
    m_table->setHorizontalHeaderLabels(InterferenceWords::columns());
    refresh();
}

} // namespace lori::ui
