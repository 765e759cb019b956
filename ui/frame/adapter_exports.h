// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_life.h"
#include "ui/services/adapter_catalog.h"

#include <QWidget>

#include <optional>
#include <vector>

class QAction;
class QLabel;
class QMenu;
class QPushButton;

namespace lori::ui {

struct AppContext;
class StillProgressBar;

/// What an adapter can be written as.
enum class ExportFormat : std::uint8_t { Transformers, GgufEightBits, GgufSixteenBits, GgufAdapter };
/// An `export` job of this adapter. `model`: a name or path of its base. `out`: the folder for Transformers, else the file.
[[nodiscard]] jobs::JobRecord exportRecord(ExportFormat format, const KnownAdapter& adapter, const QString& model,
                                           const std::filesystem::path& out);
/// "Capitals-LoRI-S": a name for files, of the adapter's own.
[[nodiscard]] QString exportName(const KnownAdapter& adapter);

/// Writes adapters for other programs: the choice of format, and the one job that is at work. Hidden while none is.
class AdapterExports final : public QWidget {
    Q_OBJECT

public:
    explicit AdapterExports(AppContext& context, QWidget* parent = nullptr);

    /// The formats, for a button.
    [[nodiscard]] QMenu* menu() const { return m_menu; }
    /// What is exported next; nothing without a model.
    void setAdapter(const KnownAdapter* adapter, const QString& model);
    /// Asks where to, and starts the job.
    void choose(ExportFormat format);
    /// Starts the job; false when one is at work, nothing is chosen, or it could not be started, which the message bar tells.
    bool start(ExportFormat format, const std::filesystem::path& out);
    [[nodiscard]] bool isWorking() const { return !m_job.isEmpty(); }

Q_SIGNALS:
    void workingChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void attach();
    void follow(const QString& job, const QString& name);
    void showProgress();
    void showEnd(jobs::JobState state);
    void showPlace(const QString& job);
    void retranslate();

    AppContext& m_context;
    std::optional<KnownAdapter> m_adapter;
    QString m_model;
    QString m_job;  ///< the one at work; "" for none
    QString m_name; ///< of its adapter
    QMenu* m_menu = nullptr;
    std::vector<QAction*> m_formats; ///< in the order of ExportFormat
    QLabel* m_text = nullptr;
    StillProgressBar* m_bar = nullptr;
    QPushButton* m_stop = nullptr;
};

} // namespace lori::ui
