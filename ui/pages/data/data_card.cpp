// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/data_card.h"

#include "ui/services/data_check.h"
#include "ui/text.h"
#include "ui/theme.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace lori::ui {

namespace {

constexpr int kHashDigits = 12;

int shownCount(std::int64_t count)
{
    return static_cast<int>(std::min<std::int64_t>(count, 1'000'000'000));
}

} // namespace

DataFactsCard::DataFactsCard(QWidget* parent) : Card(parent)
{
    setObjectName(QStringLiteral("dataFacts"));
    m_title = new QLabel(this);
    m_title->setObjectName(QStringLiteral("dataFactsTitle"));
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_facts = new QLabel(this);
    m_facts->setObjectName(QStringLiteral("dataFactsText"));
    m_warnings = new QLabel(this);
    m_warnings->setObjectName(QStringLiteral("dataFactsWarnings"));
    auto* column = new QVBoxLayout(this);
    for (QLabel* label : {m_title, m_facts, m_warnings}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        column->addWidget(label);
    }
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addStretch(1);
    showTitle({});
}

void DataFactsCard::showTitle(const QString& title)
{
    m_title->setText(title);
    m_facts->setAccessibleName(tr("Facts of the data"));
    m_facts->clear();
    m_facts->setToolTip({});
    m_warnings->clear();
    m_warnings->hide();
}

void DataFactsCard::show(const QString& title, const experiment::DataSource& source, const DataContent& content,
                         const experiment::RunConfig& config)
{
    showTitle(title);
    const auto rows = static_cast<std::int64_t>(content.rows->size());
    const auto heldOut = static_cast<std::int64_t>(std::llround(static_cast<double>(rows) * config.data.heldOutShare));
    QStringList facts{tr("%n row(s)", nullptr, shownCount(rows)),
                      tr("about %n held out (%1)", nullptr, shownCount(heldOut)).arg(Text::percent(config.data.heldOutShare))};
    QStringList warnings;
    if (content.duplicates > 0) {
        warnings << tr("%n row(s) are there more than once.", nullptr, shownCount(content.duplicates));
    }
    for (const auto& [task, count] : content.asked) {
        warnings << tr("%n question(s) are also asked when %1 is measured: its score will look too good.", nullptr,
                       shownCount(count))
                        .arg(Text::task(QString::fromStdString(task)));
    }
    if (content.asked.empty()) {
        facts << tr("no question of the starter tasks’ tests is among them");
    }
    if (!source.file.empty()) {
        facts << (content.facts.form.empty() ? tr("a folder of tables") : QString::fromStdString(content.facts.form));
        if (content.bytes >= 0) {
            facts << Text::bytes(static_cast<double>(content.bytes));
        }
        if (!content.hash.empty()) {
            facts << tr("SHA-256 %1 …").arg(QString::fromStdString(content.hash).left(kHashDigits));
        }
        m_facts->setToolTip(QString::fromStdString(source.file + (content.hash.empty() ? "" : "\nSHA-256 " + content.hash)));
    }
    DataView view;
    view.file = title;
    view.reading = false;
    view.rows = rows;
    view.start = content.facts;
    warnings << DataCheck::notes(view, config);
    m_facts->setText(facts.join(QLatin1Char('\n')));
    m_warnings->setText(warnings.join(QStringLiteral("\n")));
    m_warnings->setVisible(!warnings.isEmpty());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, toneColour(Tone::Caution, palette()));
    m_warnings->setPalette(colours);
}

} // namespace lori::ui
