// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/data_list.h"

#include "ui/icons.h"
#include "ui/services/data_reading.h"
#include "ui/services/preferences.h"
#include "ui/theme.h"

#include <QEvent>
#include <QFileInfo>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace lori::ui {

namespace {

constexpr int kFileRole = Qt::UserRole;
constexpr int kTaskRole = Qt::UserRole + 1;

} // namespace

DataList::DataList(Home home, const Preferences& preferences, QWidget* parent)
    : QTreeWidget(parent), m_home(std::move(home)), m_preferences(preferences)
{
    setObjectName(QStringLiteral("dataList"));
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(fontMetrics().height() / 2);
    setTextElideMode(Qt::ElideMiddle);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item != nullptr && (item->flags() & Qt::ItemIsSelectable) != 0) {
            m_file = item->data(0, kFileRole).toString();
            m_task = item->data(0, kTaskRole).toString();
            Q_EMIT chosen(m_file, m_task);
        }
    });
    fill();
}

void DataList::refresh()
{
    m_job.start(
        [home = m_home](const BackgroundJob::Cancelled&) {
            Found found;
            const TaskCatalog catalog(home);
            for (TaskChoice& task : catalog.choices()) {
                const QString missing = catalog.missing(task.name, TaskCatalog::Use::Training, {});
                found.tasks.push_back({std::move(task), missing});
            }
            for (const std::string& file : dataFilesOfRuns(home)) {
                found.files.append(QString::fromStdString(file));
            }
            return found;
        },
        [this](Found found) {
            m_found = std::move(found);
            fill();
            Q_EMIT refreshed();
        });
}

QTreeWidgetItem* DataList::addGroup(const QString& title)
{
    auto* group = new QTreeWidgetItem(this, {title});
    group->setFlags(Qt::ItemIsEnabled); // its title cannot be chosen
    QFont bold = font();
    bold.setBold(true);
    group->setFont(0, bold);
    group->setExpanded(true);
    return group;
}

void DataList::fill()
{
    const QSignalBlocker quiet(this);
    clear();
    QTreeWidgetItem* files = addGroup(tr("My files"));
    QStringList all = m_preferences.dataFiles();
    all.append(m_found.files);
    all.removeDuplicates();
    for (const QString& file : std::as_const(all)) {
        auto* item = new QTreeWidgetItem(files, {QFileInfo(file).fileName()});
        const bool isThere = QFileInfo::exists(file);
        item->setData(0, kFileRole, file);
        item->setIcon(0, icon(isThere ? QStringLiteral("data") : QStringLiteral("warning")));
        item->setToolTip(0, isThere ? file : tr("%1 is not there any more").arg(file));
    }
    if (all.isEmpty()) {
        auto* none = new QTreeWidgetItem(files, {tr("None yet")});
        none->setFlags(Qt::NoItemFlags);
    }
    QTreeWidgetItem* starters = addGroup(tr("Starter tasks"));
    QTreeWidgetItem* published = addGroup(tr("Published sets"));
    for (const Entry& entry : m_found.tasks) {
        auto* item = new QTreeWidgetItem(entry.task.isPublished ? published : starters, {entry.task.title});
        item->setData(0, kTaskRole, QString::fromStdString(entry.task.name));
        const QString lack = missing(QString::fromStdString(entry.task.name));
        item->setToolTip(0, lack.isEmpty() ? entry.task.what : entry.task.what + QLatin1Char('\n') + lack);
        item->setIcon(0, icon(lack.isEmpty() ? QStringLiteral("data") : QStringLiteral("warning")));
        item->setData(0, Qt::AccessibleTextRole, lack.isEmpty() ? entry.task.title : tr("%1, not there").arg(entry.task.title));
    }
    setAccessibleName(tr("Data: own files, starter tasks and published sets"));
    mark();
}

void DataList::mark()
{
    for (QTreeWidgetItemIterator at(this); *at != nullptr; ++at) {
        const bool isThis = !(m_file.isEmpty() && m_task.isEmpty()) && (*at)->data(0, kFileRole).toString() == m_file &&
                            (*at)->data(0, kTaskRole).toString() == m_task;
        if (isThis && ((*at)->flags() & Qt::ItemIsSelectable) != 0) {
            setCurrentItem(*at);
            return;
        }
    }
}

void DataList::choose(const QString& file, const QString& task)
{
    m_file = file;
    m_task = task;
    fill();
}

QString DataList::missing(const QString& task) const
{
    const auto entry = std::find_if(m_found.tasks.begin(), m_found.tasks.end(),
                                    [&](const Entry& each) { return each.task.name == task.toStdString(); });
    if (entry == m_found.tasks.end()) {
        return {};
    }
    return entry->task.trains ? entry->missing : tr("%1 has no rows to learn, only rows to measure").arg(entry->task.title);
}

QString DataList::titleOf(const QString& task) const
{
    const auto entry = std::find_if(m_found.tasks.begin(), m_found.tasks.end(),
                                    [&](const Entry& each) { return each.task.name == task.toStdString(); });
    return entry == m_found.tasks.end() ? task : entry->task.title;
}

void DataList::changeEvent(QEvent* event)
{
    QTreeWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        fill();
        refresh();
    }
}

} // namespace lori::ui
