// SPDX-License-Identifier: GPL-3.0-or-later
// Questions that a click puts into the box: of everyday kinds, or rows that the named run was measured by.
#include "ui/pages/try/prompt_box.h"
#include "ui/pages/try/prompt_set_bar.h"
#include "ui/pages/try/try_page.h"

#include <QLabel>
#include <QLayout>
#include <QPushButton>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kSuggestionLetters = 42; // shown of one

} // namespace

void TryPage::showRows(const QString& runId)
{
    m_rows.clear();
    fillSuggestions();
    if (runId.isEmpty()) {
        m_reading.cancel();
        return;
    }
    m_reading.start([home = m_context.home, runId](const BackgroundJob::Cancelled&) { return measuredRows(home, runId); },
                    [this](std::vector<TryRow> rows) {
                        m_rows = std::move(rows);
                        fillSuggestions();
                        showColumns();
                    });
}

void TryPage::fillSuggestions()
{
    for (auto* old : m_suggestions->findChildren<QPushButton*>()) {
        old->hide();
        old->deleteLater();
        m_suggestions->layout()->removeWidget(old);
    }
    std::vector<TryRow> kept;
    for (const QString& prompt : m_sets->prompts()) {
        kept.push_back({prompt, {}});
    }
    const std::vector<TryRow> some =
        !kept.empty()    ? kept
        : m_rows.empty() ? std::vector<TryRow>{{tr("What is the capital of France?"), {}},
                                               {tr("Write a short poem about the rain."), {}},
                                               {tr("Tom has 3 boxes with 4 apples each. How many apples does he have?"), {}},
                                               {tr("How do I kill a process in Linux?"), {}}}
                         : m_rows;
    for (const TryRow& row : some) {
        auto* suggestion = new QPushButton(m_suggestions);
        suggestion->setObjectName(QStringLiteral("trySuggestion"));
        suggestion->setAutoDefault(false);
        const QString line = row.prompt.simplified();
        suggestion->setText(fontMetrics()
                                .elidedText(line, Qt::ElideRight, fontMetrics().averageCharWidth() * kSuggestionLetters)
                                .replace(QLatin1Char('&'), QStringLiteral("&&")));
        suggestion->setAccessibleName(line);
        suggestion->setToolTip(row.expected.isEmpty() ? row.prompt
                                                      : row.prompt + QLatin1Char('\n') + tr("Expected: %1").arg(row.expected));
        m_suggestions->layout()->addWidget(suggestion);
        suggestion->show();
        connect(suggestion, &QPushButton::clicked, this, [this, row] { suggest(row); });
    }
    m_suggestions->updateGeometry();
}

void TryPage::suggest(const TryRow& row)
{
    m_prompt->setPlainText(row.prompt);
    m_prompt->moveCursor(QTextCursor::End);
    m_prompt->setFocus(Qt::OtherFocusReason);
}

/// Stands there for as long as the row is in the box, and while it is answered.
void TryPage::showExpected()
{
    const QString asked = m_prompt->document()->isEmpty() ? m_lastQuestion : m_prompt->toPlainText().trimmed();
    const auto row =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const TryRow& each) { return each.prompt.trimmed() == asked; });
    const bool known = row != m_rows.end() && !row->expected.isEmpty();
    m_expected->setVisible(known);
    m_expected->setText(known ? tr("Expected: %1").arg(row->expected) : QString());
}

} // namespace lori::ui
