// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/merge/merge_checks.h"
#include "ui/pages/merge/merge_part.h"

#include <filesystem>
#include <vector>

namespace lori::ui {

class AdapterCatalog;
class AdapterPicker;

/// Part 1: which adapters, and whether they belong together, one line for each check.
class MergeAdaptersPart final : public MergePart {
    Q_OBJECT

public:
    explicit MergeAdaptersPart(AdapterCatalog& catalog, QWidget* parent = nullptr);

    [[nodiscard]] std::vector<std::filesystem::path> chosen() const;
    void choose(const std::vector<std::filesystem::path>& folders);
    void showChecks(std::vector<MergeCheck> checks);

Q_SIGNALS:
    void changed();

protected:
    void retranslate() override;
    void recolour() override;

private:
    AdapterPicker* m_picker = nullptr;
    QLabel* m_checks = nullptr;
    std::vector<MergeCheck> m_shown;
};

} // namespace lori::ui
