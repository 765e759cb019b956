// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/result.h"
#include "ui/pages/merge/merge_setup.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

class QProcess;
class QTimer;

namespace lori::ui {

/// What a merge would give, as `lori merge --plan` says it.
struct PlannedMerge {
    std::string computedAs; ///< the method it comes to for these adapters
    std::int64_t rank = 0;  ///< 0 for IA3
    std::int64_t modules = 0;
    double fileBytes = 0;
    bool lossless = false;
    bool needsFullMatrices = false; ///< slow on large models
    QStringList notes;              ///< in English
};
/// Errors: those that `lori` says in place of a plan; BadFile when it says neither.
[[nodiscard]] Result<PlannedMerge> readPlan(const QByteArray& json);

/// Asks the worker program what a merge would give, a moment after the last change; only the newest answer counts.
class MergePlanner final : public QObject {
    Q_OBJECT

public:
    explicit MergePlanner(QObject* parent = nullptr);
    ~MergePlanner() override;

    /// Asks, unless this is what was asked for last.
    void plan(const MergeSetup& setup);
    /// Nothing is asked for any more; plan() of the same setup asks again.
    void clear();
    /// Nothing while it is being asked, and before the first time.
    [[nodiscard]] const std::optional<Result<PlannedMerge>>& answer() const { return m_answer; }
    [[nodiscard]] bool isAsking() const { return m_asked && !m_answer; }

Q_SIGNALS:
    void changed();

private:
    void ask();
    void stop();
    void take(Result<PlannedMerge> answer);

    QTimer* m_wait = nullptr;
    std::unique_ptr<QProcess> m_process;
    std::optional<MergeSetup> m_asked;
    std::optional<Result<PlannedMerge>> m_answer;
};

} // namespace lori::ui
