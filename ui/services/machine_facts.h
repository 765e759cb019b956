// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include <cstdint>
#include <filesystem>

namespace lori::ui {

/// This computer, as far as it matters for training. Read from /proc and /sys; what cannot be read is 0 or empty.
struct MachineFacts {
    int cores = 0;
    std::int64_t memoryBytes = 0;
    std::int64_t freeMemoryBytes = 0;
    std::int64_t freeDiskBytes = 0;
    QString gpu; ///< "" when the system shows no NVIDIA card

    [[nodiscard]] static MachineFacts read(const std::filesystem::path& diskOf);
    /// "2 cores · 16 GB memory, 12 GB free · 40 GB disk free · no graphics card for training"
    [[nodiscard]] QString line() const;

    Q_DECLARE_TR_FUNCTIONS(lori::ui::MachineFacts)
};

} // namespace lori::ui
