// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/estimate.h"
#include "core/experiment/run_config.h"
#include "core/tasks/data_file.h"
#include "ui/services/background_job.h"

#include <QObject>
#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace lori::ui {

/// What was found in one data file of the draft. Only the first rows are kept.
struct DataView {
    QString file;
    std::string stamp; ///< changes with the file and the columns to use
    bool reading = true;
    std::optional<Error> error;      ///< it cannot be read at all
    std::int64_t rows = 0;           ///< that can be trained on
    experiment::DataLengths lengths; ///< of all of them, as judgedLengths()
    tasks::DataFile start;           ///< columns, fields, broken rows, and the first rows
};

/// Reads the data files of a configuration in another thread, again whenever a file or the columns to use change, so that Start
/// waits until they are right. Nothing is read for starter tasks.
class DataCheck final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kShownRows = 20;

    explicit DataCheck(QObject* parent);

    /// One view for each source that is a file, in their order. Starts reading what is not known; changed() comes when it is.
    [[nodiscard]] std::vector<const DataView*> look(const experiment::RunConfig& config);
    /// Problem of a view in one sentence, "" when the file may be trained on.
    [[nodiscard]] static QString problem(const DataView& view);
    /// A broken row with its place: "line 3, output: is missing".
    [[nodiscard]] static QString sentence(const tasks::RowProblem& problem, const std::string& unit);
    /// What a person should know that is no reason to refuse: what was left out, too few rows to judge by.
    [[nodiscard]] static QStringList notes(const DataView& view, const experiment::RunConfig& config);

Q_SIGNALS:
    void changed();

private:
    void next();

    struct Known {
        experiment::DataSource source;
        DataView view;
    };
    std::map<std::string, Known> m_known; ///< by file, its size and time, and columns
    std::string m_reading;                ///< the key that is being read, "" when none
    BackgroundJob m_job;
};

} // namespace lori::ui
