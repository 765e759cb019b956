// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/data_rows.h"

#include "ui/models/record_model.h"
#include "ui/services/column_roles.h"
#include "ui/services/data_check.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/role_header.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace lori::ui {

void DataRows::makeTable()
{
    m_header = new RoleHeader(this);
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("dataTable"));
    m_table->setModel(m_model);
    m_table->setHorizontalHeader(m_header);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_header->setDefaultSectionSize(fontMetrics().averageCharWidth() * 24);
    m_header->setMinimumSectionSize(fontMetrics().averageCharWidth() * 14);
    m_header->setStretchLastSection(true);
}

DataRows::DataRows(QWidget* parent) : QWidget(parent), m_model(new RecordModel(this))
{
    m_hint = new QLabel(this);
    m_hint->setObjectName(QStringLiteral("dataRolesHint"));
    m_hint->setWordWrap(true);
    m_jumpLabel = new QLabel(this);
    m_jump = new NumberField(TypedNumber::Kind::Whole, this);
    m_jump->setObjectName(QStringLiteral("dataJump"));
    m_jump->setRange(1, 1e12);
    m_jump->setMaximumWidth(fontMetrics().averageCharWidth() * 12);
    m_jumpLabel->setBuddy(m_jump);
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("dataSearch"));
    m_search->setClearButtonEnabled(true);
    m_next = new QToolButton(this);
    m_next->setObjectName(QStringLiteral("dataSearchNext"));
    m_next->setArrowType(Qt::DownArrow);
    m_next->setFocusPolicy(Qt::StrongFocus);
    m_found = new QLabel(this);
    m_found->setObjectName(QStringLiteral("dataShown"));
    makeTable();

    auto* tools = new QHBoxLayout;
    tools->addWidget(m_jumpLabel);
    tools->addWidget(m_jump);
    tools->addWidget(m_search, 1);
    tools->addWidget(m_next);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_hint);
    column->addLayout(tools);
    column->addWidget(m_table, 1);
    column->addWidget(m_found);
    QWidget::setTabOrder(m_jump, m_search);
    QWidget::setTabOrder(m_search, m_next);
    QWidget::setTabOrder(m_next, m_table);

    connect(m_jump, &QLineEdit::returnPressed, this, &DataRows::jump);
    connect(m_search, &QLineEdit::returnPressed, this, &DataRows::search);
    connect(m_next, &QToolButton::clicked, this, &DataRows::search);
    connect(m_header, &RoleHeader::columnFocused, this,
            [this](int at) { m_table->scrollTo(m_model->index(std::max(0, m_table->currentIndex().row()), at)); });
    connect(m_header, &RoleHeader::roleChosen, this, [this](int at, int role) {
        const auto& fields = m_model->page().fields;
        if (at < static_cast<int>(fields.size())) {
            experiment::ColumnMapping mapping = m_mapping;
            ColumnRoles::setRole(mapping, fields[static_cast<std::size_t>(at)],
                                 ColumnRoles::kAll.at(static_cast<std::size_t>(role)));
            Q_EMIT mappingChanged(mapping);
        }
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DataRows::currentChanged);
    retranslate();
}

const RecordPage& DataRows::page() const
{
    return m_model->page();
}

void DataRows::open(const experiment::DataSource& source, const std::string& folder)
{
    m_source = source;
    m_folder = folder;
    m_model->setProblems({});
    m_jump->showTyped({});
    m_search->clear();
    m_job.start([source, folder](const BackgroundJob::Cancelled&) { return readRecords(source, folder, {}); },
                [this](RecordPage page) { showPage(std::move(page), true); });
}

void DataRows::clear()
{
    m_job.cancel();
    m_model->setPage({});
}

void DataRows::read(RecordWish wish)
{
    say(tr("Looking …"));
    m_job.start([source = m_source, folder = m_folder,
                 wish = std::move(wish)](const BackgroundJob::Cancelled&) { return readRecords(source, folder, wish); },
                [this](RecordPage page) { showPage(std::move(page), false); });
}

void DataRows::showPage(RecordPage page, bool isFirst)
{
    if (!isFirst && (page.error || !page.found)) {
        say(page.error ? tr("The file cannot be read any more.") : tr("Nothing found from here to the end."));
        return;
    }
    m_model->setPage(std::move(page));
    m_header->setChoices(ColumnRoles::names());
    m_header->makeFields();
    showRoles(m_mapping, m_proposed, m_fixed);
    if (m_model->rowCount() > 0) {
        const RecordPage& shown = m_model->page();
        m_table->setCurrentIndex(m_model->index(0, 0));
        m_table->scrollToTop();
        say(tr("Rows %1 to %2%3", "numbers of the first and last row, and whether there are more")
                .arg(shown.records.front().line)
                .arg(shown.records.back().line)
                .arg(shown.hasMore ? tr(", and more: jump or search shows them") : QString()));
    }
    if (isFirst) {
        Q_EMIT opened();
    } else {
        Q_EMIT currentChanged();
    }
}

void DataRows::say(const QString& text)
{
    m_found->setText(text);
}

void DataRows::showRoles(const experiment::ColumnMapping& mapping, bool proposed, const QString& fixed)
{
    m_mapping = mapping;
    m_proposed = proposed;
    m_fixed = fixed;
    std::vector<int> roles;
    bool used = false;
    for (const std::string& field : m_model->page().fields) {
        const ColumnRole role = ColumnRoles::roleOf(mapping, field);
        used = used || role != ColumnRole::None;
        roles.push_back(static_cast<int>(role));
    }
    m_header->setRoles(roles, proposed && fixed.isEmpty());
    m_header->setFixed(fixed);
    const QString missing = ColumnRoles::missing(mapping);
    m_hint->setText(!fixed.isEmpty()     ? fixed
                    : !missing.isEmpty() ? missing
                    : proposed && used   ? tr("Bold: proposed from the columns’ names. Change it above a column.")
                                         : tr("What you chose for the columns is used."));
}

void DataRows::showProblems(const DataContent& content)
{
    std::map<std::int64_t, QString> problems;
    for (const tasks::RowProblem& problem : content.facts.problems) {
        problems[problem.line] = DataCheck::sentence(problem, content.facts.unit);
    }
    m_model->setProblems(std::move(problems));
}

const ShownRecord* DataRows::current() const
{
    return m_model->record(m_table->currentIndex().row());
}

void DataRows::jump()
{
    const TypedNumber number = m_jump->number();
    if (!number.isNumber() || number.typed() < 1) {
        return; // the field says why
    }
    const auto line = static_cast<std::int64_t>(number.typed());
    const auto& records = m_model->page().records;
    const auto here = std::find_if(records.begin(), records.end(), [&](const ShownRecord& each) { return each.line >= line; });
    if (here != records.end() && records.front().line <= line) {
        m_table->setCurrentIndex(m_model->index(static_cast<int>(here - records.begin()), 0));
    } else {
        read({line, {}});
    }
}

void DataRows::search()
{
    const QString text = m_search->text().trimmed();
    if (text.isEmpty()) {
        return;
    }
    const ShownRecord* now = current();
    read({now == nullptr ? 0 : now->line + 1, text.toStdString()});
}

void DataRows::retranslate()
{
    m_jumpLabel->setText(tr("R&ow"));
    m_jump->setAccessibleName(tr("Jump to a row"));
    m_jump->setToolTip(tr("Type a row’s number and press Enter"));
    m_search->setPlaceholderText(tr("Search all rows"));
    m_search->setAccessibleName(tr("Search all rows"));
    m_next->setToolTip(tr("Next row with this text"));
    m_next->setAccessibleName(m_next->toolTip());
    m_table->setAccessibleName(tr("Rows of the data"));
    m_header->setChoices(ColumnRoles::names());
    showRoles(m_mapping, m_proposed, m_fixed);
}

void DataRows::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace lori::ui
