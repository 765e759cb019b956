// SPDX-License-Identifier: GPL-3.0-or-later
// Published sets that are not there yet: asked for, fetched, and read when they have come.
#include "ui/frame/message_bar.h"
#include "ui/frame/still_progress_bar.h"
#include "ui/pages/data/data_get.h"
#include "ui/pages/data/data_list.h"
#include "ui/pages/data/data_page.h"
#include "ui/text.h"

#include <QLabel>
#include <QPushButton>

namespace lori::ui {

void DataPage::connectGet()
{
    connect(m_getButton, &QPushButton::clicked, this, [this] {
        if (m_get->isRunning()) {
            m_get->cancel();
        } else {
            askGet();
        }
    });
    connect(m_get, &DataGet::progressed, this, &DataPage::refresh);
    connect(m_get, &DataGet::failed, this, [this](const QString& sentence) {
        m_context.messages->post(sentence.isEmpty() ? Tone::Quiet : Tone::Alarm,
                                 sentence.isEmpty() ? tr("The download was stopped; what came is kept.") : sentence);
        refresh();
    });
    connect(m_get, &DataGet::finished, this, [this](const QString& set) {
        m_context.messages->post(Tone::Good, tr("%1 is there.").arg(m_list->titleOf(set)));
        m_list->refresh();
    });
    connect(m_list, &DataList::refreshed, this, [this] { // a set that has come is read at once
        const QString task = QString::fromStdString(m_source.task);
        if (m_getButton->isVisible() && m_list->missing(task).isEmpty()) {
            choose({}, task);
        }
    });
}

void DataPage::askGet()
{
    auto* dialog = new DataGetDialog(QString::fromStdString(m_source.task), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DataGetDialog::chosen, m_get, &DataGet::start);
    dialog->open();
}

void DataPage::showMissing(const QString& missing)
{
    const QString task = QString::fromStdString(m_source.task);
    const bool isComing = m_get->isRunning() && m_get->set() == task;
    m_getButton->setVisible(!missing.isEmpty() && DataGet::canGet(task));
    m_getButton->setText(isComing ? tr("S&top") : tr("&Get …"));
    m_getButton->setEnabled(isComing || !m_get->isRunning());
    m_getButton->setToolTip(isComing ? tr("What came is kept, and goes on from there next time")
                            : m_get->isRunning()
                                ? tr("Another set is being fetched")
                                : tr("Shows what it is and from where it would come, before anything is fetched"));
    if (!isComing) {
        return;
    }
    m_reading->setVisible(true);
    m_reading->setRange(0, m_get->share() < 0 ? 0 : 1000);
    m_reading->setValue(static_cast<int>(m_get->share() * 1000));
    m_message->setText(m_get->share() < 0 ? tr("Fetching %1 …").arg(m_list->titleOf(task))
                                          : tr("Fetching %1: %2").arg(m_list->titleOf(task), Text::percent(m_get->share(), 0)));
}

} // namespace lori::ui
