// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/adapter_catalog.h"
#include "ui/services/background_job.h"

#include <QWidget>

#include <filesystem>

class QLabel;
class QAction;
class QPushButton;
class QStackedWidget;

namespace lori::ui {

struct AppContext;
class AdapterCard;
class AdapterPicker;
class ModelLibrary;

/// An adapter's folder that a person opened, or the folder above the only one in it, read as a training or merge would. Errors:
/// those of formats::openAnyAdapter, one sentence why it cannot be used.
[[nodiscard]] Result<KnownAdapter> openAdapterFolder(const std::filesystem::path& folder);

/// All adapters that are known: the list, the chosen one's card, and "Try it".
class AdaptersTab final : public QWidget {
    Q_OBJECT

public:
    /// Both outlive this widget.
    AdaptersTab(AppContext& context, const ModelLibrary& library, QWidget* parent = nullptr);
    /// Selects an adapter, opening it when it is not known; an empty path changes nothing.
    void choose(const std::filesystem::path& folder);
    /// Reads an adapter from elsewhere and lists it from then on; the message bar says why it cannot be used.
    void openFolder(const std::filesystem::path& folder);
    [[nodiscard]] std::filesystem::path chosen() const;
    [[nodiscard]] bool isBusy() const;

Q_SIGNALS:
    void modelOpened(const QString& nameOrPath);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    QWidget* makeEmpty();
    void takeCatalog();
    void showChosen();
    void chooseFolder();
    void chooseFile();
    void tryIt();
    void retranslate();

    AppContext& m_context;
    std::filesystem::path m_wanted; ///< to be chosen as soon as it is listed
    BackgroundJob m_opening;
    QStackedWidget* m_stack = nullptr;
    AdapterPicker* m_picker = nullptr;
    AdapterCard* m_card = nullptr;
    QLabel* m_emptyText = nullptr;
    QPushButton* m_newExperiment = nullptr;
    QPushButton* m_open = nullptr;
    QAction* m_openFolder = nullptr;
    QAction* m_openFile = nullptr;
    QPushButton* m_try = nullptr;
};

} // namespace lori::ui
