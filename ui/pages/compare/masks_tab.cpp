// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/masks_tab.h"

#include "ui/services/error_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>

namespace lori::ui {

MasksTab::MasksTab(QWidget* parent) : QWidget(parent)
{
    m_state = new QLabel(this);
    m_state->setObjectName(QStringLiteral("compareMasksState"));
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("compareMasksSplitter"));
    splitter->setChildrenCollapsible(false);
    m_content = splitter;
    m_map = new HeatMap(splitter);
    m_map->setObjectName(QStringLiteral("compareMaskMap"));
    m_table = new QTableWidget(splitter);
    m_table->setObjectName(QStringLiteral("compareMaskTable"));
    m_table->setColumnCount(static_cast<int>(mask_pair_words::columns().size()));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->installEventFilter(this);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_state);
    layout->addWidget(splitter, 1);
    m_map->setDescription([this](int row, int column) {
        return m_compared == nullptr || row == column
                   ? tr("a mask with itself")
                   : mask_pair_words::readOut(
                         *m_compared, m_compared->pairAt(static_cast<std::size_t>(row), static_cast<std::size_t>(column)));
    });
    connect(m_map, &HeatMap::opened, this, [this](int row, int column) {
        for (int i = 0; m_compared != nullptr && row != column && i < m_table->rowCount(); ++i) {
            if (&m_compared->overlap.pairs[static_cast<std::size_t>(i)] ==
                &m_compared->pairAt(static_cast<std::size_t>(row), static_cast<std::size_t>(column))) {
                m_table->selectRow(i);
            }
        }
    });
    connect(m_table, &QTableWidget::itemSelectionChanged, this, [this] {
        if (m_compared != nullptr && m_table->currentRow() >= 0) {
            const analysis::MaskPair& pair = m_compared->overlap.pairs[static_cast<std::size_t>(m_table->currentRow())];
            m_map->setCursorPosition(static_cast<int>(pair.first), static_cast<int>(pair.second));
        }
    });
}

void MasksTab::show(const Comparison& comparison)
{
    std::vector<RunMask> masks = masksOf(comparison);
    m_map->setAccessibleName(tr("Overlap of the masks"));
    m_table->setAccessibleName(tr("Overlap of each two masks"));
    m_table->setHorizontalHeaderLabels(mask_pair_words::columns());
    if (masks != m_masks || m_compared == nullptr) {
        m_masks = std::move(masks);
        m_compared.reset();
        m_stale = true;
    }
    if (m_stale && isVisible()) {
        load();
    } else {
        showMasks(); // in this language
    }
}

void MasksTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale) {
        load();
    }
}

void MasksTab::say(const QString& text)
{
    m_state->setText(text);
    m_state->setVisible(!text.isEmpty());
}

void MasksTab::load()
{
    m_stale = false;
    m_job.cancel();
    m_compared.reset();
    showMasks();
    if (m_masks.size() < 2) {
        return;
    }
    say(tr("Reading the masks …"));
    m_job.start([masks = m_masks](const BackgroundJob::Cancelled& cancelled) { return compareRunMasks(masks, cancelled); },
                [this](Result<ComparedMasks> compared) {
                    if (!compared) {
                        say(tr("The masks cannot be compared. %1").arg(ErrorText::sentence(compared.error())));
                        return;
                    }
                    m_compared = std::make_shared<const ComparedMasks>(std::move(*compared));
                    showMasks();
                });
}

void MasksTab::showMasks()
{
    const bool any = m_compared != nullptr && !m_compared->overlap.pairs.empty();
    m_content->setVisible(any);
    QStringList lines;
    if (m_masks.size() < 2 || (m_compared != nullptr && !any)) {
        lines << tr("Two masks are needed, and these runs have %n. Compare runs that trained LoRI-S.", nullptr,
                    static_cast<int>(m_compared != nullptr ? m_compared->titles.size() : qsizetype(m_masks.size())));
    } else if (any) {
        lines << mask_pair_words::summary(*m_compared);
    }
    if (m_compared != nullptr) {
        lines << m_compared->unread;
    }
    say(lines.join(QLatin1Char('\n')));
    m_table->clearContents();
    m_table->setRowCount(any ? static_cast<int>(m_compared->overlap.pairs.size()) : 0);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const QStringList cells = mask_pair_words::row(*m_compared, m_compared->overlap.pairs[static_cast<std::size_t>(row)]);
        for (int column = 0; column < m_table->columnCount(); ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            if (column > 1) {
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            }
            m_table->setItem(row, column, item);
        }
    }
    m_map->setGrid(any ? mask_pair_words::grid(*m_compared) : HeatGrid{});
}

QString MasksTab::tabSeparated() const
{
    QString text = mask_pair_words::columns().join(QLatin1Char('\t')) + QLatin1Char('\n');
    if (m_compared != nullptr) {
        for (const analysis::MaskPair& pair : m_compared->overlap.pairs) {
            text += mask_pair_words::row(*m_compared, pair).join(QLatin1Char('\t')) + QLatin1Char('\n');
        }
    }
    return text;
}

bool MasksTab::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(tabSeparated());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace lori::ui
