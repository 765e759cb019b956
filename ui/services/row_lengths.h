// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "core/tasks/length_stats.h"
#include "core/tasks/task.h"
#include "ui/services/background_job.h"
#include "ui/services/model_text.h"

#include <QObject>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

class QTimer;

namespace lori::ui {

/// Lengths of a source's rows in the tokens of one model, counted in another thread.
class RowLengths final : public QObject {
    Q_OBJECT

public:
    struct View {
        std::optional<Error> error; ///< of the model; then there are no lengths
        std::vector<tasks::RowLength> lengths;
        std::int64_t refused = 0; ///< rows that the model's template does not take
    };
    using Rows = std::shared_ptr<const std::vector<tasks::Row>>;

    RowLengths(Home home, QObject* parent);

    /// Counts anew, unless this is what is being counted or was. Only model, template and learned turns of `config` matter.
    void count(const Rows& rows, experiment::PromptTemplate form, const experiment::RunConfig& config);
    /// Forgets everything; work that goes on is given up.
    void clear();
    [[nodiscard]] bool isCounting() const { return m_job.isRunning(); }
    /// Rows counted so far, and all of them.
    [[nodiscard]] std::int64_t done() const { return m_done ? m_done->load() : 0; }
    [[nodiscard]] std::int64_t total() const { return m_rows ? static_cast<std::int64_t>(m_rows->size()) : 0; }
    /// Of the newest count that ended.
    [[nodiscard]] const View& view() const { return m_view; }

Q_SIGNALS:
    void progressed(); ///< done() moved; at most five times a second
    void changed();    ///< a count began, ended or was given up

private:
    struct Result {
        View view;
        std::shared_ptr<const ModelText> model;
    };

    Home m_home;
    Rows m_rows;
    std::string m_key;
    View m_view;
    std::shared_ptr<const ModelText> m_model;
    std::shared_ptr<std::atomic<std::int64_t>> m_done;
    QTimer* m_timer = nullptr;
    BackgroundJob m_job;
};

} // namespace lori::ui
