// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <filesystem>
#include <vector>

class QLabel;
class QPushButton;

namespace lori::ui {

class AdapterCatalog;
class AdapterPicker;
struct KnownAdapter;

/// Chooses the adapters that answer beside the base: up to three, of one base model.
class AdapterDialog final : public QDialog {
    Q_OBJECT

public:
    static constexpr std::size_t kMost = 3;

    /// The catalog outlives the dialog.
    AdapterDialog(AdapterCatalog& catalog, const std::vector<std::filesystem::path>& chosen, QWidget* parent = nullptr);

    [[nodiscard]] std::vector<std::filesystem::path> chosen() const;

private:
    void judge();

    AdapterCatalog& m_catalog;
    AdapterPicker* m_picker = nullptr;
    QLabel* m_note = nullptr;
    QPushButton* m_accept = nullptr;
};

} // namespace lori::ui
