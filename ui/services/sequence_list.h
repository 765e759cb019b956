// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/sequence.h"
#include "core/jobs/run_folder.h"
#include "ui/services/background_job.h"

#include <nlohmann/json_fwd.hpp>

#include <QObject>
#include <QString>

#include <vector>

namespace lori::ui {

/// A sequence that has a run folder.
struct KnownSequence {
    QString runId;
    QString name;
};

/// The sequences of a home, newest first, read in another thread. What is wrong with one leaves it out.
class SequenceList final : public QObject {
    Q_OBJECT

public:
    explicit SequenceList(Home home, QObject* parent = nullptr);

    [[nodiscard]] const std::vector<KnownSequence>& sequences() const { return m_sequences; }
    [[nodiscard]] bool isRead() const { return m_read; }
    /// Looks at the folders again; changed() comes when that is done.
    void refresh();

    /// Makes the run of a sequence, as `lori sequence` does; nobody works in it yet. Errors: those of expandSequence and
    /// RunFolder::create.
    [[nodiscard]] Result<QString> make(const experiment::SequenceConfig& config) const;
    /// Errors: NotFound, BadFile, those of readSequence.
    [[nodiscard]] Result<experiment::SequenceConfig> config(const QString& runId) const;
    /// transfer.json of a finished sequence, null while there is none or when it is damaged.
    [[nodiscard]] nlohmann::json transfer(const QString& runId) const;

Q_SIGNALS:
    void changed();

private:
    Home m_home;
    std::vector<KnownSequence> m_sequences;
    bool m_read = false;
    BackgroundJob m_reading;
};

} // namespace lori::ui
