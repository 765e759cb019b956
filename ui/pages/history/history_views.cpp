// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/history/history_views.h"

#include "ui/dialogs/name_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/services/app_context.h"
#include "ui/services/preferences.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace lori::ui {

HistoryViews::HistoryViews(AppContext& context, Table table, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_table(std::move(table)),
      m_label(new QLabel(this)),
      m_choice(new QComboBox(this)),
      m_keep(new QToolButton(this)),
      m_delete(new QToolButton(this))
{
    setObjectName(QStringLiteral("historyViews"));
    m_choice->setObjectName(QStringLiteral("historyView"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(12);
    m_label->setBuddy(m_choice);
    m_keep->setObjectName(QStringLiteral("historyViewKeep"));
    m_delete->setObjectName(QStringLiteral("historyViewDelete"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_label);
    row->addWidget(m_choice);
    row->addWidget(m_keep);
    row->addWidget(m_delete);
    connect(m_choice, &QComboBox::activated, this, [this] {
        enable();
        if (const QString name = chosen(); !name.isEmpty()) {
            m_table.apply(m_context.preferences->historyViews().value(name).toByteArray());
        }
    });
    connect(m_keep, &QToolButton::clicked, this, &HistoryViews::keep);
    connect(m_delete, &QToolButton::clicked, this, &HistoryViews::remove);
    retranslate();
    fill({});
}

QString HistoryViews::chosen() const
{
    return m_choice->currentIndex() > 0 ? m_choice->currentText() : QString();
}

void HistoryViews::fill(const QString& choose)
{
    QStringList names = m_context.preferences->historyViews().keys();
    std::sort(names.begin(), names.end(), [](const QString& a, const QString& b) { return a.localeAwareCompare(b) < 0; });
    m_choice->clear();
    m_choice->addItem(tr("none"));
    m_choice->addItems(names);
    m_choice->setCurrentIndex(choose.isEmpty() ? 0 : std::max(0, m_choice->findText(choose)));
    enable();
}

void HistoryViews::enable()
{
    m_choice->setEnabled(m_choice->count() > 1);
    m_delete->setEnabled(!chosen().isEmpty());
    m_delete->setToolTip(chosen().isEmpty() ? tr("Choose a view first") : tr("Delete the chosen view"));
}

void HistoryViews::keep()
{
    const auto judge = [this](const QString& name) -> NameDialog::Judgement {
        const bool isThere = m_context.preferences->historyViews().contains(name);
        return {name.isEmpty() ? tr("Give it a name.") : QString(),
                isThere ? tr("This replaces the view of this name.") : QString()};
    };
    auto* dialog = new NameDialog({tr("Keep this view"), tr("&Name"), tr("&Keep")}, chosen(), judge, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NameDialog::chosen, this, [this](const QString& name) { save(name, m_table.state()); });
    dialog->open();
}

void HistoryViews::save(const QString& name, const QByteArray& state)
{
    QVariantMap views = m_context.preferences->historyViews();
    views.insert(name, state);
    m_context.preferences->setHistoryViews(views);
    fill(name);
}

void HistoryViews::remove()
{
    const QString name = chosen();
    QVariantMap views = m_context.preferences->historyViews();
    const QByteArray state = views.take(name).toByteArray();
    m_context.preferences->setHistoryViews(views);
    fill({});
    m_choice->setFocus(Qt::OtherFocusReason);
    m_context.messages->post(Tone::Quiet, tr("The view %1 is deleted.").arg(name), {{tr("Undo"), [this, name, state] {
                                                                                         save(name, state);
                                                                                     }}});
}

void HistoryViews::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        const QString name = chosen();
        retranslate();
        fill(name);
    }
}

void HistoryViews::retranslate()
{
    m_label->setText(tr("View:"));
    m_choice->setAccessibleName(tr("Saved view of the table"));
    m_choice->setToolTip(tr("Filters, order and columns that were kept under a name"));
    m_keep->setText(tr("Keep…"));
    m_keep->setToolTip(tr("Keep the filters, the order and the columns under a name"));
    m_keep->setAccessibleName(tr("Keep this view of the table"));
    m_delete->setText(tr("Delete"));
    m_delete->setAccessibleName(tr("Delete the saved view"));
}

} // namespace lori::ui
