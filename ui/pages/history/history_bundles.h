// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/bundle_exchange.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QPushButton;

namespace lori::ui {

struct AppContext;
class BundleWork;
class StillProgressBar;

/// Runs into a .lori file and out of one: asks for the file, shows how far it is with a way to stop, and says what came of it.
/// Hidden while nothing is at work.
class HistoryBundles final : public QWidget {
    Q_OBJECT

public:
    HistoryBundles(AppContext& context, QWidget* parent);

    /// Asks where to; `name` is proposed as the file's.
    void chooseExport(const QStringList& runIds, const QString& name, bool withAdapters);
    /// Asks which files.
    void chooseImport();
    void exportTo(const QString& file, const QStringList& runIds, bool withAdapters);
    /// Now, or when what is at work has ended.
    void importFile(const QString& file);
    [[nodiscard]] bool isBusy() const;

Q_SIGNALS:
    /// The first run that is new here.
    void arrived(const QString& runId);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showWork(const QString& what);
    void sayImported(const QString& file, const database::BundleImported& imported);
    void next();

    AppContext& m_context;
    BundleWork* m_work = nullptr;
    QLabel* m_text = nullptr;
    StillProgressBar* m_bar = nullptr;
    QPushButton* m_stop = nullptr;
    QStringList m_waiting; ///< files to import next
};

} // namespace lori::ui
