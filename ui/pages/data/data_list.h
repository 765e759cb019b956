// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/home.h"
#include "ui/services/background_job.h"
#include "ui/services/task_catalog.h"

#include <QStringList>
#include <QTreeWidget>

#include <vector>

namespace lori::ui {

class Preferences;

/// The sources that there are: starter tasks, published sets, and the files that were opened here or that past runs learned.
class DataList final : public QTreeWidget {
    Q_OBJECT

public:
    /// `preferences` outlives this widget.
    DataList(Home home, const Preferences& preferences, QWidget* parent);

    /// Looks again at disk and past runs, in another thread; keeps what is chosen.
    void refresh();
    /// Chooses a file, which then is in the list, or a task; tells nobody.
    void choose(const QString& file, const QString& task);
    /// Why a published set cannot be used, in one sentence; "" for what can.
    [[nodiscard]] QString missing(const QString& task) const;
    /// Title of a task; its name when it is not known.
    [[nodiscard]] QString titleOf(const QString& task) const;

Q_SIGNALS:
    /// A person chose; one of them is "".
    void chosen(const QString& file, const QString& task);
    /// What refresh() found is shown.
    void refreshed();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Entry {
        TaskChoice task;
        QString missing;
    };
    struct Found {
        std::vector<Entry> tasks;
        QStringList files;
    };
    void fill();
    QTreeWidgetItem* addGroup(const QString& title);
    void mark();

    Home m_home;
    const Preferences& m_preferences;
    Found m_found;
    QString m_file;
    QString m_task;
    BackgroundJob m_job;
};

} // namespace lori::ui
