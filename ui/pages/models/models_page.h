// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/services/app_context.h"
#include "ui/services/opened_files.h"

class QTabWidget;

namespace lori::ui {

class AdaptersTab;
class ModelLibrary;
class ModelsTab;

/// Base models and adapters: what is there, what cannot be used and why, what each would cost. Folders and files that are
/// dropped on it are added.
class ModelsPage final : public Page, public FileOpener {
    Q_OBJECT

public:
    explicit ModelsPage(AppContext& context, QWidget* parent = nullptr);

    [[nodiscard]] ModelLibrary& library() { return *m_library; }
    void showModels();
    void showAdapters();
    /// Adds what a path holds: an adapter's folder, or a model.
    void openFile(const QString& path) override;

    void take(const Intent& intent) override;
    [[nodiscard]] std::vector<PageView> views(const QString& runId) override;
    [[nodiscard]] bool isBusy() const override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void retranslate();

    AppContext& m_context;
    ModelLibrary* m_library = nullptr;
    QTabWidget* m_tabs = nullptr;
    ModelsTab* m_models = nullptr;
    AdaptersTab* m_adapters = nullptr;
};

} // namespace lori::ui
