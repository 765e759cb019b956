// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/data_card.h"

#include "ui/services/error_text.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/seen_row.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kShown = 3;               // rows at a glance
constexpr std::size_t kListedRows = 12; // broken rows
constexpr qsizetype kLongCell = 160;    // characters; the whole text is in the tool tip

QString cell(const std::string& text)
{
    return QString::fromStdString(text).simplified().left(kLongCell);
}

} // namespace

ExperimentDataCard::ExperimentDataCard(QWidget* parent) : Card(parent)
{
    setObjectName(QStringLiteral("dataCard"));
    m_title = new QLabel(this);
    m_title->setObjectName(QStringLiteral("dataTitle"));
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_columns = new QLabel(this);
    m_columns->setObjectName(QStringLiteral("dataColumns"));
    m_problems = new QLabel(this);
    m_problems->setObjectName(QStringLiteral("dataProblems"));
    for (QLabel* label : {m_title, m_columns, m_problems}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_problems->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problems->setAccessibleName(tr("Broken rows of the file"));
    m_rows = new QTableWidget(this);
    m_rows->setObjectName(QStringLiteral("dataRows"));
    m_rows->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_rows->setSelectionMode(QAbstractItemView::NoSelection);
    m_rows->setFocusPolicy(Qt::NoFocus);
    m_rows->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_rows->verticalHeader()->hide();
    m_rows->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_seen = new SeenRowView(this);
    auto* column = new QVBoxLayout(this);
    for (QWidget* part : std::initializer_list<QWidget*>{m_title, m_columns, m_rows, m_problems, m_seen}) {
        column->addWidget(part);
    }
    hide();
}

QString ExperimentDataCard::headline(const DataView& view)
{
    const QString name = QFileInfo(view.file).fileName();
    if (view.reading) {
        return tr("Reading %1 …").arg(name);
    }
    if (view.error) {
        return tr("%1 cannot be used").arg(name);
    }
    return tr("%1: %n row(s)", nullptr, static_cast<int>(std::min<std::int64_t>(view.rows, 1'000'000'000))).arg(name);
}

void ExperimentDataCard::show(const std::vector<const DataView*>& views, const SeenRows::View* seen)
{
    setVisible(!views.empty());
    if (views.empty()) {
        return;
    }
    QStringList lines;
    for (const DataView* view : views) {
        lines.append(headline(*view));
    }
    m_title->setText(lines.join(QLatin1Char('\n')));
    setAccessibleName(m_title->text());
    m_problems->setAccessibleName(tr("Broken rows of the file"));
    showRows(*views.front());
    m_seen->show(seen);
    QStringList broken;
    for (const DataView* view : views) {
        if (view->error) {
            broken.append(ErrorText::sentence(*view->error));
        }
        const auto& problems = view->start.problems;
        for (std::size_t i = 0; i < std::min(problems.size(), kListedRows); ++i) {
            broken.append(DataCheck::sentence(problems[i], view->start.unit));
        }
        if (problems.size() > kListedRows) {
            broken.append(tr("… and %n more", nullptr, static_cast<int>(problems.size() - kListedRows)));
        }
    }
    m_problems->setText(broken.join(QLatin1Char('\n')));
    m_problems->setVisible(!broken.isEmpty());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, toneColour(Tone::Alarm, palette()));
    m_problems->setPalette(colours);
}

void ExperimentDataCard::showRows(const DataView& view)
{
    const auto& rows = view.start.rows;
    m_rows->setVisible(!rows.empty());
    QStringList fields;
    for (const std::string& field : view.start.fields) {
        fields.append(QString::fromStdString(field));
    }
    const auto& c = view.start.columns;
    QStringList uses;
    for (const auto& [what, column] : {std::pair{tr("instruction"), c.instruction}, std::pair{tr("input"), c.input},
                                       std::pair{tr("answer"), c.output}, std::pair{tr("system text"), c.system},
                                       std::pair{tr("earlier turns"), c.history}, std::pair{tr("turns"), c.messages}}) {
        if (!column.empty()) {
            uses.append(tr("%1 from “%2”", "instruction from a column").arg(what, QString::fromStdString(column)));
        }
    }
    QString columns = fields.isEmpty() ? QString() : tr("Columns: %1.").arg(fields.join(QStringLiteral(", ")));
    if (!uses.isEmpty()) {
        columns += QLatin1Char(' ') + tr("Used: %1.").arg(uses.join(QStringLiteral(", ")));
    }
    m_columns->setText(columns);
    m_columns->setVisible(!columns.isEmpty());
    if (rows.empty()) {
        return;
    }
    const bool input = std::any_of(rows.begin(), rows.end(), [](const tasks::Row& row) { return !row.input.empty(); });
    QStringList heads{tr("Instruction")};
    if (input) {
        heads.append(tr("Input"));
    }
    heads.append(tr("Answer"));
    const int shown = std::min(kShown, static_cast<int>(rows.size()));
    m_rows->setColumnCount(static_cast<int>(heads.size()));
    m_rows->setHorizontalHeaderLabels(heads);
    m_rows->setRowCount(shown);
    for (int i = 0; i < shown; ++i) {
        const tasks::Row& row = rows[static_cast<std::size_t>(i)];
        int at = 0;
        for (const std::string* text : {&row.instruction, input ? &row.input : nullptr, &row.output}) {
            if (text != nullptr) {
                auto* item = new QTableWidgetItem(cell(*text));
                item->setToolTip(QString::fromStdString(*text));
                m_rows->setItem(i, at++, item);
            }
        }
    }
    m_rows->setAccessibleName(tr("First rows of the file"));
    m_rows->setFixedHeight(m_rows->horizontalHeader()->sizeHint().height() +
                           shown * m_rows->verticalHeader()->defaultSectionSize() + 2 * m_rows->frameWidth());
}

} // namespace lori::ui
