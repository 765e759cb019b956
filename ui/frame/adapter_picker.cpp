// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/adapter_picker.h"

#include "ui/models/adapter_model.h"
#include "ui/models/history_filter.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

AdapterPicker::AdapterPicker(AdapterCatalog& catalog, Choice choice, QWidget* parent)
    : QWidget(parent), m_catalog(catalog), m_model(new AdapterModel(this)), m_filter(new HistoryFilter(this))
{
    m_filter->setSourceModel(m_model);
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("adapterSearch"));
    m_search->setClearButtonEnabled(true);
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("adapterTable"));
    m_table->setModel(m_filter);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(choice == Choice::One ? QAbstractItemView::SingleSelection : QAbstractItemView::MultiSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(m_model->columnOf(QStringLiteral("made")), Qt::DescendingOrder);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_empty = new QLabel(m_table->viewport());
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* over = new QVBoxLayout(m_table->viewport());
    over->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_search);
    layout->addWidget(m_table, 1);
    setFocusProxy(m_table);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_showing = true; // rows that the search hides are chosen still
        m_filter->setQuickText(text);
        m_showing = false;
        showSelection();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AdapterPicker::takeSelection);
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT opened(index.data(TableRole::Id).toString()); });
    connect(&m_catalog, &AdapterCatalog::changed, this, &AdapterPicker::fill);
    retranslate();
    fill();
    if (!m_catalog.isRead()) {
        m_catalog.refresh();
    }
}

void AdapterPicker::choose(const std::vector<std::filesystem::path>& folders)
{
    m_chosen.clear();
    for (const auto& folder : folders) {
        if (m_model->rowOf(folder) >= 0 || !m_catalog.isRead()) { // while nothing was read, fill() judges
            m_chosen.push_back(folder);
        }
    }
    showSelection();
    Q_EMIT changed();
}

void AdapterPicker::setAccepts(std::function<bool(const KnownAdapter&)> accepts)
{
    m_accepts = std::move(accepts);
    fill();
}

void AdapterPicker::setEmptyText(const QString& text)
{
    m_empty->setText(text);
}

void AdapterPicker::fill()
{
    std::vector<KnownAdapter> shown;
    for (const KnownAdapter& adapter : m_catalog.adapters()) {
        if (!m_accepts || m_accepts(adapter)) {
            shown.push_back(adapter);
        }
    }
    const bool first = m_model->rowCount() == 0;
    m_showing = true;
    m_model->setAdapters(std::move(shown));
    m_showing = false;
    m_empty->setVisible(m_catalog.isRead() && m_model->rowCount() == 0);
    if (first && m_model->rowCount() > 0) {
        m_table->resizeColumnsToContents();
    }
    const auto before = m_chosen.size();
    if (m_catalog.isRead()) {
        std::erase_if(m_chosen, [this](const auto& folder) { return m_model->rowOf(folder) < 0; });
    }
    showSelection();
    if (m_chosen.size() != before) {
        Q_EMIT changed();
    }
}

void AdapterPicker::takeSelection()
{
    if (m_showing) {
        return;
    }
    std::vector<std::filesystem::path> selected;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        selected.emplace_back(index.data(TableRole::Id).toString().toStdString());
    }
    std::erase_if(m_chosen, [&](const auto& folder) {
        const int row = m_model->rowOf(folder);
        const bool hidden = row >= 0 && !m_filter->mapFromSource(m_model->index(row, 0)).isValid();
        return !hidden && std::find(selected.begin(), selected.end(), folder) == selected.end();
    });
    for (const auto& folder : selected) {
        if (std::find(m_chosen.begin(), m_chosen.end(), folder) == m_chosen.end()) {
            m_chosen.push_back(folder);
        }
    }
    if (m_table->selectionMode() == QAbstractItemView::SingleSelection && m_chosen.size() > 1) {
        m_chosen = selected; // the one that the search hid is no longer meant
    }
    Q_EMIT changed();
}

void AdapterPicker::showSelection()
{
    m_showing = true;
    QItemSelection selection;
    for (const auto& folder : m_chosen) {
        const int row = m_model->rowOf(folder);
        const QModelIndex shown = row < 0 ? QModelIndex() : m_filter->mapFromSource(m_model->index(row, 0));
        if (shown.isValid()) {
            selection.select(shown, shown);
        }
    }
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_showing = false;
}

void AdapterPicker::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        m_model->retranslate();
    }
    QWidget::changeEvent(event);
}

void AdapterPicker::retranslate()
{
    m_search->setPlaceholderText(tr("Search adapters"));
    m_search->setAccessibleName(tr("Search adapters"));
    m_table->setAccessibleName(tr("Adapters"));
    if (m_empty->text().isEmpty()) {
        m_empty->setText(tr("No adapter yet: adapters come from finished runs."));
    }
}

} // namespace lori::ui
