// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <filesystem>
#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QTableView;

namespace lori::ui {

class AdapterCatalog;
class AdapterModel;
class HistoryFilter;
struct KnownAdapter;

/// Every known adapter in a table with a search line; one or several can be chosen, by click, arrow keys and Space. What is
/// chosen stays chosen while the search hides it and when the list is read again.
class AdapterPicker final : public QWidget {
    Q_OBJECT

public:
    enum class Choice { One, Several };

    /// The catalog outlives this widget.
    AdapterPicker(AdapterCatalog& catalog, Choice choice, QWidget* parent = nullptr);

    /// In the order they were chosen.
    [[nodiscard]] std::vector<std::filesystem::path> chosen() const { return m_chosen; }
    /// Those that are not known are left out.
    void choose(const std::vector<std::filesystem::path>& folders);
    /// Leaves out what does not suit, e.g. merges where a trained adapter is wanted.
    void setAccepts(std::function<bool(const KnownAdapter&)> accepts);
    /// What stands in the empty table, while there is no adapter at all.
    void setEmptyText(const QString& text);
    [[nodiscard]] QTableView* table() const { return m_table; }

Q_SIGNALS:
    void changed();
    /// Enter or a double click on one.
    void opened(const QString& folder);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void takeSelection();
    void showSelection();
    void retranslate();

    AdapterCatalog& m_catalog;
    AdapterModel* m_model = nullptr;
    HistoryFilter* m_filter = nullptr;
    QLineEdit* m_search = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_empty = nullptr;
    std::function<bool(const KnownAdapter&)> m_accepts;
    std::vector<std::filesystem::path> m_chosen;
    bool m_showing = false; ///< the selection follows m_chosen, not the person
};

} // namespace lori::ui
