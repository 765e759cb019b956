// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/run_folder.h"
#include "ui/services/background_job.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <vector>

namespace lori::ui {

/// Which earlier runs have the same frozen A as a configuration: the same seed, rank and base model. Such adapters cannot be told
/// apart by A when they are merged; only their masks keep them apart. Reads the run folders in another thread.
class SeedUses final : public QObject {
    Q_OBJECT

public:
    explicit SeedUses(Home home, QObject* parent);

    /// Looks at the folders again; changed() comes when that is done.
    void refresh();
    /// The names of the runs that share the A of `config`, newest first; empty for a configuration without a frozen A.
    [[nodiscard]] QStringList sharing(const experiment::RunConfig& config) const;

Q_SIGNALS:
    void changed();

private:
    struct Use {
        std::string run;
        std::string name;
        std::string model;
        std::uint64_t seed = 0;
        std::int64_t rank = 0;
        std::int64_t block = -1; ///< AdapterConfig::orthogonalBlock
    };
    static std::vector<Use> read(const Home& home, std::vector<Use> known);

    Home m_home;
    std::vector<Use> m_uses; ///< newest first
    BackgroundJob m_job;
};

} // namespace lori::ui
